# SPDX-License-Identifier: MPL-2.0
"""What the Thunderbird format would change, for every kind of profile."""

import configparser
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.clients.mozilla.cityhash import install_hash
from clientcfg.formats.thunderbird import Thunderbird
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, GSSAPI, LOGIN, PLAIN, SCRAM_SHA_256, Mechanism
from clientcfg.model.place import FileState, Place, Snapshot, State
from clientcfg.model.plan import Coded, Companion, Folders, Plan
from clientcfg.model.secret import Hole
from clientcfg.model.trouble import No, Refused, Trouble

FORMAT = Thunderbird()
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROFILE = "/home/ada/.thunderbird/x.default"
# An independent reader, good for what Thunderbird itself writes and for what we add.
LINE = re.compile(r'^user_pref\("((?:[^"\\]|\\.)*)", (.*)\);$')


def installation(profile: str | None = PROFILE) -> Installation:
    return Installation(
        client="thunderbird",
        name="Thunderbird",
        version="153.7.0esr",
        platform="linux",
        program="/usr/lib/thunderbird",
        packaging="deb",
        profile_root="/home/ada/.thunderbird",
        profile=profile,
        running=False,
    )


def login(
    protocol: Protocol,
    host: str,
    port: int,
    security: Security,
    mechanism: Mechanism = PLAIN,
    user: str = "ada@example.org",
) -> ServerLogin:
    return ServerLogin(Endpoint(protocol, host, port, security), user, mechanism)


SMTP = login(Protocol.SMTP, "smtp.example.org", 465, Security.TLS)
IMAP = login(Protocol.IMAP, "imap.example.org", 993, Security.TLS)
POP3 = login(Protocol.POP3, "pop3.example.org", 110, Security.STARTTLS)
ADA = Account(Address("ada", "example.org"), "Ada Lovelace", SMTP, IMAP)


def snapshot(where: Installation, **files: str | bytes) -> Snapshot:
    """What the places hold; ``prefs_js="…"`` is the content of ``prefs.js``."""
    held = {name.replace("_", "."): content for name, content in files.items()}
    states: dict[Place, State] = {}
    for place in FORMAT.needs(where):
        content = held.pop(place.path.rpartition("/")[2], None)
        states[place] = FileState(content.encode() if isinstance(content, str) else content)
    assert not held
    return Snapshot(NOW, states)


def plan(account: Account = ADA, where: Installation | None = None, **files: str | bytes) -> Plan:
    there = where or installation()
    return FORMAT.plan(account, there, snapshot(there, **files))


def written(done: Plan, name: str) -> str:
    (step,) = (s for s in done.files if s.place.path.endswith("/" + name))
    assert step.content is not None
    parts = [part for part in step.content if isinstance(part, bytes)]
    assert len(parts) == len(step.content)
    return b"".join(parts).decode()


def prefs(text: str) -> dict[str, object]:
    found = {}
    for line in text.splitlines():
        match = LINE.match(line)
        if match:
            found[json.loads(f'"{match[1]}"')] = json.loads(match[2])
    return found


def prefs_after(done: Plan) -> dict[str, object]:
    return prefs(written(done, "prefs.js"))


def lines(values: Mapping[str, object]) -> str:
    return "".join(f'user_pref("{k}", {json.dumps(v)});\n' for k, v in values.items())


def test_an_empty_profile_gets_the_whole_account() -> None:
    assert prefs_after(plan()) == {
        "mail.account.account1.identities": "id1",
        "mail.account.account1.server": "server1",
        "mail.account.lastKey": 1,
        "mail.accountmanager.accounts": "account1",
        "mail.accountmanager.defaultaccount": "account1",
        "mail.identity.id1.draft_folder": "imap://ada%40example.org@imap.example.org/Drafts",
        "mail.identity.id1.drafts_folder_picker_mode": "0",
        "mail.identity.id1.fcc_folder": "imap://ada%40example.org@imap.example.org/Sent",
        "mail.identity.id1.fcc_folder_picker_mode": "0",
        "mail.identity.id1.fullName": "Ada Lovelace",
        "mail.identity.id1.reply_on_top": 1,
        "mail.identity.id1.smtpServer": "smtp1",
        "mail.identity.id1.stationery_folder": "imap://ada%40example.org@imap.example.org/Templates",
        "mail.identity.id1.tmpl_folder_picker_mode": "0",
        "mail.identity.id1.useremail": "ada@example.org",
        "mail.identity.id1.valid": True,
        "mail.server.server1.authMethod": 3,
        "mail.server.server1.check_new_mail": True,
        "mail.server.server1.hostname": "imap.example.org",
        "mail.server.server1.login_at_startup": True,
        "mail.server.server1.name": "ada@example.org",
        "mail.server.server1.port": 993,
        "mail.server.server1.socketType": 3,
        "mail.server.server1.type": "imap",
        "mail.server.server1.userName": "ada@example.org",
        "mail.smtp.defaultserver": "smtp1",
        "mail.smtpserver.smtp1.authMethod": 3,
        "mail.smtpserver.smtp1.description": "ada@example.org",
        "mail.smtpserver.smtp1.hostname": "smtp.example.org",
        "mail.smtpserver.smtp1.port": 465,
        "mail.smtpserver.smtp1.try_ssl": 3,
        "mail.smtpserver.smtp1.type": "smtp",
        "mail.smtpserver.smtp1.username": "ada@example.org",
        "mail.smtpservers": "smtp1",
    }


