# SPDX-License-Identifier: MPL-2.0
"""Everything that is wrong with a certificate, in words; OpenSSL names one fault only.

OpenSSL alone decides whether a certificate is trusted. Its order is trust path,
then name, then dates, and a complaint about a later one means that the earlier
ones were in order; what it did not come to is found here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

from clientcfg.model.days import day_in_words
from clientcfg.model.report import Certificate, Problem
from clientcfg.probe.certificate import covers
from clientcfg.probe.der import load
from clientcfg.probe.words import problem

# X509_V_ERR_…: the leaf signs itself; nobody known stands at the chain's end.
_SELF_SIGNED: Final = frozenset({18})
_UNKNOWN_ISSUER: Final = frozenset({2, 19, 20, 21, 27})
_NOT_YET_VALID: Final = 9
_EXPIRED: Final = 10
_NAME_MISMATCH: Final = frozenset({62, 64})

# Bits that today's clients ask for at least (CA/Browser baseline; OpenSSL's level 2).
_RSA_BITS: Final = 2048
_EC_BITS: Final = 224
_WEAK_HASHES: Final = (hashes.MD5, hashes.SHA1)


def faults_of(
    chain: Sequence[bytes],
    certificates: Sequence[Certificate | None],
    host: str,
    now: datetime,
    code: int | None,
) -> list[Problem]:
    """All faults: who vouches, the name, the dates, the key.

    *chain* is as the server sent it (DER), *certificates* the same read.
    *code* is OpenSSL's complaint; None where it had none about the certificate.
    """
    leaf = certificates[0] if certificates else None
    if leaf is None:
        return [problem("certificate-unreadable")]
    behind = [c for c in certificates[1:] if c is not None]
    return [
        *_vouching(leaf, behind, code),
        *_naming(leaf, host, code),
        *_dating(leaf, behind, now, code),
        *_keys(chain),
    ]


def _vouching(leaf: Certificate, behind: list[Certificate], code: int | None) -> Iterable[Problem]:
    if code in _SELF_SIGNED or (code is None and leaf.subject == leaf.issuer):
        yield problem("self-signed")
    elif code in _UNKNOWN_ISSUER:
        yield problem("unknown-issuer", issuer=(behind[-1] if behind else leaf).issuer)
        if not behind:
            yield problem("chain-incomplete", issuer=leaf.issuer)


def _naming(leaf: Certificate, host: str, code: int | None) -> Iterable[Problem]:
    if not leaf.names:
        yield problem("certificate-without-names")
    elif code in _NAME_MISMATCH or not any(covers(name, host) for name in leaf.names):
        yield problem("name-mismatch", host=host, names=", ".join(leaf.names[:5]))


def _dating(
    leaf: Certificate, behind: list[Certificate], now: datetime, code: int | None
) -> Iterable[Problem]:
    own = True
    if now > leaf.not_after:
        yield problem("certificate-expired", date=day_in_words(leaf.not_after))
    elif now < leaf.not_before:
        yield problem("certificate-not-yet-valid", date=day_in_words(leaf.not_before))
    else:
        own = False
    # An expired one that no path needs is harmless, and common where old roots were bridged.
    late = any(now > c.not_after or now < c.not_before for c in behind)
    if (late and code in _UNKNOWN_ISSUER) or (not own and code in {_EXPIRED, _NOT_YET_VALID}):
        yield problem("issuer-expired")


def _keys(chain: Sequence[bytes]) -> Iterable[Problem]:
    """Keys and signatures that today's clients refuse; a root's own signature counts for none."""
    read = []
    for der in chain:
        try:
            read.append(load(der))
        except ValueError:
            continue
    keys = [weak for certificate in read if (weak := _weak_key(certificate))]
    if keys:
        yield problem("weak-key", key=keys[0])
    hashed = [weak for c in read if c.subject != c.issuer and (weak := _weak_hash(c))]
    if hashed:
        yield problem("weak-signature", algorithm=hashed[0])


def _weak_key(certificate: x509.Certificate) -> str | None:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None
    match key:
        case rsa.RSAPublicKey() if key.key_size < _RSA_BITS:
            return f"RSA, {key.key_size} bits"
        case ec.EllipticCurvePublicKey() if key.key_size < _EC_BITS:
            return f"EC, {key.key_size} bits"
        case dsa.DSAPublicKey():
            return f"DSA, {key.key_size} bits"
    return None


def _weak_hash(certificate: x509.Certificate) -> str | None:
    try:
        algorithm = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None
    return algorithm.name.upper() if isinstance(algorithm, _WEAK_HASHES) else None
