# SPDX-License-Identifier: MPL-2.0
"""Which TLS versions a server takes, each asked on its own; which server is asked."""

import asyncio
import ssl
import warnings
from contextlib import AsyncExitStack

import pytest

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import EndpointReport, Tls
from clientcfg.probe.alerts import alert_in
from clientcfg.probe.driver import Extent, Trust, probe_all
from clientcfg.probe.manners import Manners, Recently
from clientcfg.probe.versions import candidates, with_versions
from tests.support.fakes.identities import NAME, Identities
from tests.support.fakes.names import resolve_to
from tests.support.fakes.scripts import Imap, Smtp, hangs_up, up_to_starttls
from tests.support.fakes.server import FakeServer, Script, Session

HERE = resolve_to("127.0.0.1")
V = ssl.TLSVersion


def context(identities: Identities, least: V, most: V) -> ssl.SSLContext:
    made = identities.context("good")
    made.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        made.minimum_version, made.maximum_version = V.MINIMUM_SUPPORTED, most
        made.minimum_version = least
    return made


async def asked(
    identities: Identities,
    *endpoints: Endpoint,
    extent: Extent = Extent("all"),  # noqa: B008 - frozen
    manners: Manners | None = None,
) -> dict[Endpoint, EndpointReport]:
    answers = probe_all(
        endpoints,
        trust=Trust((identities.ca_file,)),
        timeout=5,
        resolve=HERE,
        extent=extent,
        manners=manners,
    )
    return {report.endpoint: report async for report in answers}


def smtp(port: int, security: Security = Security.STARTTLS) -> Endpoint:
    return Endpoint(Protocol.SMTP, NAME, port, security)


def versions(report: EndpointReport) -> dict[str, bool | None] | None:
    assert report.tls is not None
    return None if report.tls.versions is None else dict(report.tls.versions)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize(
    ("least", "most", "taken"),
    [
        (V.TLSv1_2, V.TLSv1_3, "1.2 1.3"),
        (V.TLSv1_3, V.TLSv1_3, "1.3"),
        (V.TLSv1_2, V.TLSv1_2, "1.2"),
        (V.TLSv1, V.TLSv1_3, "1.0 1.1 1.2 1.3"),
        (V.TLSv1, V.TLSv1, "1.0"),
        (V.TLSv1, V.TLSv1_1, "1.0 1.1"),
    ],
)
async def test_each_version_is_told_apart(
    identities: Identities, security: Security, least: V, most: V, taken: str
) -> None:
    implicit = security is Security.TLS
    made = context(identities, least, most)
    async with FakeServer(Smtp(implicit_tls=implicit), made, implicit_tls=implicit) as server:
        (report,) = (await asked(identities, smtp(server.port, security))).values()
    assert versions(report) == {v: v in taken.split() for v in ("1.0", "1.1", "1.2", "1.3")}
    assert server.most_at_once <= 4
    # Every connection that came to TLS was left politely.
    for heard in server.heard:
        assert heard.endswith((b"QUIT\r\n", b"STARTTLS\r\n", b""))
    polite = [heard for heard in server.heard if heard.endswith(b"QUIT\r\n")]
    assert len(polite) >= len(taken.split())


async def test_the_brief_connections_ask_for_nothing(identities: Identities) -> None:
    async with FakeServer(Smtp(), identities.context("good")) as server:
        await asked(identities, smtp(server.port))
    hellos = [heard.count(b"EHLO") for heard in server.heard]
    assert sorted(hellos) == [1, 1, 1, 2]


async def test_by_default_one_submission_and_one_imap_server_are_asked(
    identities: Identities,
) -> None:
    async with AsyncExitStack() as stack:

        async def start(script: Script, *, implicit_tls: bool) -> int:
            good = identities.context("good")
            server = FakeServer(script, good, implicit_tls=implicit_tls)
            return (await stack.enter_async_context(server)).port

        endpoints = [
            smtp(await start(Smtp(), implicit_tls=False)),
            smtp(await start(Smtp(implicit_tls=True), implicit_tls=True), Security.TLS),
            Endpoint(
                Protocol.IMAP, NAME, await start(Imap(), implicit_tls=False), Security.STARTTLS
            ),
        ]
        found = await asked(identities, *endpoints, extent=Extent("some"))
    told = [versions(found[endpoint]) is not None for endpoint in endpoints]
    assert told == [False, True, True]


