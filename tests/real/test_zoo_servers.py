# SPDX-License-Identifier: MPL-2.0
"""The zoo's servers say what real servers of their kind were found to say."""

import re
import ssl
import time
from collections.abc import Callable

import pytest

from tests.world import loopback
from tests.world.loopback import IMAP, IMAPS, POP3, POP3S, SMTP, SUBMISSION, SUBMISSIONS
from tests.world.waiting import until
from tests.world.zoo import KINDS, Zoo
from tests.world.zoo.said import (
    AFTER_POP3,
    AUTH_NEEDED,
    DOVECOT,
    IMAP_SAID,
    POP3_SAID,
    SENDMAIL_CLEAR,
    SMTP_SAID,
    STARTTLS_SAID,
    SUBMISSION_SAID,
)
from tests.world.zoo.talk import Talk

pytestmark = pytest.mark.real_servers
Make = Callable[[str, str], Zoo]

SENDER = "MAIL FROM:<probe@other.example>"
FOREIGN = "RCPT TO:<nobody@elsewhere.example>"
NEIGHBOUR = "127.0.0.8"


def mechanisms(capabilities: list[str]) -> str:
    said = [line for line in capabilities if line.startswith("AUTH ")]
    assert len(said) <= 1
    return said[0].removeprefix("AUTH ") if said else ""


def refusal(talk: Talk) -> str:
    """The reply to MAIL if that is refused, else to RCPT."""
    first = talk.smtp(SENDER)
    return first if first[0] != "2" else talk.smtp(FOREIGN)


def login_pop3(server: Zoo) -> None:
    with Talk(server, POP3S) as pop:
        pop.line()
        assert pop.pop3(f"USER {server.user}").startswith("+OK")
        assert pop.pop3(f"PASS {server.password}").startswith("+OK")
        pop.pop3("QUIT")


def imap_words(text: str) -> str:
    """The words that matter here, in the server's order."""
    words = re.findall(r"(?<=\s)(?:STARTTLS|LOGINDISABLED|AUTH=\S+)", text.replace("]", " "))
    return " ".join(word.removeprefix("AUTH=") for word in words)


def capa_words(lines: list[str]) -> str:
    known = ("STLS", "USER", "SASL", "EXPIRE", "LOGIN-DELAY")
    return " ".join(line for line in lines[1:] if line.partition(" ")[0] in known)


@pytest.mark.parametrize(("name", "variant"), SMTP_SAID)
def test_smtp(name: str, variant: str, new_zoo: Make) -> None:
    server, said = new_zoo(name, variant), SMTP_SAID[name, variant]
    assert server.ports == loopback.MAIL_PORTS
    for port in (SMTP, SUBMISSION):
        relay = said.relay_25 if port == SMTP else said.relay_587
        with Talk(server, port) as talk:
            assert talk.line().startswith(f"220 {server.host} ESMTP")
            able = talk.ehlo()
            assert mechanisms(able) == said.clear
            assert (f"AUTH={said.clear}" in able) == said.legacy
            assert refusal(talk).startswith(relay)
        with Talk(server, port) as talk:
            talk.line()
            talk.ehlo()
            assert talk.smtp("STARTTLS").startswith("220")
            talk.handshake()
            able = talk.ehlo()
            assert mechanisms(able) == said.tls
            assert "STARTTLS" not in able
            assert refusal(talk).startswith(relay)
            talk.smtp("RSET")
            if said.tls:
                assert talk.auth_plain().startswith("235")
                assert talk.smtp(SENDER).startswith("250")
                assert talk.smtp(FOREIGN).startswith("250")
            else:
                assert talk.auth_plain()[:3] in {"502", "503"}
    with Talk(server, SUBMISSIONS) as talk:
        talk.line()
        assert mechanisms(talk.ehlo()) == said.tls
        assert refusal(talk).startswith(said.relay_587)


@pytest.mark.parametrize("variant", SUBMISSION_SAID)
def test_dovecot_submission(variant: str, new_zoo: Make) -> None:
    server, (clear, tls, refused) = new_zoo("dovecot", variant), SUBMISSION_SAID[variant]
    with Talk(server, SUBMISSION) as talk:
        assert talk.line() == "220 mail.zoo.test Dovecot (Debian) ready."
        assert mechanisms(talk.ehlo()) == clear
        assert talk.smtp(SENDER).startswith(refused)
        assert talk.smtp("STARTTLS").startswith("220")
        talk.handshake()
        assert mechanisms(talk.ehlo()) == tls
        assert talk.smtp(SENDER).startswith(AUTH_NEEDED)
    with Talk(server, SUBMISSIONS) as talk:
        talk.line()
        assert mechanisms(talk.ehlo()) == tls


