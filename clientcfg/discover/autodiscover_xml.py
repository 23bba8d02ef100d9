# SPDX-License-Identifier: MPL-2.0
"""Autodiscover POX (MS-OXDSCLI) as pure functions: the request, and what an answer means."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clientcfg.discover.careful_xml import NotReadable, root_of
from clientcfg.discover.special import published_host
from clientcfg.model.endpoint import DEFAULT_PORT, Endpoint, Protocol, Security
from clientcfg.model.mechanism import LOGIN, NTLM, PLAIN
from clientcfg.model.offer import Offer, Trust
from clientcfg.words import _

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME: Final = "autodiscover"
# outlook.com wants exactly this spelling.
CONTENT_TYPE: Final = "text/xml; charset=utf-8"

_SCHEMA: Final = "http://schemas.microsoft.com/exchange/autodiscover/outlook/"
_REQUEST: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    f'<Autodiscover xmlns="{_SCHEMA}requestschema/2006"><Request>'
    "<EMailAddress>{address}</EMailAddress>"
    f"<AcceptableResponseSchema>{_SCHEMA}responseschema/2006a</AcceptableResponseSchema>"
    "</Request></Autodiscover>\n"
)
_TYPES: Final = {"IMAP": Protocol.IMAP, "POP3": Protocol.POP3, "SMTP": Protocol.SMTP}
# "Encryption" overrules "SSL"; with SSL alone the usual port tells (MS-OXDSCLI §2.2.4.1).
_ENCRYPTION: Final = {"none": Security.PLAIN, "ssl": Security.TLS, "tls": Security.STARTTLS}
_STARTTLS_PORTS: Final = frozenset({25, 110, 143, 587})
_USUAL_PORT: Final = {**DEFAULT_PORT, (Protocol.SMTP, Security.PLAIN): 587}
_MOST: Final = 32


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says: exactly one of the first four, with ``others`` beside offers.

    ``reason``: half a sentence on why there is nothing. ``others``: protocols
    that are no mail protocols of ours, as it names them (EXCH, EXPR, WEB, …).
    """

    offers: tuple[Offer, ...] = ()
    redirect_url: str | None = None
    redirect_address: str | None = None
    reason: str | None = None
    others: tuple[str, ...] = ()


def request_for(address: str) -> bytes:
    """The body that asks for the settings of *address*."""
    # The function of the standard library for this loads an HTTP client, too.
    text = address.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _REQUEST.format(address=text).encode()


def read(data: bytes, trust: Trust) -> Said:
    """What *data* says. Never raises, whatever it is."""
    try:
        root = root_of(data)
    except NotReadable as why:
        return Said(reason=str(why))
    account = _first(root, "Account")
    if account is None:
        code = _text(_first(root, "ErrorCode"))
        return Said(reason=_error(code))
    action = _text(_first(account, "Action")).lower()
    url, address = _text(_first(account, "RedirectUrl")), _text(_first(account, "RedirectAddr"))
    if action == "redirecturl" and url:
        return Said(redirect_url=url)
    if action == "redirectaddr" and address:
        return Said(redirect_address=address)
    return _settings(account, trust)


def _error(code: str) -> str:
    """What an ``ErrorCode`` means (MS-OXDSCLI §2.2.4.1)."""
    errors = {
        "500": _("it knows no settings for this address"),
        "600": _("it calls the request invalid"),
        "601": _("it offers no such settings"),
    }
    return errors.get(code) or _("there are no settings in it")


def _settings(account: "Element", trust: Trust) -> Said:
    found: list[Offer] = []
    others: list[str] = []
    for section in [e for e in account.iter() if _tag(e) == "protocol"][:_MOST]:
        kind = (_text(_child(section, "Type")) or section.get("Type") or "").upper()
        protocol = _TYPES.get(kind)
        if protocol is None:
            others += [kind] if kind.isalnum() and len(kind) <= 12 else []
            continue
        offer = _offer(section, protocol, trust)
        if offer is not None:
            found.append(offer)
    names = tuple(dict.fromkeys(others))
    if found:
        return Said(tuple(dict.fromkeys(found)), others=names)
    if names:
        text = _("it is an Exchange service that offers neither IMAP nor SMTP (it names {names})")
        return Said(reason=text.format(names=", ".join(names)), others=names)
    return Said(reason=_("it names no server"))


def _offer(section: "Element", protocol: Protocol, trust: Trust) -> Offer | None:
    try:
        host = published_host(_text(_child(section, "Server")))
        written = _text(_child(section, "Port"))
        port = int(written) if written else None
    except ValueError:
        return None
    if port is not None and not 0 < port < 65536:
        return None
    security = _security(section, port)
    endpoint = Endpoint(protocol, host, port or _USUAL_PORT[protocol, security], security)
    login, domain = _text(_child(section, "LoginName")), _text(_child(section, "DomainName"))
    if login and domain and _on(section, "DomainRequired", default=False):
        login = f"{domain}\\{login}"
    needed = _on(section, "AuthRequired", default=True)
    plainly = (NTLM,) if _on(section, "SPA", default=False) else (PLAIN, LOGIN)
    return Offer(
        endpoint,
        NAME,
        trust,
        username=login if login and login.isprintable() and len(login) <= 320 else None,
        mechanisms=plainly if needed else (),
        confirm=trust in {Trust.A6, Trust.A7},
    )


def _security(section: "Element", port: int | None) -> Security:
    encryption = _text(_child(section, "Encryption")).lower()
    if encryption in _ENCRYPTION:
        return _ENCRYPTION[encryption]
    if encryption != "auto" and not _on(section, "SSL", default=True):
        return Security.PLAIN
    return Security.STARTTLS if port in _STARTTLS_PORTS else Security.TLS


def _on(section: "Element", name: str, *, default: bool) -> bool:
    word = _text(_child(section, name)).lower()
    return word in {"on", "true", "1"} if word else default


def _first(root: "Element", name: str) -> "Element | None":
    return next((e for e in root.iter() if _tag(e) == name.lower()), None)


def _child(section: "Element", name: str) -> "Element | None":
    return next((e for e in section if _tag(e) == name.lower()), None)


def _tag(element: "Element") -> str:
    """The name without its namespace: servers write it with http, https or not at all."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _text(element: "Element | None") -> str:
    return (element.text or "").strip() if element is not None else ""
