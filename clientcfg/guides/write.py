# SPDX-License-Identifier: MPL-2.0
"""Account × program → its configuration page."""

from collections.abc import Iterable, Mapping
from datetime import date

from clientcfg.clients.guide_row import GuideRow, Word
from clientcfg.guides.generic import generic_row
from clientcfg.guides.guide import Group, Guide, Step, Value
from clientcfg.guides.mailbox import Mailbox, clean
from clientcfg.guides.notes import notes_of
from clientcfg.guides.phrases import value_name
from clientcfg.guides.steps import fill, program_word
from clientcfg.guides.subject import Subject
from clientcfg.words import _


def write(subject: Subject, made_on: date) -> Guide:
    """The page. It holds no password, and nothing that was not on one line."""
    row = subject.row or generic_row()
    mailbox, client = subject.mailbox, subject.client
    filled = fill(row, mailbox)
    confidence = None if subject.row is None else row.confidence
    return Guide(
        client=client.id,
        name=clean(client.name),
        version=None if client.version is None else clean(client.version),
        platform=client.platform,
        address=None if mailbox.address is None else clean(mailbox.address),
        made_on=made_on,
        notes=notes_of(subject),
        groups=tuple(_groups(row, mailbox, {} if subject.row is None else filled.labels)),
        steps=(*filled.steps, _last_step()),
        wording=confidence,
        sources=tuple(map(clean, row.sources)),
        local=client.local,
        proved=subject.proved,
        verdict=None if subject.verdict is None else subject.verdict.kind,
    )


def _groups(row: GuideRow, mailbox: Mailbox, labels: Mapping[str, Word]) -> Iterable[Group]:
    def values(*names: str) -> tuple[Value, ...]:
        return tuple(
            Value(name, value_name(name), said, labels.get(name))
            for name in names
            if (said := _said(row, mailbox, name)) is not None
        )

    def server(side: str) -> tuple[str, ...]:
        return tuple(f"{side}.{what}" for what in ("host", "port", "security", "auth", "user"))

    yield Group(_("Your account"), values("name", "address"))
    if mailbox.incoming is not None:
        title = _("Incoming mail ({protocol})").format(protocol=mailbox.value("incoming.kind"))
        yield Group(title, values(*server("incoming")))
    yield Group(_("Outgoing mail (SMTP)"), values(*server("outgoing")))


def _said(row: GuideRow, mailbox: Mailbox, name: str) -> str | None:
    """A value as the page says it: the program's word, or ours where that is a box to tick."""
    own = program_word(row, mailbox, name)
    return mailbox.value(name) if own is None or own.text in ("on", "off") else own.text


def _last_step() -> Step:
    return Step(
        _("Send a message to yourself. It works when the message arrives."),
        remarks=(_("If the program refuses, the words of the refusal say which value is wrong."),),
    )
