# SPDX-License-Identifier: MPL-2.0
"""What a certificate says, and everything that is wrong with it, in words.

OpenSSL alone decides whether a certificate is trusted. It names one fault only,
so the others are found here: its order is trust path, then name, then dates,
and a complaint about a later one means that the earlier ones were in order.
"""

import hashlib
import ipaddress
from datetime import datetime
from typing import TYPE_CHECKING, Final

from clientcfg.model.report import Certificate, Problem, Tls
from clientcfg.probe.lines import shown
from clientcfg.probe.tls import HandshakeFailed, TlsLayer
from clientcfg.probe.words import problem

if TYPE_CHECKING:
    from cryptography import x509

_NAMES_LIMIT: Final = 200

# X509_V_ERR_…: the leaf signs itself; nobody known stands at the chain's end.
_SELF_SIGNED: Final = frozenset({18})
_UNKNOWN_ISSUER: Final = frozenset({2, 19, 20, 21, 27})
_NOT_YET_VALID: Final = 9
_EXPIRED: Final = 10
_NAME_MISMATCH: Final = frozenset({62, 64})


def read_certificate(der: bytes) -> Certificate | None:
    """The facts of a DER certificate, escaped; None where it cannot be read."""
    # Costs 50 ms once, so only where a certificate is at hand.
    from cryptography import x509  # noqa: PLC0415

    try:
        leaf = x509.load_der_x509_certificate(der)
        return Certificate(
            subject=_shown(leaf.subject.rfc4514_string()),
            names=tuple(_shown(name) for name in _names(leaf)[:_NAMES_LIMIT]),
            issuer=_shown(leaf.issuer.rfc4514_string()),
            not_before=leaf.not_valid_before_utc,
            not_after=leaf.not_valid_after_utc,
            sha256=hashlib.sha256(der).hexdigest(),
        )
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return None


def negotiated(
    layer: TlsLayer, host: str, now: datetime, failure: HandshakeFailed | None, pins: frozenset[str]
) -> Tls:
    """The channel that *layer* made, with its certificate and all that is wrong with it.

    *failure* is how the verifying handshake ended before this one; None where
    this is the verifying one, or where a pin decides (*pins* not empty).
    """
    certificate = read_certificate(layer.leaf)
    code = failure.verify_code if failure else None
    faults: list[Problem] = []
    if failure or pins:
        faults = _faults(certificate, host, now, code)
    pinned = certificate is not None and certificate.sha256 in pins
    if pins and not pinned:
        faults.insert(0, problem("pin-mismatch", host=host))
    if layer.old:
        faults.append(problem("tls-too-old", version=layer.version))
    if failure and not faults:
        weak = code is None
        faults.append(
            problem("tls-only-weak" if weak else "certificate-not-trusted", reason=failure.reason)
        )
    trusted = failure is None and (pinned or not pins)
    return Tls(layer.version, layer.cipher, trusted, certificate, tuple(faults))


def _faults(
    certificate: Certificate | None, host: str, now: datetime, code: int | None
) -> list[Problem]:
    if certificate is None:
        return [problem("certificate-unreadable")]
    faults = []
    if code in _SELF_SIGNED or (code is None and certificate.subject == certificate.issuer):
        faults.append(problem("self-signed"))
    elif code in _UNKNOWN_ISSUER:
        faults.append(problem("unknown-issuer", issuer=certificate.issuer))
    if not certificate.names:
        faults.append(problem("certificate-without-names"))
    elif code in _NAME_MISMATCH or not any(_covers(name, host) for name in certificate.names):
        names = ", ".join(certificate.names[:5])
        faults.append(problem("name-mismatch", host=host, names=names))
    if now > certificate.not_after:
        faults.append(problem("certificate-expired", date=f"{certificate.not_after:%Y-%m-%d}"))
    elif now < certificate.not_before:
        date = f"{certificate.not_before:%Y-%m-%d}"
        faults.append(problem("certificate-not-yet-valid", date=date))
    elif code in {_EXPIRED, _NOT_YET_VALID}:
        faults.append(problem("issuer-expired"))
    return faults


def _covers(name: str, host: str) -> bool:
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
