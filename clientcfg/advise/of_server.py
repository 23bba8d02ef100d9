# SPDX-License-Identifier: MPL-2.0
"""What a way in asks of the server, whichever program it is. Each function gives one condition."""

from typing import Final

from clientcfg.advise import steps
from clientcfg.advise.condition import Condition
from clientcfg.model.answer import Answer
from clientcfg.model.endpoint import Security
from clientcfg.model.phrases import common_name
from clientcfg.model.report import EndpointReport
from clientcfg.words import _

# With one of these the server has said that there is no encryption to be had.
_NO_ENCRYPTION: Final = frozenset({"starttls-not-offered", "starttls-refused", "no-ehlo"})
# What knowing the authority makes up for. Whether a link is missing cannot be told without it.
_OF_THE_AUTHORITY: Final = frozenset({"unknown-issuer", "chain-incomplete"})
# Oddities that say nothing about who the server is.
_HARMLESS: Final = frozenset({"address-without-answer", "families-differ", "mixed-codes"})


def answered(report: EndpointReport) -> Condition:
    """Whether a mail server answered there, as seen from here."""
    where = {"host": report.endpoint.host, "port": report.endpoint.port}
    if report.reachable:
        text = _("A mail server answered at {host}, port {port}.").format(**where)
        return Condition("answered", Answer.YES, text)
    text = _("No mail server answered at {host}, port {port}.").format(**where)
    return Condition("answered", Answer.NO, text, _problems(report))


def encrypts(report: EndpointReport) -> Condition:
    """Whether the endpoint came to TLS. A plain one never does."""
    host, port = report.endpoint.host, report.endpoint.port
    codes = {problem.code for problem in report.problems}
    if report.endpoint.security is Security.PLAIN:
        text = _("At {host}, port {port}, a password would go in the clear.")
        return Condition("in-the-clear", Answer.NO, text.format(host=host, port=port))
    if report.tls is not None:
        text = _("{host} encrypts with TLS {version}.")
        return Condition(
            "encryption", Answer.YES, text.format(host=host, version=report.tls.version)
        )
    if codes & _NO_ENCRYPTION:
        text = _("{host} offers no encryption on port {port}.").format(host=host, port=port)
        return Condition("encryption", Answer.NO, text, _problems(report))
    text = _("whether {host} encrypts (TLS) on port {port}").format(host=host, port=port)
    return Condition("encryption", Answer.UNKNOWN, text, _problems(report))


def proves_itself(report: EndpointReport) -> Condition | None:
    """Whether the certificate verified; None without TLS, where that is fault enough."""
    if report.tls is None:
        return None
    host = report.endpoint.host
    if report.trusted:
        text = _("{host} proved who it is: its certificate verified.").format(host=host)
        names = report.tls.certificate.subject if report.tls.certificate else None
        return Condition("certificate", Answer.YES, text, names)
    if _house_authority(report):
        issuer = common_name(report.tls.certificate.issuer) if report.tls.certificate else "?"
        text = _("{host} shows a certificate of “{issuer}”, an authority that is not trusted here.")
        step = steps.trust_ca(host, issuer)
        told = text.format(host=host, issuer=issuer)
        return Condition("certificate", Answer.YES, told, _problems(report), step)
    faults = report.tls.problems or report.problems
    text = _("{host} could not prove who it is, so no password may go there. {why}").format(
        host=host, why=" ".join(problem.text for problem in faults)
    )
    return Condition("certificate", Answer.NO, text.strip())


def _house_authority(report: EndpointReport) -> bool:
    """Whether nothing is wrong but that nobody here knows the authority."""
    faults = {problem.code for problem in (report.tls.problems if report.tls else ())}
    odd = {problem.code for problem in report.problems} - faults - _HARMLESS
    return "unknown-issuer" in faults and faults <= _OF_THE_AUTHORITY and not odd


def offers_log_in(report: EndpointReport, announced: bool) -> Condition:
    """Whether a log-in is *announced* where a password could go (RFC 4954 §3)."""
    host, port = report.endpoint.host, report.endpoint.port
    if announced:
        return Condition("offers-auth", Answer.YES, _("{host} offers a log-in.").format(host=host))
    if report.auth == ():
        text = _("{host} offers no log-in (SMTP-Auth).").format(host=host)
        return Condition("offers-auth", Answer.NO, text, _problems(report))
    text = _("which log-ins {host} offers on port {port}").format(host=host, port=port)
    return Condition("offers-auth", Answer.UNKNOWN, text, _problems(report))


def _problems(report: EndpointReport) -> str | None:
    return " ".join(problem.text for problem in report.problems) or None
