# SPDX-License-Identifier: MPL-2.0
"""Model words as people read them, the same in every room."""

from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.words import _


def named(endpoint: Endpoint) -> str:
    """An endpoint in words: host, port, and how it is encrypted."""
    words = {
        Security.TLS: _("encrypted from the start"),
        Security.STARTTLS: _("encrypted with STARTTLS"),
        Security.PLAIN: _("not encrypted"),
    }
    return _("{host}, port {port}, {security}").format(
        host=endpoint.host, port=endpoint.port, security=words[endpoint.security]
    )
