# SPDX-License-Identifier: MPL-2.0
"""Taking the settings out again, untouched or after Thunderbird and a person used them."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.formats.prefs_js import parse
from clientcfg.formats.prefs_js_text import PrefValue, write_statement
from clientcfg.formats.thunderbird import Thunderbird
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.place import FileState, Snapshot
from clientcfg.model.plan import Plan

FORMAT = Thunderbird()
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = Installation(
    client="thunderbird", name="Thunderbird", version="153", platform="linux",
    program="/usr/lib/thunderbird", packaging="deb", profile_root="/r", profile="/r/p",
    running=False,
)  # fmt: skip
ADA = Account(
    Address("ada", "example.org"),
    "Ada",
    ServerLogin(Endpoint(Protocol.SMTP, "smtp.example.org", 465, Security.TLS), "ada", PLAIN),
    ServerLogin(Endpoint(Protocol.IMAP, "imap.example.org", 993, Security.TLS), "ada", PLAIN),
)
STORING = Account(ADA.address, ADA.name, ADA.outgoing, ADA.incoming, store_password=True)
Prefs = Mapping[str, PrefValue]
OLD: Prefs = {
    "a.foreign.pref": "kept",
    "mail.account.account1.identities": "id1",
    "mail.account.account1.server": "server1",
    "mail.account.lastKey": 1,
    "mail.accountmanager.accounts": "account1",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.useremail": "ada@example.org",
    "mail.server.server1.type": "imap",
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.authMethod": 1,
    "mail.smtpserver.smtp1.hostname": "mail.example.org",
    "mail.smtpserver.smtp1.port": 25,
    "mail.smtpservers": "smtp1",
}
OTHER = {k: ("bob@example.org" if k.endswith("useremail") else v) for k, v in OLD.items()}


def text(prefs: Prefs) -> bytes:
    return "".join(write_statement(k, v).decode() + "\n" for k, v in prefs.items()).encode()


def snapshot(prefs_js: bytes | None, logins: bytes | None = None) -> Snapshot:
    held = {"prefs.js": prefs_js, "logins.json": logins}
    return Snapshot(
        NOW,
        {p: FileState(held.get(p.path.rpartition("/")[2])) for p in FORMAT.needs(HERE)},
    )


def applied(old: bytes | None, account: Account = ADA) -> tuple[Plan, Prefs]:
    done = FORMAT.plan(account, HERE, snapshot(old))
    return done, dict(parse(content(done, "prefs.js") or old or b"").items())


def content(done: Plan, name: str) -> bytes | None:
    for step in done.files:
        if step.place.path.endswith(name) and step.content is not None:
            return b"".join(p if isinstance(p, bytes) else b"SEALED" for p in step.content)
    return None


def reverted(done: Plan, now: Prefs, *, force: bool = False) -> tuple[Plan, Prefs]:
    record = json.loads(json.dumps(done.record))
    before = text(now)
    back = FORMAT.revert(HERE, snapshot(before), record, None, force=force)
    after = content(back, "prefs.js")
    return back, dict(parse(before if after is None else after).items())


@pytest.mark.parametrize("old", [{}, OLD, OTHER], ids=["empty", "auth-off", "another-account"])
def test_what_was_applied_is_taken_out(old: Prefs) -> None:
    done, after = applied(text(old))
    assert after != old
    back, found = reverted(done, after)
    assert found == old
    assert back.conflicts == ()


def test_what_thunderbird_added_to_our_account_goes_too_and_its_own_stays() -> None:
    done, after = applied(b"")
    theirs: Prefs = {
        "mail.account.account2.server": "server2",
        "mail.accountmanager.localfoldersserver": "server2",
        "mail.server.server2.type": "none",
        "mail.root.imap-rel": "[ProfD]ImapMail",
        "mail.ui-rdf.version": 61,
    }
    added: Prefs = {
        "mail.server.server1.directory-rel": "[ProfD]ImapMail/imap.example.org",
        "mail.server.server1.uid": "x",
        "mail.identity.id1.fcc_folder": "imap://elsewhere/Gesendet",
        "mail.smtpserver.smtp1.uid": "y",
    }
    lists: Prefs = {
        "mail.accountmanager.accounts": "account1,account2",
        "mail.account.lastKey": 2,
    }
    back, found = reverted(done, {**after, **theirs, **added, **lists})
    assert back.conflicts == ()
    assert found == {
        **theirs,
        "mail.accountmanager.accounts": "account2",
        "mail.account.lastKey": 2,
    }


CHANGED: Prefs = {
    "mail.smtpserver.smtp1.hostname": "new.example.org",
    "mail.smtpserver.smtp1.port": 587,
    "mail.server.server1.userName": "other",
}


@pytest.mark.parametrize("name", CHANGED)
def test_an_account_that_somebody_changed_is_left_whole_and_named(name: str) -> None:
    done, after = applied(b"")
    now: Prefs = {**after, name: CHANGED[name]}
    back, found = reverted(done, now)
    (conflict,) = back.conflicts
    assert (conflict.setting, conflict.before) == (name, None)
    assert (conflict.ours, conflict.now) == (str(after[name]), str(now[name]))
    server = {k: v for k, v in now.items() if k.startswith(name.rpartition(".")[0])}
    assert server.items() <= found.items()
    forced, gone = reverted(done, now, force=True)
    assert forced.conflicts == ()
    assert gone == {}


def test_an_old_setting_that_somebody_changed_again_is_named() -> None:
    done, after = applied(text(OLD))
    now = {**after, "mail.smtpserver.smtp1.port": 2525}
    back, found = reverted(done, now)
    (conflict,) = back.conflicts
    assert (conflict.before, conflict.ours, conflict.now) == ("25", "465", "2525")
    assert found == now, "half an old server and half a new one is no server"
    _forced, put_back = reverted(done, now, force=True)
    assert put_back == OLD


PLAIN_BEFORE: Prefs = {
    **OLD,
    "mail.smtpserver.smtp1.authMethod": 3,
    "mail.smtpserver.smtp1.try_ssl": 0,
}


@pytest.mark.parametrize("host", ["mail.example.org", "smtp.example.org"])
def test_a_server_of_somebodys_own_never_loses_its_encryption(host: str) -> None:
    # Also where the host name was right before, so that we had no need to write it.
    old = {**PLAIN_BEFORE, "mail.smtpserver.smtp1.hostname": host}
    done, after = applied(text(old))
    now: Prefs = {**after, "mail.smtpserver.smtp1.hostname": "their-own.example.net"}
    back, found = reverted(done, now)
    assert [c.setting for c in back.conflicts] == ["mail.smtpserver.smtp1.hostname"]
    assert found == now
    _forced, put_back = reverted(done, now, force=True)
    assert put_back == old


def test_somebody_put_the_old_value_back_by_hand() -> None:
    done, after = applied(text(OLD))
    back, found = reverted(done, {**after, "mail.smtpserver.smtp1.port": 25})
    assert back.conflicts == ()
    assert found == OLD


def test_a_server_of_ours_that_another_account_uses_now_is_left() -> None:
    done, after = applied(text(OTHER))
    now = {**after, "mail.identity.id1.smtpServer": "smtp2"}
    back, found = reverted(done, now)
    assert [c.setting for c in back.conflicts] == ["mail.identity.id1.smtpServer"]
    assert found["mail.smtpserver.smtp2.hostname"] == "smtp.example.org"
    assert "smtp2" in str(found["mail.smtpservers"])


def test_an_account_that_somebody_deleted_is_no_conflict() -> None:
    done, after = applied(text(OTHER))
    gone = re.compile(
        r"mail\.(account\.account2|identity\.id2|server\.server2|smtpserver\.smtp2)\."
    )
    now = {k: v for k, v in after.items() if not gone.match(k)}
    now |= {"mail.accountmanager.accounts": "account1", "mail.smtpservers": "smtp1"}
    back, found = reverted(done, now)
    assert back.conflicts == ()
    assert found == OTHER


def test_our_logins_go_by_guid_and_all_others_stay() -> None:
    done, after = applied(b"", STORING)
    stored = json.loads(content(done, "logins.json") or b"")
    ours = [entry["guid"] for entry in stored["logins"]]
    other = {"guid": "{other}", "hostname": "smtp://smtp.example.org", "x": 1}
    stored["logins"].insert(1, other)
    now = snapshot(text(after), json.dumps(stored).encode())
    back = FORMAT.revert(HERE, now, json.loads(json.dumps(done.record)), None)
    kept = json.loads(content(back, "logins.json") or b"")
    assert kept["logins"] == [other]
    assert len(ours) == 2
    without = FORMAT.revert(HERE, snapshot(text(after)), done.record, None)
    assert content(without, "logins.json") is None


NAMES = st.sampled_from(
    [
        "mail.account.lastKey", "mail.accountmanager.accounts", "mail.smtpservers",
        "mail.accountmanager.defaultaccount", "mail.smtp.defaultserver",
        "mail.account.account1.identities", "mail.account.account1.server",
        "mail.account.account2.identities", "mail.identity.id1.useremail",
        "mail.identity.id2.useremail", "mail.identity.id1.smtpServer",
        "mail.identity.id2.smtpServer", "mail.smtpserver.smtp1.hostname",
        "mail.smtpserver.smtp1.port", "mail.smtpserver.smtp1.type",
        "mail.smtpserver.smtp2.authMethod", "mail.server.server1.hostname", "x.y",
    ]
)  # fmt: skip
VALUES: st.SearchStrategy[PrefValue] = st.one_of(
    st.sampled_from(
        [
            "account1", "account1,account2", "id1", "id1,id2", "id2", "smtp1", "smtp1, smtp2",
            "smtp2", "ada@example.org", "ADA@example.org", "bob@example.org", "server1", "smtp", "",
        ]
    ),
    st.integers(-(2**31), 2**31 - 1),
    st.booleans(),
)  # fmt: skip


@given(st.dictionaries(NAMES, VALUES), st.booleans())
def test_revert_of_apply_is_what_was(old: Prefs, store: bool) -> None:
    done, after = applied(text(old), STORING if store else ADA)
    back, found = reverted(done, after)
    assert back.conflicts == ()
    assert found == old
    if done.steps and done.record["prefs"]:
        new = content(done, "prefs.js") or b""
        untouched = [
            line
            for line in text(old).splitlines()
            if not any(f'"{name}"'.encode() in line for name in done.record["prefs"])
        ]
        assert [line for line in new.splitlines() if line in untouched] == untouched
