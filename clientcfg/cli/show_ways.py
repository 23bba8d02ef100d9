# SPDX-License-Identifier: MPL-2.0
"""Where certificates did not verify: the text for the administrator, and the ways on."""

from clientcfg.cli.screen import STEP, Screen
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.letter import text_for_administrator
from clientcfg.flows.not_trusted import advice
from clientcfg.model.report import ServerReport
from clientcfg.words import _


def show_letter(screen: Screen, report: ServerReport) -> None:
    """The text alone, ready to be sent."""
    text = text_for_administrator(report.endpoints)
    if not text:
        text = _("Every certificate that was seen verified, so there is nothing to write about.")
    for line in text.splitlines():
        screen.say(line)


def show_ways(screen: Screen, done: ProbeDone) -> None:
    """What can be done about servers that could not prove who they are."""
    lines = list(advice(done))
    if lines:
        screen.say()
    for line in lines:
        screen.say(f"{STEP} {line}")
