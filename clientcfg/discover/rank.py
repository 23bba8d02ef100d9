# SPDX-License-Identifier: MPL-2.0
"""Which offer comes first: authenticity, then the provider's order, then the safer port."""

from collections.abc import Iterable
from dataclasses import replace

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


def settle(offer: Offer, report: EndpointReport | None) -> Offer:
    """*Offer* with the class that its certificate gives it, once the probe has seen one.

    A verified certificate for a name inside the domain makes an SRV answer
    class A4; without it the offer is as good as any stranger's word (A6).
    """
    if not offer.needs_probe or report is None:
        return offer
    if report.trusted:
        return replace(offer, trust=Trust.A4, needs_probe=False)
    return replace(offer, trust=Trust.A6, needs_probe=False, confirm=True)


def _authenticity(offer: Offer) -> str:
    return (Trust.A4 if offer.trust is None else offer.trust).value
