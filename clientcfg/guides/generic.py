# SPDX-License-Identifier: MPL-2.0
"""The page of a program whose wording nobody knows: names that most programs use."""

from clientcfg.clients.guide_row import Entry, GuideRow, StepRow, Word
from clientcfg.model.client import Confidence
from clientcfg.words import _


def generic_row() -> GuideRow:
    """Steps without menus: what to look for, and what belongs there."""

    def entry(label: str, value: str, *when: str) -> Entry:
        return Entry(Word(label), value, when)

    account = StepRow(
        entries=(
            entry(_("Your name"), "name"),
            entry(_("E-mail address"), "address"),
        ),
        say=("new-account",),
    )
    incoming = StepRow(
        entries=(
            entry(_("Incoming server: kind"), "incoming.kind"),
            entry(_("Incoming server"), "incoming.host"),
            entry(_("Port"), "incoming.port"),
            entry(_("Encryption"), "incoming.security"),
            entry(_("User name"), "incoming.user"),
            entry(_("Password"), "password", "incoming"),
        ),
        when=("incoming",),
    )
    outgoing = StepRow(
        entries=(
            entry(_("Outgoing server (SMTP)"), "outgoing.host"),
            entry(_("Port"), "outgoing.port"),
            entry(_("Encryption"), "outgoing.security"),
            entry(_("The outgoing server requires authentication"), "on"),
            entry(_("Authentication"), "outgoing.auth"),
            entry(_("User name"), "outgoing.user"),
            entry(_("Password"), "password"),
        ),
    )
    return GuideRow(
        first=None,
        last=None,
        platforms=(),
        steps=(account, incoming, outgoing),
        security={},
        auth={},
        say=(),
        sources=(),
        confidence=Confidence.RECOLLECTION,
    )
