# SPDX-License-Identifier: MPL-2.0
"""The bundled lists of providers as a source: who is found, what is said, what it costs."""

import time
from pathlib import Path

import pytest

from clientcfg.cli.ask import find_status
from clientcfg.discover import providers
from clientcfg.discover.bundle import DOMAINS, UPSTREAMS, Bundle, read_entry
from clientcfg.discover.dns import Nameserver, Resolver
from clientcfg.discover.providers import PROVIDERS, ask, by_host
from clientcfg.discover.source import Ask
from clientcfg.flows.events import Asking, FindDone
from clientcfg.flows.find import find
from clientcfg.flows.question import Question
from clientcfg.model.address import Address
from clientcfg.model.mechanism import SIGN_INS
from clientcfg.model.offer import Found, Outcome, SourceAnswer, Trust
from clientcfg.model.trouble import WrongUsage
from clientcfg.rooms import profile_path

UPSTREAM = """
[[upstreams]]
id = "{id}"
maker = "{maker}"
repository = "https://lists.example/{id}"
folder = "f"
ending = ".x"
commit = "abc"
date = 2026-0{n}-01
"""
SERVER = """
[[servers]]
protocol = "{protocol}"
host = "{host}"
port = 993
security = "tls"
username = "%EMAILADDRESS%"
auth = ["OAuth2"]
"""


