# SPDX-License-Identifier: MPL-2.0
"""The order of questions: who is believed, when servers are asked, when guessing begins."""

import asyncio
import time
from typing import Any

import pytest

from clientcfg.discover.wildcard import nobodys_name
from clientcfg.flows.events import FindDone, ProbeDone, Probing, SourceAnswered
from clientcfg.flows.find import find
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Question
from clientcfg.model.documents import find_document
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Found, Outcome, Trust
from clientcfg.model.trouble import No, NotFoundOut
from tests.support.answering_servers import Servers
from tests.support.net import Net, config, moved, ok, status

DOMAIN = "example.test"
AUTO = f"autoconfig.{DOMAIN}"
FILE = "/mail/config-v1.1.xml"
SRV = {
    (f"_submissions._tcp.{DOMAIN}", "SRV"): [f"0 1 465 smtp.{DOMAIN}."],
    (f"_imaps._tcp.{DOMAIN}", "SRV"): [f"0 1 993 imap.{DOMAIN}."],
}


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Servers:
    made = Servers()
    monkeypatch.setattr("clientcfg.flows.waves.probe_all", made.probe_all)
    return made


async def found(question: Question) -> Found:
    (done,) = [e async for e in find(question) if isinstance(e, FindDone)]
    return done.found


async def probed(question: Question) -> ProbeDone:
    (done,) = [e async for e in probe(question) if isinstance(e, ProbeDone)]
    return done


def outcomes(answer: Found) -> dict[str, Outcome]:
    return {s.name: s.outcome for s in answer.sources}


async def test_the_domains_own_word_stands_before_what_dns_says(net: Net) -> None:
    net.zone |= SRV
    await net.host(AUTO, {FILE: ok(config())})
    answer = await found(net.question())
    smtp = [o for o in answer.offers if o.endpoint.protocol is Protocol.SMTP]
    assert [(o.source, o.trust) for o in smtp] == [("autoconfig", Trust.A2), ("srv", None)]
    document = find_document(answer)
    assert all({"name", "url", "outcome", "reason", "ms"} == s.keys() for s in document["sources"])
    assert all(s["reason"] for s in document["sources"])


async def test_find_talks_to_no_mail_server_and_guesses_nothing(net: Net, servers: Servers) -> None:
    net.zone[f"imap.{DOMAIN}", "A"] = ["192.0.2.1"]
    answer = await found(net.question())
    assert (answer.offers, servers.asked) == ((), {})
    assert set(outcomes(answer).values()) == {Outcome.NO}
    assert f"imap.{DOMAIN}." not in net.looked_up


async def test_nothing_is_sent_to_anybody_offline(net: Net) -> None:
    net.zone |= SRV
    await found(net.question(offline=True))
    assert (net.looked_up, net.asked) == ([], [])


async def test_the_address_leaves_this_machine_only_with_consent(net: Net) -> None:
    net.zone[DOMAIN, "MX"] = ["1 mx.provider.test."]
    for host in (AUTO, DOMAIN, "autoconfig.provider.test", f"autodiscover.{DOMAIN}"):
        await net.host(host)
    answer = await found(net.question("secretada@example.test"))
    said = "".join(net.looked_up) + "".join(f"{a.target}{a.headers}{a.body!r}" for a in net.asked)
    assert "secretada" not in said
    assert f"autodiscover.{DOMAIN}" not in {a.host for a in net.asked}
    assert any("--send-address" in note for note in answer.notes)
    await found(net.question("secretada@example.test", send_address=True))
    told = {a.host for a in net.asked if "secretada" in a.target + repr(a.body)}
    assert told == {AUTO, DOMAIN, f"autodiscover.{DOMAIN}"}, "the operator of the MX is not told"


async def test_good_sources_that_contradict_each_other_are_both_shown(net: Net) -> None:
    await net.host(AUTO, {FILE: ok(config(host="old.example.test"))})
    net.zone[DOMAIN, "TXT"] = [f'"mailconf=https://{DOMAIN}/new.xml"']
    await net.host(DOMAIN, {"/new.xml": ok(config(host="new.example.test"))})
    answer = await found(net.question())
    assert {o.endpoint.host for o in answer.offers} == {"old.example.test", "new.example.test"}
    assert any("contradict" in n and "old.example.test" in n for n in answer.notes)


