# SPDX-License-Identifier: MPL-2.0
"""The only thing a credential may be given to.

A :class:`TrustedChannel` is a live conversation with a server that proved who
it is. Only ``clientcfg.probe`` makes one, and only after the certificate
verified (or for a literal loopback address that a person named). What makes it
so is the :class:`Seal`: there is one in a process, the probe takes it when it
is imported, and nothing else fits where it is asked for.
"""

from collections.abc import Iterator
from typing import Literal, Never, NoReturn, Protocol, final

from clientcfg.model.endpoint import Security, is_literal_loopback
from clientcfg.model.report import EndpointReport

Why = Literal["verified-tls", "pinned-certificate", "named-loopback"]


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


@final
class Seal:
    """What makes a proof. It cannot be made, copied or inherited; see :func:`take_seal`."""

    __slots__ = ()

    def __init__(self, never: Never) -> None:  # noqa: ARG002 - there is nothing of this type
        raise TypeError("a seal cannot be made")

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("a seal has no other kinds")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a seal cannot be pickled or copied")


_SEAL = object.__new__(Seal)
_not_taken: Iterator[Seal] = iter((_SEAL,))


def take_seal() -> Seal:
    """The one seal of this process, for whoever asks first, which is ``clientcfg.probe``.

    Raises :class:`TypeError` for everybody after that.
    """
    for seal in _not_taken:
        return seal
    raise TypeError("the seal is the probe's")


class _Sealed:
    """Set once, never changed, copied or inherited."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{name} of what was proved cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{name} of what was proved cannot be taken away")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("what was proved cannot be pickled or copied")


@final
class Proof(_Sealed):
    """What shows that *wire* leads to the server that was meant, and why it may be trusted.

    Only ``clientcfg.probe`` has the *seal* that it takes to make one.
    """

    __slots__ = ("why", "wire")
    why: Why
    wire: Wire

    def __init__(self, why: Why, wire: Wire, seal: Seal) -> None:
        if seal is not _SEAL:
            raise TypeError("a proof is made by the probe alone")
        object.__setattr__(self, "why", why)
        object.__setattr__(self, "wire", wire)

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("a proof has no other kinds")


@final
class TrustedChannel(_Sealed):
    """A conversation past TLS and past the capability list, ready for a log-in.

    ``report`` is what the server said on this very connection. Raises
    :class:`TypeError` where *proof* is for another wire, or says what *report* does not.
    """

    __slots__ = ("proof", "report", "wire")
    wire: Wire
    report: EndpointReport
    proof: Proof

    def __init__(self, wire: Wire, report: EndpointReport, proof: Proof) -> None:
        if type(proof) is not Proof or proof.wire is not wire or not _borne_out(proof.why, report):
            raise TypeError("a channel is trusted by a proof of its own alone")
        object.__setattr__(self, "wire", wire)
        object.__setattr__(self, "report", report)
        object.__setattr__(self, "proof", proof)

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("a trusted channel has no other kinds")


def _borne_out(why: Why, report: EndpointReport) -> bool:
    plain = report.endpoint.security is Security.PLAIN
    if why == "named-loopback":
        return plain and is_literal_loopback(report.endpoint.host)
    return report.trusted and not plain
