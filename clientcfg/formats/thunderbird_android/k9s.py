# SPDX-License-Identifier: MPL-2.0
"""``.k9s`` settings files (format 1), with just what the app itself makes of a QR code."""

from typing import Final
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from clientcfg.formats.thunderbird_android.reader_rules import incoming_of
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, LOGIN, OAUTHBEARER, PLAIN, XOAUTH2
from clientcfg.model.plan import Content
from clientcfg.model.secret import Hole

# As the app writes it for itself; newer ones bring it up to their own.
VERSION: Final = "99"
FORMAT: Final = "1"
# Of these accounts; so that one address always has one UUID.
_OURS: Final = UUID("6a0c2f6e-2a7b-4f0d-9a35-0d2a7d8e7f41")

_TYPE: Final = {Protocol.IMAP: "IMAP", Protocol.POP3: "POP3", Protocol.SMTP: "SMTP"}
_SECURITY: Final = {Security.TLS: "SSL_TLS_REQUIRED", Security.STARTTLS: "STARTTLS_REQUIRED"}
_AUTHENTICATION: Final = {
    PLAIN: "PLAIN",
    LOGIN: "PLAIN",
    CRAM_MD5: "CRAM_MD5",
    XOAUTH2: "XOAUTH2",
    OAUTHBEARER: "XOAUTH2",
}
_HOLE: Final = b"<password />"


def k9s(account: Account, *, with_password: bool = False) -> Content:
    """The file, UTF-8; *with_password*: with a hole wherever the password belongs.

    Raises a :class:`Trouble` for an account that the app would refuse.
    """
    incoming = incoming_of(account)
    root = ET.Element("k9settings", version=VERSION, format=FORMAT)
    identity_key = str(uuid5(_OURS, str(account.address).casefold()))
    one = ET.SubElement(ET.SubElement(root, "accounts"), "account", uuid=identity_key)
    _add(one, "name", str(account.address))
    # In this order: FairEmail gives what follows to whichever server was there last.
    _server(one, "incoming-server", incoming, with_password=with_password)
    _server(one, "outgoing-server", account.outgoing, with_password=with_password)
    identity = ET.SubElement(ET.SubElement(one, "identities"), "identity")
    _add(identity, "name", account.name)
    _add(identity, "email", str(account.address))
    ET.indent(root)
    head = b"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    # No text can look like the mark: in texts, "<" is written "&lt;".
    first, *others = (head + ET.tostring(root, "utf-8") + b"\n").split(_HOLE)
    content: list[bytes | Hole] = [first]
    for other in others:
        content += (b"<password>", Hole("password", "xml-text"), b"</password>" + other)
    return tuple(content)


def _server(parent: ET.Element, name: str, login: ServerLogin, *, with_password: bool) -> None:
    endpoint = login.endpoint
    server = ET.SubElement(parent, name, type=_TYPE[endpoint.protocol])
    _add(server, "host", endpoint.host)
    _add(server, "port", str(endpoint.port))
    _add(server, "connection-security", _SECURITY[endpoint.security])
    _add(server, "authentication-type", _AUTHENTICATION[login.mechanism])
    _add(server, "username", login.username)
    if with_password and login.mechanism not in {XOAUTH2, OAUTHBEARER}:
        ET.SubElement(server, "password")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
