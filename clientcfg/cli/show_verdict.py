# SPDX-License-Identifier: MPL-2.0
"""What *check* says, for people."""

from clientcfg.cli.screen import Screen
from clientcfg.clients.catalog import Catalog
from clientcfg.flows.events import CheckDone
from clientcfg.model.phrases import after_colon, named, verdict_word
from clientcfg.model.verdict import Reason, Verdict, VerdictKind
from clientcfg.words import _

# A shape a verdict; colour only helps.
SHAPES = {
    VerdictKind.READY: ("✓", "green"),
    VerdictKind.NEEDS_STEP: ("→", "blue"),
    VerdictKind.UPGRADE: ("↑", "yellow"),
    VerdictKind.BRIDGE: ("∩", "magenta"),
    VerdictKind.IMPOSSIBLE: ("✗", "red"),
    VerdictKind.UNKNOWN: ("?", "dim"),
}


# What a person can see nowhere else, and so may doubt: its source is always told.
_DOUBTED = frozenset(
    {"access", "app-password", "bridge-needed", "password-policy", "policy-change", "reported"}
)


def show_verdicts(screen: Screen, done: CheckDone, catalog: Catalog) -> None:
    """Each verdict: one line, how, why with evidence, what to do."""
    for number, verdict in enumerate(done.verdicts):
        if number:
            screen.say()
        _show(screen, verdict, catalog.at(verdict.client, verdict.version, None).name)


def _show(screen: Screen, verdict: Verdict, name: str) -> None:
    shape, style = SHAPES[verdict.kind]
    program = f"{name} {verdict.version}" if verdict.version else name
    screen.say(f"{shape} {verdict_word(verdict.kind)}: {program}", style=f"bold {style}")
    _show_way(screen, verdict)
    if verdict.missing_fact:
        screen.say(
            _("  What would decide it: {fact}").format(fact=after_colon(verdict.missing_fact))
        )
    if verdict.reasons:
        screen.say(_("  Why"))
    for reason in verdict.reasons:
        screen.say(f"    • {reason.text}")
        if reason.evidence and (screen.manner.verbose or _is_told(reason)):
            screen.say(f"      {reason.evidence}", style="dim")
    if verdict.advice:
        screen.say(_("  What to do"))
    for number, advice in enumerate(verdict.advice, 1):
        screen.say(f"    {number}. {advice.text}")
        if advice.url:
            screen.say(f"       {advice.url}")
    if not screen.manner.verbose and any(not _is_told(r) for r in verdict.reasons):
        screen.say(_("  Where each of this is known from: add --verbose."), style="dim")


def _show_way(screen: Screen, verdict: Verdict) -> None:
    """The way in, where one is open, or will be after a step."""
    if verdict.endpoint is None or verdict.mechanism is None:
        return
    text = _("  It sends through {server}, and logs in with {mechanism}.")
    if verdict.kind is VerdictKind.NEEDS_STEP:
        text = _("  After the step below it sends through {server}, and logs in with {mechanism}.")
    screen.say(text.format(server=named(verdict.endpoint), mechanism=verdict.mechanism))


def _is_told(reason: Reason) -> bool:
    """Whether its source fits under it: a line of the conversation, not a list of sources."""
    return reason.evidence is None or len(reason.evidence) <= 60 or reason.code in _DOUBTED