def test_pop3_keeps_mail_on_the_server_as_thunderbird_s_own_set_up_does() -> None:
    found = prefs_after(plan(Account(ADA.address, "", SMTP, POP3)))
    server = {k[20:]: v for k, v in found.items() if k.startswith("mail.server.server1.")}
    assert server["type"] == "pop3"
    assert (server["port"], server["socketType"]) == (110, 2)
    assert server["leave_on_server"] is True
    assert server["num_days_to_leave_on_server"] == 14
    assert str(found["mail.identity.id1.fcc_folder"]).startswith("mailbox://ada%40example.org@")
    assert "mail.identity.id1.fullName" not in found


def test_keys_never_collide_not_even_with_orphans_and_mere_mentions() -> None:
    old = {
        "mail.account.lastKey": 7,
        "mail.account.account3.server": "server9",
        "mail.accountmanager.accounts": "account3",
        "mail.accountmanager.defaultaccount": "account3",
        "mail.identity.id12.useremail": "orphan@example.org",
        "mail.server.server4.hostname": "orphan.example.org",
        "mail.smtpserver.smtp5.hostname": "orphan.example.org",
        "mail.smtpservers": "smtp2,smtp_x",
        "mail.smtp.defaultserver": "smtp2",
    }
    found = prefs_after(plan(prefs_js=lines(old)))
    assert found["mail.accountmanager.accounts"] == "account3,account8"
    assert found["mail.account.account8.server"] == "server10"
    assert found["mail.account.account8.identities"] == "id13"
    assert found["mail.identity.id13.smtpServer"] == "smtp6"
    assert found["mail.smtpservers"] == "smtp2,smtp_x,smtp6"
    assert found["mail.account.lastKey"] == 8
    # What was the default stays the default.
    assert found["mail.accountmanager.defaultaccount"] == "account3"
    assert found["mail.smtp.defaultserver"] == "smtp2"


EXISTING: dict[str, object] = {
    "mail.account.account1.identities": "id1",
    "mail.account.account1.server": "server1",
    "mail.account.account2.server": "server2",
    "mail.account.lastKey": 2,
    "mail.accountmanager.accounts": "account1,account2",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.useremail": "Ada@Example.ORG",
    "mail.server.server1.hostname": "imap.example.org",
    "mail.server.server1.type": "imap",
    "mail.server.server1.userName": "ada@example.org",
    "mail.server.server2.hostname": "Local Folders",
    "mail.server.server2.type": "none",
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.authMethod": 1,
    "mail.smtpserver.smtp1.hostname": "mail.example.org",
    "mail.smtpserver.smtp1.port": 25,
    "mail.smtpserver.smtp1.try_ssl": 1,
    "mail.smtpservers": "smtp1",
}
RIGHT = {
    "authMethod": 3,
    "hostname": "smtp.example.org",
    "port": 465,
    "try_ssl": 3,
    "username": "ada@example.org",
}


def smtp(found: Mapping[str, object], key: str) -> dict[str, object]:
    branch = f"mail.smtpserver.{key}."
    return {k[len(branch) :]: v for k, v in found.items() if k.startswith(branch)}


def others(found: Mapping[str, object], *keys: str) -> dict[str, object]:
    return {k: v for k, v in found.items() if not any(f".{key}." in k for key in keys)}


def test_one_account_with_that_address_gets_smtp_auth_and_nothing_else_changes() -> None:
    found = prefs_after(plan(prefs_js=lines(EXISTING)))
    assert smtp(found, "smtp1") == RIGHT
    assert others(found, "smtp1") == others(EXISTING, "smtp1")


