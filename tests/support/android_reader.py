# SPDX-License-Identifier: MPL-2.0
"""How Thunderbird for Android reads a QR code and a settings file: its rules, written anew.

Shares nothing with the program. Raises :class:`Refused` where the app takes none of it.
"""

import ipaddress
import json
import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

_LABEL = re.compile(r"[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\Z")
_ATEXT = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~")


class Refused(Exception):
    """The app says that it cannot read this."""


@dataclass(frozen=True)
class Server:
    kind: str
    host: str
    port: int
    security: str
    auth: str
    user: str
    password: str | None


@dataclass(frozen=True)
class Read:
    name: str
    incoming: Server
    outgoing: Server
    identities: tuple[tuple[str, str], ...]


def read_code(text: str) -> tuple[tuple[int, int], list[Read]]:
    """Number and count of the code, and its accounts."""
    try:
        root = json.loads(text)
    except ValueError as error:
        raise Refused(str(error)) from error
    need(isinstance(root, list) and len(root) >= 4 and len(root) % 2 == 0, "shape")
    need(integer(root[0]) == 1, "version")
    sequence = (integer(root[1][0]), integer(root[1][1]))
    return sequence, [account(i, g) for i, g in zip(root[2::2], root[3::2], strict=True)]


def account(incoming: Any, groups: Any) -> Read:
    need(isinstance(groups, list) and groups, "groups")
    found = []
    for group in groups:
        outgoing = server(group[0], {0: "smtp"}, named=False)
        identities = tuple((address(one[0]), line(one[1])) for one in group[1:])
        need(identities, "identities")
        found.append((outgoing, identities))
    outgoing, identities = found[0]  # all others are thrown away
    name = line(incoming[6]) if len(incoming) > 6 else ""
    inside = server(incoming, {0: "imap", 1: "pop3"}, named=True)
    return Read(name or identities[0][0], inside, outgoing, identities)


def server(values: Any, kinds: dict[int, str], *, named: bool) -> Server:
    need(isinstance(values, list) and len(values) >= 6, "server")
    at = 7 if named else 6
    security = {0: "plain", 1: "starttls", 2: "starttls", 3: "tls"}
    auth = {0: "none", 1: "password", 2: "encrypted", 5: "certificate", 6: "oauth2"}
    return Server(
        one_of(kinds, values[0]),
        host(values[1]),
        port(values[2]),
        one_of(security, values[3]),
        one_of(auth, values[4]),
        line(values[5]),
        line(values[at]) if len(values) > at else None,
    )


def need(truth: Any, what: str) -> None:
    if not truth:
        raise Refused(what)


def integer(value: Any) -> int:
    need(type(value) is int, f"no integer: {value!r}")
    return int(value)


def one_of(words: dict[int, str], value: Any) -> str:
    need(integer(value) in words, f"unknown number {value!r}")
    return words[value]


def text(value: Any) -> str:
    need(isinstance(value, str), f"no text: {value!r}")  # null ends it, too
    return str(value)


def line(value: Any) -> str:
    need("\n" not in text(value) and "\r" not in value, "line break")
    return str(value)


def host(value: Any) -> str:
    labels = text(value).split(".")
    good = all(len(one) < 64 and _LABEL.match(one) for one in labels) and len(value) <= 253
    if not good:
        try:
            ipaddress.ip_address(value)
        except ValueError:
            raise Refused(f"host {value!r}") from None
    return str(value)


def port(value: Any) -> int:
    need(0 < integer(value) < 65536, "port")
    return int(value)


def address(value: Any) -> str:
    local, at, domain = text(value).rpartition("@")
    need(at and 0 < len(local) <= 64, "address")
    need(all(atom and set(atom) <= _ATEXT for atom in local.split(".")), "local part")
    host(domain)
    return str(value)


def read_k9s(data: bytes) -> Read:
    """The one account of a settings file."""
    root = ET.fromstring(data)
    need(root.tag == "k9settings" and root.get("format") == "1", "root")
    need(int(root.get("version", "0")) > 0, "version")
    (one,) = root.findall("accounts/account")
    need(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one.get("uuid", "")), "uuid")
    tags = [child.tag for child in one]
    need(tags.index("incoming-server") < tags.index("outgoing-server"), "order")
    identities = tuple(
        (address(i.findtext("email")), line(i.findtext("name")))
        for i in one.findall("identities/*")
    )
    need(identities, "identities")
    name = line(one.findtext("name"))
    return Read(name, k9s_server(one, "incoming"), k9s_server(one, "outgoing"), identities)


def k9s_server(one: ET.Element, which: str) -> Server:
    (found,) = one.findall(f"{which}-server")
    securities = {"NONE": "plain", "STARTTLS_REQUIRED": "starttls", "SSL_TLS_REQUIRED": "tls"}
    auths = {
        "PLAIN": "password",
        "CRAM_MD5": "encrypted",
        "EXTERNAL": "certificate",
        "XOAUTH2": "oauth2",
        "NONE": "none",
    }
    need(len({child.tag for child in found}) == len(found), "a tag twice")
    return Server(
        text(found.get("type")).lower(),
        host(found.findtext("host")),
        port(int(text(found.findtext("port")))),
        securities[text(found.findtext("connection-security"))],
        auths[text(found.findtext("authentication-type"))],
        line(found.findtext("username")),
        found.findtext("password"),
    )
