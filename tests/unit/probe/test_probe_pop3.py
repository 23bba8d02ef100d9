# SPDX-License-Identifier: MPL-2.0
import pytest

from clientcfg.model.endpoint import Protocol, Security
from tests.support.fakes.talk import Play, conversation


def pop3(security: Security = Security.STARTTLS, *, stay: bool = False) -> Play:
    return Play(conversation(Protocol.POP3, security, stay=stay))


def test_the_whole_conversation_with_stls() -> None:
    play = pop3().hear(b"+OK ready").hear(b"+OK", b"SASL CRAM-MD5", b"STLS", b".")
    play.hear(b"+OK begin").secure()
    play.hear(b"+OK", b"USER", b"SASL PLAIN LOGIN", b"LOGIN-DELAY 10", b".")
    assert play.sent == b"CAPA\r\nSTLS\r\nCAPA\r\nQUIT\r\n"
    report = play.report
    assert report.auth_before_tls == ("CRAM-MD5",)
    assert report.auth == ("PLAIN", "LOGIN")
    assert report.password_login is True
    assert report.capabilities == (("USER", ""), ("SASL", "PLAIN LOGIN"), ("LOGIN-DELAY", "10"))
    assert report.problems == ()


def test_a_list_without_user() -> None:
    play = pop3(Security.TLS).secure().hear(b"+OK").hear(b"+OK", b"SASL PLAIN", b".")
    assert play.report.password_login is False
    assert play.report.greeting == "+OK"


def test_a_server_without_capa_still_has_user_and_pass() -> None:
    play = pop3(Security.TLS).secure().hear(b"+OK").hear(b"-ERR unknown command")
    assert play.report.password_login is True
    assert play.report.auth is None
    assert play.codes == ["no-capa"]
    assert play.sent == b"CAPA\r\nQUIT\r\n"


def test_without_capa_stls_is_tried_all_the_same() -> None:
    play = pop3().hear(b"+OK").hear(b"-ERR")
    assert play.sent == b"CAPA\r\nSTLS\r\n"
    play.hear(b"-ERR what?")
    assert play.codes == ["no-capa", "starttls-not-offered"]
    assert play.report.password_login is None
    assert play.report.password_login_before_tls is True


def test_stls_that_no_list_names_can_be_there() -> None:
    play = pop3().hear(b"+OK").hear(b"-ERR").hear(b"+OK begin").secure()
    play.hear(b"+OK", b"USER", b".")
    assert play.report.password_login is True
    assert play.report.trusted


@pytest.mark.parametrize("stamped", [True, False])
def test_the_apop_stamp_is_noted(stamped: bool) -> None:
    stamp = b" <1896.697170952@mail.fake.test>" if stamped else b" <not a stamp>"
    play = pop3(Security.PLAIN).hear(b"+OK ready" + stamp).hear(b"+OK", b"USER", b".")
    assert ("APOP" in dict(play.report.capabilities)) is stamped


def test_stls_refused() -> None:
    play = pop3().hear(b"+OK").hear(b"+OK", b"STLS", b".").hear(b"-ERR not now")
    assert play.codes == ["starttls-refused"]


def test_text_behind_the_stls_answer() -> None:
    play = pop3(stay=True).hear(b"+OK").hear(b"+OK", b"STLS", b".").hear(b"+OK go", b"+OK more")
    play.secure().hear(b"+OK", b"USER", b".")
    assert play.codes == ["plaintext-after-starttls"]
    assert not play.report.trusted
    assert not play.talk.ready


def test_a_refusal_in_the_greeting() -> None:
    play = pop3().hear(b"-ERR busy")
    assert play.codes == ["refused-us"]
    assert not play.report.reachable


@pytest.mark.parametrize("line", [b"220 smtp", b"* OK imap", b"+OKAY", b"OK"])
def test_another_protocol_is_no_mail_server(line: bytes) -> None:
    assert pop3().hear(line).codes == ["not-a-mail-server"]


def test_an_endless_list_meets_the_limit() -> None:
    play = pop3().hear(b"+OK").hear(b"+OK").pieces(b"X-THING\r\n" * 20_000)
    assert play.codes == ["answer-too-long"]


def test_a_stuffed_dot_does_not_end_the_list() -> None:
    play = pop3(Security.PLAIN).hear(b"+OK").hear(b"+OK", b"..", b"USER", b".")
    assert play.report.password_login is True


def test_staying_is_ready_for_a_login() -> None:
    play = pop3(Security.TLS, stay=True).secure().hear(b"+OK").hear(b"+OK", b"USER", b".")
    assert play.talk.ready
    assert play.sent == b"CAPA\r\n"
