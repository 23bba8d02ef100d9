# SPDX-License-Identifier: MPL-2.0
"""PACC, draft-ietf-mailmaint-pacc-03: one JSON file whose digest stands in DNS.

Only implicit TLS on the usual ports; the user name is the address. The digest
is over the exact octets of the body, so a file that somebody else put there is
found out, and one that was reformatted is, too.
"""

import hashlib
import json
from base64 import b64decode
from binascii import Error
from collections.abc import Iterable
from typing import Any, Final

from clientcfg.discover.dns import NoAnswer, NoSuchName
from clientcfg.discover.place import Place
from clientcfg.discover.source import Ask, Source
from clientcfg.discover.special import NotAServer, published_host
from clientcfg.discover.web import NotProved, NotReached, NotThere
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import LOGIN, OAUTHBEARER, PLAIN, XOAUTH2, Mechanism
from clientcfg.model.offer import Offer, Outcome, SourceAnswer, Trust
from clientcfg.words import _

NAME: Final = "pacc"
LABEL: Final = "_ua-auto-config"
FILE: Final = "/.well-known/user-agent-configuration.json"

# Draft 02 called submission "smtp", 03 calls it "submit".
_PROTOCOLS: Final = (
    ("submit", Protocol.SMTP, 465),
    ("smtp", Protocol.SMTP, 465),
    ("imap", Protocol.IMAP, 993),
    ("pop3", Protocol.POP3, 995),
)


class NotPacc(ValueError):
    """The body is no such file. The text is a half sentence."""


def digests(records: Iterable[str]) -> tuple[bytes, ...]:
    """The SHA-256 digests that the TXT *records* allow; records of other kinds are passed over."""
    found = []
    for record in records:
        tags: dict[str, str] = {}
        for part in record.split(";"):
            name, equals, value = part.partition("=")
            if equals:
                tags.setdefault(name.strip().lower(), value.strip())
        if tags.get("v", "").upper() != "UAAC1" or tags.get("a", "").lower() != "sha256":
            continue
        try:
            digest = b64decode("".join(tags.get("d", "").split()), validate=True)
        except (Error, ValueError):
            continue
        if len(digest) == hashlib.sha256().digest_size:
            found.append(digest)
    return tuple(found)


def read(body: bytes, address: str | None) -> tuple[Offer, ...]:
    """The offers of the file *body*. Raises :class:`NotPacc`; unknown parts are passed over."""
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):
        raise NotPacc(_("it is no JSON")) from None
    protocols = tree.get("protocols") if isinstance(tree, dict) else None
    if not isinstance(protocols, dict):
        raise NotPacc(_("it has no list of protocols"))
    mechanisms = _mechanisms(tree.get("authentication"))
    found: dict[Endpoint, Offer] = {}
    for key, protocol, port in _PROTOCOLS:
        host = _host(protocols.get(key))
        if host is not None:
            endpoint = Endpoint(protocol, host, port, Security.TLS)
            found[endpoint] = Offer(
                endpoint, NAME, Trust.A1, username=address, mechanisms=mechanisms
            )
    if not found:
        raise NotPacc(_("it names no IMAP, POP3 or submission server"))
    return tuple(found.values())


def _host(section: Any) -> str | None:
    host = section.get("host") if isinstance(section, dict) else None
    if not isinstance(host, str):
        return None
    try:
        return published_host(host)
    except NotAServer:
        return None


def _mechanisms(section: Any) -> tuple[Mechanism, ...]:
    if not isinstance(section, dict):
        return ()
    oauth2 = (OAUTHBEARER, XOAUTH2) if section.get("oauth-public") else ()
    return oauth2 + ((PLAIN, LOGIN) if section.get("password") is True else ())


async def ask(question: Ask) -> SourceAnswer:
    """Look for the digest, then for the file. Without a digest there is nothing to believe."""
    place = Place(f"ua-auto-config.{question.domain}", FILE)
    try:
        offers = read(await _file(question, place), question.address)
    except (NotReached, NoAnswer) as why:
        unproved = isinstance(why, NotProved) and why.certificate
        return SourceAnswer(NAME, str(place), Outcome.UNKNOWN, str(why), 0.0, unproved=unproved)
    except (NotThere, NotPacc) as why:
        return SourceAnswer(NAME, str(place), Outcome.NO, str(why), 0.0)
    text = _("a file with the digest that stands in DNS names {count} servers")
    reason = text.format(count=len(offers))
    return SourceAnswer(NAME, str(place), Outcome.FOUND, reason, 0.0, offers)


async def _file(question: Ask, place: Place) -> bytes:
    """The file that DNS vouches for. Raises what tells why there is none."""
    owner = f"{LABEL}.{question.domain}"
    try:
        allowed = digests(await question.resolver.txt(owner))
    except NoSuchName:
        raise NotThere(_("there is no TXT record {name}").format(name=owner)) from None
    if not allowed:
        text = _("the TXT record {name} holds no digest that can be checked")
        raise NotThere(text.format(name=owner))
    page = await question.web.get(place, hops=0)
    if hashlib.sha256(page.body).digest() not in allowed:
        raise NotThere(_("the file is not the one whose digest stands in DNS"))
    return page.body


PACC = Source(NAME, ask)
