# SPDX-License-Identifier: MPL-2.0
"""The servers the other tests stand on do what their names say."""

import imaplib
import os
import poplib
import smtplib
import ssl
import time
from collections.abc import Callable
from pathlib import Path

import dns.resolver
import pytest

from tests.world import loopback
from tests.world.maillog import Submission
from tests.world.options import ALICE, ALICE_PASSWORD, BOB, BOB_PASSWORD, IMAP_HOST, Options
from tests.world.person import Person
from tests.world.servers import MailWorld

pytestmark = pytest.mark.real_servers
Make = Callable[[Options], MailWorld]


def trust(world: MailWorld) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(world.ca_file))


def submit(world: MailWorld, subject: str, sender: str = BOB, to: str = ALICE) -> None:
    with smtplib.SMTP(world.address, loopback.SUBMISSION, timeout=10) as smtp:
        smtp.starttls(context=trust(world))
        smtp.login(BOB, BOB_PASSWORD)
        smtp.sendmail(sender, to, f"Subject: {subject}\r\n\r\nbody\r\n")


def content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # the process has just ended
        return b""


def auth_lines(world: MailWorld, *, tls: bool, port: int = loopback.SUBMISSION) -> list[str]:
    with smtplib.SMTP(world.address, port, timeout=10) as smtp:
        if tls:
            smtp.starttls(context=trust(world))
        _, text = smtp.ehlo()
    return [line for line in text.decode().splitlines() if line.startswith("AUTH")]


def test_mail_passes_from_submission_to_the_imap_inbox(mail_world: MailWorld) -> None:
    submit(mail_world, "over 587")
    assert mail_world.mail_arrives("over 587")["Return-Path"] == f"<{BOB}>"
    assert mail_world.submissions()[-1] == Submission(
        mail_world.submissions()[-1].queue_id, "submission", "TLSv1.3", "PLAIN", BOB
    )
    with imaplib.IMAP4(mail_world.address, loopback.IMAP, timeout=10) as imap:
        assert "LOGINDISABLED" in imap.capabilities
        imap.starttls(trust(mail_world))
        imap.authenticate("PLAIN", lambda _: f"\0{ALICE}\0{ALICE_PASSWORD}".encode())
        imap.select("INBOX")
        assert imap.search(None, "SUBJECT", '"over 587"')[1] != [b""]
    assert mail_world.logins()[-1].tls
    assert "SELECT INBOX" in mail_world.imap_commands()


def test_tls_from_the_start_on_465_993_995(mail_world: MailWorld) -> None:
    context = trust(mail_world)
    with smtplib.SMTP_SSL(mail_world.address, loopback.SUBMISSIONS, context=context) as smtp:
        smtp.login(BOB, BOB_PASSWORD)
        smtp.sendmail(BOB, BOB, "Subject: over 465\r\n\r\n\r\n")
    assert mail_world.mail_arrives("over 465", BOB)
    assert mail_world.submissions()[-1].door == "submissions"
    with imaplib.IMAP4_SSL(mail_world.address, loopback.IMAPS, ssl_context=context) as imap:
        imap.login(BOB, BOB_PASSWORD)
    pop = poplib.POP3_SSL(mail_world.address, loopback.POP3S, context=context, timeout=10)
    pop.user(BOB)
    pop.pass_(BOB_PASSWORD)
    pop.quit()
    assert [login.protocol for login in mail_world.logins()[-2:]] == ["imap", "pop3"]


def test_auth_is_offered_inside_tls_only(mail_world: MailWorld) -> None:
    assert auth_lines(mail_world, tls=False) == []
    assert auth_lines(mail_world, tls=True) == ["AUTH PLAIN LOGIN"]


def test_the_legacy_server_says_auth_twice(mail_world_legacy: MailWorld) -> None:
    assert auth_lines(mail_world_legacy, tls=True) == ["AUTH PLAIN LOGIN", "AUTH=PLAIN LOGIN"]


