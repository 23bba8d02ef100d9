# SPDX-License-Identifier: MPL-2.0
"""Which offer comes first: authenticity, then the safer port, then the provider's order."""

from collections.abc import Iterable
from dataclasses import replace

from clientcfg.discover.srv import NAME as SRV
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.offer import Offer, Trust
from clientcfg.model.report import EndpointReport

_PROTOCOLS = (Protocol.SMTP, Protocol.IMAP, Protocol.POP3)
_SECURITIES = (Security.TLS, Security.STARTTLS, Security.PLAIN)


def rank(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """*Offers* best first, each endpoint once (its most trusted offer).

    An offer whose class still depends on its certificate stands where it would
    stand if that verified.
    """
    best: dict[object, Offer] = {}
    for offer in offers:
        held = best.get(offer.endpoint)
        if held is None or _authenticity(offer) < _authenticity(held):
            best[offer.endpoint] = offer
    order = list(best.values())
    return tuple(
        sorted(
            order,
            key=lambda o: (
                _PROTOCOLS.index(o.endpoint.protocol),
                _authenticity(o),
                _SECURITIES.index(o.endpoint.security),
                order.index(o),
            ),
        )
    )


def settle(offer: Offer, report: EndpointReport | None, domain: str | None = None) -> Offer:
    """*Offer* with the class that its certificate gives it, once the probe has seen one.

    A verified certificate for a name inside the domain makes an SRV answer
    class A4 and a guess A5; without it the offer is as good as any stranger's
    word (A6). An SRV answer that leads out of the domain is A4 where the
    certificate names *domain* itself, too (RFC 6186 §6).
    """
    if report is None:
        return offer
    if offer.needs_probe:
        if report.trusted:
            trust = Trust.A5 if offer.guessed else Trust.A4
            return replace(offer, trust=trust, needs_probe=False)
        return replace(offer, trust=Trust.A6, needs_probe=False, confirm=True)
    if offer.source == SRV and offer.confirm and _names(report, domain):
        return replace(offer, trust=Trust.A4, confirm=False)
    return offer


def _names(report: EndpointReport, domain: str | None) -> bool:
    """Whether a certificate that verified is for *domain* by its very name."""
    certificate = report.tls.certificate if report.trusted and report.tls else None
    return certificate is not None and domain in {name.lower() for name in certificate.names}


def _authenticity(offer: Offer) -> str:
    if offer.trust is not None:
        return offer.trust.value
    return (Trust.A5 if offer.guessed else Trust.A4).value
