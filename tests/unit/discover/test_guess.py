# SPDX-License-Identifier: MPL-2.0
"""Which names are guessed, and which never."""

import pytest

from clientcfg.discover.guess import GUESS, candidates, names
from clientcfg.discover.rank import rank, settle
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Outcome, Trust
from clientcfg.model.report import EndpointReport, Tls
from tests.support.net import Net

DOMAIN = "example.test"


def test_every_guess_is_encrypted_and_never_on_port_25() -> None:
    offers = candidates(DOMAIN, frozenset(names(DOMAIN)), "mx.provider.test", frozenset())
    assert {o.endpoint.port for o in offers} == {465, 587, 993, 143, 995}
    assert Security.PLAIN not in {o.endpoint.security for o in offers}
    assert all(o.guessed for o in offers)


def test_the_order_of_guesses() -> None:
    known = frozenset({DOMAIN, f"mail.{DOMAIN}", f"imap.{DOMAIN}", f"pop.{DOMAIN}"})
    offers = candidates(DOMAIN, known, None, frozenset())
    assert [str(o.endpoint) for o in offers] == [
        "mail.example.test:465/tls", "mail.example.test:587/starttls",
        "example.test:465/tls", "example.test:587/starttls",
        "imap.example.test:993/tls", "imap.example.test:143/starttls",
        "mail.example.test:993/tls", "mail.example.test:143/starttls",
        "example.test:993/tls", "example.test:143/starttls",
        "pop.example.test:995/tls",
    ]  # fmt: skip


def test_the_host_that_takes_the_mail_is_tried_last_and_has_to_be_agreed_to() -> None:
    offers = candidates(DOMAIN, frozenset(), "mx.provider.test", frozenset())
    assert {o.endpoint.host for o in offers} == {"mx.provider.test"}
    assert {(o.trust, o.confirm) for o in offers} == {(Trust.A6, True)}
    own = candidates(DOMAIN, frozenset(), f"mx1.{DOMAIN}", frozenset())
    assert {(o.trust, o.needs_probe, o.confirm) for o in own} == {(None, True, False)}


async def test_what_does_not_exist_is_not_guessed_nor_what_srv_excludes(net: Net) -> None:
    net.zone[f"mail.{DOMAIN}", "A"] = ["192.0.2.1"]
    net.zone[f"_imap._tcp.{DOMAIN}", "SRV"] = ["0 0 0 ."]
    answer = await GUESS.ask(net.ask())
    assert [str(o.endpoint) for o in answer.offers] == [
        "mail.example.test:465/tls", "mail.example.test:587/starttls", "mail.example.test:993/tls",
    ]  # fmt: skip


async def test_nothing_to_guess(net: Net) -> None:
    answer = await GUESS.ask(net.ask())
    assert (answer.outcome, answer.offers) == (Outcome.NO, ())


@pytest.mark.parametrize(
    ("trusted", "want"), [(True, (Trust.A5, False)), (False, (Trust.A6, True))]
)
def test_the_certificate_settles_a_guess(trusted: bool, want: tuple[Trust, bool]) -> None:
    (offer,) = candidates(DOMAIN, frozenset({f"pop.{DOMAIN}"}), None, frozenset())
    report = EndpointReport(offer.endpoint, "192.0.2.1", True, tls=Tls("1.3", "x", trusted, None))
    made = settle(offer, report, DOMAIN)
    assert (made.trust, made.confirm) == want
    assert made.guessed


def test_a_guess_stands_behind_what_dns_names() -> None:
    guess, *_more = candidates(DOMAIN, frozenset({DOMAIN}), None, frozenset())
    named = Endpoint(Protocol.SMTP, "smtp.example.test", 587, Security.STARTTLS)
    from clientcfg.model.offer import Offer  # noqa: PLC0415

    order = rank([guess, Offer(named, "srv", None, needs_probe=True)])
    assert [o.endpoint for o in order] == [named, guess.endpoint]
