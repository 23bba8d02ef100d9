# SPDX-License-Identifier: MPL-2.0
"""Whether a server relays: what is asked, and what the answers mean, row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.relay import Regime, RelayQuestion, RelayReplies, Reply
from clientcfg.probe.relay import Stand, concluded, regime, stand
from clientcfg.probe.smtp import SmtpConversation
from tests.support.fakes.talk import Play

QUESTION = RelayQuestion("ada@here.test", "ada@elsewhere.test")
OK = Reply(250, "2.1.0 Ok")


def replies(code: int, text: str = "") -> RelayReplies:
    return RelayReplies(OK, Reply(code, text))


REFUSED = replies(554, "5.7.1 <x@y>: Relay access denied")
TAKEN = replies(250, "2.1.5 Ok")
AT_MAIL = RelayReplies(Reply(530, "5.7.0 Authentication required"))
GREYLISTED = replies(450, "4.7.1 Greylisted")
NO_SUCH_USER = replies(550, "5.1.1 no such user")


@pytest.mark.parametrize(
    ("offers", "before", "after", "found"),
    [
        (True, REFUSED, REFUSED, Regime.AUTH_ONLY),
        (True, REFUSED, TAKEN, Regime.BOTH),
        (False, REFUSED, TAKEN, Regime.POP_BEFORE_SMTP),
        (False, REFUSED, REFUSED, Regime.NO_WAY_IN),
        (True, AT_MAIL, AT_MAIL, Regime.AUTH_ONLY),
        (True, TAKEN, None, Regime.RELAYS_FOR_YOU),
        (False, TAKEN, None, Regime.RELAYS_FOR_YOU),
        (False, TAKEN, TAKEN, Regime.RELAYS_FOR_YOU),
        (True, REFUSED, None, Regime.UNKNOWN),
        (False, REFUSED, None, Regime.UNKNOWN),
        (None, REFUSED, TAKEN, Regime.UNKNOWN),
        (True, GREYLISTED, None, Regime.UNKNOWN),
        (True, NO_SUCH_USER, REFUSED, Regime.UNKNOWN),
        (True, REFUSED, GREYLISTED, Regime.UNKNOWN),
        (True, RelayReplies(), None, Regime.UNKNOWN),
        (True, RelayReplies(Reply(421, "bye")), None, Regime.UNKNOWN),
    ],
)
def test_the_regime(
    offers: bool | None, before: RelayReplies, after: RelayReplies | None, found: Regime
) -> None:
    told, text = regime(offers, before, after)
    assert told is found
    assert text
    assert "open relay" not in text.lower()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (replies(554, "5.7.1 <n@x>: Relay access denied"), Stand.REFUSED),
        (replies(554, "5.7.1 <unknown[192.0.2.1]>: Client host rejected"), Stand.REFUSED),
        (replies(550, "5.7.1 <n@x>... Relaying denied. IP name lookup failed"), Stand.REFUSED),
        (replies(550, "relay not permitted"), Stand.REFUSED),
        (replies(513, "Relaying denied."), Stand.REFUSED),
        (replies(551, "User not local"), Stand.REFUSED),
        (RelayReplies(Reply(550, "AUTH required")), Stand.REFUSED),
        (RelayReplies(Reply(535, "Authentication required.")), Stand.REFUSED),
        (RelayReplies(Reply(530, "5.7.0 TLS required.")), Stand.REFUSED),
        (replies(550, "Please check your mail first (POP before SMTP)"), Stand.REFUSED),
        (replies(550, "5.1.1 unknown recipient, relay it elsewhere"), Stand.UNCLEAR),
        (replies(450, "4.1.1 Recipient address rejected"), Stand.UNCLEAR),
        (replies(451, "4.7.1 relay later"), Stand.UNCLEAR),
        (replies(550, "mailbox unavailable"), Stand.UNCLEAR),
        (RelayReplies(Reply(553, "5.1.8 sender has no domain")), Stand.UNCLEAR),
        (replies(251, "will forward"), Stand.TAKEN),
        (RelayReplies(OK), Stand.UNCLEAR),
    ],
)
def test_only_what_is_about_us_counts(said: RelayReplies, expected: Stand) -> None:
    assert stand(said) is expected


def test_words_about_fetching_mail_are_quoted_as_a_hint() -> None:
    said = replies(550, "5.7.1 Relaying denied; POP-before-SMTP")
    assert "POP-before-SMTP" in regime(False, said, None)[1].rpartition("not tested.")[2]


def test_the_vantage_belongs_to_the_answer() -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    at = datetime(2026, 11, 28, 14, 2, tzinfo=UTC)
    relay = concluded(True, REFUSED, TAKEN, "203.0.113.7", at)
    assert (relay.tested_from, relay.at) == ("203.0.113.7", at)
    assert relay.evidence[0] == "before: MAIL: 250 2.1.0 Ok"
    assert relay.evidence[-1] == "after: RCPT: 250 2.1.5 Ok"


def talk(*, security: Security = Security.PLAIN, relay: bool = True) -> Play:
    endpoint = Endpoint(Protocol.SMTP, "mail.fake.test", 25, security)
    asked = QUESTION if relay else None
    return Play(SmtpConversation(endpoint, lambda: 0.0, relay=asked))


def heard(play: Play) -> RelayReplies:
    assert isinstance(play.talk, SmtpConversation)
    assert play.talk.relay_replies is not None
    return play.talk.relay_replies


def test_with_pipelining_it_is_one_segment() -> None:
    play = talk().hear(b"220 hi").hear(b"250-hi", b"250 PIPELINING")
    assert play.sent.endswith(
        b"MAIL FROM:<ada@here.test>\r\nRCPT TO:<ada@elsewhere.test>\r\nRSET\r\nQUIT\r\n"
    )
    play.hear(b"250 2.1.0 Ok", b"554 5.7.1 Relay access denied", b"250 ok", b"221 bye")
    assert heard(play) == RelayReplies(
        Reply(250, "2.1.0 Ok"), Reply(554, "5.7.1 Relay access denied")
    )
    assert play.sent.count(b"QUIT") == 1


def test_without_pipelining_each_waits_for_its_answer() -> None:
    play = talk().hear(b"220 hi").hear(b"250 hi")
    assert play.sent.endswith(b"MAIL FROM:<ada@here.test>\r\n")
    play.hear(b"250 ok")
    assert play.sent.endswith(b"RCPT TO:<ada@elsewhere.test>\r\n")
    play.hear(b"550 relay not permitted")
    assert play.sent.endswith(b"RSET\r\nQUIT\r\n")
    assert play.talk.finished


def test_a_refused_mail_is_the_answer() -> None:
    play = talk().hear(b"220 hi").hear(b"250 hi").hear(b"530 5.7.0 Authentication required")
    assert heard(play) == AT_MAIL
    assert b"RCPT" not in play.sent
    assert play.sent.endswith(b"QUIT\r\n")


def test_it_is_asked_inside_tls_where_there_is_tls() -> None:
    play = talk(security=Security.STARTTLS).hear(b"220 hi").hear(b"250-hi", b"250 STARTTLS")
    play.hear(b"220 go").secure()
    assert b"MAIL" not in play.sent
    play.hear(b"250 hi")
    assert play.sent.endswith(b"MAIL FROM:<ada@here.test>\r\n")


def test_it_is_asked_in_the_clear_where_there_is_none() -> None:
    play = talk(security=Security.STARTTLS).hear(b"220 hi").hear(b"250 hi")
    assert play.sent.endswith(b"MAIL FROM:<ada@here.test>\r\n")


def test_unasked_nobody_hears_of_it() -> None:
    play = talk(relay=False).hear(b"220 hi").hear(b"250-hi", b"250 PIPELINING")
    assert b"MAIL" not in play.sent


@given(st.lists(st.sampled_from(
    [b"220 hi", b"250 hi", b"250-PIPELINING", b"354 go", b"421 x", b"550 5.7.1 no", b"x", b""]
), max_size=12))  # fmt: skip
def test_data_is_never_said(lines: list[bytes]) -> None:
    play = talk()
    for line in lines:
        play.hear(line)
    assert b"DATA" not in play.sent
    assert b"BDAT" not in play.sent
