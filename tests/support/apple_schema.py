# SPDX-License-Identifier: MPL-2.0
"""Configuration profiles against Apple's own schema, and against what we add to it.

Shares nothing with the program. Devices are laxer than the schema; what we write
is not.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SCHEMA = Path(__file__).parents[1] / "data" / "apple-schema"
ALLOWED = ("com.apple.mail.managed", "com.apple.security.root")
TARGETS = ("iOS", "macOS")

_UUID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}")
_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+")
_TYPES: Mapping[str, type] = {
    "<string>": str, "<integer>": int, "<boolean>": bool, "<real>": float,
    "<data>": bytes, "<date>": datetime, "<array>": list, "<dictionary>": dict,
}  # fmt: skip


def faults(profile: object) -> list[str]:
    """Everything that is wrong with a profile, as plistlib reads it; none: []."""
    if not isinstance(profile, dict):
        return ["no dictionary"]
    return [*_top(profile), *_payloads(profile.get("PayloadContent")), *_ours(profile)]


@cache
def _schema(name: str) -> tuple[Mapping[str, Any], ...]:
    return tuple(yaml.safe_load((SCHEMA / f"{name}.yaml").read_text("utf-8"))["payloadkeys"])


def _top(profile: Mapping[str, Any]) -> Iterator[str]:
    flat = {k: v for k, v in profile.items() if k not in {"PayloadContent", "ConsentText"}}
    keys = [k for k in _schema("TopLevel") if k["key"] not in {"PayloadContent", "ConsentText"}]
    yield from _dictionary("", flat, keys)
    if not isinstance(profile.get("PayloadContent"), list) or not profile["PayloadContent"]:
        yield "PayloadContent: no array with something in it"
    # The schema nests what is flat in files: language → text.
    consent = profile.get("ConsentText", {"default": "x"})
    if not isinstance(consent, dict) or not consent:
        yield "ConsentText: no dictionary"
    elif not all(isinstance(text, str) and text for text in consent.values()):
        yield "ConsentText: not all texts"
    elif "default" not in consent:
        yield "ConsentText: no default"


def _payloads(payloads: object) -> Iterator[str]:
    for number, payload in enumerate(payloads if isinstance(payloads, list) else ()):
        where = f"PayloadContent[{number}]"
        kind = payload.get("PayloadType") if isinstance(payload, dict) else None
        if kind not in ALLOWED:
            yield f"{where}: a payload of type {kind!r}"
            continue
        # What a payload says for itself is not repeated from the keys of all.
        own = _schema(kind)
        named = {key["key"] for key in own}
        common = [key for key in _schema("CommonPayloadKeys") if key["key"] not in named]
        yield from _dictionary(where, payload, [*common, *own])


def _dictionary(where: str, found: Mapping[str, Any], keys: Any) -> Iterator[str]:
    known = {key["key"]: key for key in keys}
    for name in found:
        if name not in known:
            yield f"{where}/{name}: no such key"
    for name, key in known.items():
        if name in found:
            yield from _value(f"{where}/{name}", found[name], key)
        elif key["presence"] == "required":
            yield f"{where}/{name}: missing"


def _value(where: str, value: object, key: Mapping[str, Any]) -> Iterator[str]:
    wanted = _TYPES[key["type"]]
    if type(value) is not wanted:  # a boolean is no integer here
        yield f"{where}: {type(value).__name__} where {key['type']} was expected"
        return
    if "rangelist" in key and value not in key["rangelist"]:
        yield f"{where}: {value!r} is none of {key['rangelist']}"
    within = key.get("range", {})
    if isinstance(value, int | float) and (
        value < within.get("min", value) or value > within.get("max", value)
    ):
        yield f"{where}: {value} is not within {within}"
    if "format" in key and not re.search(key["format"], str(value)):
        yield f"{where}: not of the form {key['format']}"
    for target in TARGETS:
        if key.get("supportedOS", {}).get(target, {}).get("introduced") == "n/a":
            yield f"{where}: not for {target}"


def _ours(profile: Mapping[str, Any]) -> Iterator[str]:
    """What Apple's schema leaves open and a good profile does not."""
    content = profile.get("PayloadContent")
    payloads = [p for p in content if isinstance(p, dict)] if isinstance(content, list) else []
    yield from _names([profile, *payloads])
    mails = [p for p in payloads if p.get("PayloadType") == ALLOWED[0]]
    if len(mails) != 1:
        yield "not one mail account"
    for mail in mails:
        yield from _mail(mail)
    for name, value in _texts(profile):
        if not value or any(ord(c) < 32 and c != "\n" for c in value):
            yield f"{name}: empty, or with control characters"


def _names(everything: list[Mapping[str, Any]]) -> Iterator[str]:
    for name in ("PayloadUUID", "PayloadIdentifier"):
        found = [str(one.get(name)) for one in everything]
        if len(set(found)) != len(found):
            yield f"{name}: the same twice"
    whole = str(everything[0].get("PayloadIdentifier"))
    for one in everything:
        if not _UUID.fullmatch(str(one.get("PayloadUUID"))):
            yield f"PayloadUUID: {one.get('PayloadUUID')!r} is no UUID made of a name"
        identifier = str(one.get("PayloadIdentifier"))
        if not _IDENTIFIER.fullmatch(identifier):
            yield f"PayloadIdentifier: {identifier!r}"
        if not f"{identifier}.".startswith(f"{whole}."):
            yield f"PayloadIdentifier: {identifier!r} is not below that of the profile"


def _mail(mail: Mapping[str, Any]) -> Iterator[str]:
    for side in ("Incoming", "Outgoing"):
        if mail.get(f"{side}MailServerUseSSL") is not True:
            yield f"{side}MailServerUseSSL: not said, or not true"
        port = mail.get(f"{side}MailServerPortNumber")
        if not isinstance(port, int) or not 0 < port < 65536:
            yield f"{side}MailServerPortNumber: {port!r}"
        if mail.get(f"{side}MailServerAuthentication") in {"EmailAuthNone", "EmailAuthHTTPMD5"}:
            yield f"{side}MailServerAuthentication: never written"
        if not mail.get(f"{side}MailServerUsername"):
            yield f"{side}MailServerUsername: not said"
    if not mail.get("EmailAddress"):
        yield "EmailAddress: not said"
    if "OutgoingPasswordSameAsIncomingPassword" not in mail:
        yield "OutgoingPasswordSameAsIncomingPassword: not said"


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{name}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{name}[{number}]")
