# SPDX-License-Identifier: MPL-2.0
"""A silent port 25: which reports are about it, and how it is explained."""

import pytest

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import EndpointReport, Problem
from clientcfg.probe.port_25 import explained, silent_on_25

CONTROL = Endpoint(Protocol.SMTP, "mx.other.test", 25, Security.STARTTLS)


def report(port: int, *codes: str, reachable: bool = False, host: str = "a.test") -> EndpointReport:
    endpoint = Endpoint(Protocol.SMTP, host, port, Security.STARTTLS)
    address = "192.0.2.1" if reachable else None
    problems = tuple(Problem(code, code) for code in codes)
    return EndpointReport(endpoint, address, reachable=reachable, problems=problems)


@pytest.mark.parametrize("code", ["no-answer", "refused", "no-connection", "no-route"])
def test_a_host_that_answers_elsewhere(code: str) -> None:
    silent = report(25, code)
    assert silent_on_25([silent, report(587, reachable=True)]) == (silent,)


def test_a_dead_host_is_no_blocked_port() -> None:
    assert silent_on_25([report(25, "no-answer"), report(587, "no-answer")]) == ()
    other = report(587, reachable=True, host="b.test")
    assert silent_on_25([report(25, "no-answer"), other]) == ()


def test_a_port_that_answers_badly_is_not_silent() -> None:
    assert silent_on_25([report(25, "hung-up", reachable=True), report(587, reachable=True)]) == ()
    assert silent_on_25([report(25, "no-such-host"), report(587, reachable=True)]) == ()


@pytest.mark.parametrize(
    ("control", "answers", "code"),
    [
        (None, None, "port-25-silent"),
        (CONTROL, None, "port-25-silent"),
        (CONTROL, True, "port-25-closed-there"),
        (CONTROL, False, "port-25-blocked-here"),
    ],
)
def test_the_explanation(control: Endpoint | None, answers: bool | None, code: str) -> None:
    found = explained(control, answers)
    assert found.code == code
    assert ("mx.other.test" in found.text) is (answers is not None)
