# SPDX-License-Identifier: MPL-2.0
"""The whole job on real programs: apply, the real Thunderbird sends with SMTP-Auth, undo."""

import json
import stat
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.world.options import ALICE, ALICE_PASSWORD, BOB, BOB_PASSWORD, IMAP_HOST, SMTP_HOST
from tests.world.servers import MailWorld
from tests.world.thunderbird import Thunderbird

pytestmark = [pytest.mark.thunderbird, pytest.mark.real_servers]

STARTTLS = (f"{SMTP_HOST}:587/starttls", f"{IMAP_HOST}:143/starttls")
TLS = (f"{SMTP_HOST}:465/tls", f"{IMAP_HOST}:993/tls")
DOORS = {STARTTLS: "submission", TLS: "submissions"}


def apply(
    thunderbird: Thunderbird,
    world: MailWorld,
    servers: tuple[str, str] = TLS,
    *options: str,
    address: str = ALICE,
    password: str = ALICE_PASSWORD,
) -> CompletedProcess[str]:
    return thunderbird.person.clientcfg(
        *("apply", address, "--client", "thunderbird", "--name", "Alice Ünlü"),
        *("--smtp", servers[0], "--imap", servers[1], "--ca", world.ca_file),
        *("--password-stdin", "--yes", "--json", *options),
        stdin=password + "\n",
    )


def done(process: CompletedProcess[str]) -> dict[str, object]:
    assert process.returncode == 0, process.stdout + process.stderr
    document = json.loads(process.stdout)
    assert isinstance(document, dict)
    return document


def tree(thunderbird: Thunderbird) -> dict[str, tuple[int, bytes | str]]:
    """Every file, link and directory of Thunderbird's, with mode and content."""
    found: dict[str, tuple[int, bytes | str]] = {}
    for path in sorted(thunderbird.root.rglob("*")):
        name, mode = str(path.relative_to(thunderbird.root)), stat.S_IMODE(path.lstat().st_mode)
        if path.is_symlink():
            found[name] = (mode, str(path.readlink()))
        elif path.is_file():
            found[name] = (mode, path.read_bytes())
        else:
            found[name] = (mode, "directory")
    return found


def sends_and_reads(
    thunderbird: Thunderbird, world: MailWorld, subject: str, servers: tuple[str, str]
) -> None:
    """A plain start: a mail goes out with SMTP-Auth over TLS, the inbox opens, nothing asks."""
    already = len(world.submissions()), len(world.logins())
    with thunderbird.running():
        thunderbird.send(ALICE, subject)
        world.mail_arrives(subject)
        thunderbird.wait_inbox(ALICE, subject)
        assert thunderbird.prompts() == []
    (sent,) = world.submissions()[already[0] :]
    assert sent.sasl_method in {"PLAIN", "LOGIN"}
    assert sent.sasl_username == ALICE
    assert (sent.tls or "").startswith("TLSv1.")
    assert sent.door == DOORS[servers]
    reads = [login for login in world.logins()[already[1] :] if login.user == ALICE]
    assert reads
    assert all(login.tls and login.protocol == "imap" for login in reads)


@pytest.mark.parametrize("servers", [STARTTLS, TLS], ids=["starttls", "implicit-tls"])
def test_fresh_home_then_thunderbird_sends_and_undo_gives_it_back(
    thunderbird: Thunderbird, mail_world: MailWorld, servers: tuple[str, str]
) -> None:
    """A home in which Thunderbird ran once and has no account yet."""
    profile = thunderbird.new_profile()
    thunderbird.trust(profile, mail_world.ca_file)
    fresh = tree(thunderbird)

    done(apply(thunderbird, mail_world, servers))
    assert tree(thunderbird) != fresh
    done(thunderbird.person.clientcfg("undo", "--json"))
    assert tree(thunderbird) == fresh, "undo before the client has run is byte for byte"

    applied = done(apply(thunderbird, mail_world, servers))
    assert applied["proved"] is True
    sends_and_reads(thunderbird, mail_world, f"fresh {DOORS[servers]}", servers)

    undone = done(thunderbird.person.clientcfg("undo", "--json"))
    assert undone["exact"] is False
    with thunderbird.running():
        accounts = thunderbird.accounts()
        assert ALICE not in str(accounts)
        assert SMTP_HOST not in str(accounts)
    assert ALICE not in (profile / "prefs.js").read_text()
    assert json.loads((profile / "logins.json").read_text())["logins"] == []


