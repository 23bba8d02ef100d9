# SPDX-License-Identifier: MPL-2.0
"""Whom the flow asks about a silent port 25: the named host, the domain's MX, nobody else."""

import socket

import pytest

from clientcfg.discover.dns import NoAnswer, NoSuchName, Resolver
from clientcfg.flows import port_25 as flow
from clientcfg.flows.question import Question
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import EndpointReport, Problem
from tests.support.fakes.names import resolve_to
from tests.support.fakes.scripts import Smtp
from tests.support.fakes.server import FakeServer

OWN = "mail.own.test"
ADA = Address.parse("ada@own.test")


def report(port: int, *codes: str, address: str | None = None) -> EndpointReport:
    endpoint = Endpoint(Protocol.SMTP, OWN, port, Security.STARTTLS)
    problems = tuple(Problem(code, code) for code in codes)
    return EndpointReport(endpoint, address, reachable=address is not None, problems=problems)


REPORTS = (report(25, "no-answer"), report(587, address="192.0.2.9"))


def mx(monkeypatch: pytest.MonkeyPatch, *hosts: str, error: Exception | None = None) -> list[str]:
    asked: list[str] = []

    async def answer(_self: Resolver, domain: str) -> tuple[str, ...]:
        asked.append(domain)
        if error is not None:
            raise error
        return hosts

    monkeypatch.setattr(Resolver, "mx", answer)
    return asked


async def code(question: Question, *addresses: str) -> str:
    found = await flow.about_port_25(question, REPORTS, 4.0, resolve_to(*addresses))
    (told,) = found
    return told.problems[0].code


def closed() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


async def test_an_mx_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = mx(monkeypatch, "mx.own.test")
    async with FakeServer(Smtp()) as server:
        monkeypatch.setattr(flow, "PORT", server.port)
        assert await code(Question(address=ADA), "127.0.0.1") == "port-25-closed-there"
    assert asked == ["own.test"]
    assert len(server.sessions) == 1
    assert server.heard == [b"QUIT\r\n"]


async def test_an_mx_that_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    mx(monkeypatch, "mx.own.test")
    monkeypatch.setattr(flow, "PORT", closed())
    assert await code(Question(address=ADA), "127.0.0.1") == "port-25-blocked-here"


@pytest.mark.parametrize("error", [NoSuchName("own.test"), NoAnswer("slow")])
async def test_no_mx_to_be_had(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    mx(monkeypatch, error=error)
    assert await code(Question(address=ADA), "127.0.0.1") == "port-25-silent"


async def test_the_server_itself_is_no_control(monkeypatch: pytest.MonkeyPatch) -> None:
    mx(monkeypatch, OWN, "other-name.own.test")
    assert await code(Question(address=ADA), "192.0.2.9") == "port-25-silent"


@pytest.mark.parametrize(
    "question",
    [
        Question(name="mail.own.test", host=True),
        Question(address=ADA, offline=True),
    ],
)
async def test_nobody_is_asked_where_nobody_was_named(
    monkeypatch: pytest.MonkeyPatch, question: Question
) -> None:
    asked = mx(monkeypatch, "mx.own.test")
    assert await code(question, "127.0.0.1") == "port-25-silent"
    assert asked == []


async def test_the_host_that_a_person_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = mx(monkeypatch, "mx.own.test")
    async with FakeServer(Smtp()) as server:
        monkeypatch.setattr(flow, "PORT", server.port)
        question = Question(name="mail.own.test", host=True, control="mx.other.test")
        assert await code(question, "127.0.0.1") == "port-25-closed-there"
    assert asked == []


async def test_where_it_answers_nobody_else_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = mx(monkeypatch, "mx.own.test")
    alive = (report(25, address="192.0.2.9"), report(587, address="192.0.2.9"))
    assert await flow.about_port_25(Question(address=ADA), alive, 4.0, resolve_to()) == ()
    assert asked == []
