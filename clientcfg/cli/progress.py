# SPDX-License-Identifier: MPL-2.0
"""Running a flow in the terminal: progress while it works, its last event at the end."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from clientcfg.changes.state import state_directory
from clientcfg.changes.this_disk import this_disk
from clientcfg.cli import interrupt
from clientcfg.cli.screen import NO, STEP, UNKNOWN, YES, Screen
from clientcfg.flows.asked_lately import asked_lately
from clientcfg.flows.events import (
    Asking,
    EndpointAnswered,
    Event,
    Probing,
    Proved,
    SourceAnswered,
)
from clientcfg.model.offer import Outcome
from clientcfg.model.trouble import Trouble
from clientcfg.words import _, ngettext

T = TypeVar("T")


def run(
    screen: Screen,
    flow: AsyncIterator[Event],
    last: type[T],
    watch: Callable[[Event], None] | None = None,
) -> T:
    """Drive *flow* to its end and give the event of type *last*.

    *watch* sees every event, for commands that show more than progress.
    """
    with _remembering():
        return interrupt.run(drive(screen, flow, last, watch))


def _remembering() -> AbstractContextManager[None]:
    """Who was asked lately counts from run to run, where there is a place to keep that."""
    try:
        return asked_lately(state_directory(os.environ), this_disk())
    except Trouble:
        return nullcontext()


async def drive(
    screen: Screen,
    flow: AsyncIterator[Event],
    last: type[T],
    watch: Callable[[Event], None] | None = None,
) -> T:
    """As :func:`run`, inside a loop that runs already."""
    result: T | None = None
    with screen.working(_("Working…")):
        async for event in flow:
            text = describe(event)
            if text:
                screen.progress(text)
            if watch is not None:
                with screen.pause():
                    watch(event)
            if isinstance(event, last):
                result = event
    assert result is not None  # noqa: S101 - a flow ends with its result or raises
    return result


def describe(event: Event) -> str | None:
    """An event as a line of progress; None for those that are results."""
    match event:
        case Asking(domain, _sources):
            return _("Asking where the servers of {domain} are").format(domain=domain)
        case SourceAnswered(answer):
            mark = {Outcome.FOUND: YES, Outcome.NO: NO, Outcome.UNKNOWN: UNKNOWN}[answer.outcome]
            return f"{mark} {answer.name}: {answer.reason}"
        case Probing(endpoints):
            return ngettext(
                "Asking {count} server what it accepts",
                "Asking {count} servers what they accept",
                len(endpoints),
            ).format(count=len(endpoints))
        case EndpointAnswered(report):
            mark = YES if report.reachable else NO
            return f"{mark} {report.endpoint.protocol} {report.endpoint}"
        case Proved(_step, ok, text, words):
            mark = {True: YES, False: NO, None: STEP}[ok]
            return f"{mark} {text}" + (f" — {words}" if words else "")
        case _:
            return None