async def test_where_the_better_one_is_dead_the_other_is_asked(identities: Identities) -> None:
    async with FakeServer(Smtp(), identities.context("good")) as server:
        dead = smtp(1, Security.TLS)
        alive = smtp(server.port)
        found = await asked(identities, dead, alive, extent=Extent("some"))
    assert versions(found[alive]) is not None


async def test_a_server_that_hangs_up_on_everything_shows_no_version(
    identities: Identities,
) -> None:
    async with FakeServer(hangs_up) as server:
        (report,) = (await asked(identities, smtp(server.port))).values()
    assert report.tls is None


async def test_internal_errors_are_no_answer(identities: Identities) -> None:
    """The first connection is served well, every other one gets alert 80."""
    turns = 0

    async def moody(session: Session) -> None:
        nonlocal turns
        turns += 1
        if turns == 1:
            await Smtp()(session)
            return
        await up_to_starttls(session)
        await session.say(b"220 go")
        await session.some()
        await session.send(bytes([21, 3, 3, 0, 2, 2, 80]))

    async with FakeServer(moody, identities.context("good")) as server:
        (report,) = (await asked(identities, smtp(server.port))).values()
    assert versions(report) == {"1.0": None, "1.1": None, "1.2": None, "1.3": True}


async def test_they_are_left_out_where_they_would_be_too_much(identities: Identities) -> None:
    recently = Recently(loopback=True)
    async with FakeServer(Smtp(), identities.context("good")) as server:
        for _earlier in range(2):
            recently.note(("127.0.0.1", server.port))
        (report,) = (await asked(identities, smtp(server.port), manners=Manners(recently))).values()
    assert versions(report) is None
    assert len(server.sessions) == 1


async def test_a_slow_version_does_not_hold_up_the_report_for_long(
    identities: Identities,
) -> None:
    turns = 0

    async def slow(session: Session) -> None:
        nonlocal turns
        turns += 1
        if turns == 1:
            await Smtp()(session)
        else:
            await session.hear_out()

    async with FakeServer(slow, identities.context("good")) as server:
        started = asyncio.get_running_loop().time()
        (report,) = (await asked(identities, smtp(server.port))).values()
        assert asyncio.get_running_loop().time() - started < 2.5
    assert report.auth == ("PLAIN", "LOGIN")
    assert versions(report) is None


@pytest.mark.parametrize(
    ("negotiated", "asked_for", "known"),
    [
        ("1.3", {}, (None, None, None, True)),
        ("1.2", {"1.0": False, "1.1": False}, (False, False, True, False)),
        ("1.0", {}, (True, False, False, False)),
        ("1.3", {"1.0": True, "1.1": None, "1.2": True}, (True, None, True, True)),
    ],
)
def test_what_is_newer_than_the_negotiated_version_is_not_there(
    negotiated: str, asked_for: dict[str, bool | None], known: tuple[bool | None, ...]
) -> None:
    tls = Tls(negotiated, "x", trusted=True, certificate=None)
    assert tuple(value for _version, value in with_versions(tls, asked_for)) == known


def test_candidates_are_of_one_host_and_kind() -> None:
    endpoints = [
        Endpoint(Protocol.SMTP, "a.test", 465, Security.TLS),
        Endpoint(Protocol.SMTP, "a.test", 587, Security.STARTTLS),
        Endpoint(Protocol.SMTP, "b.test", 587, Security.STARTTLS),
        Endpoint(Protocol.POP3, "a.test", 995, Security.TLS),
        Endpoint(Protocol.SMTP, "a.test", 25, Security.PLAIN),
    ]
    found = candidates(endpoints)
    assert set(found) == set(endpoints[:3])
    assert found[endpoints[0]] is found[endpoints[1]]
    assert found[endpoints[0]] is not found[endpoints[2]]


@pytest.mark.parametrize(
    ("reason", "number"),
    [
        ("TLSV1_ALERT_INTERNAL_ERROR", 80),
        ("SSLV3_ALERT_HANDSHAKE_FAILURE", 40),
        ("TLSV1_ALERT_PROTOCOL_VERSION", 70),
        ("TLSV1_UNRECOGNIZED_NAME", 112),
        ("TLSV13_ALERT_MISSING_EXTENSION", 109),
        ("SSL/TLS_ALERT_BAD_CERTIFICATE", 42),
        ("WRONG_VERSION_NUMBER", None),
        ("CERTIFICATE_VERIFY_FAILED", None),
        (None, None),
    ],
)
def test_alerts_by_openssls_words(reason: str | None, number: int | None) -> None:
    alert = alert_in(reason)
    assert (alert.number if alert else None) == number
