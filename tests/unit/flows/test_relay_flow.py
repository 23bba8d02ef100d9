# SPDX-License-Identifier: MPL-2.0
"""The relay test as a flow: what is asked, what is not, and where the password may go."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clientcfg.changes.disk import RealDisk
from clientcfg.flows import relay as relay_flow
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.flows.relay import RelayTest, TestOfRelaying
from clientcfg.flows.relay_tests import RelayTests
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.relay import Regime, Relay, RelayReplies, Reply
from clientcfg.model.report import EndpointReport
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import WrongUsage
from tests.support.answering import Says
from tests.support.fakes.identities import Identities
from tests.support.fakes.server import FakeServer, Script, Session
from tests.support.fakes.tempting import Tempting

ELSEWHERE = Address.parse("ada@elsewhere.test")
CANARY = "c4nary"


@pytest.fixture(scope="module")
def identities(tmp_path_factory: pytest.TempPathFactory) -> Identities:
    return Identities(tmp_path_factory.mktemp("identities"))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay_flow, "WAIT", 0.01)


class Relaying:
    """An SMTP server that takes mail for elsewhere once somebody fetched mail."""

    def __init__(self, *, auth: bool = True) -> None:
        self.opened = False
        self.auth = auth

    async def __call__(self, session: Session) -> None:
        await session.say(b"220 hi")
        while line := await session.line():
            verb = line.split(b" ")[0]
            if verb == b"EHLO":
                able = [b"250-AUTH PLAIN"] if self.auth else []
                await session.say(b"250-hi", *able, b"250 PIPELINING")
            elif verb == b"RCPT" and not self.opened:
                await session.say(b"550 5.7.1 Relaying denied")
            else:
                await session.say(b"250 2.0.0 ok")

    def mailbox(self) -> Script:
        """A POP3 server with TLS; whoever logs in there opens the way."""
        pop = Tempting(Protocol.POP3, implicit_tls=True)

        async def serve(session: Session) -> None:
            await pop(session)
            self.opened = self.opened or b"PASS" in session.heard or b"AUTH" in session.heard

        return serve


@asynccontextmanager
async def servers(
    identities: Identities, smtp: Relaying, *, mailbox: str | None = "good"
) -> AsyncIterator[tuple[Question, list[FakeServer]]]:
    async with FakeServer(smtp) as sending:
        sent = Endpoint(Protocol.SMTP, "127.0.0.1", sending.port, Security.STARTTLS)
        if mailbox is None:
            yield Question(servers=(sent,), username="ada", timeout=4), [sending]
            return
        context = identities.context(mailbox)
        async with FakeServer(smtp.mailbox(), context, implicit_tls=True) as fetching:
            fetch = Endpoint(Protocol.POP3, "127.0.0.1", fetching.port, Security.TLS)
            asked = Question(
                servers=(sent, fetch),
                username="ada",
                ca_files=(identities.ca_file,),
                timeout=4,
            )
            yield asked, [sending, fetching]


async def probed(question: Question) -> ProbeDone:
    async for event in probe(question):
        last = event
    assert isinstance(last, ProbeDone)
    return last


async def relay_of(
    question: Question,
    *,
    compare: bool,
    kept: RelayTests | None = None,
    answerer: Says | None = None,
) -> Relay:
    says = answerer or Says(Secret(CANARY))
    test = TestOfRelaying(question, RelayTest(ELSEWHERE, compare), says, None, kept)
    last: object = None
    async for event in test.run(await probed(question)):
        last = event
    assert isinstance(last, ProbeDone)
    (report,) = last.report.of(Protocol.SMTP)
    assert report.relay is not None
    return report.relay


@pytest.mark.parametrize(("auth", "regime"), [(True, Regime.BOTH), (False, Regime.POP_BEFORE_SMTP)])
async def test_fetching_mail_opens_the_way(
    identities: Identities, auth: bool, regime: Regime
) -> None:
    async with servers(identities, Relaying(auth=auth)) as (question, (sending, _fetching)):
        relay = await relay_of(question, compare=True)
    assert relay.regime is regime
    assert "shares it" in relay.text
    assert CANARY.encode() not in sending.everything_heard
    assert b"DATA" not in sending.everything_heard
    assert sending.everything_heard.count(b"RCPT TO:<ada@elsewhere.test>") == 2


async def test_unasked_no_password_is_asked_for(identities: Identities) -> None:
    says = Says(Secret(CANARY))
    async with servers(identities, Relaying()) as (question, (sending, fetching)):
        relay = await relay_of(question, compare=False, answerer=says)
    assert relay.regime is Regime.UNKNOWN
    assert says.asked == []
    assert sending.everything_heard.count(b"RCPT") == 1
    assert b"PASS" not in fetching.everything_heard


@pytest.mark.parametrize("mailbox", [None, "stranger"])
async def test_without_a_trusted_mailbox_the_password_stays_here(
    identities: Identities, mailbox: str | None
) -> None:
    says = Says(Secret(CANARY))
    async with servers(identities, Relaying(), mailbox=mailbox) as (question, asked):
        relay = await relay_of(question, compare=True, answerer=says)
    assert relay.regime is Regime.UNKNOWN
    assert "administrator" in relay.text
    assert "postconf" in relay.text
    assert relay.tested
    assert says.asked == []
    for server in asked:
        assert CANARY.encode() not in server.everything_heard


async def test_a_server_is_asked_once_in_ten_minutes(
    identities: Identities, tmp_path: Path
) -> None:
    now = datetime(2026, 11, 28, 12, tzinfo=UTC)

    def kept(minutes: int) -> RelayTests:
        # What was answered has the time of this machine's clock.
        later = datetime.now(UTC) + timedelta(minutes=minutes)
        return RelayTests(tmp_path, RealDisk(), lambda: later)

    assert now
    async with servers(identities, Relaying()) as (question, (sending, _fetching)):
        first = await relay_of(question, compare=False, kept=kept(0))
        again = await relay_of(question, compare=False, kept=kept(9))
        assert sending.everything_heard.count(b"RCPT") == 1
        await relay_of(question, compare=False, kept=kept(11))
        assert sending.everything_heard.count(b"RCPT") == 2
    assert (again.regime, again.evidence) == (first.regime, first.evidence)
    assert again.replies == first.replies


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"hosts": {"a": 1}}', b"\xff" * 9])
def test_a_file_that_cannot_be_read_holds_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "relay-tests.json").write_bytes(content)
    at = datetime(2026, 11, 28, 12, tzinfo=UTC)
    tests = RelayTests(tmp_path, RealDisk(), lambda: at)
    assert tests.of("a") is None
    relay = Relay(
        Regime.AUTH_ONLY, "So.", tested_from="192.0.2.1", at=at, evidence=("RCPT: 550 no",),
        replies=RelayReplies(Reply(250, "ok"), Reply(550, "no")),
    )  # fmt: skip
    tests.keep("a", relay)
    assert tests.of("a") == relay


def test_a_place_that_cannot_be_written_is_no_trouble() -> None:
    at = datetime(2026, 11, 28, 12, tzinfo=UTC)
    tests = RelayTests(Path("/proc/nowhere"), RealDisk(), lambda: at)
    tests.keep("a", Relay(Regime.UNKNOWN, "So.", at=at))
    assert tests.of("a") is None


@pytest.mark.parametrize(
    ("own", "elsewhere", "code"),
    [
        ("ada@here.test", "bob@here.test", "not-elsewhere"),
        ("ada@here.test", "ädä@elsewhere.test", "address-not-ascii"),
    ],
)
def test_what_cannot_be_asked(own: str, elsewhere: str, code: str) -> None:
    question = Question(address=Address.parse(own))
    with pytest.raises(WrongUsage) as refused:
        TestOfRelaying(question, RelayTest(Address.parse(elsewhere), compare=False), Says())
    assert refused.value.code == code


def test_only_one_endpoint_of_a_host_is_asked() -> None:
    def report(port: int, *, reachable: bool = True, host: str = "a.test") -> EndpointReport:
        endpoint = Endpoint(Protocol.SMTP, host, port, Security.STARTTLS)
        return EndpointReport(endpoint, None, reachable=reachable)

    entrances = relay_flow._entrances(
        [report(465), report(587), report(25, reachable=False), report(465, host="b.test")]
    )
    assert [(e.host, e.port) for e in entrances] == [("a.test", 587), ("b.test", 465)]
