# SPDX-License-Identifier: MPL-2.0
"""Small servers on real programs: a certificate that nobody vouches for, or for another name."""

import json
import shlex
import stat
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.world.options import ALICE, ALICE_PASSWORD, HOSTS, IMAP_HOST, SMTP_HOST, Options
from tests.world.person import Person
from tests.world.servers import MailWorld
from tests.world.thunderbird import Asked, Thunderbird

pytestmark = [pytest.mark.thunderbird, pytest.mark.real_servers]

STARTTLS = ("--smtp", f"{SMTP_HOST}:587/starttls", "--imap", f"{IMAP_HOST}:143/starttls")
TLS = ("--smtp", f"{SMTP_HOST}:465/tls", "--imap", f"{IMAP_HOST}:993/tls")
OVERRIDES = "cert_override.txt"


def apply(person: Person, *options: str) -> CompletedProcess[str]:
    return person.clientcfg(
        *("apply", ALICE, "--client", "thunderbird"),
        *("--password-stdin", "--yes", "--json", *options),
        stdin=ALICE_PASSWORD + "\n",
    )


def document(process: CompletedProcess[str], status: int = 0) -> dict[str, Any]:
    assert process.returncode == status, process.stdout + process.stderr
    found = json.loads(process.stdout)
    assert isinstance(found, dict)
    return found


def options_of(refusal: dict[str, Any], kind: str) -> list[str]:
    """What the refusal says to add."""
    ways = [way for way in refusal["ways_on"] if way["kind"] == kind]
    assert len(ways) == 2, refusal
    assert all(any(way["option"] in line for line in refusal["advice"]) for way in ways)
    return [word for way in ways for word in shlex.split(way["option"])]


def tree(thunderbird: Thunderbird) -> dict[str, tuple[int, bytes | str]]:
    """Every file, link and directory of Thunderbird's, with mode and content."""
    found: dict[str, tuple[int, bytes | str]] = {}
    for path in sorted(thunderbird.root.rglob("*")):
        name, mode = str(path.relative_to(thunderbird.root)), stat.S_IMODE(path.lstat().st_mode)
        if path.is_symlink():
            found[name] = (mode, str(path.readlink()))
        else:
            found[name] = (mode, path.read_bytes() if path.is_file() else "directory")
    return found


def sends_and_reads(thunderbird: Thunderbird, world: MailWorld, subject: str) -> None:
    """A plain start: a mail goes out with SMTP-Auth over TLS, the inbox opens, nothing asks."""
    already = len(world.submissions())
    with thunderbird.running():
        thunderbird.send(ALICE, subject)
        world.mail_arrives(subject)
        thunderbird.wait_inbox(ALICE, subject)
        assert thunderbird.prompts() == []
    (sent,) = world.submissions()[already:]
    assert sent.sasl_username == ALICE
    assert (sent.tls or "").startswith("TLSv1.")


@pytest.mark.parametrize("servers", [STARTTLS, TLS], ids=["starttls", "implicit-tls"])
def test_exactly_this_certificate(
    thunderbird: Thunderbird, mail_world: MailWorld, servers: tuple[str, ...]
) -> None:
    """Nobody told the program about the servers' authority: the exception is all there is."""
    profile = thunderbird.new_profile()
    fresh = tree(thunderbird)
    refusal = document(apply(thunderbird.person, *servers), 4)
    assert refusal["code"] == "server-not-trusted"
    agreed = options_of(refusal, "trust-certificate")
    assert tree(thunderbird) == fresh

    applied = document(apply(thunderbird.person, *servers, *agreed))
    fingerprint = agreed[1].partition("@")[0]
    assert sum(fingerprint in line for line in applied["summary"]) == 2
    document(thunderbird.person.clientcfg("undo", "--json"))
    assert tree(thunderbird) == fresh, "undo before the client has run is byte for byte"

    document(apply(thunderbird.person, *servers, *agreed))
    assert (profile / OVERRIDES).exists()
    sends_and_reads(thunderbird, mail_world, f"small {servers[1]}")
    undone = document(thunderbird.person.clientcfg("undo", "--json"))
    assert undone["exact"] is False
    assert not (profile / OVERRIDES).exists()
    assert ALICE not in (profile / "prefs.js").read_text()


