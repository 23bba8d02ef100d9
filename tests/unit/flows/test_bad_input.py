# SPDX-License-Identifier: MPL-2.0
"""Bad input by name: one sentence each, and for what comes from outside a place in sources[]."""

import asyncio
import gzip
import time
from typing import Any

import dns.message
import dns.rcode
import pytest

from clientcfg.discover.wildcard import nobodys_name
from clientcfg.flows.events import FindDone
from clientcfg.flows.find import find
from clientcfg.flows.probe import probe
from clientcfg.flows.question import FIND_TIMEOUT, PROBE_TIMEOUT, Question
from clientcfg.model.address import Address
from clientcfg.model.documents import find_document
from clientcfg.model.offer import Found, Outcome
from clientcfg.model.trouble import NotFoundOut, WrongUsage
from tests.support.name_server import dns_server
from tests.support.net import Net, config, moved, ok, status

D = "example.test"
AUTO = f"autoconfig.{D}"
FILE = "/mail/config-v1.1.xml"

REFUSED = {
    "quotes": ('"a b"@example.org', "in quotes"),
    "quotes around an ordinary name": ('"ada"@example.org', "in quotes"),
    "an IPv4 literal": ("ada@[192.0.2.1]", "number of a machine"),
    "an IPv6 literal": ("ada@[IPv6:2001:db8::1]", "number of a machine"),
    "an IP address without brackets": ("ada@192.0.2.1", "number of a machine"),
    "an IP address as inet_aton takes it": ("ada@127.1", "number of a machine"),
    "nothing before the @": ("@example.org", "is not an e-mail address"),
    "nothing behind the @": ("ada@", "is not an e-mail address"),
    "no @": ("ada", "is not an e-mail address"),
    "an empty label": ("ada@example..org", "is not a host or domain name"),
    "two dots before the @": ("a..b@example.org", "before the @"),
    "300 characters before the @": ("x" * 300 + "@example.org", "longer than"),
    "300 characters behind the @": ("ada@" + "x." * 148 + "org", "is not a host or domain name"),
    "300 characters in all": (
        "x" * 60 + "@" + ".".join(["y" * 60] * 3) + ".example" + "z" * 50, "longer than",
    ),
    "a label of 64": ("ada@" + "x" * 64 + ".org", "is not a host or domain name"),
    "a letter that IDNA 2008 forbids": ("ada@☃.example", "is not a host or domain name"),
    "a line break": ("ada\n@example.org", "before the @"),
}  # fmt: skip
TAKEN = {
    "a plus sign": ("ada+news@example.org", "ada+news@example.org"),
    "IDN": ("ada@bücher.example", "ada@xn--bcher-kva.example"),
    "IDN with ß, which IDNA 2003 made ss": ("ada@straße.example", "ada@xn--strae-oqa.example"),
    "capital letters": ("Ada@EXAMPLE.org", "Ada@example.org"),
    "a final dot": ("ada@example.org.", "ada@example.org"),
}
HINTED = {
    "a homograph": ("ada@gmаil.com", "only look like"),
    "a whole word of homographs": ("ada@аррӏе.com", "only look like"),
    "a likely typo": ("ada@gmial.com", "gmail.com"),
    "a likely typo in the ending": ("ada@gmail.con", "gmail.com"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_address_is_refused_in_one_sentence(name: str) -> None:
    address, says = REFUSED[name]
    with pytest.raises(WrongUsage) as told:
        Address.parse(address)
    assert says in told.value.text
    assert told.value.text.isprintable()
    assert len(told.value.text) < 200


@pytest.mark.parametrize("name", TAKEN)
def test_an_address_is_taken(name: str) -> None:
    written, want = TAKEN[name]
    assert str(Address.parse(written)) == want


async def found(question: Question) -> Found:
    (done,) = [e async for e in find(question) if isinstance(e, FindDone)]
    return done.found


@pytest.mark.parametrize("name", HINTED)
async def test_an_address_is_asked_for_with_a_word_of_warning(net: Net, name: str) -> None:
    address, says = HINTED[name]
    answer = await found(net.question(address))
    assert any(says in note for note in answer.notes)
    assert net.looked_up, "a warning keeps nobody from asking"


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))
BODIES: dict[str, tuple[str | bytes, str]] = {
    "a document type": (f"<!DOCTYPE clientConfig>{config()}", "DTD"),
    "an entity bomb": (f"<!DOCTYPE clientConfig [{LAUGHS}]>{config()}", "DTD"),
    "a local file as an entity": (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>',
        "DTD",
    ),
    "5 MB": (config() + " " * 5_000_000, "larger than 256 KiB"),
    "5 MB in a gzip": (gzip.compress(b" " * 5_000_000), "larger than 256 KiB"),
    "a web page with 200": ("<!doctype html><title>Welcome</title>", "web page"),
    "JSON": ('{"servers": []}', "well-formed"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "well-formed"),
    "another kind of XML": ("<Autodiscover/>", "not an autoconfig file"),
    "nothing": ("", "empty"),
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_body_has_its_sentence_in_sources(net: Net, name: str) -> None:
    body, says = BODIES[name]
    await net.host(AUTO, {FILE: ok(body, "text/plain")})
    told = at(await found(net.question()), "autoconfig")
    assert (told["outcome"], says in told["reason"]) == ("no", True)


async def test_the_wrong_type_in_the_header_loses_nothing(net: Net) -> None:
    await net.host(AUTO, {FILE: ok(config(), "image/png")})
    assert at(await found(net.question()), "autoconfig")["outcome"] == "found"


ANSWERS = {
    "a redirect in a circle": (moved(FILE), "no", "more than 3 times"),
    "a redirect to http": (moved(f"http://{AUTO}{FILE}"), "no", "from https to http"),
    "a redirect to a number": (moved("https://192.0.2.1/"), "no", "no name of its own"),
    "a server that fails": (status(503), "unknown", "status 503"),
    "no HTTP": (b"220 mail.example.test ESMTP\r\n", "unknown", "no HTTP"),
}


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_answer_has_its_sentence_in_sources(net: Net, name: str) -> None:
    said, outcome, says = ANSWERS[name]
    await net.host(AUTO, {FILE: said, "/.well-known/mail-v1.xml": status(404)})
    told = at(await found(net.question()), "autoconfig")
    assert (told["outcome"], says in told["reason"]) == (outcome, True)


async def drip(reader: Any, writer: Any) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def test_a_slow_drip_has_its_sentence_in_sources(net: Net) -> None:
    await net.host(AUTO, talk=drip)
    told = at(await found(net.question(timeout=1.0)), "autoconfig")
    assert (told["outcome"], "no answer within" in told["reason"]) == ("unknown", True)


async def test_an_alias_in_a_circle_has_its_sentence_in_sources(net: Net) -> None:
    net.zone |= {(AUTO, "CNAME"): [f"o.{D}."], (f"o.{D}", "CNAME"): [f"{AUTO}."]}
    told = at(await found(net.question()), "autoconfig")
    assert told["outcome"] == "unknown"
    assert "circle" in told["reason"] or "could not" in told["reason"]


async def test_a_resolver_that_invents_addresses_is_told(net: Net) -> None:
    """Its own web server answers for every name, with a certificate for none of them."""
    await net.host(AUTO, certificate="search.isp.test")
    for name in (nobodys_name(D), nobodys_name("test")):
        net.zone[name, "A"] = net.zone[AUTO, "A"]
    answer = await found(net.question())
    told = at(answer, "autoconfig")
    assert (told["outcome"], "every name there" in told["reason"]) == ("no", True)
    assert any("invents addresses" in note for note in answer.notes)


@pytest.mark.parametrize("rcode", [None, dns.rcode.SERVFAIL, dns.rcode.REFUSED])
async def test_dns_that_does_not_answer_has_its_sentence_in_every_source(rcode: Any) -> None:
    def reply(query: dns.message.Message) -> dns.message.Message | None:
        if rcode is None:
            return None
        answer = dns.message.make_response(query)
        answer.set_rcode(rcode)
        return answer

    async with dns_server(reply) as resolver:
        question = Question(address=Address("ada", D), nameserver=resolver._nameserver, timeout=0.5)
        answer = await found(question)
    told = {s.name: s for s in answer.sources if s.name != "providers"}
    assert {s.outcome for s in told.values()} == {Outcome.UNKNOWN}
    assert all("DNS server" in s.reason or "within" in s.reason for s in told.values())


# --- the whole question


def test_the_deadlines() -> None:
    assert (FIND_TIMEOUT, PROBE_TIMEOUT, Question(name=D).timeout) == (10.0, 14.0, 14.0)


@pytest.mark.parametrize("seconds", [0.5, 1.0])
async def test_the_whole_of_find_ends_with_its_deadline(net: Net, seconds: float) -> None:
    for host in (AUTO, D):
        await net.host(host, talk=drip)
    began = time.monotonic()
    answer = await found(net.question(timeout=seconds))
    assert time.monotonic() - began < seconds + 1
    assert at(answer, "autoconfig")["outcome"] == "unknown"


async def test_the_whole_of_find_and_probe_ends_with_its_deadline(net: Net) -> None:
    """Nobody there at all: no web server, no mail server, packets are swallowed."""
    net.silent(AUTO)
    net.zone[f"_imaps._tcp.{D}", "SRV"] = [f"0 1 993 imap.{D}."]
    net.zone[f"imap.{D}", "A"] = ["192.0.2.1"]
    began = time.monotonic()
    events = [e async for e in probe(net.question(timeout=1.5))]
    assert time.monotonic() - began < 3
    assert events[-1].report.endpoints[0].reachable is False  # type: ignore[union-attr]


@pytest.mark.parametrize("flow", [find, probe])
async def test_it_can_be_called_off(net: Net, flow: Any) -> None:
    net.silent(AUTO)
    before = asyncio.all_tasks()

    async def whole() -> None:
        async for _event in flow(net.question()):
            pass

    running = asyncio.create_task(whole())
    await asyncio.sleep(0.3)
    began = time.monotonic()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert time.monotonic() - began < 0.5
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() <= before


async def test_what_could_not_be_asked_is_not_a_no(net: Net) -> None:
    await net.host(AUTO, {FILE: status(503)})
    with pytest.raises(NotFoundOut, match="503"):
        _events = [e async for e in probe(net.question())]


def at(answer: Found, name: str) -> dict[str, Any]:
    """The place of one source in the document that scripts read: one line, with its reason."""
    (told,) = [s for s in find_document(answer)["sources"] if s["name"] == name]
    assert told["reason"]
    assert "\n" not in told["reason"]
    return dict(told)