def test_an_identity_without_a_server_of_its_own_uses_the_default_one() -> None:
    old = {k: v for k, v in EXISTING.items() if not k.endswith(".smtpServer")}
    found = prefs_after(plan(prefs_js=lines(old)))
    assert smtp(found, "smtp1") == RIGHT
    assert "mail.identity.id1.smtpServer" not in found


def test_an_account_without_any_smtp_server_gets_one() -> None:
    old = {k: v for k, v in EXISTING.items() if "smtp" not in k.lower()}
    found = prefs_after(plan(prefs_js=lines(old)))
    assert smtp(found, "smtp1") == RIGHT | {"type": "smtp", "description": "ada@example.org"}
    assert found["mail.smtpservers"] == "smtp1"
    assert found["mail.identity.id1.smtpServer"] == "smtp1"


def test_a_server_that_others_send_through_is_left_alone() -> None:
    old = EXISTING | {
        "mail.account.account1.identities": "id1,id2",
        "mail.identity.id2.useremail": "office@example.org",
        "mail.identity.id2.smtpServer": "smtp1",
    }
    found = prefs_after(plan(prefs_js=lines(old)))
    assert smtp(found, "smtp1") == smtp(old, "smtp1")
    assert found["mail.identity.id1.smtpServer"] == "smtp2"
    assert found["mail.identity.id2.smtpServer"] == "smtp1"
    assert smtp(found, "smtp2") == RIGHT | {"type": "smtp", "description": "ada@example.org"}


def test_two_identities_with_that_address_share_one_right_server() -> None:
    old = EXISTING | {
        "mail.account.account1.identities": "id1,id2",
        "mail.identity.id2.useremail": "ada@example.org",
        "mail.identity.id2.smtpServer": "smtp2",
        "mail.smtpserver.smtp2.hostname": "other.example.org",
        "mail.smtpservers": "smtp1,smtp2",
    }
    found = prefs_after(plan(prefs_js=lines(old)))
    assert smtp(found, "smtp1") == RIGHT
    assert found["mail.identity.id1.smtpServer"] == found["mail.identity.id2.smtpServer"] == "smtp1"
    assert smtp(found, "smtp2") == {"hostname": "other.example.org"}
    together = old | {"mail.identity.id2.smtpServer": "smtp1"}
    assert smtp(prefs_after(plan(prefs_js=lines(together))), "smtp1") == RIGHT


def test_an_exchange_server_is_not_turned_into_smtp() -> None:
    old = EXISTING | {"mail.smtpserver.smtp1.type": "ews"}
    found = prefs_after(plan(prefs_js=lines(old)))
    assert smtp(found, "smtp1") == smtp(old, "smtp1")
    assert found["mail.identity.id1.smtpServer"] == "smtp2"


def test_an_orphaned_identity_is_no_account() -> None:
    old = {"mail.identity.id1.useremail": "ada@example.org"}
    found = prefs_after(plan(prefs_js=lines(old)))
    assert found["mail.account.account1.identities"] == "id2"


def test_a_profile_with_local_folders_only_gets_the_account() -> None:
    old: dict[str, object] = {
        "mail.account.account1.server": "server1",
        "mail.accountmanager.accounts": "account1",
        "mail.accountmanager.localfoldersserver": "server1",
        "mail.server.server1.type": "none",
    }
    found = prefs_after(plan(prefs_js=lines(old)))
    assert found["mail.accountmanager.accounts"] == "account1,account2"
    assert found["mail.accountmanager.defaultaccount"] == "account2"


def test_what_is_right_already_is_not_written() -> None:
    once = written(plan(), "prefs.js")
    again = plan(prefs_js=once)
    assert again.steps == ()
    assert again.summary


def test_foreign_lines_stay_byte_for_byte() -> None:
    old = '# hand-made\r\nuser_pref("a.b",   "ü\\x41"  ) ;\r\n/* x */ user_pref ("c", -1);\r\n'
    new = written(plan(prefs_js=old), "prefs.js")
    assert new.startswith(old)
    assert all(line.endswith("\r") for line in new.split("\n") if line)


def test_garbage_is_left_and_told() -> None:
    done = plan(prefs_js='user_pref("a", 1);\ngarbage here;\nuser_pref("b", 2);\n')
    assert prefs_after(done)["b"] == 2
    assert any("line 2" in note for note in done.notes)


@pytest.mark.parametrize(
    ("mechanism", "number"), [(PLAIN, 3), (LOGIN, 3), (CRAM_MD5, 4), (GSSAPI, 5)]
)
def test_mechanisms_in_thunderbird_s_numbers(mechanism: Mechanism, number: int) -> None:
    out = login(Protocol.SMTP, "smtp.example.org", 587, Security.STARTTLS, mechanism)
    found = prefs_after(plan(Account(ADA.address, "", out, IMAP)))
    assert smtp(found, "smtp1")["authMethod"] == number
    assert smtp(found, "smtp1")["try_ssl"] == 2