async def test_whose_servers_have_to_be_agreed_to_is_said_uncut(net: Net) -> None:
    long = "a" * 60 + ".provider.test"
    await net.host(AUTO, {FILE: moved("https://cfg.provider.test/x")})
    await net.host("cfg.provider.test", {"/x": ok(config(host=long))})
    answer = await found(net.question())
    assert all(o.confirm for o in answer.offers)
    (note,) = [n for n in answer.notes if long in n]
    assert "belongs to provider.test, your address to example.test" in note


async def test_a_typo_is_hinted_at_where_nobody_good_knows_the_domain(net: Net) -> None:
    answer = await found(net.question("ada@gmial.com"))
    assert any("gmail.com" in note for note in answer.notes)
    assert "there is no domain gmial.com in DNS" in {s.reason for s in answer.sources}


# --- with the probe


async def test_servers_are_asked_before_a_slow_source_has_answered(
    net: Net, servers: Servers
) -> None:
    net.zone |= SRV
    servers.good = frozenset({f"smtp.{DOMAIN}:465", f"imap.{DOMAIN}:993"})
    net.silent(AUTO)
    began = time.monotonic()
    kinds: list[Any] = [e async for e in probe(net.question())]
    assert time.monotonic() - began < 1.5, "300 ms of grace, not a whole deadline"
    first_probe = next(i for i, e in enumerate(kinds) if isinstance(e, Probing))
    slow = next(
        i for i, e in enumerate(kinds)
        if isinstance(e, SourceAnswered) and e.answer.name == "autoconfig"
    )  # fmt: skip
    assert first_probe < slow
    done = kinds[-1]
    assert {o.trust for o in done.found.offers} == {Trust.A4}
    (cut,) = [s for s in done.found.sources if s.name == "autoconfig"]
    assert (cut.outcome, "had answered already" in cut.reason) == (Outcome.UNKNOWN, True)


async def test_a_better_source_within_its_grace_comes_first(
    net: Net, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientcfg.flows.enough.GRACE", 3.0)
    net.zone |= SRV
    servers.good = frozenset(
        {f"smtp.{DOMAIN}:465", f"imap.{DOMAIN}:993", "mail.example.test:465",
         "mail.example.test:993"}
    )  # fmt: skip

    async def slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.15)
        writer.write(ok(config()))
        await writer.drain()

    await net.host(AUTO, talk=slowly)
    done = await probed(net.question())
    assert done.found.offers[0].source == "autoconfig"


async def test_guesses_come_last_and_only_those_that_answer_stay(
    net: Net, servers: Servers
) -> None:
    for name in ("imap", "mail", "smtp"):
        net.zone[f"{name}.{DOMAIN}", "A"] = ["192.0.2.1"]
    servers.good = frozenset({f"imap.{DOMAIN}:993", f"smtp.{DOMAIN}:587"})
    servers.bad = frozenset({f"mail.{DOMAIN}:993"})
    done = await probed(net.question())
    assert [(str(o.endpoint), o.trust, o.confirm, o.guessed) for o in done.found.offers] == [
        ("smtp.example.test:587/starttls", Trust.A5, False, True),
        ("imap.example.test:993/tls", Trust.A5, False, True),
        ("mail.example.test:993/tls", Trust.A6, True, True),
    ]
    assert {e.endpoint.host for e in done.report.endpoints if not e.reachable} == set()
    assert 25 not in {e.port for e in servers.asked}
    (guess,) = [s for s in done.found.sources if s.name == "guess"]
    assert "3 of 8" in guess.reason
    assert net.looked_up.count(f"imap.{DOMAIN}.") == 2, "A and AAAA, once"


