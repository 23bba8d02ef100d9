# SPDX-License-Identifier: MPL-2.0
"""CMS SignedData (RFC 5652 §5): made by ``cryptography``, and read back by ourselves.

Devices take binary DER with the content inside and every certificate that leads
to the root, without the root.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from clientcfg.formats.mobileconfig.certificates import issued_by, public_key_of
from clientcfg.formats.mobileconfig.der import INTEGER, OCTETS, OID, SEQUENCE, SET, Value, read
from clientcfg.probe.der import load

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    Key = RSAPrivateKey | EllipticCurvePrivateKey

_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_DATA: Final = bytes.fromhex("2a864886f70d010701")
_CONTENT_TYPE: Final = bytes.fromhex("2a864886f70d010903")
_DIGEST: Final = bytes.fromhex("2a864886f70d010904")
_SHA_256: Final = bytes.fromhex("608648016503040201")
_EXPLICIT_0: Final = 0xA0  # [0]: the content, the certificates, the signed attributes


class BadSignature(Exception):
    """The file is no signed profile, or not as it was signed. The text says what does not fit."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signed file holds: the profile, and its certificates (DER), the signer's first."""

    content: bytes
    certificates: tuple[bytes, ...]


def sign(content: bytes, key: "Key", chain: Sequence["x509.Certificate"]) -> bytes:
    """*content* signed with *key*, whose certificate is the first of *chain*; the rest goes in."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - 50 ms
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7  # noqa: PLC0415

    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(chain[0], key, hashes.SHA256())
    for certificate in chain[1:]:
        builder = builder.add_certificate(certificate)
    # Without Binary every line feed becomes CR LF.
    options = [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities]
    return builder.sign(Encoding.DER, options)


def opened(data: bytes) -> Signed:
    """The content of a file that :func:`sign` made. Raises :class:`BadSignature`.

    Digest and signature are checked with the key of the signer's certificate,
    and that each certificate was issued by the next. Whether anybody trusts the
    last one is not asked here, nor the time.
    """
    try:
        return _opened(data)
    except (ValueError, TypeError, LookupError) as error:
        raise BadSignature(f"not the CMS of a signed profile: {error}") from None


def _opened(data: bytes) -> Signed:
    kind, wrapped = read(data).of(SEQUENCE).parts()
    _same(kind.of(OID).inside, _SIGNED_DATA, "kind of CMS")
    _version, _algorithms, encapsulated, certificates, signers = (
        wrapped.of(_EXPLICIT_0).parts()[0].of(SEQUENCE).parts()
    )
    content_kind, content_wrapped = encapsulated.of(SEQUENCE).parts()
    _same(content_kind.inside, _DATA, "kind of content")
    content = read(content_wrapped.of(_EXPLICIT_0).inside).of(OCTETS).inside
    (signer,) = signers.of(SET).parts()
    leaf = _check_signer(signer.of(SEQUENCE), content, certificates.of(_EXPLICIT_0).parts())
    ders = tuple(part.encoded for part in certificates.parts())
    return Signed(content, _in_order(leaf, ders))


def _check_signer(signer: Value, content: bytes, certificates: Sequence[Value]) -> bytes:
    """The signer's certificate (DER), after digest and signature were found to be right."""
    _version, who, digest_algorithm, attributes, _algorithm, signature = signer.parts()
    _same(digest_algorithm.parts()[0].inside, _SHA_256, "digest algorithm")
    said = {
        part.parts()[0].inside: part.parts()[1].of(SET).parts()
        for part in attributes.of(_EXPLICIT_0).parts()
    }
    _same(said[_CONTENT_TYPE][0].inside, _DATA, "signed kind of content")
    _same(said[_DIGEST][0].of(OCTETS).inside, sha256(content).digest(), "digest")
    issuer, serial = who.of(SEQUENCE).parts()
    leaf = next((c.encoded for c in certificates if _names(c) == (issuer, serial)), None)
    if leaf is None:
        raise BadSignature("the signer's certificate is not in it")
    # RFC 5652 §5.4: they are signed as the SET that they are, not as [0].
    _check_signature(leaf, signature.of(OCTETS).inside, b"\x31" + attributes.encoded[1:])
    return leaf


def _check_signature(leaf: bytes, signature: bytes, signed: bytes) -> None:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa  # noqa: PLC0415

    key = public_key_of(load(leaf))
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
        else:
            raise BadSignature("the signer's key is neither RSA nor EC")
    except InvalidSignature:
        raise BadSignature("the signature is not that of the certificate's key") from None


def _in_order(leaf: bytes, ders: Sequence[bytes]) -> tuple[bytes, ...]:
    """All certificates, each issued by the next. Raises :class:`BadSignature` for one beside."""
    chain, rest = [leaf], [der for der in ders if der != leaf]
    while rest:
        last = load(chain[-1])
        following = next((der for der in rest if issued_by(last, load(der))), None)
        if following is None:
            raise BadSignature("a certificate in it belongs to no chain")
        chain.append(following)
        rest.remove(following)
    return tuple(chain)


def _names(certificate: Value) -> tuple[Value, Value]:
    """Issuer and serial number of an X.509 certificate (RFC 5280 §4.1)."""
    fields = certificate.of(SEQUENCE).parts()[0].parts()
    first = 1 if fields[0].tag == _EXPLICIT_0 else 0  # the version, where it is said
    return fields[first + 2], fields[first].of(INTEGER)


def _same(found: bytes, wanted: bytes, what: str) -> None:
    if found != wanted:
        raise BadSignature(f"the {what} is another one")
