# SPDX-License-Identifier: MPL-2.0
"""A whole probe in one sentence and its shape, for whoever looks after the server."""

from dataclasses import dataclass

from clientcfg.advise.administrator import ToDo, to_do
from clientcfg.advise.ask import look_again
from clientcfg.advise.headline import headline
from clientcfg.flows.faults import fault
from clientcfg.flows.readable import where
from clientcfg.model.endpoint import Protocol
from clientcfg.model.report import ServerReport
from clientcfg.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing to do for the administrator: where, what, and the standard that says so."""

    text: str
    where: str
    standard: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """``kind``: "ready", "warn", "no" or "unknown". ``text`` stands below the one sentence."""

    kind: str
    title: str
    text: str
    wishes: tuple[Wish, ...]


def assess(report: ServerReport) -> Assessment:
    """What is to be said of *report* before all else."""
    todos = to_do(report)
    wishes = tuple(_wish(todo, report) for todo in todos)
    urgent = [wish for wish in wishes if wish.urgent]
    sending = report.of(Protocol.SMTP)
    said = headline(report)
    if not any(e.reachable for e in report.endpoints):
        return Assessment("unknown", said, look_again().text, wishes)
    if not any(e.trusted and e.auth for e in sending):
        kind = "no" if any(e.reachable for e in sending) else "unknown"
        return Assessment(kind, said, _fault(report), wishes)
    if urgent:
        first = next(todo for todo in todos if todo.urgent)
        title = _("One thing to mend: {fact}")
        if len(urgent) > 1:
            title = ngettext(
                "{n} thing to mend, first: {fact}",
                "{n} things to mend, first: {fact}",
                len(urgent),
            )
        title = title.format(n=len(urgent), fact=fault(first))
        todo = _("For the administrator: {text}").format(text=first.text)
        return Assessment("warn", title, f"{todo} {_works()}", wishes)
    return Assessment("ready", _works(), "", wishes)


def _works() -> str:
    return _("Sending works: the log-in is encrypted, and the server proved who it is.")


def answered(report: ServerReport) -> str:
    """How many of them answered."""
    count = sum(e.reachable for e in report.endpoints)
    return ngettext(
        "{count} of {total} server answered", "{count} of {total} servers answered",
        len(report.endpoints),
    ).format(count=count, total=len(report.endpoints))  # fmt: skip


def _fault(report: ServerReport) -> str:
    """What is wrong with the first server for sending that could not prove itself."""
    shown = (e.tls for e in report.of(Protocol.SMTP) if e.tls is not None and not e.trusted)
    return next((p.text for tls in shown for p in tls.problems), "")


def _wish(todo: ToDo, report: ServerReport) -> Wish:
    return Wish(todo.text, where(todo.endpoints, report), todo.standard, todo.urgent)
