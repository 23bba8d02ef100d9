# SPDX-License-Identifier: MPL-2.0
import pytest

from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.report import Announcement, Speaker
from tests.support.fakes.talk import TRUSTED, UNTRUSTED, Play, conversation


def smtp(security: Security = Security.STARTTLS, *, stay: bool = False) -> Play:
    return Play(conversation(Protocol.SMTP, security, stay=stay))


def test_the_whole_conversation_with_starttls() -> None:
    play = smtp().hear(b"220 mail.fake.test ESMTP")
    assert play.sent == b"EHLO [127.0.0.1]\r\n"
    play.hear(b"250-mail.fake.test", b"250-AUTH CRAM-MD5", b"250-SIZE 1000", b"250 STARTTLS")
    play.hear(b"220 go").secure()
    play.hear(b"250-mail.fake.test", b"250 AUTH PLAIN LOGIN")
    assert play.sent == b"EHLO [127.0.0.1]\r\nSTARTTLS\r\nEHLO [127.0.0.1]\r\nQUIT\r\n"
    report = play.report
    assert report.reachable
    assert report.greeting == "mail.fake.test ESMTP"
    assert report.auth_before_tls == ("CRAM-MD5",)
    assert report.auth == ("PLAIN", "LOGIN")
    assert report.capabilities == (("AUTH", "PLAIN LOGIN"),)
    assert report.trusted
    assert report.problems == ()
    assert [(line.inside_tls, line.mechanisms) for line in report.auth_lines] == [
        (False, ("CRAM-MD5",)),
        (True, ("PLAIN", "LOGIN")),
    ]


def test_nothing_is_said_before_the_last_line_of_the_greeting() -> None:
    play = smtp().hear(b"220-please", b"220-wait").pieces(b"220 now")
    assert play.sent == b""
    assert play.pieces(b"\r\n").sent.startswith(b"EHLO")
    assert play.report.greeting == "please wait now"


def test_implicit_tls_is_greeted_inside() -> None:
    play = smtp(Security.TLS)
    assert play.wants_tls
    play.secure().hear(b"220 hi").hear(b"250-hi", b"250 AUTH PLAIN")
    assert play.report.auth == ("PLAIN",)
    assert play.report.auth_before_tls is None
    assert play.sent.endswith(b"QUIT\r\n")


def test_plain_means_the_list_in_the_clear() -> None:
    play = smtp(Security.PLAIN).hear(b"220 hi").hear(b"250-hi", b"250-STARTTLS", b"250 AUTH PLAIN")
    assert play.report.auth == ("PLAIN",)
    assert b"STARTTLS" not in play.sent
    assert not play.report.trusted


def test_the_two_forms_of_auth_are_told_apart() -> None:
    play = smtp(Security.PLAIN).hear(b"220 hi")
    play.hear(b"250-hi", b"250-auth=login plain", b"250 AUTH PLAIN CRAM-MD5 b@d")
    lines = play.report.auth_lines
    assert [(line.form, line.mechanisms) for line in lines] == [
        (Announcement.LEGACY, ("LOGIN", "PLAIN")),
        (Announcement.STANDARD, ("PLAIN", "CRAM-MD5")),
    ]
    assert play.report.legacy_auth_line
    assert play.report.auth == ("LOGIN", "PLAIN", "CRAM-MD5")
    assert dict(play.report.capabilities)["AUTH="] == "LOGIN PLAIN"
    assert lines[0].evidence.text == "250-auth=login plain"
    assert lines[0].evidence.speaker is Speaker.SERVER


def test_an_empty_auth_is_seen_and_empty() -> None:
    play = smtp(Security.PLAIN).hear(b"220 hi").hear(b"250-hi", b"250 AUTH")
    assert play.report.auth == ()
    assert len(play.report.auth_lines) == 1


def test_words_that_only_begin_like_auth_are_not_auth() -> None:
    play = smtp(Security.PLAIN).hear(b"220 hi").hear(b"250-hi", b"250 AUTHENTICATE PLAIN")
    assert play.report.auth_lines == ()
    assert play.report.capabilities == (("AUTHENTICATE", "PLAIN"),)


def test_the_name_in_the_first_ehlo_line_is_no_capability() -> None:
    play = smtp(Security.PLAIN).hear(b"220 hi").hear(b"250 AUTH PLAIN")
    assert play.report.capabilities == ()


@pytest.mark.parametrize("code", [b"421", b"450", b"554"])
def test_a_refusal_in_the_greeting_ends_it(code: bytes) -> None:
    play = smtp().hear(code + b" no room").hear(b"250-hi", b"250 AUTH PLAIN")
    assert play.codes == ["refused-us"]
    assert not play.report.reachable
    assert play.report.greeting == "no room"
    assert play.report.auth is None
    assert play.sent == b"QUIT\r\n"


@pytest.mark.parametrize("line", [b"+OK pop", b"* OK imap", b"HTTP/1.1 400 Bad", b"250 early", b""])
def test_another_protocol_is_no_mail_server(line: bytes) -> None:
    play = smtp().hear(line)
    assert play.codes == ["not-a-mail-server"]
    assert not play.report.reachable
    assert play.sent == b""


def test_a_refused_literal_is_followed_by_the_own_name() -> None:
    play = smtp(Security.PLAIN).hear(b"220 hi").hear(b"501 need a name").hear(b"250 hi")
    assert play.sent == b"EHLO [127.0.0.1]\r\nEHLO here.fake.test\r\nQUIT\r\n"
    assert play.codes == ["ehlo-literal-refused"]
    assert "501 need a name" in play.report.problems[0].text