async def test_nobody_guesses_while_a_better_source_is_unknown(net: Net, servers: Servers) -> None:
    net.zone[f"imap.{DOMAIN}", "A"] = ["192.0.2.1"]
    servers.good = frozenset({f"imap.{DOMAIN}:993"})
    await net.host(AUTO, {FILE: status(503)})
    with pytest.raises(NotFoundOut) as told:
        await probed(net.question())
    assert servers.asked == {}
    assert any("not tried" in line and "503" in line for line in told.value.advice)
    done = await probed(net.question(guess=True))
    assert {o.endpoint.host for o in done.found.offers} == {f"imap.{DOMAIN}"}


@pytest.mark.parametrize("host", [AUTO, DOMAIN])
async def test_a_web_server_without_a_certificate_keeps_nobody_from_guessing_names_inside(
    net: Net, servers: Servers, host: str
) -> None:
    """Waiting gives it none; a name inside the domain has to prove itself by its own."""
    net.zone[f"imap.{DOMAIN}", "A"] = ["192.0.2.1"]
    net.zone[DOMAIN, "MX"] = ["10 mx.provider.test."]
    servers.good = frozenset({f"imap.{DOMAIN}:993", "mx.provider.test:993"})
    await net.host(host, {FILE: ok(config())}, certificate="www.provider.test")
    done = await probed(net.question())
    assert [(o.endpoint.host, o.trust, o.confirm) for o in done.found.offers] == [
        (f"imap.{DOMAIN}", Trust.A5, False)
    ]
    told = {s.name: s for s in done.found.sources}
    assert (told["autoconfig"].outcome, told["autoconfig"].unproved) == (Outcome.UNKNOWN, True)
    assert any("could not be read" in n and "certificate" in n for n in done.found.notes)
    servers.asked.clear()
    done = await probed(net.question(guess=True))
    assert {o.endpoint.host for o in done.found.offers} == {f"imap.{DOMAIN}", "mx.provider.test"}


async def test_a_host_that_a_wildcard_made_is_no_host(net: Net, servers: Servers) -> None:
    """Its address proves nothing, so only the right content counts there, and nothing else does."""
    await net.host(AUTO, certificate="www.provider.test")
    net.zone[nobodys_name(DOMAIN), "A"] = net.zone[AUTO, "A"]
    answer = await found(net.question())
    (told,) = [s for s in answer.sources if s.name == "autoconfig"]
    assert told.outcome is Outcome.NO
    assert "every name there has an address" in told.reason


async def test_who_takes_the_mail_does_not_keep_others_from_guessing(
    net: Net, servers: Servers
) -> None:
    """Its word would be believed no more than a guess."""
    net.zone[DOMAIN, "MX"] = ["10 mx.provider.test."]
    net.zone[f"imap.{DOMAIN}", "A"] = ["192.0.2.1"]
    servers.good = frozenset({f"imap.{DOMAIN}:993"})
    await net.host("autoconfig.provider.test", {FILE: status(503)})
    done = await probed(net.question())
    assert [o.trust for o in done.found.offers] == [Trust.A5]


async def test_that_the_domains_own_word_is_unknown_is_told_beside_a_lesser_one(net: Net) -> None:
    net.zone |= SRV
    await net.host(AUTO, {FILE: status(503)})
    answer = await found(net.question())
    assert any("could not be read" in note and "503" in note for note in answer.notes)


async def test_where_nobody_answered_is_told(net: Net, servers: Servers) -> None:
    net.zone |= SRV
    servers.good = frozenset({f"imap.{DOMAIN}:993"})
    done = await probed(net.question())
    assert f"Nobody answered at smtp.{DOMAIN}:465." in done.found.notes
    assert any(f"that smtp.{DOMAIN} is of {DOMAIN}" in note for note in done.found.notes)


async def test_a_provider_without_servers_is_explained(net: Net) -> None:
    answer = await found(net.question("ada@proton.me", offline=True))
    assert any("Proton Mail Bridge" in note for note in answer.notes)


