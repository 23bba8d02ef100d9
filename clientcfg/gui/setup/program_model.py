# SPDX-License-Identifier: MPL-2.0
"""Step 3 without Qt: programs as cards, best first, and how each can be set up."""

from dataclasses import dataclass
from enum import StrEnum

from clientcfg.flows.by_verdict import can_be_set_up
from clientcfg.flows.catalog_search import system_name
from clientcfg.gui.setup.look import Program
from clientcfg.gui.words import SHAPES, without_terminal
from clientcfg.model.phrases import after_colon, named, verdict_word
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.words import _


class How(StrEnum):
    """How a program is set up: by clientcfg here, by a person with files or steps, or not."""

    HERE = "here"
    BY_HAND = "by-hand"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Card:
    """One program. ``blocked``: why clientcfg does not set it up itself; empty where it does.

    ``icon``: its name in the system's theme; empty where it is not installed.
    """

    program: Program
    name: str
    version: str
    initials: str
    shape: str
    word: str
    remark: str
    how: How
    blocked: str
    icon: str = ""

    @property
    def title(self) -> str:
        """Name and version, the version once."""
        return self.name if self.version in self.name else f"{self.name} {self.version}"

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
    names = [_same(p) for p in programs]
    return tuple(card(p, tell_apart=names.count(_same(p)) > 1) for p in ranked)


def _same(program: Program) -> tuple[str, str | None]:
    """What two programs have in common that nobody could tell apart."""
    here = program.installation
    return program.known.id, program.known.version if here is None else here.version


def card(program: Program, *, tell_apart: bool = False) -> Card:
    """One program. *tell_apart*: it is here more than once."""
    installation, verdict = program.installation, program.verdict
    how, blocked = _how(program)
    if installation is not None:
        name, version = installation.name, installation.version or ""
        remark = _origin(installation.packaging) if tell_apart else ""
    else:
        name, version = program.known.name, program.known.version or ""
        remark = system_name(program.known.platform or "")
    if not remark and how is How.BY_HAND:
        remark = _("by hand")
    return Card(
        program=program,
        name=name,
        version="" if version in name else version,
        initials=initials(name),
        shape=SHAPES[verdict.kind],
        word=verdict_word(verdict.kind),
        remark=remark,
        how=how,
        blocked=blocked,
        icon=program.known.id if installation is not None else "",
    )


def _origin(packaging: str) -> str:
    """Which of two this is, in words; Snap, Flatpak and AppImage are called that themselves."""
    return {
        "deb": _("package"),
        "distribution": _("package"),
        "tarball": _("unpacked"),
        "snap": "Snap",
        "flatpak": "Flatpak",
    }.get(packaging, packaging)


def _how(program: Program) -> tuple[How, str]:
    verdict, installation = program.verdict, program.installation
    name = program.known.name if installation is None else installation.name
    if not can_be_set_up(verdict) and verdict.kind is not VerdictKind.UNKNOWN:
        return How.NOT, _("{name} cannot be set up to send there as it is.").format(name=name)
    if installation is None:
        return How.BY_HAND, _("{name} is not on this computer.").format(name=name)
    if not program.writable:
        sentence = _("clientcfg cannot write the settings of {name} itself.")
        return How.BY_HAND, sentence.format(name=name)
    if verdict.kind is VerdictKind.UNKNOWN:
        sentence = _("Nobody knows whether {name} can send there, so clientcfg does not write it.")
        return How.BY_HAND, sentence.format(name=name)
    if installation.asks:
        asks = _("{name} asks which profile to open.").format(name=name)
        return How.BY_HAND, installation.remark or asks
    return How.HERE, ""


def initials(name: str) -> str:
    """One or two letters for a program that shows no icon; a small one for what is in brackets."""
    words = [w for w in name.split() if w[:1].isalnum() or w[1:2].isalnum()]
    if len(words) > 1:
        first, second = words[0], words[1]
        if not second[0].isalnum():
            return first[0].upper() + second[1].lower()
        return (first[0] + second[0]).upper()
    return (name[:1].upper() + name[1:2].lower()) if name else "?"


def headline(card: Card) -> str:
    """The verdict as a sentence; where only another program helps, no newer version is named."""
    kind, known = card.program.verdict.kind, card.program.known.id
    ways = [a.client for a in card.program.verdict.advice if a.client is not None]
    if kind is VerdictKind.UPGRADE and ways and known not in ways:
        kind = VerdictKind.IMPOSSIBLE
    return sentence(card.title, kind)


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
    if verdict.missing_fact and not _is_said(verdict.missing_fact, facts):
        words = _("What would decide it: {fact}.")
        facts.append((words.format(fact=after_colon(verdict.missing_fact)), ""))
    return tuple(facts)


def _is_said(fact: str, facts: list[tuple[str, str]]) -> bool:
    """Whether one of *facts* names *fact* itself, as the one that is not known."""
    return any(fact.casefold() in line.casefold() for line, _evidence in facts)


def what_to_do(card: Card, other: Card | None = None) -> tuple[tuple[str, str], ...]:
    """Advice, best first, each with an address to read on. *other* is here and can be set up."""
    verdict = card.program.verdict
    steps = list(advised(verdict, None if other is None else other.program.known.id))
    if other is not None:
        words = _("Take {name}: it is on this computer, and can send here.")
        steps.insert(0, (words.format(name=other.title), ""))
    if verdict.kind is VerdictKind.READY and card.how is How.BY_HAND:
        words = _("{why} You get the settings to type in, and files where it reads any.")
        steps.append((words.format(why=card.blocked), ""))
    elif verdict.kind is VerdictKind.READY and verdict.endpoint and not steps:
        steps.append((_("Nothing. It sends through {s}.").format(s=named(verdict.endpoint)), ""))
    return tuple(steps)


def advised(verdict: Verdict, known: str | None = None) -> tuple[tuple[str, str], ...]:
    """Its advice, without what can only be done in a terminal, nor to get what is *known*."""
    return tuple(
        (words, a.url or "")
        for a in verdict.advice
        if (known is None or a.client != known) and (words := without_terminal(a.text))
    )


def instead(card: Card, others: tuple[Card, ...]) -> Card | None:
    """The program to take where *card* will not do: one that can be set up here."""
    if card.how is not How.NOT:
        return None
    return next((one for one in others if one.how is How.HERE), None)
