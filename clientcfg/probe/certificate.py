# SPDX-License-Identifier: MPL-2.0
"""What a handshake showed, as a report has it: the channel and its certificates, escaped."""

import hashlib
import ipaddress
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clientcfg.model.report import Certificate, Problem, Tls
from clientcfg.probe.lines import shown
from clientcfg.probe.tls import HandshakeFailed, Shown
from clientcfg.probe.words import problem

if TYPE_CHECKING:
    from cryptography import x509

_NAMES_LIMIT: Final = 200
_CHAIN_LIMIT: Final = 10


def at_once(handshake: Shown, failure: HandshakeFailed | None, pins: frozenset[str]) -> Tls:
    """The channel, and whether it is trusted; nothing yet of what the certificate says.

    *failure* is how the verifying handshake ended before this one; None where
    this is the verifying one, or where a pin decides (*pins* not empty).
    """
    trusted = failure is None
    if trusted and pins:
        trusted = bool(handshake.chain) and fingerprint(handshake.chain[0]) in pins
    return Tls(handshake.version, handshake.cipher, trusted, None)


def examined(
    handshake: Shown,
    host: str,
    now: datetime,
    failure: HandshakeFailed | None,
    pins: frozenset[str],
    ca_files: tuple[str, ...] = (),
) -> Tls:
    """The same with its certificates and everything that is wrong with them.

    *ca_files* are those that the verifying handshake trusted beside the system's.
    """
    from clientcfg.probe.faults import faults_of  # noqa: PLC0415 - cryptography costs 50 ms
    from clientcfg.probe.known import known_to  # noqa: PLC0415

    quick = at_once(handshake, failure, pins)
    certificates = tuple(read_certificate(der) for der in handshake.chain[:_CHAIN_LIMIT])
    leaf = certificates[0] if certificates else None
    faults: list[Problem] = []
    if failure or pins:
        code = failure.verify_code if failure else None
        faults = faults_of(handshake.chain[:_CHAIN_LIMIT], certificates, host, now, code)
    if pins and not quick.trusted:
        faults.insert(0, problem("pin-mismatch", host=host))
    if handshake.old:
        faults.append(problem("tls-too-old", version=handshake.version))
    if failure and not faults:
        weak = failure.verify_code is None
        faults.append(
            problem("tls-only-weak" if weak else "certificate-not-trusted", reason=failure.reason)
        )
    return Tls(
        quick.version,
        quick.cipher,
        quick.trusted,
        leaf,
        tuple(faults),
        chain=tuple(c for c in certificates[1:] if c is not None),
        known_to=known_to(handshake.chain[:_CHAIN_LIMIT], failure, ca_files, pinned=bool(pins)),
    )


def fingerprint(der: bytes) -> str:
    """SHA-256 of a certificate, hex in lower case."""
    return hashlib.sha256(der).hexdigest()


@lru_cache(maxsize=1024)
def read_certificate(der: bytes) -> Certificate | None:
    """The facts of a DER certificate, escaped; None where it cannot be read."""
    from cryptography import x509  # noqa: PLC0415 - 50 ms, only where a certificate is at hand

    from clientcfg.probe.der import load  # noqa: PLC0415

    try:
        leaf = load(der)
        return Certificate(
            subject=_shown(leaf.subject.rfc4514_string()),
            names=tuple(_shown(name) for name in _names(leaf)[:_NAMES_LIMIT]),
            issuer=_shown(leaf.issuer.rfc4514_string()),
            not_before=leaf.not_valid_before_utc,
            not_after=leaf.not_valid_after_utc,
            sha256=fingerprint(der),
        )
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return None


def covers(name: str, host: str) -> bool:
    """Whether the presented *name* stands for *host* (RFC 9525 §6.3; A-labels, lower case).

    A wildcard is the whole left-most label and stands for exactly one.
    """
    try:
        return ipaddress.ip_address(host) == ipaddress.ip_address(name)
    except ValueError:
        pass
    name = name.lower().rstrip(".")
    if name.startswith("*."):
        return host.partition(".")[2] == name[2:] and not host.startswith(".")
    return host == name


def _names(leaf: "x509.Certificate") -> list[str]:
    from cryptography import x509  # noqa: PLC0415

    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [
        *names.get_values_for_type(x509.DNSName),
        *(str(address) for address in names.get_values_for_type(x509.IPAddress)),
    ]


def _shown(text: str) -> str:
    return shown(text.encode(errors="replace"), 256)