@pytest.mark.parametrize(("name", "variant"), IMAP_SAID)
def test_imap(name: str, variant: str, new_zoo: Make) -> None:
    server, (clear, tls) = new_zoo(name, variant), IMAP_SAID[name, variant]
    with Talk(server, IMAP) as talk:
        assert imap_words(talk.line()) == clear
        assert imap_words(talk.imap("CAPABILITY")[0]) == clear
        assert talk.imap("STARTTLS")[-1].startswith("a OK")
        talk.handshake()
        assert imap_words(talk.imap("CAPABILITY")[0]) == tls
        login = f"LOGIN {server.user} {server.password}"
        assert talk.imap(login)[-1].startswith("a OK")
    with Talk(server, IMAPS) as talk:
        assert imap_words(talk.line()) == tls


@pytest.mark.parametrize(("name", "variant"), POP3_SAID)
def test_pop3(name: str, variant: str, new_zoo: Make) -> None:
    server, (clear, tls) = new_zoo(name, variant), POP3_SAID[name, variant]
    with Talk(server, POP3) as talk:
        talk.line()
        assert capa_words(talk.pop3_list("CAPA")) == clear
        assert talk.pop3("STLS").startswith("+OK")
        talk.handshake()
        assert capa_words(talk.pop3_list("CAPA")) == tls
    login_pop3(server)


@pytest.mark.parametrize(("name", "variant"), AFTER_POP3)
def test_pop_before_smtp(name: str, variant: str, new_zoo: Make) -> None:
    server, (relay_25, relay_587) = new_zoo(name, variant), AFTER_POP3[name, variant]
    login_pop3(server)
    if name == "postfix":
        time.sleep(2)  # until then it may keep the old map
    for port, source, said in (
        (SMTP, "127.0.0.1", relay_25),
        (SUBMISSION, "127.0.0.1", relay_587),
        (SMTP, NEIGHBOUR, SMTP_SAID[name, variant].relay_25.replace("127.0.0.1", NEIGHBOUR)),
    ):
        with Talk(server, port, source) as talk:
            talk.line()
            talk.ehlo()
            assert refusal(talk).startswith(said)


@pytest.mark.parametrize(("name", "variant"), STARTTLS_SAID)
def test_starttls_out_of_turn(name: str, variant: str, new_zoo: Make) -> None:
    server, (bare, together) = new_zoo(name, variant), STARTTLS_SAID[name, variant]
    with Talk(server, SMTP) as talk:
        talk.line()
        assert talk.smtp("STARTTLS").startswith(bare)
    with Talk(server, SMTP) as talk:
        talk.line()
        talk.send("EHLO probe.example\r\nSTARTTLS")
        replies = [talk.reply()[0], talk.reply()[0]]
        assert any(reply.startswith(together) for reply in replies), replies


def test_nobody_sees_by_smtp_who_delivers(new_zoo: Make) -> None:
    said, settings = [], []
    for variant in ("default", "default-procmail-lda"):
        server = new_zoo("sendmail", variant)
        with Talk(server, SMTP) as talk:
            greeting = re.sub(r"; .*; ", "; …; ", talk.line())
            said.append([greeting, *talk.ehlo(), talk.smtp(SENDER), talk.smtp(FOREIGN)])
        settings.append(server.logged("sendmail.cf"))
    assert said[0] == said[1]
    assert [bool(re.search("^Mlocal.*procmail", one, re.M)) for one in settings] == [False, True]


def test_only_the_servers_own_file_tells_pop_before_smtp(new_zoo: Make) -> None:
    for variant, there in (("default", True), ("default-auth-only", False)):
        settings = new_zoo("sendmail", variant).logged("sendmail.cf")
        assert bool(re.search("^Krelayers", settings, re.M)) == there


def test_sendmail_with_greet_pause_refuses_who_talks_first(new_zoo: Make) -> None:
    server = new_zoo("sendmail", "greet-pause")
    with Talk(server, SMTP) as hasty, Talk(server, SMTP) as patient:
        begin = time.monotonic()
        assert mechanisms(hasty.ehlo()) == ""
        with Talk(server, SMTP) as another:
            another.send("EHLO probe.example")
            assert another.line() == "554 mail.zoo.test ESMTP not accepting messages"
            assert another.line().startswith("250-mail.zoo.test Hello")
        assert patient.line().startswith("220 mail.zoo.test ESMTP Sendmail")
        assert 2.5 < time.monotonic() - begin < 5
        assert mechanisms(patient.ehlo()) == SENDMAIL_CLEAR


def test_courier_with_its_tarpit_refuses_late(new_zoo: Make) -> None:
    with Talk(new_zoo("courier", "tarpit"), SMTP) as talk:
        talk.line()
        talk.ehlo()
        talk.smtp(SENDER)
        begin = time.monotonic()
        assert talk.smtp(FOREIGN) == "513 Relaying denied."
        assert time.monotonic() - begin > 7


