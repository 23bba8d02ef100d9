# SPDX-License-Identifier: MPL-2.0
"""Whom a person said to trust, beyond what the system trusts."""

from dataclasses import dataclass

from clientcfg.model.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Pin:
    """Exactly this certificate there: ``sha256`` is hex of the DER, lower case."""

    host: str
    port: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Trust:
    """``ca_files``: PEM files to trust too. ``pinned``: certificates agreed to one by one.

    ``named_loopback``: endpoints without TLS at a literal loopback address that
    a person named; the only ones where a password may go unencrypted.
    """

    ca_files: tuple[str, ...] = ()
    pinned: tuple[Pin, ...] = ()
    named_loopback: frozenset[Endpoint] = frozenset()

    def pins(self, endpoint: Endpoint) -> frozenset[str]:
        """The fingerprints agreed to for the service that *endpoint* names; mostly none."""
        return frozenset(
            pin.sha256.lower()
            for pin in self.pinned
            if (pin.host, pin.port) == (endpoint.host, endpoint.port)
        )
