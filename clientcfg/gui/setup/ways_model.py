# SPDX-License-Identifier: MPL-2.0
"""Step 2 without Qt: the ways on from a bad certificate, and what a person may allow."""

from dataclasses import dataclass
from enum import StrEnum

from clientcfg.flows.events import ProbeDone
from clientcfg.flows.not_trusted import refused
from clientcfg.flows.question import Question
from clientcfg.flows.take_way import fingerprint
from clientcfg.flows.ways_on import faults_of
from clientcfg.gui.words import purpose
from clientcfg.model.days import day_in_words
from clientcfg.model.phrases import common_name, issuer_name
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import Trouble
from clientcfg.model.way_on import NotTrusted, WayOnKind
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name under which the very server verified, and until when its certificate is valid."""

    name: str
    until: str


@dataclass(frozen=True, slots=True)
class ToCompare:
    """A certificate that a person may trust once its fingerprint was compared; ``where``: hosts."""

    sha256: str
    where: str


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """One line about what the server showed. ``bad``: this is what is wrong."""

    glyph: str
    name: str
    value: str
    bad: bool = False


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What happened, what was seen, the safe ways on, and the text for the administrator."""

    title: str
    text: str
    facts: tuple[CertificateFact, ...]
    names: tuple[OtherName, ...]
    certificates: tuple[ToCompare, ...]
    letter: str
    asked: str


def ways_out(error: NotTrusted, probed: ProbeDone) -> WaysOut:
    """All of it for the servers that were refused."""
    blamed = refused(probed)
    names: dict[str, OtherName] = {}
    certificates: dict[str, list[str]] = {}
    for way in error.ways_on:
        if way.kind is WayOnKind.OTHER_NAME:
            until = day_in_words(way.certificate.not_after)
            names.setdefault(way.endpoint.host, OtherName(way.endpoint.host, until))
        else:
            certificates.setdefault(way.certificate.sha256, []).append(way.endpoint.host)
    title, text = _said(blamed, error)
    return WaysOut(
        title,
        text,
        tuple(_facts(blamed[0])) if blamed else (),
        tuple(names.values()),
        tuple(ToCompare(d, ", ".join(dict.fromkeys(w))) for d, w in certificates.items()),
        error.letter,
        blamed[0].endpoint.host if blamed else "",
    )


def _said(blamed: tuple[EndpointReport, ...], error: NotTrusted) -> tuple[str, str]:
    faults = faults_of(blamed[0]) if blamed else frozenset()
    stopped = _("We stopped before sending anything.")
    if faults == {"name-mismatch"}:
        words = _(
            "A certificate is the server’s identity card. The name on it has to be the name we "
            "asked for."
        )
        return _("This server shows a certificate for another name."), f"{words} {stopped}"
    if faults == {"certificate-expired"}:
        words = _("Only your provider can renew it.")
        return _("The certificate of this server has run out."), f"{words} {stopped}"
    if faults & {"self-signed", "unknown-issuer"}:
        words = _("Anybody could have made it, your provider as well as a stranger on the line.")
        title = _("Nobody we trust vouches for this server’s certificate.")
        return title, f"{words} {stopped}"
    return error.text, stopped


def _facts(report: EndpointReport) -> list[CertificateFact]:
    faults = faults_of(report)
    where = f"{report.endpoint.host}:{report.endpoint.port}"
    asked = _("{host} ({purpose})").format(host=where, purpose=purpose(report.endpoint.protocol))
    found = [CertificateFact("globe", _("We asked for"), asked)]
    certificate = report.tls.certificate if report.tls is not None else None
    if certificate is None:
        return found
    names = ", ".join(certificate.names) or common_name(certificate.subject)
    name_is_bad = bool(faults & {"name-mismatch", "certificate-without-names"})
    found.append(CertificateFact("cert", _("The certificate says"), names, name_is_bad))
    issuer_is_bad = bool(faults & {"self-signed", "unknown-issuer", "issuer-expired"})
    by = (
        _("nobody but itself")
        if "self-signed" in faults
        else issuer_name(certificate.issuer) or certificate.issuer
    )
    found.append(CertificateFact("user", _("Vouched for by"), by, issuer_is_bad))
    ends = _("{start} to {end}").format(
        start=day_in_words(certificate.not_before), end=day_in_words(certificate.not_after)
    )
    date_is_bad = bool(faults & {"certificate-expired", "certificate-not-yet-valid"})
    found.append(CertificateFact("history", _("Valid"), ends, date_is_bad))
    return found


def compared(typed: str, shown: ToCompare) -> str:
    """What is wrong with a fingerprint that somebody passed on; empty: it is the same."""
    told = fingerprint(typed)
    if told is None:
        return _(
            "That is no SHA-256 fingerprint: it has 64 digits from 0 to 9 and A to F, often with "
            "colons between."
        )
    if told != shown.sha256.lower():
        return _(
            "The server shows another certificate than the one you were told of. Do not use it; "
            "tell your administrator."
        )
    return ""


class Consent(StrEnum):
    """What a person may allow so that more can be asked."""

    ADDRESS = "address"
    GUESS = "guess"


def consents_for(error: Trouble, question: Question) -> tuple[Consent, ...]:
    """What may still help where nobody named a server; nothing where somebody did."""
    if error.code not in {"no-servers", "servers-unknown"} or question.address is None:
        return ()
    found = [] if question.send_address else [Consent.ADDRESS]
    if error.code == "servers-unknown" and not question.guess:
        found.append(Consent.GUESS)
    return tuple(found)
