# SPDX-License-Identifier: MPL-2.0
"""``<clientConfig>`` → :class:`Sheet`: what an autoconfig file says, before an address is put in.

The must-ignore rule of draft-ietf-mailmaint-autoconfig holds throughout: what
is unknown is skipped, a server that is incomplete goes alone, and nothing is
concluded from a port (RFC 8314's ports carry other things in real files).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clientcfg.discover.careful_xml import NotReadable, root_of
from clientcfg.discover.stated import AUTHENTICATION, SASL, StatedServer, left_out
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import mechanism
from clientcfg.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

# The longest list of servers in public use has nine.
MOST_SERVERS: Final = 32

_PROTOCOLS: Final = {
    ("incomingServer", "imap"): Protocol.IMAP,
    ("incomingServer", "pop3"): Protocol.POP3,
    ("outgoingServer", "smtp"): Protocol.SMTP,
}
# "TLS" stands in an example of the draft, for what everybody calls SSL.
_SOCKETS: Final = {
    "ssl": Security.TLS,
    "tls": Security.TLS,
    "starttls": Security.STARTTLS,
    "plain": Security.PLAIN,
}
# The words of 1.1, their forerunners, and "OAuth", as one place of the draft has it.
_WORDS: Final = {word.lower(): word for word in AUTHENTICATION} | {
    "plain": "password-cleartext",
    "secure": "password-encrypted",
    "oauth": "OAuth2",
    "client-ip-based": "client-IP-address",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file. ``domains`` it is said to be for; ``mx``: of servers that take mail for others."""

    name: str | None
    domains: tuple[str, ...]
    mx: tuple[str, ...]
    servers: tuple[StatedServer, ...]
    notes: tuple[str, ...]


def read_sheet(data: bytes) -> Sheet:
    """What the file *data* says. Raises :class:`NotReadable`."""
    root = root_of(data)
    if _tag(root) != "clientConfig":
        text = _("it is not an autoconfig file: it begins with <{tag}>")
        raise NotReadable(text.format(tag=_shown(_tag(root))))
    provider = next(_children(root, "emailProvider"), None)
    if provider is None:
        raise NotReadable(_("it describes no e-mail provider"))
    servers, notes = _servers(provider)
    domains = list(_children(provider, "domain"))
    return Sheet(
        name=next(_texts(provider, "displayName"), None),
        domains=_names(d for d in domains if d.get("purpose") != "mx"),
        mx=_names(d for d in domains if d.get("purpose") == "mx"),
        servers=servers,
        notes=notes,
    )


def _servers(provider: "Element") -> tuple[tuple[StatedServer, ...], tuple[str, ...]]:
    found: list[StatedServer] = []
    notes: list[str] = []
    others: list[str] = []
    for element in provider:
        if _tag(element) not in {"incomingServer", "outgoingServer"}:
            continue
        kind = (element.get("type") or "").strip()
        protocol = _PROTOCOLS.get((_tag(element), kind.lower()))
        if protocol is None:
            others.append(_shown(kind) or "?")
            continue
        if len(found) == MOST_SERVERS:
            notes.append(_("Only its first {count} servers were read.").format(count=MOST_SERVERS))
            break
        server = _server(element, protocol)
        if isinstance(server, str):
            notes.append(left_out(protocol, server))
        else:
            found.append(server)
    if others:
        text = _("It also names what is not IMAP, POP3 or SMTP: {kinds}.")
        notes.append(text.format(kinds=", ".join(list(dict.fromkeys(others))[:MOST_SERVERS])))
    return tuple(found), tuple(dict.fromkeys(notes))


def _server(element: "Element", protocol: Protocol) -> StatedServer | str:
    """The server of *element*, or what it lacks."""
    host = next(_texts(element, "hostname"), None)
    if host is None:
        return _("it has no host")
    port = next((p for p in map(_port, _texts(element, "port")) if p), None)
    if port is None:
        return _("it has no port from 1 to 65535")
    sockets = (_SOCKETS.get(text.lower()) for text in _texts(element, "socketType"))
    security = next((s for s in sockets if s is not None), None)
    if security is None:
        return _("it does not say how it is encrypted")
    restrictions = {text.lower() for text in _texts(element, "restriction")}
    auth = [*_authentication(element)]
    if "smtp-after-pop" in restrictions:
        auth.append("smtp-after-pop")
    return StatedServer(
        protocol=protocol,
        host=host,
        port=port,
        security=security,
        username=next(_texts(element, "username"), None),
        auth=tuple(dict.fromkeys(auth)),
        own_network=any(_WORDS.get(text) == "client-IP-address" for text in restrictions),
    )


def _authentication(element: "Element") -> "Iterator[str]":
    """The ways to log in that are known, in the file's order."""
    for child in _children(element, "authentication"):
        text = (child.text or "").strip()
        system = (child.get("system") or "").strip().lower()
        if system == "sasl":
            named = mechanism(text)
            if named is not None:
                yield SASL + named
        elif not system and (word := _WORDS.get(text.lower())):
            yield word


def _port(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        return None
    return int(text) if 0 < int(text) < 65536 else None


def _names(elements: "Iterator[Element]") -> tuple[str, ...]:
    texts = ((element.text or "").strip().lower() for element in elements)
    return tuple(dict.fromkeys(text for text in texts if text))


def _texts(element: "Element", tag: str) -> "Iterator[str]":
    """The texts of *element*'s children called *tag*, without blanks around, if any is left."""
    for child in _children(element, tag):
        if text := "".join(child.itertext()).strip():
            yield text


def _children(element: "Element", tag: str) -> "Iterator[Element]":
    return (child for child in element if _tag(child) == tag)


def _tag(element: "Element") -> str:
    """The local name: some files put themselves into a namespace."""
    return element.tag.rpartition("}")[2]


def _shown(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:40]
