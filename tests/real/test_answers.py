# SPDX-License-Identifier: MPL-2.0
"""What the command line answers about real servers: verdicts, proofs, and sentences for faults."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.world.options import ALICE, ALICE_PASSWORD, BOB, IMAP_HOST, POP3_HOST, SMTP_HOST, Options
from tests.world.person import Person
from tests.world.servers import MailWorld

pytestmark = pytest.mark.real_servers

SMTP = ("--smtp", f"{SMTP_HOST}:587/starttls", "--smtp", f"{SMTP_HOST}:465/tls")


@pytest.fixture
def person(mail_world: MailWorld) -> Iterator[Person]:
    with Person(mail_world.hosts, mail_world.address) as somebody:
        yield somebody


def document(process: CompletedProcess[str]) -> dict[str, object]:
    found = json.loads(process.stdout)
    assert isinstance(found, dict)
    return found


def check(person: Person, world: MailWorld, client: str) -> tuple[int, dict[str, object]]:
    process = person.clientcfg("check", "--client", client, *SMTP, "--ca", world.ca_file, "--json")
    checks = document(process)["checks"]
    assert isinstance(checks, list)
    (one,) = checks
    return process.returncode, one


def test_netscape_408_cannot_see_that_this_server_wants_a_log_in(
    person: Person, mail_world: MailWorld
) -> None:
    status, found = check(person, mail_world, "netscape@4.08")
    assert (status, found["verdict"]) == (1, "upgrade")
    assert "AUTH=" in json.dumps(found["reasons"])
    assert found["advice"]


def test_netscape_408_with_the_old_line_hangs_on_tls(mail_world_legacy: MailWorld) -> None:
    with Person(mail_world_legacy.hosts, mail_world_legacy.address) as person:
        status, found = check(person, mail_world_legacy, "netscape@4.08")
    assert (status, found["verdict"]) == (3, "unknown")
    assert "TLS" in str(found["missing_fact"])


def test_thunderbird_is_ready_with_implicit_tls_first(
    person: Person, mail_world: MailWorld
) -> None:
    status, found = check(person, mail_world, "thunderbird@153.7.0esr")
    assert (status, found["verdict"]) == (0, "ready")
    assert found["endpoint"] == f"{SMTP_HOST}:465/tls"
    assert found["mechanism"] == "PLAIN"


def test_probe_sees_seven_endpoints_before_and_after_tls(
    person: Person, mail_world: MailWorld
) -> None:
    process = person.clientcfg("probe", SMTP_HOST, "--host", "--ca", mail_world.ca_file, "--json")
    assert process.returncode == 0, process.stderr
    endpoints = document(process)["endpoints"]
    assert isinstance(endpoints, list)
    seen = {(e["protocol"], e["port"]): e for e in endpoints}
    assert set(seen) == {
        ("smtp", 25), ("smtp", 465), ("smtp", 587),
        ("imap", 143), ("imap", 993), ("pop3", 110), ("pop3", 995),
    }  # fmt: skip
    for key, e in seen.items():
        assert e["reachable"], key
        assert e["tls"]["trusted"], key
        assert e["tls"]["version"] == "1.3"
    assert seen["smtp", 587]["auth_before_tls"] == []
    assert seen["smtp", 587]["auth"] == ["PLAIN", "LOGIN"]
    assert seen["smtp", 465]["auth_before_tls"] is None
    assert seen["imap", 143]["auth_before_tls"] == []
    assert set(seen["imap", 143]["auth"]) == {"PLAIN", "LOGIN"}
    assert set(seen["pop3", 995]["auth"]) == {"PLAIN", "LOGIN"}


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"])
@pytest.mark.parametrize("box", ["imap", "pop3"])
def test_verify_proves_it_with_every_mechanism(
    new_mail_world: Callable[[Options], MailWorld], mechanism: str, box: str
) -> None:
    world = new_mail_world(Options(mechanisms=(mechanism,)))
    incoming = IMAP_HOST if box == "imap" else POP3_HOST
    with Person(world.hosts, world.address) as person:
        process = person.clientcfg(
            *("verify", ALICE, "--smtp", f"{SMTP_HOST}:587", f"--{box}", incoming),
            *("--ca", world.ca_file, "--password-stdin", "--json"),
            stdin=ALICE_PASSWORD + "\n",
        )
    assert process.returncode == 0, process.stdout + process.stderr
    proof = document(process)
    assert (proof["sent"], proof["seen"], proof["deleted"]) == (True, True, True)
    (sent,) = world.submissions()
    assert (sent.sasl_method, sent.sasl_username, sent.tls) == (mechanism, ALICE, "TLSv1.3")
    assert world.mails() == []


@dataclass(frozen=True)
class Fault:
    """What is wrong, and what is answered: exit status, code, words of the sentence."""

    arguments: tuple[str, ...]
    status: int
    code: str
    words: str
    password: str = ALICE_PASSWORD


FAULTS = {
    "unknown host": Fault(
        ("--smtp", "nowhere.example.test:465", "--imap", f"{IMAP_HOST}:993"),
        3, "no-such-host", "nowhere.example.test",
    ),
    "closed port": Fault(
        ("--smtp", f"{SMTP_HOST}:466/tls", "--imap", f"{IMAP_HOST}:993"), 3, "refused", "466"
    ),
    "not a mail server of that kind": Fault(
        ("--smtp", f"{SMTP_HOST}:993/tls", "--imap", f"{IMAP_HOST}:993"),
        3, "not-a-mail-server", "993",
    ),
    "wrong password": Fault(
        ("--smtp", f"{SMTP_HOST}:465", "--imap", f"{IMAP_HOST}:993"),
        1, "login-refused", SMTP_HOST, "not-the-password",
    ),
    "password in the clear": Fault(
        ("--smtp", f"{SMTP_HOST}:587/plain", "--imap", f"{IMAP_HOST}:993"),
        4, "no-encryption", SMTP_HOST,
    ),
    "not an address": Fault((), 2, "not-an-address", "not an e-mail address"),
    "not a server": Fault(("--smtp", "smtp.example.test:x"), 2, "not-a-server", "does not name"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_one_clear_sentence(
    person: Person, mail_world: MailWorld, name: str
) -> None:
    fault = FAULTS[name]
    address = "nobody" if name == "not an address" else ALICE
    process = person.clientcfg(
        *("verify", address, *fault.arguments),
        *("--ca", str(mail_world.ca_file), "--password-stdin", "--json", "--timeout", "5"),
        stdin=fault.password + "\n",
    )
    found = document(process)
    assert (process.returncode, found["code"]) == (fault.status, fault.code), found
    assert fault.words in str(found["text"])
    assert "Traceback" not in process.stderr
    assert fault.password not in process.stdout + process.stderr


def test_a_stranger_s_authority_gets_no_password(person: Person) -> None:
    process = person.clientcfg(
        *("verify", ALICE, "--smtp", f"{SMTP_HOST}:465", "--imap", f"{IMAP_HOST}:993"),
        *("--password-stdin", "--json"),
        stdin=ALICE_PASSWORD + "\n",
    )
    assert process.returncode == 4
    assert document(process)["code"] == "server-not-trusted"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (Options(certificate_names=("other.example.test",)), "other.example.test"),
        (Options(certificate_expired=True), "expired on"),
    ],
    ids=["another name", "expired"],
)
def test_a_wrong_certificate_is_refused_in_words(
    new_mail_world: Callable[[Options], MailWorld], options: Options, words: str
) -> None:
    world = new_mail_world(options)
    with Person(world.hosts, world.address) as person:
        process = person.clientcfg(
            *("verify", ALICE, "--smtp", f"{SMTP_HOST}:465", "--imap", f"{IMAP_HOST}:993"),
            *("--ca", world.ca_file, "--password-stdin", "--json"),
            stdin=ALICE_PASSWORD + "\n",
        )
    assert process.returncode == 4, process.stderr
    assert words in str(document(process)["text"])
    assert world.submissions() == []
    assert world.logins() == []


def test_a_server_without_auth_is_told_apart(
    new_mail_world: Callable[[Options], MailWorld],
) -> None:
    world = new_mail_world(Options(smtp_auth=False))
    with Person(world.hosts, world.address) as person:
        probed = person.clientcfg("probe", *SMTP, "--ca", world.ca_file, "--json")
        verified = person.clientcfg(
            *("verify", ALICE, *SMTP, "--ca", world.ca_file, "--password-stdin", "--json"),
            stdin=ALICE_PASSWORD + "\n",
        )
    assert probed.returncode == 1
    assert verified.returncode == 1
    assert document(verified)["code"] == "no-auth-offered"


def test_a_server_that_is_named_leaves_the_other_to_discovery(
    person: Person, mail_world: MailWorld
) -> None:
    """With only the outgoing server named, DNS still names the one to read from."""
    process = person.clientcfg(
        *("verify", ALICE, "--smtp", f"{SMTP_HOST}:587", "--ca", mail_world.ca_file),
        *("--password-stdin", "--json"),
        stdin=ALICE_PASSWORD + "\n",
    )
    assert process.returncode == 0, process.stderr
    proof = document(process)
    assert (proof["outgoing"], proof["seen"]) == (f"{SMTP_HOST}:587/starttls", True)
    assert str(proof["incoming"]).startswith(IMAP_HOST)


def test_a_certificate_agreed_to_by_fingerprint(person: Person, mail_world: MailWorld) -> None:
    seen = document(
        person.clientcfg(
            "probe", "--smtp", f"{SMTP_HOST}:465", "--ca", mail_world.ca_file, "--json"
        )
    )
    endpoints = seen["endpoints"]
    assert isinstance(endpoints, list)
    sha256 = endpoints[0]["tls"]["certificate"]["sha256"]
    for digits, status in ((sha256, 0), ("0" * 64, 4)):
        process = person.clientcfg(
            *("verify", ALICE, "--smtp", f"{SMTP_HOST}:465", "--no-send", "--json"),
            *("--imap", f"{IMAP_HOST}:993", "--trust-cert", f"sha256:{sha256}@{IMAP_HOST}:993"),
            *("--trust-cert", f"sha256:{digits}@{SMTP_HOST}:465", "--password-stdin"),
            stdin=ALICE_PASSWORD + "\n",
        )
        assert process.returncode == status, process.stdout + process.stderr


def test_apply_without_the_program(person: Person, mail_world: MailWorld) -> None:
    process = person.clientcfg(
        *("apply", BOB, "--client", "outlook-express", *SMTP, "--ca", mail_world.ca_file),
        *("--yes", "--json"),
    )
    assert process.returncode == 1
    assert document(process)["code"] == "client-not-installed"
    assert not list(Path(person.home).glob(".local/state/clientcfg/*"))
