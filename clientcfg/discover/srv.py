# SPDX-License-Identifier: MPL-2.0
"""SRV records for mail: RFC 6186 and, for ``_submissions``, RFC 8314 §5.1."""

import asyncio

from clientcfg.discover.dns import NoAnswer, NoSuchName, SrvRecord
from clientcfg.discover.site import inside
from clientcfg.discover.source import Ask, Source
from clientcfg.discover.special import NotAServer, published_host
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Offer, Outcome, SourceAnswer, Trust
from clientcfg.words import _, ngettext

NAME = "srv"

# In the order in which a client should take them: TLS before STARTTLS
# (RFC 8314 §3), IMAP before POP3.
SERVICES: tuple[tuple[str, Protocol, Security], ...] = (
    ("_submissions", Protocol.SMTP, Security.TLS),
    ("_submission", Protocol.SMTP, Security.STARTTLS),
    ("_imaps", Protocol.IMAP, Security.TLS),
    ("_imap", Protocol.IMAP, Security.STARTTLS),
    ("_pop3s", Protocol.POP3, Security.TLS),
    ("_pop3", Protocol.POP3, Security.STARTTLS),
)


async def ask(question: Ask) -> SourceAnswer:
    """Ask for the six services at once.

    Where DNSSEC did not secure the answer, an offer inside the domain waits for
    its certificate (``needs_probe``), and one outside it has to be confirmed by
    a person (RFC 6186 §6).
    """
    domain = question.domain
    owners = [f"{service}._tcp.{domain}" for service, _protocol, _security in SERVICES]
    answers = await asyncio.gather(
        *(question.resolver.srv(owner) for owner in owners), return_exceptions=True
    )
    offers: list[Offer] = []
    refused: list[str] = []
    unasked: list[str] = []
    unusable: dict[str, None] = {}
    for owner, (service, protocol, security), answer in zip(owners, SERVICES, answers, strict=True):
        match answer:
            case NoSuchName():
                continue
            case NoAnswer():
                unasked.append(str(answer))
            case BaseException():
                raise answer
            case _:
                targets = [record for record in answer if record.target]
                if not targets:
                    refused.append(service)
                targets = [record for record in targets if _is_host(record.target, unusable)]
                secured = bool(targets) and await question.resolver.secured(owner, "SRV")
                offers += [_offer(r, protocol, security, domain, secured=secured) for r in targets]
    url = f"dns:_submission._tcp.{domain}?type=SRV"
    if offers:
        reason = ngettext(
            "DNS records name {count} server", "DNS records name {count} servers", len(offers)
        ).format(count=len(offers))
        return SourceAnswer(NAME, url, Outcome.FOUND, reason, 0.0, tuple(offers))
    if unasked:
        return SourceAnswer(NAME, url, Outcome.UNKNOWN, unasked[0], 0.0)
    if unusable:
        text = _("DNS records name what is no server: {hosts}")
        reason = text.format(hosts=", ".join(unusable))
        return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)
    if refused:
        reason = _("DNS records say that {services} are not offered").format(
            services=", ".join(refused)
        )
        return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)
    reason = _("{domain} has no SRV records for mail").format(domain=domain)
    return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)


def _is_host(target: str, unusable: dict[str, None]) -> bool:
    try:
        published_host(target)
    except NotAServer:
        unusable[target] = None
        return False
    return True


def _offer(
    record: SrvRecord, protocol: Protocol, security: Security, domain: str, *, secured: bool
) -> Offer:
    endpoint = Endpoint(protocol, record.target, record.port, security)
    if secured:
        return Offer(endpoint, NAME, trust=Trust.A4)
    own = inside(record.target, domain)
    return Offer(endpoint, NAME, trust=None if own else Trust.A6, needs_probe=own, confirm=not own)


SRV = Source(NAME, ask)
