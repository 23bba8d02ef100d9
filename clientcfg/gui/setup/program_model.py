# SPDX-License-Identifier: MPL-2.0
"""Step 3 without Qt: the programs here as cards, best first."""

from dataclasses import dataclass

from clientcfg.flows.by_verdict import can_be_set_up
from clientcfg.gui.setup.look import Program
from clientcfg.gui.words import SHAPES, without_terminal
from clientcfg.model.phrases import named, verdict_word
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Card:
    """One program. ``blocked``: why it cannot be set up from here; empty where it can."""

    program: Program
    name: str
    version: str
    initials: str
    shape: str
    word: str
    remark: str
    blocked: str

    @property
    def spoken(self) -> str:
        """The card as one sentence."""
        sentence = _("{name} {version}, verdict {word}").format(
            name=self.name, version=self.version, word=self.word
        )
        return ". ".join(part for part in (sentence, self.remark, self.blocked) if part)


def cards(programs: tuple[Program, ...]) -> tuple[Card, ...]:
    """All of them: ready first, then those that need more and more."""
    order = list(VerdictKind)
    ranked = sorted(programs, key=lambda p: (order.index(p.verdict.kind), not p.writable))
    twice = {p.known.id for p in programs if sum(q.known.id == p.known.id for q in programs) > 1}
    return tuple(_card(p, tell_apart=p.known.id in twice) for p in ranked)


def _card(program: Program, *, tell_apart: bool) -> Card:
    installation, verdict = program.installation, program.verdict
    return Card(
        program=program,
        name=installation.name,
        version=installation.version or "",
        initials=initials(installation.name),
        shape=SHAPES[verdict.kind],
        word=verdict_word(verdict.kind),
        remark=installation.packaging if tell_apart else "",
        blocked=_blocked(program),
    )


def _blocked(program: Program) -> str:
    verdict, name = program.verdict, program.installation.name
    if not can_be_set_up(verdict):
        return _("{name} cannot be set up to send there as it is.").format(name=name)
    if not program.writable:
        return _("clientcfg cannot write the settings of {name} itself.").format(name=name)
    if program.installation.asks:
        return program.installation.remark or _("{name} asks which profile to open.").format(
            name=name
        )
    return ""


def initials(name: str) -> str:
    """One or two letters for a program that shows no icon."""
    words = [w for w in name.split() if w[:1].isalnum()]
    if len(words) > 1:
        return "".join(w[0] for w in words[:2]).upper()
    return (name[:1].upper() + name[1:2].lower()) if name else "?"


def headline(card: Card) -> str:
    """The verdict as a sentence."""
    return sentence(f"{card.name} {card.version}".rstrip(), card.program.verdict.kind)


def sentence(name: str, kind: VerdictKind) -> str:
    """What a verdict says of the program called *name*."""
    return {
        VerdictKind.READY: _("{name} can send here.").format(name=name),
        VerdictKind.NEEDS_STEP: _("{name} can send here after one step.").format(name=name),
        VerdictKind.UPGRADE: _("{name} can’t send here; a newer version can.").format(name=name),
        VerdictKind.BRIDGE: _("{name} needs something in between.").format(name=name),
        VerdictKind.IMPOSSIBLE: _("{name} can’t send here.").format(name=name),
        VerdictKind.UNKNOWN: _("We don’t know whether {name} can send here.").format(name=name),
    }[kind]


def why(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """The facts it rests on, each with where it is known from."""
    facts = [(r.text, r.evidence or "") for r in verdict.reasons]
    if verdict.missing_fact:
        facts.append((_("What would decide it: {fact}").format(fact=verdict.missing_fact), ""))
    return tuple(facts)


def what_to_do(card: Card) -> tuple[tuple[str, str], ...]:
    """Advice, best first, each with an address to read on."""
    verdict = card.program.verdict
    steps = list(advised(verdict))
    if verdict.kind is VerdictKind.READY and verdict.endpoint and not steps and not card.blocked:
        steps.append((_("Nothing. It sends through {s}.").format(s=named(verdict.endpoint)), ""))
    elif card.blocked and verdict.kind is VerdictKind.READY:
        steps.append((card.blocked, ""))
    return tuple(steps)


def advised(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """Its advice, without what can only be done in a terminal."""
    return tuple(
        (words, a.url or "") for a in verdict.advice if (words := without_terminal(a.text))
    )
