# SPDX-License-Identifier: MPL-2.0
"""Hostile servers get nothing: the real flows, every byte that leaves, every form of a password.

The servers here take any log-in and would be told everything by whoever is
careless. What they hear is kept decrypted; what goes through the socket is
kept as it is. In neither is there any of the canary, save inside TLS to a
server that proved who it is, where the test says so.
"""

import base64
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest

from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.zone import NameServer, make_zone
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.events import Event
from clientcfg.flows.here import Here
from clientcfg.flows.prove import LOG_IN, verify
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted, Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.model.account import ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, NotFoundOut, Refused, Trouble
from clientcfg.probe.driver import Trust, open_channel
from clientcfg.probe.link import Link
from clientcfg.verify.arrival import seen
from tests.support.fakes.identities import NAME, Identities
from tests.support.fakes.names import resolve_to
from tests.support.fakes.server import FakeServer
from tests.support.fakes.tempting import CRAM_CHALLENGE, DIALECTS, Tempting
from tests.support.needles import credentials_in, log_ins_in

CANARY = 'Kanarie "71\\93"'
ALL = (b"SCRAM-SHA-256", b"PLAIN", b"LOGIN", b"CRAM-MD5", b"SCRAM-SHA-1")
SMTP, IMAP, POP3 = Protocol.SMTP, Protocol.IMAP, Protocol.POP3


@dataclass(frozen=True, slots=True)
class Case:
    """A server with something wrong, and what must come of it.

    ``safe``: TLS verifies there, so a log-in may begin, but inside it only.
    """

    kind: type[Trouble]
    says: str
    script: Tempting
    certificate: str = "good"
    oldest: bool = False
    safe: bool = False
    timeout: float = 10.0


def cases() -> Iterator[tuple[str, Case]]:
    for protocol in Protocol:
        says = DIALECTS[protocol]
        word = says.starttls.decode()
        base = Tempting(protocol, clear=ALL)

        def tls(protocol: Protocol = protocol) -> Tempting:
            return Tempting(protocol, implicit_tls=True)

        found = {
            "stripped": Case(Refused, f"does not offer {word}", replace(base, offered=b"")),
            "refused": Case(Refused, "refuses it", replace(base, refuses=True)),
            "injected": Case(
                Refused, "Unencrypted text", replace(base, injected=says.greeting + b"\r\n")
            ),
            "injected late": Case(
                Refused, "Unencrypted text", replace(base, injected_late=b"250 AUTH PLAIN\r\n")
            ),
            "answered before it was asked": Case(
                Refused,
                "Unencrypted text",
                replace(base, injected=says.greeting + b"\r\n" + says.success + b"\r\n"),
            ),
            "old TLS only": Case(Refused, "TLS 1.0", base, oldest=True),
            "old TLS only, from the start": Case(Refused, "TLS 1.0", tls(), oldest=True),
            "nothing that we speak": Case(
                No,
                "KERBEROS_V4",
                replace(base, inside=(b"X-OTHER", b"KERBEROS_V4"), login_command=False),
            ),
            "no log-in inside TLS": Case(
                No, "no log-in", replace(base, inside=(), login_command=False)
            ),
            "hangs in the log-in": Case(
                NotFoundOut, "time was up", replace(base, in_auth="hang"), safe=True, timeout=0.4
            ),
            "drips in the log-in": Case(
                NotFoundOut, "time was up", replace(base, in_auth="drip"), safe=True, timeout=0.4
            ),
            "asks again in the clear": Case(
                NotFoundOut,
                "broke off",
                replace(base, in_auth="clear", inside=(b"LOGIN",)),
                safe=True,
            ),
        }
        for certificate, reason in (
            ("expired", "expired on"),
            ("wrong-name", f"not for {NAME} but for other.fake.test"),
            ("stranger", "not trusted here"),
            ("self-signed", "signed by itself"),
            ("all-wrong", "expired on"),
        ):
            found[f"certificate {certificate}"] = Case(Refused, reason, base, certificate)
            found[f"certificate {certificate}, TLS from the start"] = Case(
                Refused, reason, tls(), certificate
            )
        if protocol is SMTP:
            found["masked"] = Case(Refused, "XXXXXXXA", replace(base, offered=b"XXXXXXXA"))
        if protocol is IMAP:
            here = b"* PREAUTH welcome ada"
            found["logged in already"] = Case(Refused, "PREAUTH", replace(base, greeting=here))
            found["logged in already, inside TLS"] = Case(
                Refused, "PREAUTH", replace(tls(), greeting=here)
            )
        for name, case in found.items():
            yield f"{protocol}: {name}", case


CASES = dict(cases())


