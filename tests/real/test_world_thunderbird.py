# SPDX-License-Identifier: MPL-2.0
"""The driver drives: with settings written by hand, the real Thunderbird sends and receives.

The settings here are the least that works, on purpose not ours; what
clientcfg itself writes is tested elsewhere.
"""

import json
import time
from pathlib import Path

import pytest

from clientcfg.changes import nss
from tests.world.by_keyboard import CONFIRMATION, send_by_keyboard
from tests.world.loopback import IMAP, IMAPS, SUBMISSION, SUBMISSIONS
from tests.world.options import ALICE, ALICE_PASSWORD, BOB, BOB_PASSWORD, IMAP_HOST, SMTP_HOST
from tests.world.servers import MailWorld
from tests.world.thunderbird import PROGRAM, Asked, Thunderbird
from tests.world.waiting import until

pytestmark = [pytest.mark.real_servers, pytest.mark.thunderbird]

STARTTLS, TLS = 2, 3  # socketType and try_ssl


def settings(smtp: tuple[int, int], imap: tuple[int, int], user: str = ALICE) -> str:
    prefs: dict[str, str | int | bool] = {
        "mail.accountmanager.accounts": "account1",
        "mail.accountmanager.defaultaccount": "account1",
        "mail.account.account1.server": "server1",
        "mail.account.account1.identities": "id1",
        "mail.identity.id1.fullName": "Alice",
        "mail.identity.id1.useremail": user,
        "mail.identity.id1.smtpServer": "smtp1",
        "mail.identity.id1.valid": True,
        "mail.server.server1.type": "imap",
        "mail.server.server1.hostname": IMAP_HOST,
        "mail.server.server1.port": imap[0],
        "mail.server.server1.socketType": imap[1],
        "mail.server.server1.userName": user,
        "mail.server.server1.login_at_startup": True,
        "mail.smtpservers": "smtp1",
        "mail.smtpserver.smtp1.hostname": SMTP_HOST,
        "mail.smtpserver.smtp1.port": smtp[0],
        "mail.smtpserver.smtp1.try_ssl": smtp[1],
        "mail.smtpserver.smtp1.authMethod": 3,
        "mail.smtpserver.smtp1.username": user,
    }
    return "".join(f'user_pref("{name}", {json.dumps(value)});\n' for name, value in prefs.items())


def write_settings(thunderbird: Thunderbird, profile: Path, text: str) -> None:
    prefs = profile / "prefs.js"
    prefs.write_text(prefs.read_text() + text)


def write_passwords(thunderbird: Thunderbird, profile: Path, password: str) -> None:
    key = {"key4.db": (profile / "key4.db").read_bytes()}
    texts, files = nss.encrypt(str(PROGRAM.parent), key, [ALICE, password])
    now = int(time.time() * 1000)
    times = dict.fromkeys(("timeCreated", "timeLastUsed", "timePasswordChanged"), now)
    logins = [
        {
            "id": number,
            "hostname": origin,
            "httpRealm": origin,
            "formSubmitURL": None,
            "usernameField": "",
            "passwordField": "",
            "encryptedUsername": texts[0],
            "encryptedPassword": texts[1],
            "guid": f"{{00000000-0000-4000-8000-00000000000{number}}}",
            "encType": 1,
            "timesUsed": 1,
            **times,
        }
        for number, origin in enumerate((f"imap://{IMAP_HOST}", f"smtp://{SMTP_HOST}"), start=1)
    ]
    for name, content in files.items():
        (profile / name).write_bytes(content)
    store = {"nextId": 3, "logins": logins, "version": 3}
    file = profile / "logins.json"
    file.write_text(json.dumps(store))
    thunderbird.person.own(file)


@pytest.mark.parametrize(
    ("smtp", "imap", "door"),
    [
        ((SUBMISSION, STARTTLS), (IMAPS, TLS), "submission"),
        ((SUBMISSIONS, TLS), (IMAP, STARTTLS), "submissions"),
    ],
    ids=["starttls", "tls"],
)
def test_thunderbird_sends_and_opens_its_inbox_without_a_question(
    mail_world: MailWorld,
    thunderbird: Thunderbird,
    smtp: tuple[int, int],
    imap: tuple[int, int],
    door: str,
) -> None:
    profile = thunderbird.new_profile()
    thunderbird.trust(profile, mail_world.ca_file)
    write_settings(thunderbird, profile, settings(smtp, imap))
    write_passwords(thunderbird, profile, ALICE_PASSWORD)
    subject = f"from Thunderbird by {door}"

    with thunderbird.running():
        assert thunderbird.profile_in_use() == profile
        thunderbird.send(ALICE, subject)
        thunderbird.wait_inbox(ALICE, subject)
        assert thunderbird.prompts() == []

    assert mail_world.mail_arrives(subject)["User-Agent"] == "Mozilla Thunderbird"
    last = mail_world.submissions()[-1]
    assert (last.door, last.tls, last.sasl_method, last.sasl_username) == (
        *(door, "TLSv1.3", "PLAIN", ALICE),
    )
    assert ("imap", ALICE, True) in {
        (one.protocol, one.user, one.tls) for one in mail_world.logins()
    }
    assert 'select "INBOX"' in mail_world.imap_commands()
    # It was quit, not killed: it has written its settings down, and remote control is gone.
    assert 'user_pref("mail.ui-rdf.version"' in (profile / "prefs.js").read_text()
    assert not (profile / "user.js").exists()


def test_it_sends_without_remote_control(mail_world: MailWorld, thunderbird: Thunderbird) -> None:
    profile = thunderbird.new_profile()
    thunderbird.trust(profile, mail_world.ca_file)
    write_settings(thunderbird, profile, settings((SUBMISSION, STARTTLS), (IMAPS, TLS)))
    write_passwords(thunderbird, profile, ALICE_PASSWORD)
    send_by_keyboard(thunderbird, ALICE, "by keyboard")
    assert mail_world.mail_arrives("by keyboard")["From"] == f"Alice <{ALICE}>"
    assert mail_world.submissions()[-1].sasl_username == ALICE
    assert thunderbird.prompts() == [CONFIRMATION]


def test_a_missing_password_is_asked_for_and_can_be_typed(
    mail_world: MailWorld, thunderbird: Thunderbird
) -> None:
    profile = thunderbird.new_profile()
    thunderbird.trust(profile, mail_world.ca_file)
    write_settings(thunderbird, profile, settings((SUBMISSION, STARTTLS), (IMAPS, TLS), BOB))
    with pytest.raises(Asked, match="password"), thunderbird.running(profile):
        thunderbird.open_inbox(BOB)
    subject = "typed passwords"
    with thunderbird.running(profile, answers={"password": BOB_PASSWORD, "Password": BOB_PASSWORD}):
        thunderbird.send(BOB, subject)
        thunderbird.wait_inbox(BOB, subject)
    assert mail_world.submissions()[-1].sasl_username == BOB


def test_an_unknown_authority_makes_it_ask(mail_world: MailWorld, thunderbird: Thunderbird) -> None:
    profile = thunderbird.new_profile()
    write_settings(thunderbird, profile, settings((SUBMISSION, STARTTLS), (IMAPS, TLS)))
    with pytest.raises(Asked), thunderbird.running(profile):
        thunderbird.open_inbox(ALICE)


def test_an_empty_profile_opens_the_account_hub(thunderbird: Thunderbird) -> None:
    thunderbird.new_profile()
    with thunderbird.running():
        assert until(thunderbird.prompts, 20, lambda: "nothing") == ["account hub"]
