# SPDX-License-Identifier: MPL-2.0
"""What we wrote is never weaker than what we do: the real client at hostile servers.

The account is set up and its password stored. Then the same names lead to
servers that take any log-in, wherever it comes, and keep every byte they hear.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from clientcfg.model.endpoint import Protocol
from tests.support.fakes.server import FakeServer, Script, Session
from tests.support.fakes.tempting import CRAM_CHALLENGE, Tempting
from tests.support.needles import credentials_in, log_ins_in
from tests.world import loopback
from tests.world.authority import Authority
from tests.world.options import ALICE, ALICE_PASSWORD, HOSTS, IMAP_HOST, SMTP_HOST
from tests.world.servers import MailWorld
from tests.world.thunderbird import Asked, Thunderbird

pytestmark = [pytest.mark.thunderbird, pytest.mark.real_servers]

STARTTLS = (f"{SMTP_HOST}:587/starttls", f"{IMAP_HOST}:143/starttls")
TLS = (f"{SMTP_HOST}:465/tls", f"{IMAP_HOST}:993/tls")
ALL = (b"PLAIN", b"LOGIN", b"CRAM-MD5")


@dataclass(frozen=True, slots=True)
class Strangers:
    """An outgoing and an incoming server at the places where the real ones were."""

    address: str
    smtp: FakeServer
    imap: FakeServer

    def in_place_of(self, host: str, world: MailWorld) -> str:
        """An ``/etc/hosts`` in which one of the servers was replaced."""
        others = " ".join(name for name in HOSTS if name != host)
        return f"127.0.0.1 localhost\n{world.address} {others}\n{self.address} {host}\n"

    def got_nothing(self) -> None:
        """Of the password, in any form; not even a log-in that begins."""
        for server in (self.smtp, self.imap):
            heard = server.everything_heard
            assert server.sessions, "it was tried"
            assert not credentials_in(heard, ALICE_PASSWORD, (CRAM_CHALLENGE,)), heard
            assert not log_ins_in(heard), heard


@dataclass(frozen=True, slots=True)
class TlsFirst:
    """A script inside TLS from the first byte; who hangs up in the handshake was there, too."""

    inside: Script

    async def __call__(self, session: Session) -> None:
        """Play."""
        session.stop_listening()
        await session.start_tls()
        await self.inside(session)


@asynccontextmanager
async def strangers(
    *, implicit: bool, stripped: bool, context: ssl.SSLContext
) -> AsyncIterator[Strangers]:
    ports = (
        (loopback.SUBMISSIONS, loopback.IMAPS) if implicit else (loopback.SUBMISSION, loopback.IMAP)
    )
    async with AsyncExitStack() as stack:
        address = stack.enter_context(loopback.claimed())
        servers = []
        for protocol, port in zip((Protocol.SMTP, Protocol.IMAP), ports, strict=True):
            offered = b"" if stripped else None
            script = Tempting(protocol, implicit, offered=offered, clear=ALL, inside=ALL)
            plays = TlsFirst(script) if implicit else script
            server = FakeServer(plays, context, address=address, port=port)
            servers.append(await stack.enter_async_context(server))
        yield Strangers(address, *servers)


@pytest.fixture
def foreign(tmp_path: Path) -> ssl.SSLContext:
    """A certificate for the very names, by an authority that nobody here trusts."""
    issued = Authority("a stranger").issue(HOSTS)
    chain = tmp_path / "foreign.pem"
    chain.write_bytes(issued.certificate + issued.key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return context


def set_up(thunderbird: Thunderbird, world: MailWorld, servers: tuple[str, str]) -> Path:
    """Everything is well: the log-ins are proved, the password is in Thunderbird's store."""
    done = thunderbird.person.clientcfg(
        *("apply", ALICE, "--client", "thunderbird", "--smtp", servers[0], "--imap", servers[1]),
        *("--ca", world.ca_file, "--password-stdin", "--yes", "--json"),
        stdin=ALICE_PASSWORD + "\n",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (profile,) = thunderbird.profiles()
    thunderbird.trust(profile, world.ca_file)
    return profile


def tries_to_send(thunderbird: Thunderbird) -> None:
    """Its window stays open, and it says why."""
    with pytest.raises(Asked), thunderbird.running():
        thunderbird.send(ALICE, "to a stranger")


def sends(thunderbird: Thunderbird) -> None:
    """As always."""
    with thunderbird.running():
        thunderbird.send(ALICE, "to a stranger")


def tries_to_read(thunderbird: Thunderbird) -> None:
    """It says why it can't, or shows an inbox that stays as it was."""
    with pytest.raises((Asked, TimeoutError)), thunderbird.running():
        thunderbird.wait_inbox(ALICE, "from a stranger", seconds=1)


@pytest.mark.parametrize(
    ("servers", "stripped"),
    [(STARTTLS, True), (STARTTLS, False), (TLS, False)],
    ids=["starttls stripped", "foreign certificate, starttls", "foreign certificate, tls"],
)
async def test_no_credential_for_strangers(
    thunderbird: Thunderbird,
    mail_world: MailWorld,
    foreign: ssl.SSLContext,
    servers: tuple[str, str],
    stripped: bool,
) -> None:
    await asyncio.to_thread(set_up, thunderbird, mail_world, servers)
    implicit = servers == TLS
    async with strangers(implicit=implicit, stripped=stripped, context=foreign) as there:
        thunderbird.person.knows(there.in_place_of(SMTP_HOST, mail_world))
        await asyncio.to_thread(tries_to_send, thunderbird)
        thunderbird.person.knows(there.in_place_of(IMAP_HOST, mail_world))
        await asyncio.to_thread(tries_to_read, thunderbird)
    there.got_nothing()


async def test_settings_any_weaker_would_have_told_them(
    thunderbird: Thunderbird, mail_world: MailWorld, foreign: ssl.SSLContext
) -> None:
    """The same servers and the same search, with one number of ours changed."""
    profile = await asyncio.to_thread(set_up, thunderbird, mail_world, STARTTLS)
    prefs = (profile / "prefs.js").read_text()
    weakened = prefs.replace('try_ssl", 2', 'try_ssl", 0')
    assert weakened != prefs
    (profile / "prefs.js").write_text(weakened)
    async with strangers(implicit=False, stripped=True, context=foreign) as there:
        thunderbird.person.knows(there.in_place_of(SMTP_HOST, mail_world))
        await asyncio.to_thread(sends, thunderbird)
    assert credentials_in(there.smtp.everything_heard, ALICE_PASSWORD)
    assert log_ins_in(there.smtp.everything_heard)
