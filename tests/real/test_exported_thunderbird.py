# SPDX-License-Identifier: MPL-2.0
"""Exported files on another machine: the real Thunderbird takes each, and the mail goes out."""

import json
from pathlib import Path

import pytest

from tests.real.test_whole_job import AUTH_WAS_OFF
from tests.support.android_reader import read_code
from tests.world.options import BOB, BOB_PASSWORD, DOMAIN, IMAP_HOST, SMTP_HOST
from tests.world.servers import MailWorld
from tests.world.thunderbird import PROGRAM, Thunderbird
from tests.world.waiting import until

pytestmark = [pytest.mark.thunderbird, pytest.mark.real_servers]

TYPED = {"password": BOB_PASSWORD, "Password": BOB_PASSWORD}
SHARED = Path("/usr/share/thunderbird")


def export(
    thunderbird: Thunderbird, world: MailWorld, *options: str, client: str = "thunderbird"
) -> Path:
    """The folder with the files for Bob, made on the same machine from what the servers say."""
    out = thunderbird.person.home / "files"
    servers = ("--smtp", f"{SMTP_HOST}:465", "--imap", f"{IMAP_HOST}:993")
    done = thunderbird.person.clientcfg(
        *("export", BOB, "--client", client, "--name", "Bob Bäcker", "--out", str(out)),
        *(*servers, "--ca", str(world.ca_file), "--json", *options),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert BOB_PASSWORD not in done.stdout + done.stderr
    assert not any(BOB_PASSWORD.encode() in f.read_bytes() for f in out.rglob("*") if f.is_file())
    return out


def fresh(thunderbird: Thunderbird, world: MailWorld) -> Path:
    """A Thunderbird that has run once, and trusts the authority as a company's machine does."""
    profile = thunderbird.new_profile()
    thunderbird.trust(profile, world.ca_file)
    return profile


def sends(thunderbird: Thunderbird, world: MailWorld, subject: str) -> None:
    """With the password typed once a server, a mail goes out with SMTP-Auth and comes in."""
    already = len(world.submissions())
    thunderbird.send(BOB, subject)
    mail = world.mail_arrives(subject, BOB)
    thunderbird.wait_inbox(BOB, subject)
    (sent,) = world.submissions()[already:]
    assert (sent.door, sent.sasl_username) == ("submissions", BOB)
    assert (sent.tls or "").startswith("TLSv1.")
    assert mail["From"]


def test_prefs_with_their_two_lines(thunderbird: Thunderbird, mail_world: MailWorld) -> None:
    profile = fresh(thunderbird, mail_world)
    out = export(thunderbird, mail_world, client="thunderbird:linux")
    files = json.loads((out / "clientcfg-export.json").read_text())["files"]
    (mine,) = [one for one in files if one["path"] == "clientcfg-prefs.js"]
    lines = ["cp prefs.js prefs-before.js", "cat clientcfg-prefs.js >> prefs.js"]
    assert all(any(line in step for step in mine["steps"]) for line in lines)
    before = (profile / "prefs.js").read_bytes()
    script = " && ".join([f"cd {profile}", f"cp {out}/clientcfg-prefs.js .", *lines])
    assert thunderbird.person.run(["/bin/sh", "-c", script]).returncode == 0
    assert (profile / "prefs-before.js").read_bytes() == before
    with thunderbird.running(answers=TYPED):
        sends(thunderbird, mail_world, "exported prefs")
    assert not (profile / "Invalidprefs.js").exists()


def test_prefs_go_on_with_those_that_are_there(
    thunderbird: Thunderbird, mail_world: MailWorld
) -> None:
    """Alice and Bob are there; Bob's sending is as it should be, Alice's is put right."""
    profile = fresh(thunderbird, mail_world)
    theirs = AUTH_WAS_OFF.replace("bob@", "carol@").replace(
        "account1,account3", "account3,account1"
    )
    thunderbird.person.give(
        str((profile / "prefs.js").relative_to(thunderbird.person.home)), theirs
    )
    out = export(thunderbird, mail_world, "--current", str(profile / "prefs.js"))
    assert not (out / "isp").exists()
    with (profile / "prefs.js").open("ab") as prefs:
        prefs.write((out / "clientcfg-prefs.js").read_bytes())
    with thunderbird.running(answers=TYPED):
        accounts = thunderbird.accounts()
        for user in ("alice", "carol", "bob"):
            assert any(user in one for one in accounts["incoming"]), accounts
        assert thunderbird.pref("mail.smtpserver.smtp1.port") == 25
        assert thunderbird.pref("mail.smtpserver.smtp3.hostname") == SMTP_HOST
        assert thunderbird.pref("mail.accountmanager.defaultaccount") == "account1"


OWN = """
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.lastKey", 1);
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.accountmanager.defaultaccount", "account1");
user_pref("mail.identity.id1.useremail", "carol@example.test");
user_pref("mail.identity.id1.valid", true);
user_pref("mail.server.server1.hostname", "elsewhere.test");
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.userName", "carol");
"""


def installed(thunderbird: Thunderbird, out: Path, which: str) -> None:
    """As the administrator of that machine puts the files there."""
    lay_over = thunderbird.person.lay_over
    if which == "policies":
        policies = (out / "fleet/policies.json").read_bytes()
        lay_over(Path("/etc/thunderbird"), {"policies/policies.json": policies})
    else:
        namer = (out / "fleet/defaults/pref/clientcfg.js").read_bytes()
        lay_over(PROGRAM.parent, {"mozilla.cfg": (out / "fleet/mozilla.cfg").read_bytes()})
        lay_over(SHARED, {"defaults/pref/clientcfg.js": namer})


@pytest.mark.parametrize("which", ["policies", "mozilla.cfg"])
def test_files_for_a_machine(thunderbird: Thunderbird, mail_world: MailWorld, which: str) -> None:
    """At every start, and what a person changes stays; without the files it is gone again."""
    fresh(thunderbird, mail_world)
    installed(thunderbird, export(thunderbird, mail_world), which)
    for start in range(3):
        with thunderbird.running(answers=TYPED):
            sends(thunderbird, mail_world, f"{which} {start}")
            assert len(thunderbird.accounts()["incoming"]) == 1
            assert len(thunderbird.accounts()["outgoing"]) == 1
            if start == 0:
                thunderbird.set_pref("mail.smtpserver.smtpserverclientcfg.description", "mine")
            else:
                description = "mail.smtpserver.smtpserverclientcfg.description"
                assert thunderbird.pref(description) == "mine"
    thunderbird.person.lay_over_nothing()
    with thunderbird.running():
        assert thunderbird.accounts() == {"incoming": [], "outgoing": []}


@pytest.mark.parametrize("which", ["policies", "mozilla.cfg"])
def test_files_for_a_machine_leave_a_persons_own_account_alone(
    thunderbird: Thunderbird, mail_world: MailWorld, which: str
) -> None:
    profile = fresh(thunderbird, mail_world)
    with (profile / "prefs.js").open("a") as prefs:
        prefs.write(OWN)
    installed(thunderbird, export(thunderbird, mail_world), which)
    with thunderbird.running():
        assert thunderbird.accounts()["incoming"] == ["imap://carol@elsewhere.test"]
        # Nor did it get a port or an encryption from ours.
        assert thunderbird.pref("mail.server.server1.port") is None
        assert thunderbird.pref("mail.server.server1.socketType") is None


def test_its_own_set_up_finds_the_servers(thunderbird: Thunderbird, mail_world: MailWorld) -> None:
    fresh(thunderbird, mail_world)
    out = export(thunderbird, mail_world)
    content = (out / f"isp/{DOMAIN}.xml").read_bytes()
    assert b"bob" not in content
    thunderbird.person.lay_over(SHARED, {f"isp/{DOMAIN}.xml": content})
    with thunderbird.running(answers=TYPED):
        until(thunderbird.prompts, 20, lambda: "no account hub")
        found = thunderbird.find_servers(BOB)
        assert found["source"] == "xml-from-disk"
        assert found["others"] == [0, 0]
        smtp, imap = found["outgoing"], found["incoming"]
        assert (smtp["hostname"], smtp["port"], smtp["socketType"], smtp["auth"]) == (
            *(SMTP_HOST, 465, 3, 3),
        )
        assert (imap["hostname"], imap["port"], imap["socketType"], imap["auth"]) == (
            *(IMAP_HOST, 993, 3, 3),
        )
        assert smtp["username"] == imap["username"] == "%EMAILADDRESS%"
        thunderbird.set_up(BOB, "Bob Bäcker")
    with thunderbird.running(answers=TYPED):
        sends(thunderbird, mail_world, "by set-up")


def test_a_code_for_a_phone_says_what_thunderbirds_own_says(
    thunderbird: Thunderbird, mail_world: MailWorld
) -> None:
    profile = fresh(thunderbird, mail_world)
    out = export(thunderbird, mail_world)
    with (profile / "prefs.js").open("ab") as prefs:
        prefs.write((out / "clientcfg-prefs.js").read_bytes())
    shown = export(thunderbird, mail_world, client="thunderbird-android") / "qr.png"
    import zxingcpp  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    (code,) = zxingcpp.read_barcodes(Image.open(shown))
    sequence, (ours,) = read_code(code.text)
    with thunderbird.running(answers=TYPED):
        (text,) = thunderbird.qr_codes()
    their_sequence, (theirs,) = read_code(text)
    assert sequence == their_sequence
    assert ours.name == theirs.name
    assert ours.identities == theirs.identities
    # An empty password there, none here: both make the app ask.
    assert theirs.outgoing.password == "" and ours.outgoing.password is None
    for one, other in ((ours.incoming, theirs.incoming), (ours.outgoing, theirs.outgoing)):
        assert (one.kind, one.host, one.port, one.security, one.auth, one.user) == (
            *(other.kind, other.host, other.port, other.security, other.auth, other.user),
        )