def test_exactly_this_certificate_whatever_else_is_wrong_with_it(
    new_mail_world: Callable[[Options], MailWorld],
    new_thunderbird: Callable[[MailWorld], Thunderbird],
) -> None:
    """Of a stranger, for another name, and expired."""
    world = new_mail_world(Options(certificate_names=("else.test",), certificate_expired=True))
    thunderbird = new_thunderbird(world)
    thunderbird.new_profile()
    refusal = document(apply(thunderbird.person, *STARTTLS), 4)
    assert all(part in refusal["text"] for part in ("not trusted here", "else.test", "expired"))
    agreed = options_of(refusal, "trust-certificate")
    document(apply(thunderbird.person, *STARTTLS, *agreed))
    sends_and_reads(thunderbird, world, "all wrong")


def test_thunderbird_has_rewritten_its_exceptions_since(
    thunderbird: Thunderbird, mail_world: MailWorld
) -> None:
    """It drops comments and keeps an order of its own; ours go, the person's own one stays."""
    profile = thunderbird.new_profile()
    agreed = options_of(document(apply(thunderbird.person, *TLS), 4), "trust-certificate")
    document(apply(thunderbird.person, *TLS, *agreed))
    held = (profile / OVERRIDES).read_text()
    with thunderbird.running():
        thunderbird.except_certificate("webmail.example.test", 443, mail_world.ca_file)
    assert len((profile / OVERRIDES).read_text().splitlines()) == len(held.splitlines()) + 1

    document(thunderbird.person.clientcfg("undo", "--json"))
    left = [line for line in (profile / OVERRIDES).read_text().splitlines() if line[0] != "#"]
    assert [line.split("\t")[0] for line in left] == ["webmail.example.test:443:"]


def test_another_certificate_at_the_same_place_gets_nothing(
    thunderbird: Thunderbird,
    mail_world: MailWorld,
    new_mail_world: Callable[[Options], MailWorld],
) -> None:
    """A stranger stands where the server stood: neither clientcfg nor Thunderbird gives it away."""
    thunderbird.new_profile()
    agreed = options_of(document(apply(thunderbird.person, *TLS), 4), "trust-certificate")
    stranger = new_mail_world(Options())
    thunderbird.person.knows(stranger.hosts)
    fresh = tree(thunderbird)
    refusal = document(apply(thunderbird.person, *TLS, *agreed), 4)
    assert refusal["ways_on"] == []
    assert "not the one that was agreed to" in refusal["text"]
    assert tree(thunderbird) == fresh

    thunderbird.person.knows(mail_world.hosts)
    document(apply(thunderbird.person, *TLS, *agreed))
    thunderbird.person.knows(stranger.hosts)
    # The alert is about reading; what sending then asks, a person could only refuse.
    refuses = pytest.raises(Asked, match="Add Security Exception")
    with refuses, thunderbird.running(answers={"Alert": ""}):
        thunderbird.send(ALICE, "to a stranger")
    for log in (stranger.postfix_log, stranger.dovecot_log):
        assert ALICE not in log
        assert "sasl_" not in log
    assert stranger.logins() == []
    assert stranger.submissions() == []


def test_use_that_name_instead(
    new_mail_world: Callable[[Options], MailWorld],
    new_thunderbird: Callable[[MailWorld], Thunderbird],
) -> None:
    """The certificate is good, but for another name of the same machine."""
    world = new_mail_world(Options(certificate_names=HOSTS[:1]))
    thunderbird = new_thunderbird(world)
    profile = thunderbird.new_profile()
    thunderbird.trust(profile, world.ca_file)
    authority = ("--ca", str(world.ca_file))
    refusal = document(apply(thunderbird.person, *STARTTLS, *authority), 4)
    assert HOSTS[0] in refusal["text"]
    instead = options_of(refusal, "use-other-name")
    assert [word.partition(":")[0] for word in instead[1::2]] == [HOSTS[0]] * 2

    document(apply(thunderbird.person, *instead, *authority))
    assert not (profile / OVERRIDES).exists()
    sends_and_reads(thunderbird, world, "under the other name")


def test_the_letter(thunderbird: Thunderbird, mail_world: MailWorld) -> None:
    process = thunderbird.person.clientcfg("probe", ALICE, "--letter")
    assert process.returncode == 1, process.stderr
    letter = process.stdout
    assert ALICE.partition("@")[0] not in letter
    for fact in (SMTP_HOST, IMAP_HOST, "port 465", "port 143", "clientcfg test CA", "SHA-256"):
        assert fact in letter, fact

    shown = document(thunderbird.person.clientcfg("probe", ALICE, "--json"), 1)
    assert shown["letter"] == letter
    assert {way["kind"] for way in shown["ways_on"]} == {"trust-certificate"}

    good = thunderbird.person.clientcfg("probe", ALICE, "--letter", "--ca", mail_world.ca_file)
    assert good.returncode == 0
    assert "nothing to write about" in good.stdout
