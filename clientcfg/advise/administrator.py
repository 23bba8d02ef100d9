# SPDX-License-Identifier: MPL-2.0
"""What the administrator of the servers could do better, with the standard that says so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import LOGIN, PLAIN
from clientcfg.model.relay import Regime
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.words import _

_IMPLICIT: Final = {Protocol.SMTP: 465, Protocol.IMAP: 993, Protocol.POP3: 995}


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do, the standard it rests on, and the endpoints it is about.

    ``urgent``: people are not safe, or cannot send, as long as it is so.
    """

    code: str
    text: str
    standard: str
    endpoints: tuple[Endpoint, ...]
    urgent: bool = False


def to_do(report: ServerReport) -> tuple[ToDo, ...]:
    """Most urgent first; nothing where all is well."""
    found = []
    urgent = _urgent()
    for code, (concerns, text, standard) in {**urgent, **_better()}.items():
        about = tuple(e.endpoint for e in report.endpoints if concerns(e, report))
        if about:
            found.append(ToDo(code, text, standard, about, code in urgent))
    return tuple(found)


_Concerns = Callable[[EndpointReport, ServerReport], bool]


def _urgent() -> dict[str, tuple[_Concerns, str, str]]:
    return {
        "words-injected": (
            _has("plaintext-after-starttls"),
            _("Find out who puts unencrypted text behind the answer to STARTTLS, and upgrade."),
            "RFC 3207 §6",
        ),
        "starttls-hidden": (
            _has("starttls-masked"),
            _("Find the firewall that overwrites keywords, and switch that off."),
            "RFC 3207 §6",
        ),
        "mend-tls": (
            _has("starttls-broken", "tls-failed", "starttls-refused"),
            _("Mend TLS: it is offered or expected there, but does not come about."),
            "RFC 8314 §4.1",
        ),
        "mend-certificate": (
            lambda e, _r: e.tls is not None and not e.tls.trusted and bool(e.tls.problems),
            _("Use a certificate that verifies."),
            "RFC 8314 §4.1",
        ),
        "passwords-only-inside-tls": (
            lambda e, _r: _takes_passwords_in_clear(e),
            _("Take passwords only inside TLS."),
            "RFC 8314 §4.1",
        ),
        "offer-starttls": (
            _has("starttls-not-offered"),
            _("Offer TLS."),
            "RFC 8314 §4.1",
        ),
        "end-old-tls": (
            lambda e, _r: _old_tls(e),
            _("Switch TLS 1.0 and 1.1 off, unless programs need them that cannot be replaced."),
            "RFC 8996, RFC 8997",
        ),
        "relays": (
            lambda e, _r: e.relay is not None and e.relay.regime is Regime.RELAYS_FOR_YOU,
            _("See whether mail for elsewhere is meant to be taken from there without a log-in."),
            "RFC 6409 §4.3",
        ),
    }


def _better() -> dict[str, tuple[_Concerns, str, str]]:
    return {
        "offer-implicit-tls": (
            _wants_implicit,
            _("Offer the same with TLS from the first byte: port 465, 993 or 995."),
            "RFC 8314 §3",
        ),
        "offer-tls-1.3": (
            lambda e, _r: e.tls is not None and dict(e.tls.versions or ()).get("1.3") is False,
            _("Offer TLS 1.3."),
            "RFC 8446",
        ),
        "end-digest-md5": (
            lambda e, _r: "DIGEST-MD5" in {*(e.auth or ()), *(e.auth_before_tls or ())},
            _("Offer SCRAM-SHA-256 instead of DIGEST-MD5, which is obsolete."),
            "RFC 6331, RFC 7677",
        ),
        "name-mechanisms": (
            _has("auth-empty"),
            _("Name mechanisms behind AUTH, or leave it out."),
            "RFC 4954 §3",
        ),
        "same-over-both": (
            _has("families-differ"),
            _("Let IPv4 and IPv6 lead to servers that are set up alike."),
            "RFC 8305",
        ),
        "submission-ports": (
            lambda e, r: e.endpoint.port == 25 and bool(e.auth) and not _submission(r),
            _("Take mail from programs on port 465 or 587; port 25 is often blocked for them."),
            "RFC 6409 §3.1, RFC 8314 §3.3",
        ),
    }


def _has(*codes: str) -> _Concerns:
    def concerns(report: EndpointReport, _whole: ServerReport) -> bool:
        return any(p.code in codes for p in report.problems)

    return concerns


def _takes_passwords_in_clear(report: EndpointReport) -> bool:
    if not report.reachable:
        return False
    clear = report.auth_before_tls
    if report.endpoint.security is Security.PLAIN:
        clear = report.auth
    return bool(
        {PLAIN, LOGIN} & {*(clear or ())}
        or report.password_login_before_tls
        or (report.endpoint.security is Security.PLAIN and report.password_login)
    )


def _old_tls(report: EndpointReport) -> bool:
    takes = dict(report.tls.versions or ()) if report.tls is not None else {}
    return bool(takes.get("1.0") or takes.get("1.1"))


def _wants_implicit(report: EndpointReport, whole: ServerReport) -> bool:
    """STARTTLS answers, and the port for implicit TLS was asked on the same host and does not."""
    endpoint = report.endpoint
    if endpoint.security is not Security.STARTTLS or not report.reachable:
        return False
    if endpoint.port == 25:
        return False
    port = _IMPLICIT[endpoint.protocol]
    same = [e for e in _of_host(whole, endpoint.host) if e.endpoint.port == port]
    return bool(same) and not any(e.reachable for e in same)


def _submission(report: ServerReport) -> bool:
    return any(e.reachable and e.endpoint.port != 25 for e in report.of(Protocol.SMTP))


def _of_host(report: ServerReport, host: str) -> Iterable[EndpointReport]:
    return (e for e in report.endpoints if e.endpoint.host == host)