def test_opensmtpd_offers_starttls_and_fails_every_handshake(new_zoo: Make) -> None:
    server = new_zoo("opensmtpd", "default")
    for port in (SMTP, SUBMISSION):
        with Talk(server, port) as talk:
            assert talk.line() == "220 mail.zoo.test ESMTP OpenSMTPD"
            able = talk.ehlo()
            assert "STARTTLS" in able
            assert "PIPELINING" not in able
            assert mechanisms(able) == ""
            assert talk.smtp("STARTTLS") == "220 2.0.0 Ready to start TLS"
            with pytest.raises(ssl.SSLError, match=r"(?i)alert.internal.error"):
                talk.handshake()
    with pytest.raises(ssl.SSLError, match=r"(?i)alert.internal.error"):
        Talk(server, SUBMISSIONS)
    with Talk(server, SMTP) as talk:
        talk.line()
        talk.ehlo()
        talk.send(f"{SENDER}\r\n{FOREIGN}\r\nRSET\r\nQUIT")
        replies = [talk.line(), talk.line(), talk.line()]
        assert "500 5.5.1 Invalid command: Pipelining not supported" in replies
        assert replies[-1] == ""


def test_cyrus_greets_with_a_part_of_what_it_can(new_zoo: Make) -> None:
    server = new_zoo("cyrus", "default")
    with Talk(server, IMAP) as talk:
        greeting = talk.line().partition("[CAPABILITY ")[2].partition("]")[0].split()
        answer = talk.imap("CAPABILITY")[0].split()[2:]
        assert set(greeting) < set(answer)
        assert (len(greeting), len(answer)) == (10, 64)
    with Talk(server, POP3) as talk:
        assert re.search(r"<[0-9.]+@mail\.zoo\.test>$", talk.line())


def test_courier_takes_logins_that_it_does_not_list(new_zoo: Make) -> None:
    server = new_zoo("courier", "default")
    with Talk(server, IMAP) as talk:
        assert imap_words(talk.line()) == "STARTTLS"
        assert talk.imap(f"LOGIN {server.user} {server.password}")[-1].startswith("a OK")


def test_dovecot_without_tls(new_zoo: Make) -> None:
    server = new_zoo("dovecot", "notls")
    assert server.ports == loopback.listening(server.address) == {IMAP, POP3, SUBMISSION}
    with Talk(server, IMAP) as talk:
        assert imap_words(talk.line()) == DOVECOT
        assert talk.imap("STARTTLS") == ["a BAD TLS support isn't enabled."]
    with Talk(server, POP3) as talk:
        talk.line()
        assert talk.pop3("STLS") == "-ERR TLS support isn't enabled."
    with Talk(server, SUBMISSION) as talk:
        talk.line()
        assert mechanisms(talk.ehlo()) == DOVECOT
        assert talk.smtp("STARTTLS") == "502 5.5.1 TLS support is not enabled."


def test_dovecot_with_tls_1_3_alone(new_zoo: Make) -> None:
    server = new_zoo("dovecot", "tls13")
    older = ssl.create_default_context(cafile=str(server.ca_file))
    older.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLEOFError):  # it hangs up without an alert
        Talk(server, IMAPS, trust=older)


@pytest.mark.parametrize(
    ("name", "greeting", "no_capa"),
    [
        ("popa3d", r"\+OK", "-ERR"),
        (
            "solid-pop3d",
            r"\+OK Solid POP3 server ready <\S+@mail\.zoo\.test>",
            "-ERR unknown command",
        ),
    ],
)
def test_pop3_without_capa(name: str, greeting: str, no_capa: str, new_zoo: Make) -> None:
    server = new_zoo(name, "default")
    assert loopback.listening(server.address) == server.ports
    with Talk(server, POP3) as talk:
        assert re.fullmatch(greeting, talk.line())
        assert talk.pop3_list("CAPA") == [no_capa]
        assert talk.pop3("STLS").startswith("-ERR")
        assert talk.pop3(f"USER {server.user}").startswith("+OK")
        assert talk.pop3(f"PASS {server.password}").startswith("+OK")


def test_every_kind_is_tested_here() -> None:
    apart = {
        ("courier", "tarpit"),
        ("dovecot", "notls"),
        ("opensmtpd", "default"),
        ("popa3d", "default"),
        ("sendmail", "greet-pause"),
        ("solid-pop3d", "default"),
    }
    assert KINDS.keys() == SMTP_SAID.keys() | IMAP_SAID.keys() | apart


def test_its_log_is_there_and_its_end_leaves_nothing() -> None:
    with Zoo("cyrus") as server:
        login_pop3(server)
        assert "login: [127.0.0.1] alice" in server.log
        address, folder = server.address, server.ca_file.parent
        assert loopback.listening(address) == server.ports
    # The kernel takes a moment to clear away a whole world.
    until(lambda: not loopback.listening(address), 5, lambda: str(loopback.listening(address)))
    assert not folder.exists()
