# SPDX-License-Identifier: MPL-2.0
"""A whole probe in one sentence and its shape, for whoever looks after the server."""

from dataclasses import dataclass

from clientcfg.advise.administrator import ToDo, to_do
from clientcfg.advise.headline import headline
from clientcfg.flows.readable import where
from clientcfg.model.endpoint import Protocol
from clientcfg.model.report import ServerReport
from clientcfg.words import ngettext


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
        return Assessment("unknown", said, "", wishes)
    if not any(e.trusted and e.auth for e in sending):
        kind = "no" if any(e.reachable for e in sending) else "unknown"
        return Assessment(kind, said, "", wishes)
    if urgent:
        title = ngettext(
            "One thing to mend at {where}: {text}",
            "{n} things to mend, first at {where}: {text}",
            len(urgent),
        ).format(n=len(urgent), where=urgent[0].where, text=urgent[0].text)
        return Assessment("warn", title, said, wishes)
    return Assessment("ready", said, "", wishes)


def answered(report: ServerReport) -> str:
    """How many of them answered."""
    count = sum(e.reachable for e in report.endpoints)
    return ngettext(
        "{count} of {total} server answered", "{count} of {total} servers answered",
        len(report.endpoints),
    ).format(count=count, total=len(report.endpoints))  # fmt: skip


def _wish(todo: ToDo, report: ServerReport) -> Wish:
    return Wish(todo.text, where(todo.endpoints, report), todo.standard, todo.urgent)