async def test_nobody_guesses_where_a_named_server_answers_badly(
    net: Net, servers: Servers
) -> None:
    """A certificate that does not verify is a fault to be told, not a reason to look elsewhere."""
    net.zone |= SRV
    net.zone[f"mail.{DOMAIN}", "A"] = ["192.0.2.1"]
    servers.bad = frozenset({f"smtp.{DOMAIN}:465", f"imap.{DOMAIN}:993"})
    done = await probed(net.question())
    assert {(o.trust, o.confirm) for o in done.found.offers} == {(Trust.A6, True)}
    assert {e.host for e in servers.asked} == {f"smtp.{DOMAIN}", f"imap.{DOMAIN}"}


async def test_guesses_are_tried_where_all_that_was_named_is_dead(
    net: Net, servers: Servers
) -> None:
    net.zone |= SRV
    net.zone[f"mail.{DOMAIN}", "A"] = ["192.0.2.1"]
    servers.good = frozenset({f"mail.{DOMAIN}:465", f"mail.{DOMAIN}:993"})
    done = await probed(net.question())
    usable = [o for o in done.found.offers if o.guessed]
    assert {str(o.endpoint) for o in usable} == {
        "mail.example.test:465/tls", "mail.example.test:993/tls",
    }  # fmt: skip


async def test_nothing_at_all_is_a_no(net: Net, servers: Servers) -> None:
    with pytest.raises(No) as told:
        await probed(net.question())
    assert "none of the usual names" in told.value.text


async def test_a_domain_is_taken_for_a_host_and_not_guessed(net: Net, servers: Servers) -> None:
    servers.good = frozenset({f"{DOMAIN}:993"})
    done = await probed(net.question(DOMAIN))
    assert done.report.target_kind == "host"
    assert {e.host for e in servers.asked} == {DOMAIN}
    assert len(done.report.endpoints) == 7


async def test_what_is_named_without_encryption_gives_way_to_the_port_beside_it(
    net: Net, servers: Servers
) -> None:
    plain = config().replace("993", "143").replace("SSL", "plain", 1)
    await net.host(AUTO, {FILE: ok(plain)})
    servers.good = frozenset({"mail.example.test:993", "mail.example.test:465",
                              "mail.example.test:143"})  # fmt: skip
    done = await probed(net.question())
    imap = [o for o in done.found.offers if o.endpoint.protocol is Protocol.IMAP]
    assert [(str(o.endpoint), o.trust) for o in imap] == [("mail.example.test:993/tls", Trust.A2)]
    assert any("without encryption" in note for note in done.found.notes)


async def test_srv_out_of_the_domain_is_believed_where_the_certificate_names_the_domain(
    net: Net, servers: Servers
) -> None:
    """RFC 6186 §6: the reference identity is the domain that was asked about."""
    net.zone[f"_imaps._tcp.{DOMAIN}", "SRV"] = ["0 1 993 imap.provider.test."]
    servers.good = frozenset({"imap.provider.test:993"})
    servers.names = ("other.test",)
    done = await probed(net.question())
    assert [(o.trust, o.confirm) for o in done.found.offers] == [(Trust.A6, True)]
    assert any("provider.test" in note for note in done.found.notes)
    servers.asked.clear()
    servers.names = (DOMAIN,)
    done = await probed(net.question())
    assert [(o.trust, o.confirm) for o in done.found.offers] == [(Trust.A4, False)]
    assert done.found.notes == ()


async def test_who_named_the_server_is_not_asked_about_it(net: Net, servers: Servers) -> None:
    net.zone |= SRV
    named = Endpoint(Protocol.SMTP, "127.0.0.1", 2525, Security.TLS)
    done = await probed(net.question(servers=(named,)))
    smtp = [o.endpoint for o in done.found.offers if o.endpoint.protocol is Protocol.SMTP]
    assert smtp == [named]
    assert not any(e.host == f"smtp.{DOMAIN}" for e in servers.asked)


async def test_it_can_be_called_off_at_any_moment(net: Net, servers: Servers) -> None:
    net.zone |= SRV
    net.silent(AUTO)
    servers.waits[f"smtp.{DOMAIN}"] = 30
    before = asyncio.all_tasks()
    running = asyncio.create_task(probed(net.question()))
    await asyncio.sleep(0.3)
    began = time.monotonic()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert time.monotonic() - began < 0.5
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() <= before, "nothing goes on behind it"
