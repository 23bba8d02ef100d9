# SPDX-License-Identifier: MPL-2.0
"""The JSON that scripts rely on: ``clientcfg/<command>/1``.

Names are snake_case; what is not known is None. Every function gives a plain
tree of dicts, lists, strings, numbers, booleans and None.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from clientcfg.model.offer import Found, Offer
from clientcfg.model.relay import Relay
from clientcfg.model.report import Certificate, EndpointReport, Problem, ServerReport, Tls
from clientcfg.model.trouble import Trouble
from clientcfg.model.verdict import Verdict

Document = dict[str, Any]


def error_document(trouble: Trouble) -> Document:
    """A failure as a document."""
    return {
        "schema": "clientcfg/error/1",
        "code": trouble.code,
        "text": trouble.text,
        "advice": list(trouble.advice),
        **trouble.facts,
    }


def find_document(found: Found) -> Document:
    """*find*: offers best first, and who was asked."""
    return {
        "schema": "clientcfg/find/1",
        "target": found.target,
        "offers": [_offer(o) for o in found.offers],
        "sources": [
            {"name": s.name, "url": s.url, "outcome": s.outcome, "reason": s.reason, "ms": s.ms}
            for s in found.sources
        ],
        "notes": list(found.notes),
    }


def _offer(offer: Offer) -> Document:
    e = offer.endpoint
    return {
        "protocol": e.protocol,
        "host": e.host,
        "port": e.port,
        "security": e.security,
        "username": offer.username,
        "auth": list(offer.mechanisms),
        "source": offer.source,
        "trust": offer.trust,
        "needs": "probe" if offer.needs_probe else None,
        "confirm": offer.confirm,
        "guessed": offer.guessed,
    }


def probe_document(report: ServerReport) -> Document:
    """*probe*: every endpoint with its evidence."""
    return {
        "schema": "clientcfg/probe/1",
        "target": report.target,
        "target_kind": report.target_kind,
        "endpoints": [_endpoint(e) for e in report.endpoints],
    }


def _endpoint(report: EndpointReport) -> Document:
    e = report.endpoint
    return {
        "protocol": e.protocol,
        "host": e.host,
        "port": e.port,
        "security": e.security,
        "address": report.address,
        "reachable": report.reachable,
        "greeting": report.greeting,
        "auth_before_tls": _names(report.auth_before_tls),
        "auth": _names(report.auth),
        "legacy_auth_line": report.legacy_auth_line,
        "password_login": report.password_login,
        "password_login_before_tls": report.password_login_before_tls,
        "capabilities": dict(report.capabilities),
        "tls": None if report.tls is None else _tls(report.tls),
        "problems": _problems(report.problems),
        "timing_ms": {
            "connect": report.timing.connect,
            "greeting": report.timing.greeting,
            "tls": report.timing.tls,
            "total": report.timing.total,
        },
        "transcript": [str(line) for line in report.transcript],
        "families": {
            f.family.value: {
                "address": f.address,
                "reachable": f.reachable,
                "problems": _problems(f.problems),
            }
            for f in report.families
        }
        or None,
        "relay": None if report.relay is None else _relay(report.relay),
    }


def _relay(relay: Relay) -> Document:
    return {
        "tested": relay.tested,
        "regime": relay.regime,
        "text": relay.text,
        "tested_from": relay.tested_from,
        "at": None if relay.at is None else when(relay.at),
        "evidence": list(relay.evidence),
    }


def _tls(tls: Tls) -> Document:
    return {
        "version": tls.version,
        "versions": None if tls.versions is None else dict(tls.versions),
        "cipher": tls.cipher,
        "trusted": tls.trusted,
        "problems": _problems(tls.problems),
        "certificate": None if tls.certificate is None else _certificate(tls.certificate),
        "chain": [_certificate(c) for c in tls.chain],
        "known_to": dict(tls.known_to) or None,
    }


def _certificate(certificate: Certificate) -> Document:
    return {
        "subject": certificate.subject,
        "names": list(certificate.names),
        "issuer": certificate.issuer,
        "not_before": when(certificate.not_before),
        "not_after": when(certificate.not_after),
        "sha256": certificate.sha256,
    }


def check_document(verdicts: Iterable[Verdict]) -> Document:
    """*check*: a verdict a client version."""
    return {"schema": "clientcfg/check/1", "checks": [verdict_tree(v) for v in verdicts]}


def verdict_tree(verdict: Verdict) -> Document:
    """One verdict with its reasons and advice."""
    return {
        "client": verdict.client,
        "version": verdict.version,
        "verdict": verdict.kind,
        "endpoint": None if verdict.endpoint is None else str(verdict.endpoint),
        "mechanism": verdict.mechanism,
        "reasons": [
            {"code": r.code, "text": r.text, "evidence": r.evidence} for r in verdict.reasons
        ],
        "advice": [
            {
                "action": a.action,
                "client": a.client,
                "version": a.version,
                "text": a.text,
                "url": a.url,
            }
            for a in verdict.advice
        ],
        "missing_fact": verdict.missing_fact,
    }


def when(moment: datetime) -> str:
    """RFC 3339, to the second."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _problems(problems: tuple[Problem, ...]) -> list[Document]:
    return [{"code": p.code, "text": p.text} for p in problems]


def _names(mechanisms: tuple[Any, ...] | None) -> list[str] | None:
    return None if mechanisms is None else list(mechanisms)
