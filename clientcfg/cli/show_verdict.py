# SPDX-License-Identifier: MPL-2.0
"""What *check* says, for people."""

from clientcfg.cli.screen import Screen
from clientcfg.clients.catalog import Catalog
from clientcfg.flows.events import CheckDone
from clientcfg.model.phrases import named
from clientcfg.model.verdict import Verdict, VerdictKind
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


def word(kind: VerdictKind) -> str:
    """A verdict in one word."""
    return {
        VerdictKind.READY: _("Ready"),
        VerdictKind.NEEDS_STEP: _("One step"),
        VerdictKind.UPGRADE: _("Update"),
        VerdictKind.BRIDGE: _("Bridge"),
        VerdictKind.IMPOSSIBLE: _("No"),
        VerdictKind.UNKNOWN: _("Unknown"),
    }[kind]


def show_verdicts(screen: Screen, done: CheckDone, catalog: Catalog) -> None:
    """Each verdict: one line, how, why with evidence, what to do."""
    for number, verdict in enumerate(done.verdicts):
        if number:
            screen.say()
        _show(screen, verdict, catalog.at(verdict.client, verdict.version, None).name)


def _show(screen: Screen, verdict: Verdict, name: str) -> None:
    shape, style = SHAPES[verdict.kind]
    program = f"{name} {verdict.version}" if verdict.version else name
    screen.say(f"{shape} {word(verdict.kind)}: {program}", style=f"bold {style}")
    if verdict.endpoint is not None and verdict.mechanism is not None:
        screen.say(
            _("  It sends through {server}, and logs in with {mechanism}.").format(
                server=named(verdict.endpoint), mechanism=verdict.mechanism
            )
        )
    if verdict.missing_fact:
        screen.say(_("  What would decide it: {fact}").format(fact=verdict.missing_fact))
    for title, lines in (
        (_("Why"), [(r.text, r.evidence) for r in verdict.reasons]),
        (_("What to do"), [(a.text, a.url) for a in verdict.advice]),
    ):
        if lines:
            screen.say(f"  {title}")
        for text, source in lines:
            screen.say(f"    • {text}")
            if source:
                screen.say(f"      {source}", style="dim")