def test_home_where_thunderbird_never_ran(thunderbird: Thunderbird, mail_world: MailWorld) -> None:
    """There is no profile at all: one is made that a plain start really picks."""
    done(apply(thunderbird, mail_world))
    done(thunderbird.person.clientcfg("undo", "--json"))
    assert tree(thunderbird) == {}

    done(apply(thunderbird, mail_world))
    (profile,) = thunderbird.profiles()
    thunderbird.trust(profile, mail_world.ca_file)
    sends_and_reads(thunderbird, mail_world, "never ran", TLS)
    assert thunderbird.profiles() == [profile]


AUTH_WAS_OFF = f"""// Mozilla User Preferences
user_pref("mail.spellcheck.inline", false);
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.account3.identities", "id3");
user_pref("mail.account.account3.server", "server3");
user_pref("mail.account.lastKey", 3);
user_pref("mail.accountmanager.accounts", "account1,account3");
user_pref("mail.accountmanager.defaultaccount", "account1");
user_pref("mail.identity.id1.fullName", "Alice of old");
user_pref("mail.identity.id1.smtpServer", "smtp1");
user_pref("mail.identity.id1.useremail", "{ALICE}");
user_pref("mail.identity.id1.valid", true);
user_pref("mail.identity.id3.fullName", "Bob");
user_pref("mail.identity.id3.smtpServer", "smtp2");
user_pref("mail.identity.id3.useremail", "{BOB}");
user_pref("mail.identity.id3.valid", true);
user_pref("mail.server.server1.authMethod", 3);
user_pref("mail.server.server1.check_new_mail", false);
user_pref("mail.server.server1.hostname", "{IMAP_HOST}");
user_pref("mail.server.server1.login_at_startup", false);
user_pref("mail.server.server1.name", "{ALICE}");
user_pref("mail.server.server1.port", 993);
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.userName", "{ALICE}");
user_pref("mail.server.server3.check_new_mail", false);
user_pref("mail.server.server3.hostname", "{IMAP_HOST}");
user_pref("mail.server.server3.login_at_startup", false);
user_pref("mail.server.server3.name", "{BOB}");
user_pref("mail.server.server3.port", 993);
user_pref("mail.server.server3.socketType", 3);
user_pref("mail.server.server3.type", "imap");
user_pref("mail.server.server3.userName", "{BOB}");
user_pref("mail.smtp.defaultserver", "smtp1");
user_pref("mail.smtpserver.smtp1.authMethod", 1);
user_pref("mail.smtpserver.smtp1.hostname", "{SMTP_HOST}");
user_pref("mail.smtpserver.smtp1.port", 25);
user_pref("mail.smtpserver.smtp1.try_ssl", 0);
user_pref("mail.smtpserver.smtp1.type", "smtp");
user_pref("mail.smtpserver.smtp2.authMethod", 3);
user_pref("mail.smtpserver.smtp2.hostname", "{SMTP_HOST}");
user_pref("mail.smtpserver.smtp2.port", 465);
user_pref("mail.smtpserver.smtp2.try_ssl", 3);
user_pref("mail.smtpserver.smtp2.type", "smtp");
user_pref("mail.smtpserver.smtp2.username", "{BOB}");
user_pref("mail.smtpservers", "smtp1,smtp2");
"""


def lines_about(prefs: str, *names: str) -> list[str]:
    return [line for line in prefs.splitlines() if any(name in line for name in names)]


