# SPDX-License-Identifier: MPL-2.0
"""``logins.json``: entries for our servers, put in and taken out; all others stay.

User name and password are encrypted by the client's own library when the file
is written; until then they are a :class:`Coded` text and a :class:`Hole`.
"""

import json
import math
import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from clientcfg.formats.thunderbird.servers import login_origin
from clientcfg.model.account import ServerLogin
from clientcfg.model.plan import Coded, Content, Part
from clientcfg.model.secret import Hole, SecretName
from clientcfg.model.trouble import Refused
from clientcfg.words import _

_NAMESPACE = uuid.UUID("5c0a46a5-3c2e-5f0e-9d0f-6d3a5b0f7e11")
_HALF = re.compile("[\ud800-\udfff]")
_EMPTY: dict[str, Any] = {
    "nextId": 1,
    "logins": [],
    "potentiallyVulnerablePasswords": [],
    "dismissedBreachAlertsByLoginGUID": {},
    "version": 3,
}


def with_logins(
    data: bytes | None, logins: Sequence[tuple[ServerLogin, SecretName]], now: datetime, where: str
) -> tuple[Content, tuple[str, ...]]:
    """The store with an entry for each of *logins*, and the guids of these entries.

    Ours stand first: of two entries for one server and user Thunderbird takes
    the first, and whether an old one is for this user cannot be read here.
    *where* (the profile) makes the guids differ between profiles. Raises
    :class:`Refused` where the store cannot be read.
    """
    store = _read(data)
    held = {str(entry.get("guid")) for entry in store["logins"]}
    milliseconds = int(now.timestamp() * 1000)
    number = store["nextId"] if type(store["nextId"]) is int else len(held) + 1
    ours: list[Part] = []
    guids: list[str] = []
    for login, secret in logins:
        origin = login_origin(login.endpoint.protocol, login.endpoint.host)
        guid = _guid(f"{where}\n{origin}\n{login.username}\n{milliseconds}", held)
        held.add(guid)
        guids.append(guid)
        entry = {
            "id": number,
            "hostname": origin,
            "httpRealm": origin,
            "formSubmitURL": None,
            "usernameField": "",
            "passwordField": "",
            "guid": guid,
            "encType": 1,
            "timeCreated": milliseconds,
            "timeLastUsed": milliseconds,
            "timePasswordChanged": milliseconds,
            "timesUsed": 1,
        }
        number += 1
        ours += [
            _dumped(entry)[:-1] + b',"encryptedUsername":"',
            Coded(login.username, "nss-sdr"),
            b'","encryptedPassword":"',
            Hole(secret, "nss-sdr"),
            b'"},',
        ]
    rest = {name: value for name, value in store.items() if name not in {"nextId", "logins"}}
    others = b",".join(_dumped(entry) for entry in store["logins"])
    tail = _dumped(rest)[1:]
    if not others and ours:
        ours[-1] = b'"}'
    content: Content = (
        b'{"nextId":%d,"logins":[' % number,
        *ours,
        others + b"]" + (b"," if rest else b"") + tail,
    )
    return content, tuple(guids)


def without_logins(data: bytes | None, guids: Sequence[str]) -> bytes | None:
    """The store without these entries; None where none of them is there."""
    if data is None or not guids:
        return None
    store = _read(data)
    kept = [entry for entry in store["logins"] if entry.get("guid") not in guids]
    if len(kept) == len(store["logins"]):
        return None
    return _dumped({**store, "logins": kept})


def _read(data: bytes | None) -> dict[str, Any]:
    if data is None:
        return dict(_EMPTY)
    try:
        store = json.loads(
            data.decode("utf-8-sig"), parse_float=_finite, parse_constant=_no_constant
        )
    except (ValueError, RecursionError):
        store = None
    if (
        not isinstance(store, dict)
        or not isinstance(store.get("logins"), list)
        or not all(isinstance(entry, dict) for entry in store["logins"])
        or store.get("version", 3) not in (1, 2, 3)
    ):
        raise Refused(
            "logins-unreadable",
            _("The password store of this profile (logins.json) cannot be read."),
            _("Leave the password out: Thunderbird then asks for it once."),
        )
    return {**_EMPTY, **store}


def _guid(seed: str, held: set[str]) -> str:
    number = 0
    # Half a surrogate pair has no UTF-8; who fills the user name in refuses it with a sentence.
    seed = seed.encode("utf-8", "backslashreplace").decode()
    while (guid := f"{{{uuid.uuid5(_NAMESPACE, f'{seed}/{number}')}}}") in held:
        number += 1
    return guid


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number


def _no_constant(text: str) -> None:
    """NaN and its kin, which Python reads and no other JSON reader does."""
    raise ValueError(text)


def _dumped(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Half a surrogate pair cannot be UTF-8; as an escape it stays what it was.
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode()
