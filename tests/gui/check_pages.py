# SPDX-License-Identifier: MPL-2.0
"""*Check a server* in each of its states, for pictures and for tests that look at every page."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from clientcfg.advise.what_if import AS_IT_IS, WhatIf
from clientcfg.flows.compare import Compared, compare
from clientcfg.flows.events import (
    Asking,
    EndpointAnswered,
    ProbeDone,
    Probing,
    SourceAnswered,
)
from clientcfg.flows.question import Question
from clientcfg.gui.check.look import checked
from clientcfg.gui.check.page import CONVERSATION, PROGRAMS, WORKING, CheckPage
from clientcfg.gui.window import Window
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import LOGIN, XOAUTH2
from clientcfg.model.report import ServerReport
from clientcfg.model.trouble import NotFoundOut
from tests.gui import scripted as s

QUESTION = Question(name="example.org")
OFFICE = Endpoint(Protocol.SMTP, "smtp.office365.com", 587, Security.STARTTLS)


def opened(window: Window) -> CheckPage:
    """The part itself, with nothing asked yet."""
    window.rail.choose(1)
    window.open(1)
    window.check.head.field.setText("example.org")
    return window.check


def compared(
    page: CheckPage, report: ServerReport, change: WhatIf, before: Compared | None = None
) -> Compared:
    """What the worker would have found out."""

    async def last() -> Compared:
        async for found in compare(report, QUESTION, page._here, change, before):
            return found
        raise AssertionError

    return asyncio.run(last())


def answered(window: Window, done: ProbeDone) -> CheckPage:
    """An answer is there."""
    page = opened(window)
    done = replace(done, report=replace(done.report, target="example.org", target_kind="domain"))
    page._heard(checked(done, QUESTION, s.AT))
    return page


def _begin(window: Window) -> None:
    opened(window)


def _wrong(window: Window) -> None:
    opened(window).head.field.setText("exa mple.org")
    window.check.head.ask()


def _working(window: Window) -> None:
    page = opened(window)
    page.working.begin("example.org", 14)
    page.head.busy(on=True)
    page.pages.setCurrentIndex(WORKING)
    for event in (
        Asking("example.org", ("srv", "autoconfig")),
        SourceAnswered(s.probed().found.sources[0]),
        Probing(s.ENDPOINTS),
        EndpointAnswered(s.report(s.SMTP)),
        EndpointAnswered(s.silent(s.POP3)),
    ):
        page._heard(event)


def _report(window: Window) -> None:
    answered(window, s.served())


def _good(window: Window) -> None:
    done = s.served(clear=False)
    first = done.report.endpoints[0]
    reports = (replace(first, relay=s.RELAY), *done.report.endpoints[1:])
    answered(window, replace(done, report=replace(done.report, endpoints=reports)))


def _certificate(window: Window) -> None:
    bad = replace(s.BAD_TLS, versions=s.TAKES)
    took = (9, 14, 31, 22)
    answered(window, s.probed(*(replace(s.told(e, took), tls=bad) for e in (s.SMTP, s.IMAP))))


def _silent(window: Window) -> None:
    answered(window, s.probed(*(s.silent(e) for e in s.ENDPOINTS)))


def _network(window: Window) -> None:
    page = opened(window)
    page._failed(
        NotFoundOut(
            "servers-unknown",
            "The mail servers of example.org could not be found out: no name server answers.",
            "Try again when the network is back.",
        )
    )


def _office() -> ProbeDone:
    report = s.told(OFFICE, (9, 14, 62, 30))
    lines = tuple(replace(line, mechanisms=(LOGIN, XOAUTH2)) for line in report.auth_lines)
    return s.probed(replace(report, auth=(LOGIN, XOAUTH2), auth_lines=lines))


def _programs(window: Window) -> None:
    page = answered(window, s.served())
    page._heard(compared(page, s.served().report, AS_IT_IS))
    page.head.tabs.setCurrentIndex(PROGRAMS)


def _what_if(window: Window) -> None:
    done = _office()
    page = answered(window, done)
    page.head.field.setText("smtp.office365.com")
    page._heard(compared(page, done.report, AS_IT_IS))
    page.head.tabs.setCurrentIndex(PROGRAMS)
    page.programs.supposed.disconnect(page.suppose)
    page.programs.switches.oauth2.setChecked(True)
    page._heard(compared(page, done.report, WhatIf(oauth2_only=True), page.compared))


def _reasons(window: Window) -> None:
    _what_if(window)
    tab = window.check.programs
    tab.search.setText("outlook")
    tab.table.setCurrentIndex(tab.model.index(0, 0))
    tab._explain(tab.table.currentIndex())


def _conversation(window: Window) -> None:
    page = answered(window, s.served())
    page.head.tabs.setCurrentIndex(CONVERSATION)
    page.conversation.search.setText("auth")


PAGES: dict[str, Callable[[Window], None]] = {
    "check-server": _begin,
    "check-server-wrong": _wrong,
    "check-server-progress": _working,
    "check-server-report": _report,
    "check-server-good": _good,
    "check-server-certificate": _certificate,
    "check-server-silent": _silent,
    "check-server-network": _network,
    "check-server-programs": _programs,
    "check-server-what-if": _what_if,
    "check-server-reasons": _reasons,
    "check-server-conversation": _conversation,
}