def test_existing_account_whose_smtp_auth_was_off(
    thunderbird: Thunderbird, mail_world: MailWorld
) -> None:
    """Its sending is put right, the other account is left alone; undo brings the old values."""
    profile = thunderbird.new_profile()
    thunderbird.trust(profile, mail_world.ca_file)
    prefs = profile / "prefs.js"
    thunderbird.person.give(str(prefs.relative_to(thunderbird.person.home)), AUTH_WAS_OFF)
    # Bob's own stored password stays a password that works.
    done(apply(thunderbird, mail_world, address=BOB, password=BOB_PASSWORD))
    settled, before = prefs.read_text(), tree(thunderbird)

    done(apply(thunderbird, mail_world, STARTTLS))
    done(thunderbird.person.clientcfg("undo", "--json"))
    assert tree(thunderbird) == before

    done(apply(thunderbird, mail_world, STARTTLS))
    assert 'smtp1.authMethod", 3' in prefs.read_text()
    already = len(mail_world.submissions())
    with thunderbird.running():
        thunderbird.send(ALICE, "auth was off")
        mail_world.mail_arrives("auth was off")
        thunderbird.wait_inbox(ALICE, "auth was off")
        assert thunderbird.prompts() == []
    (sent,) = mail_world.submissions()[already:]
    assert (sent.door, sent.sasl_username) == ("submission", ALICE)

    done(thunderbird.person.clientcfg("undo", "--json"))
    assert lines_about(prefs.read_text(), "smtpserver.smtp1.", "smtpserver.smtp2.") == lines_about(
        settled, "smtpserver.smtp1.", "smtpserver.smtp2."
    )
    # Alice's account had no stored password before, and has none again.
    with thunderbird.running(answers={f"Enter your password for {ALICE}": ALICE_PASSWORD}):
        assert thunderbird.pref("mail.smtpserver.smtp1.authMethod") == 1
        assert thunderbird.pref("mail.spellcheck.inline") is False
        assert len(thunderbird.accounts()["incoming"]) >= 2


def test_a_setting_changed_since_stops_undo(
    thunderbird: Thunderbird, mail_world: MailWorld
) -> None:
    profile = thunderbird.new_profile()
    done(apply(thunderbird, mail_world))
    prefs = profile / "prefs.js"
    changed = prefs.read_text().replace(f'hostname", "{SMTP_HOST}"', 'hostname", "other.test"')
    assert changed != prefs.read_text()
    prefs.write_text(changed)

    stopped = thunderbird.person.clientcfg("undo")
    assert stopped.returncode == 4, stopped.stderr
    for value in (SMTP_HOST, "other.test"):
        assert value in stopped.stderr
    assert prefs.read_text() == changed

    done(thunderbird.person.clientcfg("undo", "--force", "--json"))
    assert "other.test" not in prefs.read_text()
    assert ALICE not in prefs.read_text()


def test_refused_while_thunderbird_runs(thunderbird: Thunderbird, mail_world: MailWorld) -> None:
    profile = thunderbird.new_profile()
    with thunderbird.running():
        refused = apply(thunderbird, mail_world)
        assert refused.returncode == 4, refused.stderr
        assert json.loads(refused.stdout)["code"] == "client-running"
        assert ALICE not in (profile / "prefs.js").read_text()
    done(apply(thunderbird, mail_world))


def test_the_password_is_nowhere_but_in_the_store(
    thunderbird: Thunderbird, mail_world: MailWorld
) -> None:
    thunderbird.new_profile()
    process = apply(thunderbird, mail_world, TLS, "--verbose")
    done(process)
    assert ALICE_PASSWORD not in process.stdout + process.stderr
    needles = {ALICE_PASSWORD.encode(), ALICE_PASSWORD.encode("latin-1")}
    files = [path for path in Path(thunderbird.person.home).rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        assert not any(needle in content for needle in needles), path
