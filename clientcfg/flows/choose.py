# SPDX-License-Identifier: MPL-2.0
"""From offers and what the servers said to one way out and one way in."""

from collections.abc import Callable
from dataclasses import dataclass

from clientcfg.flows.events import ProbeDone
from clientcfg.flows.network import may_be_in_the_way
from clientcfg.flows.not_trusted import not_trusted
from clientcfg.flows.question import Answerer, HostToConfirm, Question
from clientcfg.flows.unsafe import no_encryption, tampered_with
from clientcfg.model.account import ServerLogin, TrustedCertificate
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import LOGIN, PLAIN, PREFERENCE, SIGN_INS, Mechanism
from clientcfg.model.offer import Offer
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import No, NotFoundOut, Refused, Trouble
from clientcfg.words import _

Can = Callable[[Mechanism], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """One server to log in to, and the offer that named it."""

    login: ServerLogin
    offer: Offer


def choose(
    question: Question, probed: ProbeDone, protocols: tuple[Protocol, ...], can: Can
) -> Choice | None:
    """The best offer of *protocols* that verified and takes a mechanism that *can* be done.

    Offers come in order of rank; a protocol earlier in *protocols* wins. None
    where no offer holds.
    """
    reports = {r.endpoint: r for r in probed.report.endpoints}
    for protocol in protocols:
        for offer in probed.found.offers:
            report = reports.get(offer.endpoint)
            if offer.endpoint.protocol is not protocol or report is None:
                continue
            mechanism = usable_mechanism(report, question, can)
            if mechanism is not None:
                user = question.user_for(protocol, offer.username)
                return Choice(ServerLogin(offer.endpoint, user, mechanism), offer)
    return None


def choose_incoming(question: Question, probed: ProbeDone, can: Can) -> Choice | None:
    """The best server to read mail from, None where none is known at all.

    POP3 only where no IMAP server answers: one that answers and will not do is
    a fault to be told, not a reason to fetch mail in another way. Raises a
    :class:`Trouble` where some are known and none of them will do.
    """
    protocols = (Protocol.IMAP, Protocol.POP3)
    for protocol in protocols:
        chosen = choose(question, probed, (protocol,), can)
        if chosen is not None:
            return chosen
        if any(r.reachable for r in probed.report.of(protocol)):
            raise why_none(probed, protocol)
    for protocol in protocols:
        if probed.report.of(protocol):
            raise why_none(probed, protocol)
    return None


def usable_mechanism(report: EndpointReport, question: Question, can: Can) -> Mechanism | None:
    """The mechanism to use there, None where a credential must not or cannot go there.

    The protocol's own login command counts as a password sent inside TLS. A
    sign-in is the last that is looked for: *can* says whether it is one at all.
    """
    if not may_log_in(report, question):
        return None
    offered = report.auth or ()
    for mechanism in (*PREFERENCE, *SIGN_INS):
        if mechanism in offered and can(mechanism):
            return mechanism
    if report.password_login:
        return next((m for m in (PLAIN, LOGIN) if can(m)), None)
    return None


def may_log_in(report: EndpointReport, question: Question) -> bool:
    """Whether a credential may go to this endpoint at all."""
    if report.endpoint.security is Security.PLAIN:
        return report.reachable and report.endpoint in question.trust.named_loopback
    return report.trusted


def certificates_agreed_to(
    question: Question, probed: ProbeDone, choices: tuple[Choice, ...]
) -> tuple[TrustedCertificate, ...]:
    """Those that the person named with ``--trust-cert`` and that these servers really showed."""
    reports = {r.endpoint: r for r in probed.report.endpoints}
    found = []
    for endpoint in (choice.login.endpoint for choice in choices):
        report, pins = reports.get(endpoint), question.trust.pins(endpoint)
        certificate = report.tls.certificate if report is not None and report.tls else None
        if report is not None and report.trusted and certificate and certificate.sha256 in pins:
            found.append(TrustedCertificate(endpoint, certificate.sha256))
    return tuple(found)


def why_none(probed: ProbeDone, protocol: Protocol) -> Trouble:
    """The sentence for a protocol that offers no way in: the most telling fault seen."""
    trouble = _why_none(probed, protocol)
    hint = may_be_in_the_way(probed.report.endpoints)
    if hint is not None:
        trouble.advice = (hint, *trouble.advice)
    return trouble


def _why_none(probed: ProbeDone, protocol: Protocol) -> Trouble:
    reports = probed.report.of(protocol)
    name = {"smtp": _("sending"), "imap": "IMAP", "pop3": "POP3"}[protocol.value]
    if not reports:
        return No(
            f"no-{protocol}-server",
            _("No server for {name} is known.").format(name=name),
            _("Name it with --{option} HOST.").format(option=protocol.value),
        )
    answered = [r for r in reports if r.reachable]
    if not answered:
        return _unreachable(reports[0])
    if not any(r.trusted for r in answered):
        return _unsafe(answered, probed)
    offered = dict.fromkeys(m for r in answered if r.trusted for m in r.auth or ())
    if offered:
        return No(
            "no-usable-mechanism",
            _(
                "{server} takes only {mechanisms}, and clientcfg itself can use none of them."
            ).format(server=answered[0].endpoint.host, mechanisms=", ".join(offered)),
            _("Only the mail program can sign in there; nothing was proved."),
        )
    return No(
        "no-auth-offered",
        _("{server} offers no log-in that could be used for {name}.").format(
            server=answered[0].endpoint.host, name=name
        ),
        _("Ask the server’s administrator to turn SMTP-Auth on."),
    )


def _unsafe(answered: list[EndpointReport], probed: ProbeDone) -> Refused:
    """Why no password may go to any of these."""
    encrypted = [r for r in answered if r.tls is not None]
    if not encrypted:
        return no_encryption(answered[0])
    faulty = next((r for r in encrypted if r.tls is not None and r.tls.problems), None)
    return tampered_with(encrypted[0]) if faulty is None else not_trusted(faulty, probed)


async def agree_on_hosts(
    choices: tuple[Choice, ...], question: Question, answerer: Answerer
) -> None:
    """Ask about every chosen server that a person has to agree to. Raises :class:`Refused`."""
    for offer in dict.fromkeys(c.offer for c in choices):
        host = offer.endpoint.host
        if not offer.confirm or host in question.accepted_hosts:
            continue
        if not await answerer.accept_host(HostToConfirm(offer, question.domain or "")):
            raise Refused(
                "host-not-confirmed",
                _("{host} is named only by a source that anybody on the line could forge.").format(
                    host=host
                ),
                _("If it is the right server, say so with --accept-host {host}").format(host=host),
            )


def _unreachable(report: EndpointReport) -> NotFoundOut:
    problem = report.problems[0] if report.problems else None
    return NotFoundOut(
        problem.code if problem is not None else "no-answer",
        _("{host}, port {port}: {why}").format(
            host=report.endpoint.host,
            port=report.endpoint.port,
            why=problem.text if problem is not None else _("There is no answer."),
        ),
        _("Look whether the server’s name and port are right, and whether the network works."),
    )