def test_what_thunderbird_cannot_do_is_refused_in_words() -> None:
    scram = login(Protocol.SMTP, "smtp.example.org", 465, Security.TLS, SCRAM_SHA_256)
    clear = login(Protocol.SMTP, "smtp.example.org", 25, Security.PLAIN)
    cases: tuple[tuple[Account, dict[str, str], type[Trouble], str], ...] = (
        (Account(ADA.address, "", scram, IMAP), {}, No, "mechanism-not-known"),
        (Account(ADA.address, "", clear, IMAP), {}, Refused, "no-encryption"),
        (Account(ADA.address, "", SMTP, None), {}, No, "no-incoming-server"),
        (ADA, {"user_js": 'user_pref("mail.smtpservers", "x");'}, Refused, "user-js"),
        (ADA, {"prefs_js": 'user_pref("a", 1);\0'}, Refused, "prefs-unreadable"),
    )
    for account, files, kind, code in cases:
        with pytest.raises(kind) as trouble:
            FORMAT.plan(account, installation(), snapshot(installation(), **files))
        assert trouble.value.code == code
        assert trouble.value.text.endswith(".")


def test_in_the_clear_only_on_this_machine() -> None:
    bridge = login(Protocol.SMTP, "127.0.0.1", 1025, Security.PLAIN)
    found = prefs_after(plan(Account(ADA.address, "", bridge, IMAP)))
    assert smtp(found, "smtp1")["try_ssl"] == 0


KEEP = Account(ADA.address, "Ada", SMTP, IMAP, store_password=True)


def stored(done: Plan) -> tuple[dict[str, object], list[object]]:
    (step,) = (s for s in done.files if s.place.path.endswith("/logins.json"))
    assert step.content is not None
    holes: list[object] = [part for part in step.content if not isinstance(part, bytes)]
    text = b"".join(p if isinstance(p, bytes) else b"SEALED" for p in step.content)
    found = json.loads(text)
    assert isinstance(found, dict)
    return found, holes


def test_the_password_is_a_hole_in_the_store() -> None:
    done = plan(KEEP)
    found, holes = stored(done)
    assert [s.place.path.rpartition("/")[2] for s in done.steps] == [
        "key4.db",
        "logins.json",
        "prefs.js",
    ]
    assert done.files[0].content == (Companion("nss-sdr", "key4.db"),)
    assert found["version"] == 3
    assert found["nextId"] == 3
    entries = found["logins"]
    assert isinstance(entries, list)
    assert [e["hostname"] for e in entries] == [
        "smtp://smtp.example.org",
        "imap://imap.example.org",
    ]
    for entry in entries:
        assert entry["httpRealm"] == entry["hostname"]
        assert entry["formSubmitURL"] is None
        assert entry["timeCreated"] == 1795435200000
        assert entry["encryptedUsername"] == entry["encryptedPassword"] == "SEALED"
    assert len({e["guid"] for e in entries}) == 2
    assert [type(h) for h in holes] == [Coded, Hole, Coded, Hole]
    assert done.record["logins"] == [e["guid"] for e in entries]


def test_entries_of_others_stay_and_ours_stand_first() -> None:
    other = {"id": 7, "hostname": "smtp://smtp.example.org", "guid": "{x}", "new": {"ü": [1]}}
    old = {"nextId": 8, "logins": [other], "version": 3, "unknown": "kept"}
    found, _holes = stored(plan(KEEP, logins_json=json.dumps(old)))
    entries = found["logins"]
    assert isinstance(entries, list)
    assert entries[-1] == other
    assert [e["id"] for e in entries] == [8, 9, 7]
    assert (found["nextId"], found["unknown"]) == (10, "kept")


def test_only_what_is_of_use_is_stored_for_an_existing_account() -> None:
    found, _holes = stored(plan(KEEP, prefs_js=lines(EXISTING)))
    assert isinstance(found["logins"], list)
    assert len(found["logins"]) == 2
    elsewhere = EXISTING | {"mail.server.server1.hostname": "imap.elsewhere.example"}
    found, _holes = stored(plan(KEEP, prefs_js=lines(elsewhere)))
    assert isinstance(found["logins"], list)
    assert [e["hostname"] for e in found["logins"]] == ["smtp://smtp.example.org"]


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"logins": 1}', '{"logins":[1]}', "\xff"])
def test_a_store_that_cannot_be_read_is_refused(broken: str) -> None:
    with pytest.raises(Refused) as trouble:
        plan(KEEP, logins_json=broken.encode("latin-1"))
    assert trouble.value.code == "logins-unreadable"