def test_the_name_that_worked_is_used_inside_tls() -> None:
    play = smtp().hear(b"220 hi").hear(b"550 no").hear(b"250-hi", b"250 STARTTLS").hear(b"220 go")
    assert play.secure().sent.endswith(b"STARTTLS\r\nEHLO here.fake.test\r\n")


def test_without_ehlo_there_is_helo() -> None:
    play = smtp().hear(b"220 hi").hear(b"502 unknown").hear(b"250 hi")
    assert play.sent == b"EHLO [127.0.0.1]\r\nHELO here.fake.test\r\nQUIT\r\n"
    assert play.codes == ["no-ehlo", "starttls-not-offered"]
    assert play.report.auth_before_tls == ()


def test_all_hellos_refused() -> None:
    play = smtp().hear(b"220 hi").hear(b"550 no").hear(b"550 no").hear(b"550 \x1b[31mno")
    assert play.codes == ["ehlo-refused"]
    assert r"\x1b[31mno" in play.report.problems[0].text
    assert play.sent.endswith(b"HELO here.fake.test\r\nQUIT\r\n")


def test_starttls_that_is_not_offered() -> None:
    play = smtp().hear(b"220 hi").hear(b"250-hi", b"250 AUTH PLAIN")
    assert play.codes == ["starttls-not-offered"]
    assert play.report.auth_before_tls == ("PLAIN",)
    assert play.report.auth is None
    assert play.sent.endswith(b"QUIT\r\n")


def test_a_keyword_written_over() -> None:
    play = smtp().hear(b"220 hi").hear(b"250-hi", b"250 XXXXXXXA")
    assert play.codes == ["starttls-masked", "starttls-not-offered"]


def test_starttls_refused() -> None:
    play = smtp().hear(b"220 hi").hear(b"250-hi", b"250 STARTTLS").hear(b"454 not now")
    assert play.codes == ["starttls-refused"]
    assert play.sent.endswith(b"QUIT\r\n")


@pytest.mark.parametrize("injected", [b"250 AUTH PLAIN\r\n", b"x", b"250-hi\r\n250 AUTH"])
def test_text_behind_the_starttls_answer_is_dropped_and_never_forgiven(injected: bytes) -> None:
    play = smtp(stay=True).hear(b"220 hi").hear(b"250-hi", b"250 STARTTLS")
    play.pieces(b"220 go\r\n" + injected).secure(TRUSTED)
    play.hear(b"250-hi", b"250 AUTH LOGIN")
    assert play.codes == ["plaintext-after-starttls"]
    assert play.report.auth == ("LOGIN",)
    assert not play.report.trusted
    assert not play.talk.ready
    assert play.sent.endswith(b"QUIT\r\n")


def test_what_was_known_before_tls_is_thrown_away() -> None:
    play = (
        smtp().hear(b"220 hi").hear(b"250-hi", b"250-AUTH LOGIN", b"250 STARTTLS").hear(b"220 go")
    )
    play.secure().hear(b"250 hi")
    assert play.report.capabilities == ()
    assert play.report.auth == ()


def test_one_answer_with_two_codes_is_not_believed() -> None:
    play = smtp().hear(b"220 hi").hear(b"250-hi", b"250-AUTH PLAIN", b"550 no")
    assert play.codes == ["mixed-codes"]
    assert play.report.auth_before_tls is None
    assert play.sent.endswith(b"EHLO here.fake.test\r\n")


def test_421_in_the_middle() -> None:
    play = smtp().hear(b"220 hi").hear(b"421 shutting down")
    assert play.codes == ["refused-us"]
    assert play.report.reachable


@pytest.mark.parametrize("line", [b"25", b"abc hello", b"250:STARTTLS", b"250-ok\0\xff"])
def test_what_cannot_be_read_is_said(line: bytes) -> None:
    play = smtp().hear(b"220 hi").hear(line).hear(b"hello")
    assert play.codes == ["garbled-answer"]


def test_hanging_up_names_the_step() -> None:
    assert "greeting" in smtp().end().report.problems[0].text
    play = smtp().hear(b"220 hi").end()
    assert play.codes == ["hung-up"]
    assert "EHLO" in play.report.problems[0].text
    assert play.sent == b"EHLO [127.0.0.1]\r\n"


def test_five_megabytes_of_greeting() -> None:
    play = smtp().pieces(b"220 " + b"x" * 5_000_000)
    assert play.codes == ["line-too-long"]
    assert smtp().pieces(b"220-x\r\n" * 700_000).codes == ["answer-too-long"]
    assert len(play.report.transcript) < 5


def test_staying_says_no_quit() -> None:
    play = smtp(stay=True).hear(b"220 hi").hear(b"250-hi", b"250 STARTTLS").hear(b"220 go")
    play.secure().pieces(b"250-hi\r\n250 AUTH PLAIN\r\nmore")
    assert play.talk.ready
    assert not play.sent.endswith(b"QUIT\r\n")
    assert play.talk.rest() == b"more"


def test_nobody_stays_on_an_untrusted_channel() -> None:
    play = smtp(stay=True).hear(b"220 hi").hear(b"250-hi", b"250 STARTTLS").hear(b"220 go")
    play.secure(UNTRUSTED).hear(b"250-hi", b"250 AUTH PLAIN")
    assert not play.talk.ready
    assert play.sent.endswith(b"QUIT\r\n")
