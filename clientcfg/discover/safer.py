# SPDX-License-Identifier: MPL-2.0
"""A server that a source names without encryption has, mostly, an encrypted port beside it."""

from dataclasses import replace

from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.offer import Offer

_ENCRYPTED = {Protocol.SMTP: 465, Protocol.IMAP: 993, Protocol.POP3: 995}


def safer(offer: Offer) -> Offer | None:
    """The same offer with TLS from the start; None where it is encrypted anyhow."""
    endpoint = offer.endpoint
    if endpoint.security is not Security.PLAIN:
        return None
    port = _ENCRYPTED[endpoint.protocol]
    return replace(offer, endpoint=replace(endpoint, port=port, security=Security.TLS))