def test_a_thunderbird_that_keeps_no_passwords() -> None:
    with pytest.raises(No):
        plan(KEEP, prefs_js='user_pref("signon.rememberSignons", false);\n')


NOWHERE = installation(profile=None)


def ini(text: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(text)
    return found


def test_a_profile_is_made_where_there_is_none_and_the_program_owns_it() -> None:
    done = plan(where=NOWHERE)
    names = [s.place.path.rpartition("/")[2] for s in done.steps]
    assert names == ["prefs.js", "installs.ini", "profiles.ini"], "the switching write is last"
    assert done.steps[0].place.path.startswith("/home/ada/.thunderbird/clientcfg.")
    found = ini(written(done, "profiles.ini"))
    owner = f"Install{install_hash('/usr/lib/thunderbird')}"
    assert found[owner]["Default"] == found["Profile0"]["Path"]
    assert (found[owner]["Locked"], found["General"]["Version"]) == ("1", "2")
    assert found["Profile0"]["Default"] == "1"


def test_other_profiles_stay_when_one_is_made() -> None:
    old = (
        "[Profile0]\r\nName=old\r\nIsRelative=1\r\nPath=old.x\r\nDefault=1\r\n"
        "\r\n[General]\r\nVersion=2\r\n"
    )
    done = plan(where=NOWHERE, profiles_ini=old, installs_ini="[AB12]\nDefault=old.x\n")
    text = written(done, "profiles.ini")
    assert text.startswith(old)
    found = ini(text)
    assert (
        found["Profile1"]["Path"]
        == found[f"Install{install_hash('/usr/lib/thunderbird')}"]["Default"]
    )
    assert "Default" not in found["Profile1"]
    assert "AB12" in written(done, "installs.ini")


def test_an_owner_s_section_without_a_default_is_filled() -> None:
    owner = f"Install{install_hash('/usr/lib/thunderbird')}"
    old = f"[Profile0]\nName=o\nIsRelative=1\nPath=o\n\n[{owner}]\nX=1\n\n[General]\nVersion=2\n"
    found = ini(written(plan(where=NOWHERE, profiles_ini=old), "profiles.ini"))
    assert found[owner]["Default"] == found["Profile1"]["Path"]
    assert found[owner]["X"] == "1"


HOSTILE = st.text(
    st.one_of(st.sampled_from("\"\\\n\r;)(,'%/#*"), st.characters(codec="utf-8")), max_size=60
)
INJECTION = '");\nuser_pref("mail.smtpserver.smtp1.try_ssl", 0);//'


@given(st.one_of(HOSTILE, st.just(INJECTION)), st.one_of(HOSTILE, st.just(INJECTION)))
def test_hostile_names_carry_no_more_keys_than_were_meant(name: str, user: str) -> None:
    """Either refused in words, or exactly the keys of any other account."""
    out = login(Protocol.SMTP, "smtp.example.org", 465, Security.TLS, user=user)
    usual = prefs_after(plan())
    try:
        done = plan(Account(ADA.address, name or "x", out, IMAP))
    except Trouble as trouble:
        assert trouble.text
        return
    found = prefs_after(done)
    assert found.keys() == usual.keys()
    assert found["mail.identity.id1.fullName"] == (name or "x")
    assert found["mail.smtpserver.smtp1.username"] == user


def test_a_plan_names_the_servers_that_it_sets_and_their_sentences() -> None:
    done = plan()
    assert [one.endpoint for one in done.servers] == [SMTP.endpoint, IMAP.endpoint]
    assert {one.said for one in done.servers} <= set(done.summary)
    turned_on = plan(
        prefs_js=lines(
            {
                "mail.accountmanager.accounts": "account1",
                "mail.account.account1.identities": "id1",
                "mail.account.account1.server": "server1",
                "mail.identity.id1.useremail": "ada@example.org",
            }
        )
    )
    assert [one.endpoint for one in turned_on.servers] == [SMTP.endpoint]
    assert plan(prefs_js=written(done, "prefs.js")).servers == ()


def test_a_plan_says_where_the_folders_of_a_new_account_are() -> None:
    assert plan().folders == Folders(("Sent", "Drafts", "Templates"), on_server=True)
    at_home = plan(replace(ADA, incoming=POP3)).folders
    assert at_home is not None and not at_home.on_server
    held = written(plan(), "prefs.js")
    assert plan(prefs_js=held).folders is None
