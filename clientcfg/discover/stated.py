# SPDX-License-Identifier: MPL-2.0
"""A server as a list or a file states it, before an address is put in.

User names and hosts may hold the placeholders of autoconfig (config-v1.1):
``%EMAILADDRESS%``, ``%EMAILLOCALPART%`` and ``%EMAILDOMAIN%``, any number,
also inside a longer text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from clientcfg.model import mechanism as m
from clientcfg.model.address import host_name
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.offer import Offer, Trust
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

# One real file leaves out the closing % at the end.
_PLACEHOLDER: Final = re.compile(r"%(EMAILADDRESS|EMAILLOCALPART|EMAILDOMAIN)(?:%|\Z)", re.I)
_LEFT_OVER: Final = re.compile(r"%[A-Za-z]{3,}%?")

_LONGEST_NAME: Final = 320

# What autoconfig calls a way to log in → SASL mechanisms that can be meant by
# it, best first. ``client-IP-address``, ``none`` and ``smtp-after-pop`` are no mechanisms.
AUTHENTICATION: Final[Mapping[str, tuple[Mechanism, ...]]] = {
    "password-cleartext": (m.PLAIN, m.LOGIN),
    "password-encrypted": (m.SCRAM_SHA_256, m.SCRAM_SHA_1, m.CRAM_MD5, Mechanism("DIGEST-MD5")),
    "OAuth2": (m.OAUTHBEARER, m.XOAUTH2),
    "NTLM": (m.NTLM,),
    "GSSAPI": (m.GSSAPI,),
    "TLS-client-cert": (m.EXTERNAL,),
    "client-IP-address": (),
    "none": (),
    "smtp-after-pop": (),
}
# A SASL name that was written as such stands behind this.
SASL: Final = "sasl:"


@dataclass(frozen=True, slots=True)
class StatedServer:
    """One server. ``auth`` are the words of :data:`AUTHENTICATION`, in the order of preference.

    ``username`` None: not stated. ``own_network``: only the provider's own
    customers reach it, known by their IP address (``restriction`` in autoconfig).
    """

    protocol: Protocol
    host: str
    port: int
    security: Security
    username: str | None = None
    auth: tuple[str, ...] = ()
    own_network: bool = False

    def mechanisms(self) -> tuple[Mechanism, ...]:
        """The mechanisms that ``auth`` can mean, in its order, each once."""
        found: list[Mechanism] = []
        for word in self.auth:
            named = m.mechanism(word.removeprefix(SASL)) if word.startswith(SASL) else None
            found += [named] if named else AUTHENTICATION.get(word, ())
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Origin:
    """Who states it: a source's name, how far it is to be trusted, whether a person must agree."""

    source: str
    trust: Trust
    confirm: bool = False


def offer(server: StatedServer, local: str | None, domain: str, origin: Origin) -> Offer | None:
    """What *server* is for ``local@domain``; None where its host does not become a name.

    Without *local* a user name that needs it stays open. A host never gets the
    local part: looking it up would tell DNS the address.
    """
    host = _filled(server.host, None, domain)
    try:
        name = host_name(host) if host is not None else None
    except WrongUsage:
        name = None
    if name is None:
        return None
    username = None if server.username is None else _filled(server.username, local, domain)
    return Offer(
        Endpoint(server.protocol, name, server.port, server.security),
        origin.source,
        origin.trust,
        username=username,
        mechanisms=server.mechanisms(),
        confirm=origin.confirm,
    )


def offers(
    servers: Iterable[StatedServer], local: str | None, domain: str, origin: Origin
) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    """The offers of *servers* in their order, each once; and what has to be said about them."""
    made: list[Offer] = []
    notes: list[str] = []
    for server in servers:
        one = offer(server, local, domain, origin)
        if one is None:
            notes.append(left_out(server.protocol, _("its host is not a usable name")))
        else:
            made.append(one)
            notes += _unusual(server, one.endpoint)
    return tuple(dict.fromkeys(made)), tuple(dict.fromkeys(notes))


def left_out(protocol: Protocol, why: str) -> str:
    """The note about a server that is not offered."""
    text = _("A server for {protocol} was left out: {why}.")
    return text.format(protocol=protocol.upper(), why=why)


def _unusual(server: StatedServer, at: Endpoint) -> list[str]:
    """What a person should know who is used to log in with a name and a password."""
    said = []
    if "smtp-after-pop" in server.auth:
        said.append(_("{at} is said to want mail fetched first (POP before SMTP), and no log-in."))
    if "none" in server.auth:
        said.append(_("{at} is said to want no log-in."))
    if server.own_network or "client-IP-address" in server.auth:
        said.append(_("{at} is said to know its customers by their network; elsewhere it refuses."))
    if server.username is not None and _LEFT_OVER.search(_PLACEHOLDER.sub("", server.username)):
        said.append(_("The user name for {at} is stated in a form that is not understood."))
    return [text.format(at=at) for text in said]


def _filled(text: str, local: str | None, domain: str) -> str | None:
    """*text* with its placeholders replaced; None where one stays open or the result is no name."""
    values = {"emaildomain": domain}
    if local is not None:
        values |= {"emaillocalpart": local, "emailaddress": f"{local}@{domain}"}
    wanted = {match[1].lower() for match in _PLACEHOLDER.finditer(text)}
    if not wanted <= values.keys() or _LEFT_OVER.search(_PLACEHOLDER.sub("", text)):
        return None
    filled = _PLACEHOLDER.sub(lambda match: values[match[1].lower()], text)
    return filled if filled.isprintable() and len(filled) <= _LONGEST_NAME else None
