# SPDX-License-Identifier: MPL-2.0
"""Whatever any other program would offer for a domain is offered here, a row each.

The rows are the sources of the programs that were read; what differs is that
here each has its class of trust, and a person is asked where anybody could
have forged it.
"""

import hashlib
import json
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from clientcfg.discover.autodiscover import FILE as POX
from clientcfg.discover.ispdb import HOST as ISPDB
from clientcfg.discover.pacc import FILE as PACC
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.probe import probe
from clientcfg.model.offer import Trust
from tests.support.answering_servers import Servers
from tests.support.name_server import Zone
from tests.support.net import Net, config, moved, ok

D = "example.test"
FILE = "/mail/config-v1.1.xml"
WELL_KNOWN = f"/.well-known/autoconfig{FILE}"
# One encrypted server for each protocol, wherever it is that the source names it.
THERE = ("mail.example.test:465", "mail.example.test:993")
ELSEWHERE = ("mx.provider.test:465", "mx.provider.test:993")
MX: Zone = {(D, "MX"): ["10 mx1.in.mail.provider.test."]}
SETTINGS = (
    "<Autodiscover><Response><Account><Action>settings</Action>"
    "<Protocol><Type>IMAP</Type><Server>mail.example.test</Server><Port>993</Port></Protocol>"
    "<Protocol><Type>SMTP</Type><Server>mail.example.test</Server><Port>465</Port></Protocol>"
    "</Account></Response></Autodiscover>"
)
JSON = json.dumps(
    {"protocols": {"imap": {"host": "mail.example.test"}, "submit": {"host": "mail.example.test"}}}
)
DIGEST = b64encode(hashlib.sha256(JSON.encode()).digest()).decode()


@dataclass(frozen=True, slots=True)
class Row:
    """``peers`` would find servers by ``pages`` (host → target → answer) and ``zone``."""

    peers: str
    trust: Trust
    pages: dict[str, dict[str, bytes]] = field(default_factory=dict)
    zone: Zone = field(default_factory=dict)
    how: dict[str, Any] = field(default_factory=dict)
    servers: tuple[str, ...] = THERE
    https: bool = True
    port: int | None = None


