# SPDX-License-Identifier: MPL-2.0
"""The question after a person took one of the ways on from a server that was not trusted."""

import re
from collections.abc import Iterable
from dataclasses import replace

from clientcfg.flows.events import ProbeDone
from clientcfg.flows.question import Question
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.way_on import WayOn, WayOnKind
from clientcfg.probe.trust import Pin

# As administrators and OpenSSL write it: "SHA-256: …", "sha256 Fingerprint=…".
_NAME = re.compile(r"(?:sha-?256)?\s*(?:fingerprint)?\s*[:=]?", re.IGNORECASE)
_BETWEEN_DIGITS = re.compile(r"[\s:.\-\u00ad\u200b]+")
_DIGITS = re.compile(r"[0-9a-f]{64}")


def fingerprint(typed: str) -> str | None:
    """A SHA-256 fingerprint as people pass it on, in 64 lower-case digits; None where it is none.

    With or without colons, blanks, line ends and the name of the digest before it.
    """
    text = _NAME.sub("", typed.strip().casefold(), count=1)
    digits = _BETWEEN_DIGITS.sub("", text)
    return digits if _DIGITS.fullmatch(digits) else None


def trusting(question: Question, ways: Iterable[WayOn], sha256: str) -> Question:
    """*question* with trust in the certificate *sha256*, wherever *ways* saw it."""
    pins = tuple(
        Pin(way.endpoint.host, way.endpoint.port, sha256)
        for way in ways
        if way.kind is WayOnKind.TRUST_CERTIFICATE and way.certificate.sha256 == sha256
    )
    return replace(question, pins=tuple(dict.fromkeys((*question.pins, *pins))))


def under_name(question: Question, probed: ProbeDone, name: str) -> Question:
    """*question* with the servers that verified as *name* in place of those that did not.

    The user names that were offered with the old names are kept.
    """
    taken: dict[Protocol, list[Endpoint]] = {}
    users: dict[Protocol, str] = {}
    for way in probed.ways_on:
        if way.kind is not WayOnKind.OTHER_NAME or way.endpoint.host != name:
            continue
        protocol = way.endpoint.protocol
        taken.setdefault(protocol, []).append(way.endpoint)
        offer = next((o for o in probed.found.offers if o.endpoint == way.refused), None)
        if offer is not None and offer.username:
            users.setdefault(protocol, offer.username)
    kept = tuple(s for s in question.servers if s.protocol not in taken)
    servers = (*kept, *dict.fromkeys(e for found in taken.values() for e in found))
    smtp = users.pop(Protocol.SMTP, None)
    user = next(iter(users.values()), None)
    if question.username is None and (smtp or user):
        smtp_user = question.smtp_username or smtp or str(question.address or "") or None
        question = replace(question, username=user, smtp_username=smtp_user)
    return replace(question, servers=servers)
