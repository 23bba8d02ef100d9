# SPDX-License-Identifier: MPL-2.0
"""A text for the administrator of a server whose certificate did not verify."""

from collections.abc import Iterable

from clientcfg.formats.cert_override import fingerprint_of
from clientcfg.model.days import moment_in_words
from clientcfg.model.phrases import named
from clientcfg.model.report import Certificate, EndpointReport, Problem
from clientcfg.words import _

_NAMES_SHOWN = 10


def text_for_administrator(reports: Iterable[EndpointReport]) -> str:
    """What is wrong with the certificates, in facts, and what would put it right.

    One part for each certificate; empty where nothing is wrong. It holds only
    what the servers showed to everybody: no secret, no address, no user name.
    """
    parts: dict[str, list[EndpointReport]] = {}
    for report in reports:
        if report.tls is not None and not report.tls.trusted:
            certificate = report.tls.certificate
            parts.setdefault(certificate.sha256 if certificate else "", []).append(report)
    if not parts:
        return ""
    paragraphs = [
        _("Hello,"),
        _(
            "your mail server shows a certificate that mail programs cannot verify. They should "
            "not send a password there, so I stopped before sending one."
        ),
    ]
    for same in parts.values():
        paragraphs += _part(same)
    paragraphs += [
        _(
            "Until then, please tell me, not by e-mail through this server, whether the "
            "fingerprint is that of your certificate."
        ),
        _("Thank you."),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _part(reports: list[EndpointReport]) -> Iterable[str]:
    problems = dict.fromkeys(p for r in reports if r.tls is not None for p in r.tls.problems)
    yield "\n".join([_("Where:"), *(f"- {_where(report)}" for report in reports)])
    yield "\n".join([_("What is wrong:"), *(f"- {problem.text}" for problem in problems)])
    tls = reports[0].tls
    if tls is not None and tls.certificate is not None:
        yield "\n".join(_facts(tls.certificate))
    hosts = ", ".join(dict.fromkeys(report.endpoint.host for report in reports))
    remedies = dict.fromkeys(_remedy(problem, hosts) for problem in problems)
    yield "\n".join([_("What would put it right:"), *(f"- {remedy}" for remedy in remedies)])


def _where(report: EndpointReport) -> str:
    place = named(report.endpoint)
    return f"{place} ({report.address})" if report.address else place


def _facts(certificate: Certificate) -> Iterable[str]:
    names = ", ".join(certificate.names[:_NAMES_SHOWN]) or _("none")
    left = len(certificate.names) - _NAMES_SHOWN
    more = _(" and {count} more").format(count=left) if left > 0 else ""
    yield _("The certificate:")
    yield _("- names: {names}").format(names=names + more)
    yield _("- subject: {subject}").format(subject=certificate.subject)
    yield _("- issuer: {issuer}").format(issuer=certificate.issuer)
    yield _("- valid: {start} to {end} (UTC)").format(
        start=moment_in_words(certificate.not_before),
        end=moment_in_words(certificate.not_after),
    )
    yield _("- SHA-256 fingerprint: {print}").format(print=fingerprint_of(certificate.sha256))


def _remedy(problem: Problem, hosts: str) -> str:
    authority = _(
        "Use a certificate of an authority that mail programs know (some issue them free of "
        "charge), and have the server send the intermediate certificates, too."
    )
    name = _(
        "Use a certificate that has {hosts} among its names (subjectAltName), or tell your users "
        "which of its names to use."
    ).format(hosts=hosts)
    newer = _("Turn on TLS 1.2 or newer with today’s ciphers and keys.")
    return {
        "self-signed": authority,
        "unknown-issuer": authority,
        "issuer-expired": _("Replace the intermediate certificate that has expired."),
        "name-mismatch": name,
        "certificate-without-names": name,
        "certificate-expired": _("Renew the certificate, and restart the mail servers after it."),
        "certificate-not-yet-valid": _("Look at the dates of the certificate and at the clock."),
        "pin-mismatch": _("If you changed the certificate, tell your users its fingerprint."),
        "tls-too-old": newer,
        "tls-only-weak": newer,
    }.get(problem.code, _("Look at the certificate and at the TLS settings of the server."))
