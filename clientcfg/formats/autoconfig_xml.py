# SPDX-License-Identifier: MPL-2.0
"""Autoconfig files, ``config-v1.1`` (draft-ietf-mailmaint-autoconfig): where a domain's mail is.

User names stand in them as placeholders, so that one file is right for everybody.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from clientcfg.formats.in_the_clear import in_the_clear
from clientcfg.formats.plain_text import refuse_hidden_in
from clientcfg.model.account import ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import (
    CRAM_MD5,
    GSSAPI,
    LOGIN,
    NTLM,
    OAUTHBEARER,
    PLAIN,
    XOAUTH2,
    Mechanism,
)
from clientcfg.model.trouble import No, Refused
from clientcfg.model.user_names import form_of
from clientcfg.tables import shown
from clientcfg.words import _

# ``plain`` is a word of the grammar, too, but a file for everybody never says it.
_SOCKET_TYPE: Final = {Security.TLS: "SSL", Security.STARTTLS: "STARTTLS"}
_AUTHENTICATION: Final[Mapping[Mechanism, str]] = {
    PLAIN: "password-cleartext",
    LOGIN: "password-cleartext",
    CRAM_MD5: "password-encrypted",
    GSSAPI: "GSSAPI",
    NTLM: "NTLM",
    XOAUTH2: "OAuth2",
    OAUTHBEARER: "OAuth2",
}


def client_config(address: Address, logins: Sequence[ServerLogin], name: str) -> bytes:
    """The file for the domain of *address*; *name* is what the provider is called.

    Raises a :class:`Trouble` for a server without TLS, for a log-in that the
    grammar has no word for, and for a user name that would not stay as it is.
    """
    refuse_hidden_in(name, address.domain)
    root = ET.Element("clientConfig", version="1.1")
    provider = ET.SubElement(root, "emailProvider", id=address.domain)
    _add(provider, "domain", address.domain)
    _add(provider, "displayName", name)
    for login in logins:
        _server(provider, address, login)
    ET.indent(root)
    body: bytes = ET.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _server(provider: ET.Element, address: Address, login: ServerLogin) -> None:
    endpoint = login.endpoint
    if endpoint.security not in _SOCKET_TYPE:
        raise in_the_clear(endpoint.host)
    if login.mechanism not in _AUTHENTICATION:
        raise No(
            "mechanism-not-known",
            _("An autoconfig file has no word for {mechanism}, which {host} wants.").format(
                mechanism=login.mechanism, host=shown(endpoint.host)
            ),
            _("Ask the server’s administrator for PLAIN inside TLS."),
        )
    refuse_hidden_in(endpoint.host, login.username)
    kind = "outgoingServer" if endpoint.protocol is Protocol.SMTP else "incomingServer"
    server = ET.SubElement(provider, kind, type=str(endpoint.protocol))
    _add(server, "hostname", endpoint.host)
    _add(server, "port", str(endpoint.port))
    _add(server, "socketType", _SOCKET_TYPE[endpoint.security])
    _add(server, "authentication", _AUTHENTICATION[login.mechanism])
    _add(server, "username", _user(login.username, address))


def _user(username: str, address: Address) -> str:
    form = form_of(username, address)
    if form is not None:
        return form.value
    if "%EMAIL" in username.upper():
        raise Refused(
            "value-not-writable",
            _("The user name has a placeholder in it, which programs would replace."),
            _("Type the settings in by hand."),
        )
    return username


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
