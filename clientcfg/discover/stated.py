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

from clientcfg.discover.special import NotAServer, published_host
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

    ``username`` None: not stated. ``own_network``: it answers only inside the
    provider's network, with a log-in or without (``restriction`` in autoconfig).
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
    """Who states it: a source's name, how far it is to be trusted, whether a person must agree.

    ``published``: it came over the network, so its hosts must be names on the internet.
    """

    source: str
    trust: Trust
    confirm: bool = False
    published: bool = False


def offer(server: StatedServer, local: str | None, domain: str, origin: Origin) -> Offer:
    """What *server* is for ``local@domain``. Raises :class:`NotAServer` for a host that is none.

    Without *local* a user name that needs it stays open. A host never gets the
    local part: looking it up would tell DNS the address.
    """
    name = _host(_filled(server.host, None, domain), origin)
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
    unusual: dict[str, list[str]] = {}
    for server in servers:
        try:
            one = offer(server, local, domain, origin)
        except NotAServer as why:
            notes.append(left_out(server.protocol, str(why)))
            continue
        made.append(one)
        for text in _unusual(server):
            unusual.setdefault(text, []).append(str(one.endpoint))
    for text, places in unusual.items():
        notes.append(text.format(places=", ".join(dict.fromkeys(places))))
    return tuple(dict.fromkeys(made)), tuple(dict.fromkeys(notes))


def left_out(protocol: Protocol, why: str) -> str:
    """The note about a server that is not offered."""
    text = _("A server for {protocol} was left out: {why}.")
    return text.format(protocol=protocol.upper(), why=why)


def _unusual(server: StatedServer) -> list[str]:
    """What a person should know who is used to log in with a name and a password."""
    said = []
    if "smtp-after-pop" in server.auth:
        said.append(_("POP before SMTP, and no log-in, is said of {places}."))
    if "none" in server.auth:
        said.append(_("No log-in is needed, it is said, at {places}."))
    if "client-IP-address" in server.auth:
        said.append(_("Customers are known by their network, without a log-in, at {places}."))
    if server.own_network:
        said.append(_("Only from inside the provider’s network, it is said: {places}."))
    if server.username is not None and _not_understood(server.username):
        said.append(_("The user name is stated in a form that is not understood for {places}."))
    return said


def _host(text: str | None, origin: Origin) -> str:
    unusable = _("its host is not a usable name")
    if text is None:
        raise NotAServer(unusable)
    if origin.published:
        return published_host(text)
    try:
        return host_name(text)
    except WrongUsage:
        raise NotAServer(unusable) from None


def _not_understood(text: str) -> bool:
    return _LEFT_OVER.search(_PLACEHOLDER.sub("", text)) is not None


def _filled(text: str, local: str | None, domain: str) -> str | None:
    """*text* with its placeholders replaced; None where one stays open or the result is no name."""
    values = {"emaildomain": domain}
    if local is not None:
        values |= {"emaillocalpart": local, "emailaddress": f"{local}@{domain}"}
    wanted = {match[1].lower() for match in _PLACEHOLDER.finditer(text)}
    if not wanted <= values.keys() or _not_understood(text):
        return None
    filled = _PLACEHOLDER.sub(lambda match: values[match[1].lower()], text)
    return filled if filled.isprintable() and len(filled) <= _LONGEST_NAME else None
