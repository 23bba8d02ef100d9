# SPDX-License-Identifier: MPL-2.0
"""Class of trust, and whether a person has to agree, for each way in which it can come.

One row a scenario, from the question to what is shown; what mail servers do is
in ``tests/unit/probe``.
"""

import asyncio
import hashlib
import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from clientcfg.discover.pacc import FILE as PACC
from clientcfg.discover.wildcard import nobodys_name
from clientcfg.flows.events import FindDone, ProbeDone
from clientcfg.flows.find import find
from clientcfg.flows.probe import probe
from clientcfg.model.offer import Found, Outcome, Trust
from tests.support.answering_servers import Servers
from tests.support.name_server import Zone
from tests.support.net import Net, config, moved, ok, status

D = "example.test"
AUTO = f"autoconfig.{D}"
FILE = "/mail/config-v1.1.xml"
JSON = json.dumps({"protocols": {"imap": {"host": "imap.example.test"}}})
DIGEST = b64encode(hashlib.sha256(JSON.encode()).digest()).decode()
RECORD = f"v=UAAC1; a=sha256; d={DIGEST}"
OTHER = f"v=UAAC1; a=sha256; d={b64encode(hashlib.sha256(b'next').digest()).decode()}"
PACC_SITE = {f"ua-auto-config.{D}": {PACC: ok(JSON)}}
AT = (f"_ua-auto-config.{D}", "TXT")
SRV = {(f"_imaps._tcp.{D}", "SRV"): [f"0 1 993 imap.{D}."]}


@dataclass(frozen=True, slots=True)
class Scene:
    """``want``: source, class, confirm of every offer; None: nothing but ``outcome``.

    ``outcome`` and ``says`` are those of ``source``.
    """

    source: str
    outcome: Outcome
    says: str
    want: tuple[Trust | None, bool] | None
    pages: dict[str, dict[str, bytes]] = field(default_factory=dict)
    zone: Zone = field(default_factory=dict)
    how: dict[str, Any] = field(default_factory=dict)
    certificate: str | None = None
    valid: timedelta = timedelta(days=7)
    https: bool = True


FOUND, NO, UNKNOWN = Outcome.FOUND, Outcome.NO, Outcome.UNKNOWN
OWN = {AUTO: {FILE: ok(config())}}
TOLD = f"{FILE}?emailaddress=ada%40{D}"
SCENES = {
    # --- DNS
    "SRV: a target of a single dot": Scene(
        "srv", NO, "not offered", None, zone={(f"_imaps._tcp.{D}", "SRV"): ["0 0 0 ."]},
    ),
    "SRV: inside the domain, before the probe": Scene(
        "srv", FOUND, "1 server", (None, False), zone=SRV,
    ),
    "SRV: to somebody else": Scene(
        "srv", FOUND, "1 server", (Trust.A6, True),
        zone={(f"_imaps._tcp.{D}", "SRV"): ["0 1 993 imap.provider.test."]},
    ),
    "PACC: its digest is in DNS": Scene(
        "pacc", FOUND, "digest", (Trust.A1, False), PACC_SITE, {AT: [f'"{RECORD}"']},
    ),
    "PACC: the record in several strings": Scene(
        "pacc", FOUND, "digest", (Trust.A1, False), PACC_SITE,
        {AT: [f'"{RECORD[:20]}" "{RECORD[20:]}"']},
    ),
    "PACC: two digests, one of them right": Scene(
        "pacc", FOUND, "digest", (Trust.A1, False), PACC_SITE, {AT: [f'"{OTHER}"', f'"{RECORD}"']},
    ),
    "PACC: the digest of another file": Scene(
        "pacc", NO, "digest", None, PACC_SITE, {AT: [f'"{OTHER}"']},
    ),
    "a wildcard in DNS, and the file is there all the same": Scene(
        "autoconfig", FOUND, "2 servers", (Trust.A2, False), OWN,
        {(nobodys_name(D), "A"): ["127.0.7.1"]},
    ),
    "a wildcard in DNS, and somebody else's certificate": Scene(
        "autoconfig", NO, "every name there has an address", None, OWN,
        {(nobodys_name(D), "A"): ["127.0.7.1"]}, certificate="www.provider.test",
    ),
    "the MX of somebody else": Scene(
        "mx", FOUND, "2 servers", (Trust.A6, True),
        {"autoconfig.provider.test": {FILE: ok(config(host="mail.provider.test"))}},
        {(D, "MX"): ["10 mx.provider.test."]},
    ),
    "the MX inside the domain": Scene(
        "mx", FOUND, "2 servers", (Trust.A2, False),
        {f"autoconfig.mx.{D}": {FILE: ok(config())}}, {(D, "MX"): [f"10 mx.{D}."]},
    ),
    # --- HTTPS
    "the domain's own file": Scene("autoconfig", FOUND, "2 servers", (Trust.A2, False), OWN),
    "its own file, servers elsewhere": Scene(
        "autoconfig", FOUND, "2 servers", (Trust.A2, False),
        {AUTO: {FILE: ok(config(host="mail.provider.test"))}},
    ),
    "a redirect within the site": Scene(
        "autoconfig", FOUND, "2 servers", (Trust.A2, False),
        {AUTO: {FILE: moved(f"https://cfg.{D}/x")}, f"cfg.{D}": {"/x": ok(config())}},
    ),
    "a redirect to another site": Scene(
        "autoconfig", FOUND, "2 servers", (Trust.A6, True),
        {AUTO: {FILE: moved("https://cfg.provider.test/x")},
         "cfg.provider.test": {"/x": ok(config())}},
    ),
    "a redirect from https to http": Scene(
        "autoconfig", NO, "from https to http", None, {AUTO: {FILE: moved(f"http://{AUTO}/x")}},
    ),
    "without encryption, where that was asked for": Scene(
        "autoconfig", FOUND, "2 servers", (Trust.A7, True), OWN,
        how={"allow_http": True}, https=False,
    ),
    "without encryption, unasked": Scene(
        "autoconfig", NO, "no configuration", None, OWN, https=False,
    ),
    "a certificate that has run out": Scene(
        "autoconfig", UNKNOWN, "expired", None, OWN, valid=timedelta(days=-1),
    ),
    "a certificate for another name": Scene(
        "autoconfig", UNKNOWN, "does not verify", None, OWN, certificate="other.example.test",
    ),
    "204": Scene("autoconfig", NO, "no configuration", None, {AUTO: {FILE: status(204)}}),
    "400, without the address": Scene(
        "autoconfig", UNKNOWN, "whole address", None, {AUTO: {FILE: status(400)}},
    ),
    "400, then with the address": Scene(
        "autoconfig", FOUND, "2 servers", (Trust.A2, False),
        {AUTO: {FILE: status(400), TOLD: ok(config())}}, how={"send_address": True},
    ),
    "401": Scene("autoconfig", NO, "gets none", None, {AUTO: {FILE: status(401)}}),
    "404": Scene("autoconfig", NO, "no configuration", None, {AUTO: {FILE: status(404)}}),
    "500": Scene("autoconfig", UNKNOWN, "status 500", None, {AUTO: {FILE: status(500)}}),
    # --- the lists
    "a domain that the lists know": Scene("providers", FOUND, "list of", (Trust.A3, False)),
}  # fmt: skip