@dataclass(slots=True)
class Script:
    """Gives the canary to whoever asks, and agrees to everything."""

    asked: list[object] = field(default_factory=list)

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        self.asked.append(wanted)
        return Secret(CANARY)

    async def accept_host(self, host: HostToConfirm) -> bool:
        return True

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        return False

    async def go_on(self, review: object) -> bool:
        return True


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> bytearray:
    """Every byte that leaves, as it goes through the socket."""
    kept = bytearray()
    write = Link.write

    def tapped(link: Link, data: bytes) -> None:
        kept.extend(data)
        write(link, data)

    monkeypatch.setattr(Link, "write", tapped)
    return kept


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits a minute for a message that cannot be looked for."""
    monkeypatch.setattr("clientcfg.flows.arrived.seen", partial(seen, within=5, every=0.02))


@pytest.fixture
async def nameserver() -> AsyncIterator[Nameserver]:
    server = NameServer(make_zone("fake.test", {}))
    yield Nameserver("127.0.0.1", await server.start())
    await server.close()


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path)


def context_for(case: Case, identities: Identities) -> ssl.SSLContext:
    context = identities.context(case.certificate)
    if case.oldest:
        with pytest.warns(DeprecationWarning):
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def at(server: FakeServer, script: Tempting) -> Endpoint:
    security = Security.TLS if script.implicit_tls else Security.STARTTLS
    return Endpoint(script.protocol, NAME, server.port, security)


async def run(flow: AsyncIterator[Event]) -> None:
    async for _event in flow:
        pass


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("job", ["verify", "set up"])
@pytest.mark.parametrize("name", CASES)
async def test_nothing_for_a_hostile_server(
    name: str,
    job: str,
    identities: Identities,
    nameserver: Nameserver,
    machine: DemoMachine,
    tmp_path: Path,
    left: bytearray,
) -> None:
    case = CASES[name]
    others = {SMTP: (IMAP,), IMAP: (SMTP,), POP3: (SMTP,)}[case.script.protocol]
    good = [Tempting(protocol, implicit_tls=True) for protocol in others]
    before = machine.tree()
    async with AsyncExitStack() as stack:

        async def up(script: Tempting, context: ssl.SSLContext) -> FakeServer:
            server = FakeServer(script, context, implicit_tls=script.implicit_tls)
            return await stack.enter_async_context(server)

        hostile = await up(case.script, context_for(case, identities))
        servers = [at(hostile, case.script)]
        servers += [at(await up(one, identities.context("good")), one) for one in good]
        question = Question(
            address=Address.parse("ada@fake.test"),
            servers=tuple(servers),
            nameserver=nameserver,
            ca_files=(identities.ca_file,),
            timeout=case.timeout,
        )
        here = Here(home=machine.home, root=machine.root, state=tmp_path / "state")
        script = Script()
        wish = SetUp(question, "thunderbird", store_password=True)
        with pytest.raises(Trouble) as told:
            await run(
                verify(question, script, here.remembered)
                if job == "verify"
                else set_up(wish, script, here)
            )
    assert isinstance(told.value, case.kind), told.value
    assert case.says in told.value.text
    assert CANARY not in told.value.text + " ".join(told.value.advice)
    assert hostile.sessions, "it was asked at all"
    assert not credentials_in(bytes(left), CANARY, (CRAM_CHALLENGE,)), "in the clear"
    assert not log_ins_in(bytes(left)), "not even a log-in that begins in the clear"
    if not case.safe:
        assert not credentials_in(hostile.everything_heard, CANARY, (CRAM_CHALLENGE,))
        assert not log_ins_in(hostile.everything_heard)
        assert script.asked == [], "a password that cannot be used is not asked for"
    assert machine.tree() == before
    assert not (tmp_path / "state" / "journal").exists()
    for file in (tmp_path / "state").rglob("*"):
        assert not credentials_in(file.read_bytes(), CANARY)


@pytest.mark.parametrize("protocol", list(Protocol))
@pytest.mark.parametrize("mechanism", [m.decode() for m in ALL])
async def test_the_search_would_find_it(
    protocol: Protocol, mechanism: str, identities: Identities, left: bytearray
) -> None:
    """The same servers with nothing wrong are told the password; it is seen in what they heard."""
    script = Tempting(protocol, implicit_tls=True, inside=(mechanism.encode(),))
    context = identities.context("good")
    async with FakeServer(script, context, implicit_tls=True) as server:
        endpoint = at(server, script)
        channel = await open_channel(
            endpoint,
            trust=Trust((identities.ca_file,)),
            timeout=5,
            resolve=resolve_to("127.0.0.1"),
        )
        login = ServerLogin(endpoint, "ada@fake.test", Mechanism(mechanism))
        try:
            await LOG_IN[protocol](channel, login, Secret(CANARY))
        except Trouble:
            assert mechanism.startswith("SCRAM"), "whose server has to prove itself, too"
        await channel.wire.close()
    assert credentials_in(server.everything_heard, CANARY, (CRAM_CHALLENGE,))
    assert log_ins_in(server.everything_heard)
    assert not credentials_in(bytes(left), CANARY, (CRAM_CHALLENGE,))


@pytest.mark.parametrize(
    "data",
    [
        CANARY.encode(),
        b"\0ada\0" + CANARY.encode(),
        b'c1 LOGIN ada "Kanarie \\"71\\\\93\\""',
        b"Kanarie%20%2271%5C93%22",
    ],
)
def test_the_search_finds_it_in_any_dress(data: bytes) -> None:
    for shift in range(3):
        assert credentials_in(base64.b64encode(b"x" * shift + data), CANARY)
    assert credentials_in(b"AUTH PLAIN " + data, CANARY)
    assert not credentials_in(b"AUTH PLAIN " + data[:4], CANARY)
