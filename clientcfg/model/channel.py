# SPDX-License-Identifier: MPL-2.0
"""The only thing a credential may be given to.

A :class:`TrustedChannel` is a live conversation with a server that proved who
it is. Only ``clientcfg.probe`` makes one, and only after the certificate
verified (or for a literal loopback address that a person named).
"""

from typing import Protocol, final

from clientcfg.model.report import EndpointReport


class Wire(Protocol):
    """The bytes below a channel; every wait has the deadline of the whole conversation."""

    async def send(self, data: bytes) -> None:
        """Write all of *data*."""
        ...

    async def receive(self) -> bytes:
        """The next bytes, never more than 64 KiB; empty at the end of the stream."""
        ...

    async def close(self) -> None:
        """Hang up. Never raises, never waits long."""
        ...


class Proof:
    """What shows that a channel may be trusted. Made by ``clientcfg.probe`` alone.

    ``why`` is "verified-tls", "pinned-certificate" or "named-loopback".
    """

    __slots__ = ("why",)

    def __init__(self, why: str) -> None:
        self.why = why


@final
class TrustedChannel:
    """A conversation past TLS and past the capability list, ready for a log-in.

    ``report`` is what the server said on this very connection.
    """

    __slots__ = ("proof", "report", "wire")

    def __init__(self, wire: Wire, report: EndpointReport, proof: Proof) -> None:
        self.wire = wire
        self.report = report
        self.proof = proof
