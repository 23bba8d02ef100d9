# SPDX-License-Identifier: MPL-2.0
"""Files of a Mozilla profile in a state that no program leaves: kept, or refused in a sentence."""

import json
from datetime import UTC, datetime

import pytest

from clientcfg.clients.mozilla.ini import sections
from clientcfg.formats.prefs_js import parse
from clientcfg.formats.thunderbird.accounts import Accounts
from clientcfg.formats.thunderbird.logins import with_logins
from clientcfg.formats.thunderbird.new_profile import NAME, with_install, with_profile
from clientcfg.model.account import ServerLogin
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.trouble import Refused

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROGRAM = "/usr/lib/thunderbird"
HASH = "FDC34C9F024745EB"


def logins(old: bytes, user: str = "ada") -> bytes:
    endpoint = Endpoint(Protocol.SMTP, "smtp.example.org", 465, Security.TLS)
    content, _guids = with_logins(
        old, [(ServerLogin(endpoint, user, PLAIN), "password")], NOW, "/p"
    )
    return b"".join(part if isinstance(part, bytes) else b"x" for part in content)


@pytest.mark.parametrize(
    "old",
    [
        b'{"logins":[],"version":[3]}',
        b'{"logins":[],"x":NaN}',
        b'{"logins":[],"x":-Infinity}',
        b'{"logins":[],"x":1e999}',
        b'{"logins":[],"x":"\xff"}',
    ],
)
def test_a_login_store_that_the_client_rejects_is_not_made_worse(old: bytes) -> None:
    with pytest.raises(Refused) as refused:
        logins(old)
    assert refused.value.code == "logins-unreadable"


def test_half_a_surrogate_pair_in_the_login_store_stays_and_the_file_is_utf8() -> None:
    new = logins(b'{"logins":[{"guid":"{a}","note":"\\ud800\xc3\xbc"}],"\\udfff":1}')
    store = json.loads(new.decode("utf-8"))
    assert store["logins"][1] == {"guid": "{a}", "note": "\ud800ü"}
    assert store["\udfff"] == 1


def test_a_next_id_that_is_no_number() -> None:
    assert json.loads(logins(b'{"logins":[],"nextId":true}'))["nextId"] == 2


def test_a_negative_last_key_makes_no_negative_account() -> None:
    seen = Accounts.of(parse(b'user_pref("mail.account.lastKey", -2);'))
    assert seen.next_key("account") == "account1"


def test_our_profile_is_the_one_though_the_section_names_another() -> None:
    old = f"[{HASH}]\nDefault=old\nLocked=0\nx=1\n".encode()
    found = sections(with_install(old, PROGRAM))[HASH]
    assert found == {"Default": NAME, "Locked": "1", "x": "1"}


@pytest.mark.parametrize(
    "old",
    [
        b"[General]\nVersion=2\n\0[Profile0]\nIsRelative=1\n",
        "\ufeff[General]\n".encode("utf-16-le"),
        # The program would stop counting here, and never come to a Profile1.
        b"[Profile0]\nName=x\nPath=x\n",
    ],
    ids=["cut off by a NUL", "UTF-16", "a profile that is none"],
)
def test_a_list_of_profiles_in_which_ours_would_not_be_seen_is_refused(old: bytes) -> None:
    with pytest.raises(Refused) as refused:
        with_profile(old, PROGRAM)
    assert refused.value.code == "profiles-unreadable"