def server(host: str, protocol: str = "imap") -> str:
    return SERVER.format(host=host, protocol=protocol)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two lists of our own in place of the bundled ones."""
    (tmp_path / UPSTREAMS).write_text(
        UPSTREAM.format(id="one", maker="One", n=3) + UPSTREAM.format(id="two", maker="Two", n=1)
    )
    entries = {
        "one/ample": ('name = "Ample"', "ample.example", server("imap.ample.example")),
        "two/ample": ('checked = "2020-05"', "ample.example", server("imap.old.example")),
        "two/same": ("", "same.example", server("imap.ample.example")),
        "one/same": ("", "same.example", server("imap.ample.example")),
        "two/wild": ("", "*.wild.example", server("%EMAILDOMAIN%")),
        "two/port": ("", "port.wild.example", server("harbour.example")),
        "two/none": ("", "none.example", ""),
        "two/shut": ("broken = true", "shut.example", ""),
        "one/mail": ('mx = ["mx.mail.example"]', "mail.example", server("imap.mail.example")),
    }
    rows: dict[str, list[str]] = {"mx.mail.example": ["one/mail"]}
    for name, (more, domain, servers) in entries.items():
        path = tmp_path / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'file = "{path.stem}.x"\ndomains = ["{domain}"]\n{more}\n{servers}')
        rows.setdefault(domain, []).append(name)
    (tmp_path / DOMAINS).write_text(
        "# by hand\n" + "".join(f"{domain}\t{' '.join(names)}\n" for domain, names in rows.items())
    )
    monkeypatch.setattr(providers, "_bundle", lambda: Bundle(tmp_path))
    return tmp_path


async def answer(domain: str, local: str | None = "ada") -> SourceAnswer:
    # Nobody listens on port 9: a question to DNS would be seen as one that fails.
    return await ask(Ask(domain, Resolver(Nameserver("127.0.0.1", 9)), local))


def hosts(said: SourceAnswer) -> list[str]:
    return [offer.endpoint.host for offer in said.offers]


async def test_both_lists_are_offered_the_better_one_first(folder: Path) -> None:
    said = await answer("ample.example")
    assert said.outcome is Outcome.FOUND
    assert hosts(said) == ["imap.ample.example", "imap.old.example"]
    assert said.url == "https://lists.example/one/blob/abc/f/ample.x"
    offer = said.offers[0]
    assert (offer.source, offer.trust, offer.confirm) == ("providers", Trust.A3, False)
    assert (offer.username, offer.mechanisms) == ("ada@ample.example", SIGN_INS)


async def test_where_the_lists_differ_is_said_with_their_days(folder: Path) -> None:
    assert (await answer("ample.example")).reason == (
        "Ample is in One's list of 1 March 2026 and Two's list of 1 January 2026 "
        "(checked May 2020); Two's names other servers, too"
    )
    same = await answer("same.example")
    assert "other" not in same.reason
    assert len(same.offers) == 1


async def test_wildcards_are_for_every_name_below(folder: Path) -> None:
    assert hosts(await answer("sea.wild.example")) == ["sea.wild.example"]
    assert hosts(await answer("deep.sea.wild.example")) == ["deep.sea.wild.example"]
    assert hosts(await answer("port.wild.example")) == ["harbour.example"]
    assert hosts(await answer("wild.example")) == []
    assert hosts(await answer("notwild.example")) == []


async def test_without_an_address_the_user_name_stays_open(folder: Path) -> None:
    assert [o.username for o in (await answer("ample.example", None)).offers] == [None, None]


async def test_who_is_not_listed_is_a_no_of_the_lists(folder: Path) -> None:
    said = await answer("nowhere.example")
    assert (said.outcome, said.offers, said.url) == (Outcome.NO, (), None)
    assert said.reason == (
        "not known to One's list of 1 March 2026 and Two's list of 1 January 2026"
    )


async def test_a_provider_without_servers_is_told(folder: Path) -> None:
    none = await answer("none.example")
    assert none.outcome is Outcome.NO
    assert none.reason == "Two's list of 1 January 2026 names no servers for it"
    shut = await answer("shut.example")
    assert shut.reason == "Two's list of 1 January 2026 says that Two cannot be used there"


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("ample.example", "imap.ample.example"),
        ("MX1.ample.example.", "imap.ample.example"),
        ("a.b.ample.example", "imap.ample.example"),
        ("in.mx.mail.example", "imap.mail.example"),
        ("sea.wild.example", None),
        ("example", None),
        ("", None),
    ],
)
def test_by_the_server_that_takes_the_mail(folder: Path, host: str, found: str | None) -> None:
    listed = by_host(host, "ada", "own.example", source="mx")
    if found is None:
        assert listed is None
        return
    assert listed is not None
    offer = listed.offers[0]
    assert offer.endpoint.host == found
    assert (offer.source, offer.trust, offer.confirm) == ("mx", Trust.A6, True)
    assert offer.username == "ada@own.example"
    assert "list of" in listed.reason


@pytest.mark.parametrize("name", [UPSTREAMS, DOMAINS, "one/ample.toml"])
async def test_a_damaged_bundle_is_unknown_not_a_no(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\xff\xfe")
    said = await answer("ample.example")
    assert said.outcome is Outcome.UNKNOWN
    assert name in said.reason


@pytest.mark.parametrize("port", ["0", "65536", '"993"', "true", "1.5"])
def test_an_entry_is_read_strictly(folder: Path, port: str) -> None:
    path = folder / "one/ample.toml"
    path.write_text(path.read_text().replace("port = 993", f"port = {port}"))
    with pytest.raises(WrongUsage, match="port"):
        Bundle(folder).of_domain("ample.example")


# From here on, what is really bundled.


def test_every_entry_is_readable_and_in_the_index() -> None:
    bundle = Bundle.load()
    paths = list(profile_path("servers").glob("*/*.toml"))
    assert len(paths) == 236
    for path in paths:
        entry = read_entry(path)
        for domain in entry.domains:
            known = bundle.of_domain(domain.replace("*", "boat"))
            assert entry in [one.entry for one in known], domain


@pytest.mark.parametrize(
    ("host", "file"),
    [
        ("aspmx.l.google.com", "googlemail.com.xml"),
        ("ample-example.mail.protection.outlook.com", "office365.com.xml"),
        ("mta5.am0.yahoodns.net", "yahoo.com.xml"),
    ],
)
def test_the_large_operators_are_known_by_their_mail_servers(host: str, file: str) -> None:
    listed = by_host(host, "ada", "own.example", source="mx")
    assert listed is not None
    assert listed.url.endswith(file)


def test_a_known_domain_answers_at_once() -> None:
    began = time.perf_counter()
    for _ in range(10):
        assert Bundle.load().of_domain("gmail.com")
    # 2 ms each where it was measured; the bound is for a machine that has other things to do.
    assert (time.perf_counter() - began) / 10 < 0.05


async def offline(address: str) -> Found:
    question = Question(
        address=Address.parse(address), offline=True, nameserver=Nameserver("127.0.0.1", 9)
    )
    events = [event async for event in find(question)]
    assert [e.sources for e in events if isinstance(e, Asking)] == [("providers",)]
    done = events[-1]
    assert isinstance(done, FindDone)
    return done.found


async def test_offline_asks_the_bundle_alone() -> None:
    assert PROVIDERS.offline
    found = await offline("ada@gmail.com")
    assert [str(o.endpoint) for o in found.offers] == [
        "smtp.gmail.com:465/tls",
        "imap.gmail.com:993/tls",
        "pop.gmail.com:995/tls",
    ]
    assert find_status(found) == 0


async def test_a_domain_that_is_not_bundled_is_not_found_out_offline() -> None:
    found = await offline("ada@example.org")
    assert found.offers == ()
    assert [s.outcome for s in found.sources] == [Outcome.NO]
    assert find_status(found) == 3


async def test_beside_a_no_of_somebody_who_knows_it_is_a_no() -> None:
    bundled = SourceAnswer("providers", None, Outcome.NO, "no", 0.0)
    srv = SourceAnswer("srv", None, Outcome.NO, "no", 0.0)
    assert find_status(Found("example.org", (), (bundled, srv))) == 1
