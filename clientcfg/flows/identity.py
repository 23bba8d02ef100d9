# SPDX-License-Identifier: MPL-2.0
"""Who the servers are: each certificate once, with what it says and where it was shown."""

from dataclasses import dataclass
from datetime import datetime

from clientcfg.model.days import day_in_words
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.phrases import common_name, issuer_name
from clientcfg.model.report import Certificate, EndpointReport, ServerReport, Tls
from clientcfg.words import _, ngettext

_NEWEST_FIRST = ("1.3", "1.2", "1.1", "1.0")


@dataclass(frozen=True, slots=True)
class Identity:
    """One certificate. ``days`` are left until it ends, fewer than 0 after its end.

    ``chain``: whose signatures lead from it to an authority, as the server sent
    them. ``tls``: which versions are taken where it was shown, in words.
    """

    trusted: bool
    endpoints: tuple[Endpoint, ...]
    names: tuple[str, ...]
    issuer: str
    until: str
    days: int | None
    chain: tuple[str, ...]
    tls: str
    problems: tuple[str, ...]
    sha256: str


def identities(report: ServerReport, now: datetime) -> tuple[Identity, ...]:
    """Every certificate that was shown, those that did not verify first."""
    shown: dict[str, list[EndpointReport]] = {}
    for e in report.endpoints:
        if e.tls is not None:
            certificate = e.tls.certificate
            shown.setdefault(certificate.sha256 if certificate else "", []).append(e)
    found = [_identity(same, now) for same in shown.values()]
    return tuple(sorted(found, key=lambda identity: identity.trusted))


def days_left(identity: Identity) -> str:
    """The rest of its time in words; empty where that is not known."""
    if identity.days is None:
        return ""
    if identity.days < 0:
        return _("ended")
    return ngettext("{n} day", "{n} days", identity.days).format(n=identity.days)


def _identity(same: list[EndpointReport], now: datetime) -> Identity:
    tls = [e.tls for e in same if e.tls is not None]
    certificate = tls[0].certificate
    problems = dict.fromkeys(p.text for t in tls for p in t.problems)
    return Identity(
        trusted=all(t.trusted for t in tls),
        endpoints=tuple(e.endpoint for e in same),
        names=_names(certificate),
        issuer="" if certificate is None else issuer_name(certificate.issuer),
        until="" if certificate is None else day_in_words(certificate.not_after),
        days=None if certificate is None else (certificate.not_after - now).days,
        chain=_chain(certificate, max((t.chain for t in tls), key=len)),
        tls=_versions(tls),
        problems=tuple(problems),
        sha256="" if certificate is None else certificate.sha256,
    )


def _names(certificate: Certificate | None) -> tuple[str, ...]:
    if certificate is None:
        return ()
    return certificate.names or (common_name(certificate.subject),)


def _chain(certificate: Certificate | None, sent: tuple[Certificate, ...]) -> tuple[str, ...]:
    """The subjects from the leaf upwards, and at the end who signed the last one."""
    if certificate is None:
        return ()
    line = (certificate, *sent)
    names = [common_name(c.subject) for c in line]
    top = common_name(line[-1].issuer)
    return tuple(names) if names[-1] == top else (*names, top)


def _versions(tls: list[Tls]) -> str:
    """ "1.3, 1.2; refuses older", as far as it was asked."""
    asked = [dict(t.versions) for t in tls if t.versions is not None]
    if not asked:
        used = ", ".join(sorted({t.version for t in tls}, reverse=True))
        return _("{versions}; older ones were not asked for").format(versions=used)
    takes = [v for v in _NEWEST_FIRST if any(a.get(v) for a in asked)]
    refused = [v for v in _NEWEST_FIRST if all(a.get(v) is False for a in asked)]
    said = ", ".join(takes)
    newest = list(_NEWEST_FIRST[: len(takes)])
    if takes and takes == newest and refused == list(_NEWEST_FIRST[len(takes) :]):
        return _("{versions}; refuses older").format(versions=said) if refused else said
    if refused:
        return _("{versions}; refuses {refused}").format(versions=said, refused=", ".join(refused))
    return said
