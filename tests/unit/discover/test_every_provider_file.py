# SPDX-License-Identifier: MPL-2.0
"""Every file of both public lists gives the offers that its text means.

``tests/support/provider_list_readers.py`` reads each file a second way; the
reader of autoconfig files, the bundle and the source are held against that,
field by field. What differs on purpose is named here.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from clientcfg.discover.autoconfig_xml import read_autoconfig
from clientcfg.discover.bundle import Bundle
from clientcfg.discover.dns import Resolver
from clientcfg.discover.providers import ask
from clientcfg.discover.source import Ask
from clientcfg.model.offer import Offer, Outcome, Trust
from tests.support.provider_list_readers import Read, Row, ispdb, provider_db

LISTS = {"ispdb": (".xml", ispdb, 163, 963), "provider-db": (".md", provider_db, 74, 533)}

# A sample of the list's own, for domains that RFC 2606 reserves: nobody has mail there.
SAMPLES = {"provider-db/example.com.md"}

MEANT = {
    "password-cleartext": ["PLAIN", "LOGIN"],
    "password-encrypted": ["SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "DIGEST-MD5"],
    "OAuth2": ["OAUTHBEARER", "XOAUTH2"],
    "none": [],
}
Fields = tuple[str, str, int, str, str | None, list[str]]


@cache
def read_all(data: Path, which: str) -> dict[str, tuple[bytes, Read]]:
    ending, reader, count, _domains = LISTS[which]
    files = sorted((data / which).glob(f"*{ending}"))
    assert len(files) == count
    return {f"{which}/{f.name}": (f.read_bytes(), reader(f.read_bytes())) for f in files}


def meant(row: Row, domain: str) -> Fields:
    """*row* for ``ada`` at *domain*."""

    def put_in(text: str) -> str:
        text = text.replace("%EMAILADDRESS%", "%EMAILLOCALPART%@%EMAILDOMAIN%")
        return text.replace("%EMAILLOCALPART%", "ada").replace("%EMAILDOMAIN%", domain)

    username = None if row.username is None else put_in(row.username)
    auth = [name for word in row.auth for name in MEANT[word]]
    return row.protocol, put_in(row.host), row.port, row.security, username, auth


def fields(offer: Offer) -> Fields:
    e = offer.endpoint
    names = [str(name) for name in offer.mechanisms]
    return str(e.protocol), e.host, e.port, str(e.security), offer.username, names


def each(data: Path) -> Iterator[tuple[str, bytes, Read]]:
    for which in LISTS:
        for file, (content, read) in read_all(data, which).items():
            yield file, content, read


@pytest.mark.parametrize("which", LISTS)
def test_the_second_reader_sees_all_of_it(test_data: Path, which: str) -> None:
    reads = [read for _content, read in read_all(test_data, which).values()]
    assert sum(len(read.domains) for read in reads) == LISTS[which][3]
    protocols = [row.protocol for read in reads for row in read.rows]
    counted = tuple(protocols.count(p) for p in ("imap", "pop3", "smtp"))
    assert counted == {"ispdb": (142, 165, 202), "provider-db": (67, 0, 67)}[which]


def test_every_autoconfig_file_is_read_as_it_is_meant(test_data: Path) -> None:
    for file, (content, read) in read_all(test_data, "ispdb").items():
        for domain in read.domains:
            reading = read_autoconfig(content, "ada", domain, "test")
            assert reading.reason is None, file
            assert [fields(o) for o in reading.offers] == [
                meant(row, domain) for row in read.rows
            ], file


def test_only_these_files_have_something_to_be_told(test_data: Path) -> None:
    told = {
        file
        for file, (content, _read) in read_all(test_data, "ispdb").items()
        if read_autoconfig(content, "ada", "ample.example", "test").notes
    }
    assert told == {
        "ispdb/kokuyou.ne.jp.xml",  # no log-in
        "ispdb/o2.pl.xml",  # its own network
        "ispdb/office365.com.xml",  # ews, owa, graph, exchange
        "ispdb/tiscali.it.xml",  # its own network
    }


def test_every_file_is_in_the_bundle_as_it_is_meant(test_data: Path) -> None:
    bundle = Bundle.load()
    for file, _content, read in each(test_data):
        if file in SAMPLES:
            assert [bundle.of_domain(domain) for domain in read.domains] == [()] * 3
            continue
        for domain in read.domains:
            asked = domain.replace("*", "boat")
            which, _slash, name = file.partition("/")
            known = [k for k in bundle.of_domain(asked) if k.upstream.id == which]
            assert [k.entry.file for k in known] == [name], file
        entry = known[0].entry
        assert list(entry.domains) == list(dict.fromkeys(read.domains)), file
        assert (entry.name or "%EMAILDOMAIN%") == read.name, file
        assert entry.broken == read.broken, file
        assert entry.mx == ()
        rows = [
            Row(str(s.protocol), s.host, s.port, str(s.security), s.username, s.auth)
            for s in entry.servers
        ]
        assert rows == read.rows, file


async def test_every_domain_is_offered_what_its_files_mean(test_data: Path) -> None:
    wanted: dict[str, list[Fields]] = {}
    for file, _content, read in each(test_data):
        for domain in () if file in SAMPLES else read.domains:
            asked = domain.replace("*", "boat")
            rows = wanted.setdefault(asked, [])
            rows += [meant(row, asked) for row in read.rows]
    assert len(wanted) == 1243
    resolver = Resolver()
    for domain, rows in wanted.items():
        answer = await ask(Ask(domain, resolver, "ada"))
        found = [fields(offer) for offer in answer.offers]
        # Both lists name many a server; the better one comes first and each once.
        assert found == [row for i, row in enumerate(rows) if row not in rows[:i]], domain
        assert answer.outcome is (Outcome.FOUND if rows else Outcome.NO), domain
        assert all(offer.trust is Trust.A3 and not offer.confirm for offer in answer.offers)
