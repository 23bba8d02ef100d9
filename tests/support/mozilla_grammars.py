# SPDX-License-Identifier: MPL-2.0
"""The grammars of Mozilla's files: ``prefs.js``, ``logins.json``, ``profiles.ini``."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from hypothesis import strategies as st

from clientcfg.formats.prefs_js import parse
from clientcfg.formats.thunderbird.logins import with_logins
from clientcfg.formats.thunderbird.new_profile import NAME, with_install, with_profile
from clientcfg.model.account import ServerLogin
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.plan import Coded
from clientcfg.model.secret import Hole
from tests.support import readers, thunderbird_row
from tests.support.hostile import printable, texts
from tests.support.readers import Strict, strict
from tests.support.row import Grammar
from tests.support.thunderbird_homes import INIS, PREFS, STORES

_Read = Mapping[str, Strict]
_NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
_PASSWORD = "the password"

# prefs.js

_Changes = tuple[bytes, dict[str, str | int | bool]]
_NAMES = st.sampled_from(["mail.smtpservers", "x.y", "a.b"]) | texts
_PREF_CASES = st.tuples(
    st.just(b"") | PREFS,
    st.dictionaries(
        _NAMES, texts | st.booleans() | st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=4
    ),
)


def _write_prefs(case: _Changes) -> tuple[bytes, bytes]:
    old, changes = case
    return old, parse(old).edit(changes)


def _check_prefs(case: _Changes, before: _Read, after: _Read) -> None:
    assert after == {**before, **{name: strict(value) for name, value in case[1].items()}}


def _plain_prefs(case: _Changes) -> bool:
    old, changes = case
    words = [*changes, *(v for v in changes.values() if isinstance(v, str))]
    return not old and all(printable(word) for word in words)


# logins.json

_Logins = tuple[bytes | None, list[tuple[str, str]]]
_LOGIN_CASES = st.tuples(
    st.none() | STORES, st.lists(st.tuples(texts, texts), min_size=1, max_size=2)
)


def _write_logins(case: _Logins) -> tuple[bytes, bytes]:
    old, names = case
    logins = [
        ServerLogin(Endpoint(Protocol.SMTP, host, 465, Security.TLS), user, PLAIN)
        for host, user in names
    ]
    content, guids = with_logins(old, [(login, "password") for login in logins], _NOW, "/p")
    assert len(set(guids)) == len(names)
    filled: list[bytes] = []
    for part in content:
        match part:
            case bytes():
                filled.append(part)
            case Coded(text):
                filled.append(_sealed(text))
            case Hole():
                filled.append(_sealed(_PASSWORD))
            case _:
                raise AssertionError(part)
    return old or b'{"logins":[]}', b"".join(filled)


def _sealed(text: str) -> bytes:
    # Half surrogates never come so far: whatever fills a hole refuses them.
    text = text.encode("utf-8", "replace").decode()
    return thunderbird_row.sealed({}, [text])[0][0].encode()


def _check_logins(case: _Logins, before: _Read, after: _Read) -> None:
    counters = {
        "/nextId", "/version", "/potentiallyVulnerablePasswords",
        "/dismissedBreachAlertsByLoginGUID",
    }  # fmt: skip
    assert all(after[k] == v for k, v in before.items() if k != "/nextId")
    new = {k: v for k, v in after.items() if k not in before and k not in counters}
    guids = {k.rpartition("/")[0] for k in new}
    assert all(re.fullmatch(r"\{[0-9a-f-]{36}\}", guid) for guid in guids)
    found = sorted(
        tuple(new[f"{guid}/{name}"][1] for name in ("hostname", "encryptedUsername"))
        for guid in guids
    )
    wanted = []
    for given, user in case[1]:
        # In JSON two halves of a surrogate pair that meet are one character.
        host = given.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        at = f"smtp://{f'[{host}]' if ':' in host else host}"
        wanted.append((at, user.encode("utf-8", "replace").decode()))
    assert found == sorted(wanted)
    assert len(new) == 14 * len(wanted)


def _plain_logins(case: _Logins) -> bool:
    return case[0] is None


# profiles.ini and installs.ini

_Ini = tuple[bytes | None, str]
_INI_CASES = st.tuples(st.none() | st.just(b"") | INIS, texts)


def _write_profiles(case: _Ini) -> tuple[bytes, bytes]:
    old, program = case
    return old or b"", with_profile(old, program)


def _write_installs(case: _Ini) -> tuple[bytes, bytes]:
    old, program = case
    return old or b"", with_install(old, program)


def _check_ini(prefix: str, case: _Ini, before: _Read, after: _Read) -> None:
    changed = {k: v[1] for k, v in after.items() if before.get(k) != v}
    assert before.keys() <= after.keys()
    own = {
        k.rpartition("/")[0] for k, v in after.items()
        if re.fullmatch(prefix + r"[0-9A-F]{1,16}/Default", k) and v[1] == NAME
    }  # fmt: skip
    assert len(own) == 1
    (section,) = own
    assert after[f"{section}/Locked"] == strict("1")
    lines = {k: v for k, v in changed.items() if not k.startswith(f"{section}/")}
    if not prefix:
        assert not lines
        return
    made = {k.partition("/")[0] for k in lines if k.startswith("Profile")}
    assert len(made) == 1
    (profile,) = made
    found = {k.partition("/")[2]: v for k, v in lines.items() if k.startswith(f"{profile}/")}
    first = {"Default": "1"} if profile == "Profile0" else {}
    assert found == {"Name": NAME, "IsRelative": "1", "Path": NAME, **first}
    # The program counts up, and stops at the first number that is none.
    number = int(profile.removeprefix("Profile"))
    assert all(f"Profile{n}/IsRelative" in after for n in range(number))
    general = {k: v for k, v in lines.items() if k.startswith("General/")}
    if general:
        assert general == {"General/StartWithLastProfile": "1", "General/Version": "2"}
        assert not any(k.startswith("General/") for k in before)
    assert len(lines) == len(found) + len(general)


def _plain_ini(case: _Ini) -> bool:
    return not case[0]


GRAMMARS = (
    Grammar(
        "prefs.js", _PREF_CASES, _write_prefs, readers.prefs_js, _check_prefs, _plain_prefs
    ),
    Grammar(
        "logins.json", _LOGIN_CASES, _write_logins,
        partial(readers.logins_json, decrypt=thunderbird_row.unsealed), _check_logins,
        _plain_logins,
    ),
    Grammar(
        "profiles.ini", _INI_CASES, _write_profiles, readers.mozilla_ini,
        partial(_check_ini, "Install"), _plain_ini,
    ),
    Grammar(
        "installs.ini", _INI_CASES, _write_installs, readers.mozilla_ini,
        partial(_check_ini, ""), _plain_ini,
    ),
)  # fmt: skip
