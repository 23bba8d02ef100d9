# SPDX-License-Identifier: MPL-2.0
"""Homes with a Thunderbird in them: ordinary ones, and drawn ones with anything in them."""

import json

from hypothesis import strategies as st

from tests.support.hostile import FRAGMENTS
from tests.support.row import Files, Start
from tests.support.thunderbird_added import ROOT

PROFILE = f"{ROOT}/ada.default-release"

_INI = (
    b"[Profile0]\nName=default\nIsRelative=1\nPath=ada.default-release\nDefault=1\n\n"
    b"[General]\nStartWithLastProfile=1\nVersion=2\n"
)
_OURS_ELSEWHERE = (
    b"[InstallABCDEF0123456789]\r\nDefault=bob.default\r\nLocked=1\r\n\r\n"
    b"[Profile0]\r\nName=bob\r\nIsRelative=1\r\nPath=bob.default\r\nDefault=1\r\n\r\n"
    b"[General]\r\nStartWithLastProfile=1\r\nVersion=2\r\n"
)
_OLD = b"""// Mozilla User Preferences

user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.lastKey", 1);
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.accountmanager.defaultaccount", "account1");
user_pref("mail.identity.id1.smtpServer", "smtp1");
user_pref("mail.identity.id1.useremail", "%b@example.org");
user_pref("mail.identity.id1.valid", true);
user_pref("mail.server.server1.hostname", "imap.example.org");
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.userName", "%b");
user_pref("mail.smtp.defaultserver", "smtp1");
user_pref("mail.smtpserver.smtp1.authMethod", 1);
user_pref("mail.smtpserver.smtp1.hostname", "mail.example.org");
user_pref("mail.smtpserver.smtp1.port", 25);
user_pref("mail.smtpserver.smtp1.try_ssl", 1);
user_pref("mail.smtpservers", "smtp1");
"""
_BY_HAND = (
    b"# mine\r\n/* do not touch */ user_pref ( 'calendar.week.start' , 1 ) ; // Monday\r\n"
    b'user_pref("font.name", "L\xc3\xbccida \\"x\\"");user_pref("a.b", true);\r\n'
    b'what is this?;\r\nuser_pref("c",\r\n  -4);'
)
_LOGINS = (
    b'{"nextId":7,"logins":[{"id":6,"hostname":"imap://imap.example.org","httpRealm":null,'
    b'"guid":"{11111111-2222-3333-4444-555555555555}","encryptedUsername":"MDoE","x":[1.5]}],'
    b'"version":3,"theirs":{"a":"\xc3\xbc"}}'
)


_LAST_USED = b"[Compatibility]\nLastVersion=153.7.0_1/1\nLastPlatformDir=/usr/lib/thunderbird\n"


def _profile(**files: bytes) -> Files:
    held = {name.replace("_", "."): content for name, content in files.items()}
    held["compatibility.ini"] = _LAST_USED
    return {f"{ROOT}/profiles.ini": _INI} | {f"{PROFILE}/{n}": c for n, c in held.items()}


STARTS = (
    Start("a new profile", _profile(times_json=b"{}"), PROFILE),
    Start("another account", _profile(prefs_js=_OLD % (b"bob", b"bob")), PROFILE),
    Start(
        "the account without SMTP-Auth",
        _profile(prefs_js=_OLD % (b"Ada", b"ada"), logins_json=_LOGINS, key4_db=b"\0key"),
        PROFILE,
    ),
    Start("edited by hand", _profile(prefs_js=_BY_HAND, user_js=b"// nothing\n"), PROFILE),
    Start("never started", {".profile": b"umask 022\n"}, ROOT),
    Start("other profiles only", {f"{ROOT}/profiles.ini": _OURS_ELSEWHERE}, ROOT),
)


_VALUES = st.text(max_size=12) | st.sampled_from(FRAGMENTS)
_LINES = (
    st.sampled_from(_OLD.decode().splitlines())
    | st.builds(
        'user_pref("{}", {});'.format,
        st.sampled_from(
            ["mail.smtpservers", "mail.account.lastKey", "mail.accountmanager.accounts", "x.y"]
        ),
        st.integers(-5, 9).map(str)
        | st.sampled_from(["true", '"account3, account9,,"', '"smtp5"', '"\\u00e9"']),
    )
    | _VALUES
)
PREFS = st.lists(_LINES, max_size=12).map(lambda found: "\n".join(found).encode("utf-8", "ignore"))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 2**40) | st.floats() | _VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_VALUES, inner, max_size=3),
    max_leaves=5,
)
OVERRIDES = st.lists(
    st.sampled_from(
        [
            b"# PSM Certificate Override Settings file\n",
            b"smtp.example.org:465:\tOID.2.16.840.1.101.3.4.2.1\tAB:CD\t\n",
            b"imap.example.org:993\tOID.2.16.840.1.101.3.4.2.1\tab\tMU\tkey\r\n",
            b"imap.example.org:993:^userContextId=2\tOID.2.16.840.1.101.3.4.2.1\tAB\t\n",
            b"[2001:db8::25]:1:\tOID.2.16.840.1.101.3.4.2.1\tAB\t\n",
        ]
    )
    | _VALUES.map(lambda text: text.encode("utf-8", "surrogatepass")),
    max_size=5,
).map(b"".join)
STORES = st.builds(
    lambda more, entries, number: json.dumps({**more, "logins": entries, "nextId": number}),
    st.dictionaries(st.sampled_from(["version", "theirs", "\ud800", "x"]), _JSON, max_size=2),
    st.lists(
        st.fixed_dictionaries(
            {"hostname": _VALUES}, optional={"guid": st.just("{g}"), "": _JSON, "id": _JSON}
        ),
        max_size=2,
    ),
    st.integers(0, 99) | _JSON,
).map(str.encode)
INIS = st.lists(
    st.sampled_from(
        [*_INI.decode().splitlines(), *_OURS_ELSEWHERE.decode().splitlines(),
         "[Profile1]", "[InstallFDC34C9F024745EB]", " [InstallFDC34C9F024745EB]", "Default=x",
         "[General]", "[broken", "Locked=1", "; note", "\0", "\r"]
    )
    | _VALUES,
    max_size=10,
).map(lambda found: "\n".join(found).encode("utf-8", "ignore"))  # fmt: skip


def _home(
    prefs: bytes | None,
    logins: bytes | None,
    overrides: bytes | None,
    profiles: bytes | None,
    old: bool,
) -> Start:
    files = {
        f"{PROFILE}/cert_override.txt": overrides if old else None,
        f"{PROFILE}/prefs.js": prefs if old else None,
        f"{PROFILE}/logins.json": logins if old else None,
        f"{ROOT}/profiles.ini": profiles,
    }
    held = {path: content for path, content in files.items() if content is not None}
    return Start("drawn", held, PROFILE if old else ROOT)


HOMES = st.builds(
    _home,
    st.none() | PREFS,
    st.none() | STORES,
    st.none() | OVERRIDES,
    st.none() | INIS,
    st.booleans(),
)
