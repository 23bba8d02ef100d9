# SPDX-License-Identifier: MPL-2.0
"""How much is asked, beside what is always asked."""

from dataclasses import dataclass
from typing import Literal

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.relay import RelayQuestion


@dataclass(frozen=True, slots=True)
class Extent:
    """``versions``: TLS 1.0 to 1.3 of no endpoint, of one submission and one IMAP endpoint a
    host ("some"), or of all. ``both_families``: IPv4 and IPv6 each, where a host has both.
    ``relay`` is put to the endpoints in ``relay_at`` alone.
    """

    versions: Literal["none", "some", "all"] = "none"
    both_families: bool = False
    relay: RelayQuestion | None = None
    relay_at: frozenset[Endpoint] = frozenset()

    def relay_for(self, endpoint: Endpoint) -> RelayQuestion | None:
        """What to ask *endpoint* about relaying; mostly nothing."""
        return self.relay if endpoint in self.relay_at else None


BASE = Extent()
