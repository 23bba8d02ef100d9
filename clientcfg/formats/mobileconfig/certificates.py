# SPDX-License-Identifier: MPL-2.0
"""Certificates from files that a person names: PEM (RFC 7468) or DER (RFC 5280)."""

import base64
import re
from typing import TYPE_CHECKING, Final

from clientcfg.model.trouble import WrongUsage
from clientcfg.probe.der import load
from clientcfg.words import _

if TYPE_CHECKING:
    from cryptography import x509

_PEM: Final = re.compile(
    rb"-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----\s(.*?)-----END ", re.DOTALL
)


def read_certificates(data: bytes) -> tuple["x509.Certificate", ...]:
    """All certificates of a file, in order. Raises :class:`WrongUsage` ("not-a-certificate")."""
    blocks = _PEM.findall(data)
    try:
        return tuple(load(base64.b64decode(block)) for block in blocks) or (load(data),)
    except ValueError:
        raise _unreadable() from None


def load_certificate(der: bytes) -> "x509.Certificate":
    """The certificate *der*. Raises :class:`WrongUsage` ("not-a-certificate")."""
    try:
        return load(der)
    except ValueError:
        raise _unreadable() from None


def public_key_of(certificate: "x509.Certificate") -> object | None:
    """Its public key, None where it is of a kind or on a curve that cannot be read."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - 50 ms

    try:
        return certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None


def issued_by(certificate: "x509.Certificate", issuer: "x509.Certificate") -> bool:
    """Whether *issuer* signed *certificate*, by name and by key."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415

    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def is_authority(certificate: "x509.Certificate") -> bool:
    """Whether it may issue others: CA:TRUE, RFC 5280 §4.2.1.9."""
    from cryptography import x509  # noqa: PLC0415 - 50 ms

    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False


def name_of(certificate: "x509.Certificate", *, issuer: bool = False) -> str:
    """The common name of its subject or *issuer*, else all of that name; anybody's text."""
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    try:
        name = certificate.issuer if issuer else certificate.subject
        common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(common[0].value if common else name.rfc4514_string())
    except ValueError:
        return ""


def _unreadable() -> WrongUsage:
    return WrongUsage(
        "not-a-certificate",
        _("There is no certificate that can be read."),
        _("Give it as PEM (-----BEGIN CERTIFICATE-----) or DER."),
    )
