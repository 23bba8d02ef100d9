# SPDX-License-Identifier: MPL-2.0
"""No network, or one that answers for everybody: said as that, and not blamed on the provider."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from clientcfg.discover.dns import Nameserver, NoAnswer, NoSuchName, Resolver
from clientcfg.flows.choose import why_none
from clientcfg.flows.network import is_connected, is_suspect, may_be_in_the_way, network_trouble
from clientcfg.flows.question import Question
from clientcfg.model.address import Address
from clientcfg.model.connection import Connection
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Outcome, SourceAnswer
from clientcfg.model.report import Problem
from tests.gui import scripted as s

QUESTION = Question(address=Address("ada", "example.org"))
WRONG_NAME = replace(
    s.BAD_TLS,
    problems=(Problem("name-mismatch", "The certificate is for another name."),),
)


class Said(Resolver):
    """A resolver that gives every look-up the same end."""

    def __init__(self, end: tuple[str, ...] | Exception) -> None:
        super().__init__()
        self.end = end

    async def addresses(self, host: str) -> tuple[str, ...]:
        if isinstance(self.end, Exception):
            raise self.end
        return self.end


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers on the web where nobody is, unless a test says so."""
    monkeypatch.setattr("clientcfg.flows.network._ANYWHERE", ((socket.AF_INET, "127.0.0.1"),))
    monkeypatch.setattr("clientcfg.flows.network._WEB", 1)


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    def be(there: bool) -> None:
        monkeypatch.setattr("clientcfg.flows.network.is_connected", lambda: there)

    return be


async def test_no_way_out_of_this_computer(connected: Callable[[bool], None]) -> None:
    connected(False)
    trouble = await network_trouble(QUESTION, Said(NoAnswer("unreachable")))
    assert trouble is not None
    assert (trouble.code, trouble.status) == ("offline", 3)
    assert trouble.text.startswith("This computer is not connected to the internet.")


async def test_names_that_cannot_exist_have_addresses(connected: Callable[[bool], None]) -> None:
    connected(True)
    trouble = await network_trouble(QUESTION, Said(("10.0.0.1",)))
    assert trouble is not None
    assert trouble.code == "network-log-in"
    assert "Open a browser" in trouble.advice[0]
    for honest in (NoSuchName("x"), NoAnswer("x")):
        assert await network_trouble(QUESTION, Said(honest)) is None


@pytest.mark.parametrize(
    ("says", "page"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: /log-in\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.0 200 OK\r\n\r\n<h1>Welcome</h1>", True),
        (b"HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 100_000, True),
        # A proxy that reached nobody.
        (b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", False),
        (b"220 mail.example ESMTP\r\n", False),
        (b"", False),
    ],
)  # fmt: skip
async def test_a_page_where_nobody_is(
    connected: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch, says: bytes, page: bool
) -> None:
    connected(True)
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(says)
        with suppress(OSError):
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        monkeypatch.setattr("clientcfg.flows.network._WEB", server.sockets[0].getsockname()[1])
        trouble = await network_trouble(QUESTION, Said(NoSuchName("x")))
    assert len(asked) == 1
    # Nothing is told of who asks, or about what.
    assert b"example.org" not in asked[0]
    assert b"ada" not in asked[0]
    assert (trouble is not None) is page
    assert trouble is None or trouble.connection is Connection.LOG_IN


async def test_silence_where_nobody_is_costs_little(
    connected: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(True)
    monkeypatch.setattr("clientcfg.flows.network._PATIENCE", 0.2)

    gone = asyncio.Event()

    async def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            await reader.read()
        writer.close()
        gone.set()

    async with await asyncio.start_server(wait, "127.0.0.1", 0) as server:
        monkeypatch.setattr("clientcfg.flows.network._WEB", server.sockets[0].getsockname()[1])
        began = asyncio.get_running_loop().time()
        assert await network_trouble(QUESTION, Said(NoSuchName("x"))) is None
        assert asyncio.get_running_loop().time() - began < 1.5
        await gone.wait()


async def test_who_answered_is_not_told_that_there_is_no_network(
    connected: Callable[[bool], None],
) -> None:
    connected(False)
    assert await network_trouble(QUESTION, Said(NoSuchName("x")), answered=True) is None


async def test_who_names_a_resolver_is_not_told_about_the_network(
    connected: Callable[[bool], None],
) -> None:
    connected(False)
    for question in (
        replace(QUESTION, nameserver=Nameserver("127.0.0.1")),
        replace(QUESTION, offline=True),
    ):
        assert await network_trouble(question, Said(("10.0.0.1",))) is None


def test_what_looks_like_no_network() -> None:
    def said(outcome: Outcome) -> SourceAnswer:
        return SourceAnswer("srv", None, outcome, "x", 1.0)

    assert is_suspect([said(Outcome.NO), said(Outcome.UNKNOWN)], [])
    assert not is_suspect([said(Outcome.NO)], [])
    assert is_suspect([], [s.silent(s.SMTP)])
    assert not is_suspect([], [s.silent(s.SMTP), s.report(s.IMAP)])
    here = Endpoint(Protocol.SMTP, "127.0.0.1", 2525, Security.STARTTLS)
    assert not is_suspect([], [s.silent(here)])


def test_one_certificate_for_all_hosts_may_be_a_log_in_page() -> None:
    smtp, imap = s.report(s.SMTP, WRONG_NAME), s.report(s.IMAP, WRONG_NAME)
    hint = may_be_in_the_way([smtp, imap])
    assert hint is not None
    assert "log-in page" in hint
    assert may_be_in_the_way([smtp]) is None
    assert may_be_in_the_way([smtp, s.report(s.IMAP)]) is None
    assert hint in why_none(s.probed(smtp, imap), Protocol.SMTP).advice


@pytest.mark.skipif(
    os.environ.get("CI") != "true" and (os.geteuid() != 0 or not shutil.which("unshare")),
    reason="only root may take the network away",
)
def test_without_a_network_the_command_says_so_at_once() -> None:
    words = ("probe", "ada@example.org", "--json")
    done = subprocess.run(
        ["unshare", "--net", sys.executable, "-m", "clientcfg", *words],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 3
    assert json.loads(done.stdout)["code"] == "offline"


def test_asking_whether_there_is_a_way_out_does_not_fail() -> None:
    assert is_connected() in {True, False}
