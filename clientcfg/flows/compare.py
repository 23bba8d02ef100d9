# SPDX-License-Identifier: MPL-2.0
"""Every version of every program held against the servers, as they are and as they might be."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from clientcfg.advise.condition import label
from clientcfg.advise.what_if import WhatIf, sends_after_fetching, supposed
from clientcfg.clients.spans import Span, span_of, spans
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.flows.supposing import Remarks, remarks
from clientcfg.flows.unhurried import unhurried
from clientcfg.model.answer import Answer
from clientcfg.model.phrases import encryption
from clientcfg.model.report import ServerReport
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.words import _

_SENDS = frozenset({VerdictKind.READY, VerdictKind.NEEDS_STEP})


@dataclass(frozen=True, slots=True)
class Held:
    """Versions that can do the same, and their verdict today and after the change.

    ``ends_fetching``: today they send after fetching mail (POP-before-SMTP),
    and after the change no more.
    """

    span: Span
    today: Verdict
    then: Verdict
    installed: bool = False
    ends_fetching: bool = False

    @property
    def changes(self) -> bool:
        """Whether the change makes a difference to a person who uses it."""
        return self.today.kind is not self.then.kind or self.ends_fetching

    @property
    def maintained(self) -> bool:
        """Whether it still gets releases."""
        return self.span.known.maintained is Answer.YES


@dataclass(frozen=True, slots=True)
class Compared:
    """Result of :func:`compare`."""

    change: WhatIf
    held: tuple[Held, ...]
    remarks: Remarks


async def compare(
    report: ServerReport,
    question: Question,
    here: Here,
    change: WhatIf,
    before: Compared | None = None,
) -> AsyncIterator[Compared]:
    """Hold every version against *report* and against what *change* makes of it.

    *before* is an earlier answer about the same report: what it says of today
    still stands.
    """
    if before is None:
        every = await unhurried(spans(here.catalog))
        here_now = _installed(here)
        verdicts = await unhurried(here.each_verdict(report, (s.known for s in every), question))
        held = tuple(
            Held(span, verdict, verdict, span.key in here_now)
            for span, verdict in zip(every, verdicts, strict=True)
        )
    else:
        held = before.held
    told = before.remarks if before else remarks(report, here.rules(report, question))
    yield Compared(change, await _after(held, report, question, here, change), told)


def why_words(held: Held) -> str:
    """Why it is so after the change, as one sentence."""
    verdict = held.then
    if held.ends_fetching:
        return _("Sends today after fetching mail (POP-before-SMTP); that would end.")
    if verdict.kind is VerdictKind.READY and verdict.endpoint is not None:
        return _("{mechanism} on port {port}, {encryption}").format(
            mechanism=verdict.mechanism,
            port=verdict.endpoint.port,
            encryption=encryption(verdict.endpoint.security),
        )
    if verdict.kind is VerdictKind.NEEDS_STEP and verdict.advice:
        return verdict.advice[0].text
    told = verdict.reasons[0].text if verdict.reasons else verdict.missing_fact or ""
    # Whose verdict it is stands beside it already.
    own = label(held.span.known)
    if told.startswith(f"{own} "):
        told = told.removeprefix(f"{own} ")
        # Another first word may be the name of a server, which is left as it is.
        told = told[:1].upper() + told[1:]
    return told.replace(own, _("it"))


async def _after(
    held: tuple[Held, ...], report: ServerReport, question: Question, here: Here, change: WhatIf
) -> tuple[Held, ...]:
    if not change:
        return tuple(Held(h.span, h.today, h.today, h.installed) for h in held)
    then = await unhurried(
        here.each_verdict(supposed(report, change), (h.span.known for h in held), question)
    )
    fetching = change.no_pop_before_smtp and sends_after_fetching(report)
    return tuple(
        Held(h.span, h.today, verdict, h.installed, fetching and h.today.kind not in _SENDS)
        for h, verdict in zip(held, then, strict=True)
    )


def _installed(here: Here) -> frozenset[tuple[str, int]]:
    found = (span_of(here.catalog, here.catalog.of(i)) for i in here.installed())
    return frozenset(key for key in found if key is not None)
