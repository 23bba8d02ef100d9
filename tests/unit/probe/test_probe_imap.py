# SPDX-License-Identifier: MPL-2.0
import pytest

from clientcfg.model.endpoint import Protocol, Security
from tests.support.fakes.talk import Play, conversation


def imap(security: Security = Security.STARTTLS, *, stay: bool = False) -> Play:
    return Play(conversation(Protocol.IMAP, security, stay=stay))


def test_the_whole_conversation_with_starttls() -> None:
    play = imap().hear(b"* OK [CAPABILITY IMAP4rev1] ready")
    assert play.sent == b"c1 CAPABILITY\r\nc2 STARTTLS\r\n"
    play.hear(b"* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=CRAM-MD5", b"c1 OK", b"c2 OK go")
    play.secure().hear(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN SASL-IR", b"c3 OK done")
    assert play.sent.endswith(b"c3 CAPABILITY\r\nc4 LOGOUT\r\n")
    report = play.report
    assert report.auth_before_tls == ("CRAM-MD5",)
    assert report.auth == ("PLAIN", "LOGIN")
    assert report.password_login is True
    assert report.capabilities == (("IMAP4REV1", ""), ("AUTH", "PLAIN LOGIN"), ("SASL-IR", ""))
    assert [line.mechanisms for line in report.auth_lines] == [("CRAM-MD5",), ("PLAIN", "LOGIN")]
    assert report.problems == ()


def test_no_auth_word_and_no_logindisabled_means_login_works() -> None:
    play = imap(Security.TLS).secure().hear(b"* OK hi").hear(b"* CAPABILITY IMAP4rev1", b"c3 OK")
    assert play.report.auth == ()
    assert play.report.password_login is True


def test_logindisabled_forbids_login() -> None:
    play = imap(Security.PLAIN).hear(b"* OK hi").hear(b"* capability logindisabled", b"c3 ok")
    assert play.report.password_login is False


def test_password_login_is_about_the_inside_of_tls() -> None:
    play = imap().hear(b"* OK hi").hear(b"* CAPABILITY STARTTLS", b"c1 OK", b"c2 NO sorry")
    assert play.report.password_login is None
    assert play.codes == ["starttls-refused"]


def test_starttls_that_is_not_offered() -> None:
    play = imap().hear(b"* OK hi").hear(b"* CAPABILITY IMAP4rev1", b"c1 OK", b"c2 BAD what")
    assert play.codes == ["starttls-not-offered"]
    assert play.sent.endswith(b"c4 LOGOUT\r\n")


def test_preauth_before_tls_ends_it() -> None:
    play = imap(stay=True).hear(b"* PREAUTH welcome back")
    assert play.codes == ["preauth"]
    assert play.sent == b"c4 LOGOUT\r\n"


def test_preauth_inside_tls_is_looked_at_but_no_place_for_a_login() -> None:
    play = imap(Security.TLS, stay=True).secure().hear(b"* PREAUTH hi")
    play.hear(b"* CAPABILITY IMAP4rev1", b"c3 OK")
    assert play.report.auth == ()
    assert not play.talk.ready


def test_bye_is_a_refusal() -> None:
    play = imap().hear(b"* BYE too many")
    assert play.codes == ["refused-us"]
    assert not play.report.reachable
    play = imap().hear(b"* OK hi").hear(b"* BYE going down")
    assert play.codes == ["refused-us"]
    assert play.report.reachable


@pytest.mark.parametrize("line", [b"220 smtp", b"+OK pop", b"* NO", b"*OK", b"a OK hi"])
def test_another_protocol_is_no_mail_server(line: bytes) -> None:
    assert imap().hear(line).codes == ["not-a-mail-server"]


@pytest.mark.parametrize("line", [b"+ go on", b"c9 OK", b"c3 OK", b"nonsense"])
def test_what_cannot_be_read_is_said(line: bytes) -> None:
    assert imap().hear(b"* OK hi").hear(line).codes == ["garbled-answer"]


def test_text_behind_the_starttls_answer() -> None:
    play = imap(stay=True).hear(b"* OK hi")
    play.hear(b"* CAPABILITY STARTTLS", b"c1 OK", b"c2 OK go", b"* CAPABILITY AUTH=PLAIN")
    play.secure().hear(b"* CAPABILITY AUTH=LOGIN", b"c3 OK")
    assert play.codes == ["plaintext-after-starttls"]
    assert play.report.auth == ("LOGIN",)
    assert not play.report.trusted
    assert not play.talk.ready


def test_words_of_the_tagged_line_are_no_capabilities() -> None:
    play = imap(Security.PLAIN).hear(b"* OK hi")
    play.hear(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN", b"c3 OK Pre-login more AUTH=SCRAM-SHA-256")
    assert play.report.auth == ("PLAIN",)


def test_a_refused_list_is_not_seen() -> None:
    play = imap(Security.PLAIN).hear(b"* OK hi").hear(b"c3 BAD what")
    assert play.codes == ["capability-refused"]
    assert play.report.auth is None
    assert play.report.password_login is None


def test_staying_is_ready_for_a_login() -> None:
    play = imap(Security.TLS, stay=True).secure().hear(b"* OK hi").hear(b"* CAPABILITY A", b"c3 OK")
    assert play.talk.ready
    assert play.sent == b"c3 CAPABILITY\r\n"