FOUND = ok(config())
TELL = {"send_address": True}
CLEAR = {"allow_http": True}
LIVE = {"ispdb": True}
ROWS = {
    "autoconfig.D": Row(
        "Thunderbird, Thunderbird Android, FairEmail, Evolution, KMail, Geary, GNOME, Delta Chat",
        Trust.A2, {f"autoconfig.{D}": {FILE: FOUND}},
    ),
    "D/.well-known": Row(
        "Thunderbird, Thunderbird Android, Evolution, KMail, GNOME, Himalaya",
        Trust.A2, {D: {WELL_KNOWN: FOUND}},
    ),
    "autoconfig.D/.well-known/mail-v1.xml": Row(
        "GNOME Online Accounts", Trust.A2,
        {f"autoconfig.{D}": {"/.well-known/mail-v1.xml": FOUND}},
    ),
    "autoconfig.D with the address": Row(
        "Thunderbird, FairEmail, Evolution, GNOME, Delta Chat", Trust.A2,
        {f"autoconfig.{D}": {f"{FILE}?emailaddress=ada%40{D}": FOUND}}, how=TELL,
    ),
    "http://autoconfig.D": Row(
        "Thunderbird, Thunderbird Android, FairEmail, Evolution, KMail, GNOME", Trust.A7,
        {f"autoconfig.{D}": {FILE: FOUND}}, how=CLEAR, https=False,
    ),
    "http://D/.well-known": Row(
        "Thunderbird, Evolution", Trust.A7, {D: {WELL_KNOWN: FOUND}}, how=CLEAR, https=False,
    ),
    "autoconfig of MX minus its first label": Row(
        "Thunderbird, Thunderbird Android", Trust.A6,
        {"autoconfig.in.mail.provider.test": {FILE: FOUND}}, MX,
    ),
    "autoconfig of every label of the MX": Row(
        "FairEmail, Evolution", Trust.A6, {"autoconfig.mail.provider.test": {FILE: FOUND}}, MX,
    ),
    "autoconfig of the MX's owner": Row(
        "Thunderbird, FairEmail, Evolution, GNOME, Himalaya", Trust.A6,
        {"autoconfig.provider.test": {FILE: FOUND}}, MX,
    ),
    "autoconfig of the whole MX host": Row(
        "GNOME Online Accounts", Trust.A6,
        {"autoconfig.mx1.in.mail.provider.test": {FILE: FOUND}}, MX,
    ),
    "D's MX: the owner's website": Row(
        "Evolution, Himalaya", Trust.A6, {"provider.test": {WELL_KNOWN: FOUND}}, MX,
    ),
    "D's MX: a place of an old draft": Row(
        "GNOME Online Accounts", Trust.A6,
        {"autoconfig.provider.test": {"/.well-known/mail-v1.xml": FOUND}}, MX,
    ),
    "D's MX: without encryption": Row(
        "FairEmail, Evolution, GNOME Online Accounts", Trust.A7,
        {"autoconfig.provider.test": {FILE: FOUND}}, MX, CLEAR, https=False,
    ),
    "D's MX: SRV of its owner": Row(
        "FairEmail", Trust.A6, zone=MX | {
            ("_imaps._tcp.provider.test", "SRV"): ["0 0 993 mail.provider.test."],
            ("_submissions._tcp.provider.test", "SRV"): ["0 0 465 mail.provider.test."],
        },
        servers=("mail.provider.test:465", "mail.provider.test:993"),
    ),
    "D's MX: Autodiscover of its owner": Row(
        "FairEmail", Trust.A6, {"autodiscover.provider.test": {POX: ok(SETTINGS)}}, MX, TELL,
    ),
    "D's MX: usual names of its owner": Row(
        "FairEmail", Trust.A6, zone=MX | {("mail.provider.test", "A"): ["192.0.2.1"]},
        servers=("mail.provider.test:465", "mail.provider.test:993"),
    ),
    "the live ISPDB": Row(
        "Thunderbird, Thunderbird Android, FairEmail, Evolution, KMail, Geary, GNOME, Delta Chat, "
        "Himalaya", Trust.A3, {ISPDB: {f"/v1.1/{D}": FOUND}}, how=LIVE,
    ),
    "the live ISPDB by the MX": Row(
        "Thunderbird, Thunderbird Android, FairEmail, Evolution, GNOME, Himalaya", Trust.A6,
        {ISPDB: {"/v1.1/provider.test": FOUND}}, MX, LIVE,
    ),
    "a known operator by the NS": Row(
        "FairEmail", Trust.A6,
        zone={(D, "NS"): ["ns5.gandi.net.", "ns6.gandi.net."], (D, "MX"): [f"10 mx.{D}."]},
        servers=("mail.gandi.net:465", "mail.gandi.net:993"),
    ),
    "Office 365 by its MX": Row(
        "Outlook, Thunderbird, FairEmail", Trust.A6,
        zone={(D, "MX"): ["0 example-test.mail.protection.outlook.com."]},
        servers=("smtp.office365.com:587", "outlook.office365.com:993"),
    ),
    "a known operator by the MX": Row(
        "Thunderbird, FairEmail, Evolution, Delta Chat (Gmail)", Trust.A6,
        zone={(D, "MX"): ["10 aspmx.l.google.com."]},
        servers=("smtp.gmail.com:465", "imap.gmail.com:993"),
    ),
    "Autodiscover at autodiscover.D": Row(
        "Thunderbird, FairEmail, Outlook, Delta Chat", Trust.A2,
        {f"autodiscover.{D}": {POX: ok(SETTINGS)}}, how=TELL,
    ),
    "Autodiscover at D": Row(
        "Thunderbird, FairEmail, Outlook, Delta Chat", Trust.A2,
        {D: {POX: ok(SETTINGS)}}, how=TELL,
    ),
    "Autodiscover by SRV": Row(
        "Thunderbird, Outlook", Trust.A6, {"auto.provider.test": {POX: ok(SETTINGS)}},
        {(f"_autodiscover._tcp.{D}", "SRV"): ["0 0 443 auto.provider.test."]}, TELL,
    ),
    "SRV": Row(
        "FairEmail, Evolution, Himalaya", Trust.A4, zone={
            (f"_imaps._tcp.{D}", "SRV"): ["0 0 993 mail.example.test."],
            (f"_submissions._tcp.{D}", "SRV"): ["0 0 465 mail.example.test."],
        },
    ),
    "PACC": Row(
        "Evolution (proposed), Himalaya", Trust.A1, {f"ua-auto-config.{D}": {PACC: ok(JSON)}},
        {(f"_ua-auto-config.{D}", "TXT"): [f'"v=UAAC1; a=sha256; d={DIGEST}"']},
    ),
    "TXT mailconf=": Row(
        "Himalaya", Trust.A2, {f"cfg.{D}": {"/m.xml": FOUND}},
        {(D, "TXT"): [f'"mailconf=https://cfg.{D}/m.xml"']},
    ),
    "a scan of usual names": Row(
        "Thunderbird, FairEmail, Delta Chat, Apple Mail, Outlook", Trust.A5,
        zone={(f"mail.{D}", "A"): ["192.0.2.1"]},
    ),
    "the MX host is the server": Row(
        "FairEmail", Trust.A6, zone={(D, "MX"): ["10 mx.provider.test."]}, servers=ELSEWHERE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
async def test_it_is_offered(net: Net, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    row = ROWS[name]
    net.zone |= row.zone
    for host, pages in row.pages.items():
        await net.host(host, pages, https=row.https)
    answering = Servers(good=frozenset(row.servers))
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", answering.probe_all)
    (done,) = [
        e async for e in probe(net.question(f"ada@{D}", **row.how)) if isinstance(e, ProbeDone)
    ]
    usable = {o.endpoint: o for o in done.found.offers if answering.report(o.endpoint).trusted}
    assert {f"{e.host}:{e.port}" for e in usable} == {*row.servers}
    assert {o.trust for o in usable.values()} == {row.trust}
    assert {o.confirm for o in usable.values()} == {row.trust in {Trust.A6, Trust.A7}}


async def test_a_known_domain(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thunderbird, FairEmail, Evolution, KMail, Geary, GNOME, Delta Chat, Apple Mail."""
    answering = Servers(good=frozenset({"posteo.de:465", "posteo.de:993"}))
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", answering.probe_all)
    question = net.question("ada@posteo.de")
    (done,) = [e async for e in probe(question) if isinstance(e, ProbeDone)]
    usable = [o for o in done.found.offers if answering.report(o.endpoint).trusted]
    assert {(o.source, o.trust, o.confirm) for o in usable} == {("providers", Trust.A3, False)}
    assert {o.endpoint.port for o in usable} == {465, 993}


async def test_a_file_beside_the_program(
    net: Net, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Thunderbird."""
    (tmp_path / f"{D}.xml").write_text(config())
    monkeypatch.setattr("clientcfg.discover.here.folders", lambda: (tmp_path,))
    answering = Servers(good=frozenset(THERE))
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", answering.probe_all)
    question = net.question(f"ada@{D}")
    (done,) = [e async for e in probe(question) if isinstance(e, ProbeDone)]
    assert {(o.source, o.trust, o.confirm) for o in done.found.offers} == {
        ("here", Trust.A3, False)
    }


async def test_autodiscover_by_an_unencrypted_redirect(
    net: Net, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outlook and Thunderbird; the host without encryption does not learn the address."""
    auto = f"autodiscover.{D}"
    await net.host(auto, {POX: moved(f"https://mail.{D}{POX}")}, https=False)
    await net.host(f"mail.{D}", {POX: ok(SETTINGS)})
    answering = Servers(good=frozenset(THERE))
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", answering.probe_all)
    question = net.question(f"ada@{D}", send_address=True, allow_http=True)
    (done,) = [e async for e in probe(question) if isinstance(e, ProbeDone)]
    assert {(o.trust, o.confirm) for o in done.found.offers} == {(Trust.A7, True)}
    assert [a.method for a in net.asked if a.host == auto and a.target == POX] == ["GET"]


async def test_nobody_asks_a_cloud_for_the_answer(net: Net) -> None:
    """Outlook for Mac and for phones tells it a service of Microsoft."""
    try:
        async for _event in probe(net.question(f"ada@{D}", send_address=True)):
            pass
    except Exception as trouble:
        assert type(trouble).__name__ == "No"
    assert all(name.rstrip(".").endswith("test") for name in net.looked_up)