async def found(net: Net, target: str, **how: Any) -> Found:
    (done,) = [e async for e in find(net.question(target, **how)) if isinstance(e, FindDone)]
    return done.found


@pytest.mark.parametrize("name", SCENES)
async def test_class_and_consent(net: Net, name: str) -> None:
    scene = SCENES[name]
    for host, pages in scene.pages.items():
        await net.host(
            host, pages, certificate=scene.certificate, valid=scene.valid, https=scene.https
        )
    net.zone |= scene.zone
    target = "ada@posteo.de" if scene.source == "providers" else f"ada@{D}"
    answer = await found(net, target, **scene.how)
    (told,) = [s for s in answer.sources if s.name == scene.source]
    assert told.outcome is scene.outcome
    assert scene.says in told.reason
    wanted = set() if scene.want is None else {(scene.source, *scene.want)}
    assert {(o.source, o.trust, o.confirm) for o in answer.offers} == wanted


async def test_priority_and_weight_of_srv(net: Net) -> None:
    net.zone[f"_imaps._tcp.{D}", "SRV"] = [
        f"20 0 993 c.{D}.", f"10 1 993 b.{D}.", f"10 9 993 a.{D}.",
    ]  # fmt: skip
    assert [o.endpoint.host[0] for o in (await found(net, f"ada@{D}")).offers] == ["a", "b", "c"]


async def test_a_body_that_drips(net: Net) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    await net.host(AUTO, talk=talk)
    answer = await found(net, f"ada@{D}", timeout=0.7)
    (told,) = [s for s in answer.sources if s.name == "autoconfig"]
    assert (told.outcome, "no answer within" in told.reason) == (Outcome.UNKNOWN, True)


# --- what the certificate of the mail server makes of it

PROBED = {
    "SRV inside, the certificate verifies": (SRV, "good", (), (Trust.A4, False)),
    "SRV inside, the certificate does not verify": (SRV, "bad", (), (Trust.A6, True)),
    "SRV elsewhere, the certificate names the domain": (
        {(f"_imaps._tcp.{D}", "SRV"): ["0 1 993 imap.provider.test."]}, "good", (D,),
        (Trust.A4, False),
    ),
    "SRV elsewhere, the certificate is for the host": (
        {(f"_imaps._tcp.{D}", "SRV"): ["0 1 993 imap.provider.test."]}, "good", (),
        (Trust.A6, True),
    ),
    "a guess, the certificate verifies": (
        {(f"imap.{D}", "A"): ["192.0.2.1"]}, "good", (), (Trust.A5, False),
    ),
    "a guess, the certificate does not verify": (
        {(f"imap.{D}", "A"): ["192.0.2.1"]}, "bad", (), (Trust.A6, True),
    ),
    "a guess at the MX of somebody else": (
        {(D, "MX"): ["1 imap.provider.test."]}, "good", (), (Trust.A6, True),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROBED)
async def test_class_and_consent_with_the_probe(
    net: Net, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    zone, which, names, want = PROBED[name]
    net.zone |= zone
    there = frozenset({f"imap.{D}:993", "imap.provider.test:993"})
    servers = Servers(names=names)
    setattr(servers, which, there)
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", servers.probe_all)
    (done,) = [e async for e in probe(net.question(f"ada@{D}")) if isinstance(e, ProbeDone)]
    assert {(o.trust, o.confirm) for o in done.found.offers} == {want}


async def test_no_credential_and_no_third_party_in_any_of_it(net: Net) -> None:
    """All that leaves in discovery: names below the domain to DNS, requests to its hosts."""
    for host in (AUTO, D, f"autodiscover.{D}", f"ua-auto-config.{D}"):
        await net.host(host, {FILE: status(401)})
    net.zone |= SRV | {AT: [f'"{RECORD}"']}
    await found(net, f"secretada@{D}")
    assert all(name == f"{D}." or name.endswith(f".{D}.") for name in net.looked_up)
    assert {a.host for a in net.asked} <= {AUTO, D, f"ua-auto-config.{D}"}
    for asked in net.asked:
        assert not {"authorization", "cookie", "referer"} & asked.headers.keys()
        assert "secretada" not in asked.target