def test_a_stranger_may_not_relay(mail_world: MailWorld) -> None:
    with (
        smtplib.SMTP(mail_world.address, loopback.SUBMISSION, timeout=10) as smtp,
        pytest.raises(smtplib.SMTPRecipientsRefused, match=r"5\.7\.1"),
    ):
        smtp.sendmail(ALICE, "someone@elsewhere.test", "Subject: no\r\n\r\n")


def test_mail_for_elsewhere_goes_nowhere(mail_world: MailWorld) -> None:
    submit(mail_world, "away", to="someone@elsewhere.test")
    assert mail_world.submissions()[-1].sasl_username == BOB


def test_the_name_server_knows_the_domain_and_nothing_else(
    mail_world: MailWorld, new_mail_world: Make
) -> None:
    with Person(mail_world.hosts, mail_world.address) as person:
        seen = [person.run(["cat", f"/etc/{name}"]).stdout for name in ("hosts", "resolv.conf")]
    assert seen == [mail_world.hosts, f"nameserver {mail_world.address}\n"]
    asked = dns.resolver.Resolver(configure=False)
    asked.nameservers = [mail_world.address]
    (found,) = asked.resolve("_submission._tcp.example.test", "SRV")
    assert found.to_text() == "0 1 587 smtp.example.test."
    assert [one.to_text() for one in asked.resolve(IMAP_HOST, "A")] == [mail_world.address]
    with pytest.raises(dns.resolver.NXDOMAIN):
        asked.resolve("_submission._tcp.elsewhere.test", "SRV")
    asked.nameservers = [new_mail_world(Options(services_in_dns=False)).address]
    with pytest.raises(dns.resolver.NXDOMAIN):
        asked.resolve("_submission._tcp.example.test", "SRV")


def test_options_change_what_is_offered(new_mail_world: Make) -> None:
    mute = new_mail_world(Options(smtp_auth=False))
    assert auth_lines(mute, tls=True) == []
    modern = new_mail_world(Options(mechanisms=("CRAM-MD5", "SCRAM-SHA-256"), auth_in_clear=True))
    assert auth_lines(modern, tls=False) == ["AUTH CRAM-MD5 SCRAM-SHA-256"]
    with smtplib.SMTP(modern.address, loopback.SUBMISSION, timeout=10) as smtp:
        smtp.ehlo()
        smtp.login(BOB, BOB_PASSWORD)
        smtp.sendmail(BOB, ALICE, "Subject: digest\r\n\r\n")
    assert modern.submissions()[-1].sasl_method == "CRAM-MD5"
    assert modern.submissions()[-1].tls is None


def test_certificates_can_be_wrong(new_mail_world: Make) -> None:
    expired = new_mail_world(Options(certificate_expired=True))
    with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
        imaplib.IMAP4_SSL(expired.address, loopback.IMAPS, ssl_context=trust(expired))
    other = new_mail_world(Options(certificate_names=("somewhere.else.test",)))
    context = trust(other)
    with (
        smtplib.SMTP(other.address, loopback.SMTP, timeout=10) as smtp,
        pytest.raises(ssl.SSLCertVerificationError, match=IMAP_HOST),
    ):
        smtp._host = IMAP_HOST  # type: ignore[attr-defined]  # as if the name had led here
        smtp.starttls(context=context)


def test_ending_one_process_ends_the_world_and_leaves_nothing(new_mail_world: Make) -> None:
    world = new_mail_world(Options())
    assert loopback.listening(world.address) == loopback.MAIL_PORTS
    mounts = Path("/proc/mounts").read_text()
    os.kill(world.pid, 9)
    deadline = time.monotonic() + 5
    while loopback.listening(world.address):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert str(world.ca_file.parent) not in mounts
    folder = str(world.ca_file.parent).encode()
    alive = [file for file in Path("/proc").glob("[0-9]*/cmdline") if folder in content(file)]
    assert alive == []
