# SPDX-License-Identifier: MPL-2.0
"""Whoever signs profiles: a key and its certificate with those that lead to a root.

The key stays inside the function that signs: nothing that can be printed or
kept has it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from clientcfg.formats.mobileconfig.certificates import (
    issued_by,
    name_of,
    public_key_of,
    read_certificates,
)
from clientcfg.formats.mobileconfig.cms import BadSignature, opened, sign
from clientcfg.formats.mobileconfig.text import fit
from clientcfg.model.days import day_in_words
from clientcfg.model.export import Signature
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Refused, WrongUsage
from clientcfg.words import _, quoted

if TYPE_CHECKING:
    from cryptography import x509

    from clientcfg.formats.mobileconfig.cms import Key

_SOON: Final = timedelta(days=30)


class PassphraseWanted(Exception):
    """The key is encrypted, and no passphrase was given, or not the right one (``wrong``)."""

    def __init__(self, *, wrong: bool) -> None:
        super().__init__("a passphrase is wanted")
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Signer:
    """``sign`` wraps a file; ``signature`` is what there is to say of it."""

    signature: Signature
    sign: Callable[[bytes], bytes] = field(repr=False)


def signer(
    certificates: bytes, key_file: bytes, at: datetime, passphrase: Secret | None = None
) -> Signer:
    """From a PEM or DER file with certificates and a PEM file with the key.

    Raises :class:`PassphraseWanted`, :class:`WrongUsage` for a key that is none or
    belongs to none of the certificates, and :class:`Refused` for what devices
    show as worse than no signature.
    """
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - 50 ms

    key = _key(key_file, passphrase)
    chain = _chain(key, read_certificates(certificates))
    for certificate in chain:
        _refuse_out_of_time(certificate, at)
    if issued_by(chain[0], chain[0]):
        raise Refused(
            "signer-self-signed",
            _("{name} is signed by itself: devices show that as worse than no signature.").format(
                name=_shown(chain[0])
            ),
            _(
                "Use a certificate of an authority that the devices trust; that of a website will "
                "do."
            ),
            _("Or leave the profile unsigned."),
        )

    ders = tuple(certificate.public_bytes(Encoding.DER) for certificate in chain)

    def signed(content: bytes) -> bytes:
        made = sign(content, key, chain)
        try:
            found = opened(made)
        except BadSignature as why:
            raise RuntimeError(f"the signature just made does not hold: {why}") from None
        if found.content != content or found.certificates != ders:
            raise RuntimeError("the signed file does not hold what was signed")
        return made

    return Signer(_signature(chain, at), signed)


def _key(data: bytes, passphrase: Secret | None) -> "Key":
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - 50 ms
    from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    secret = None if passphrase is None else passphrase.reveal().encode()
    try:
        try:
            key = load_pem_private_key(data, secret)
        except TypeError:  # encrypted without a passphrase, or the other way round
            if secret is None:
                raise PassphraseWanted(wrong=False) from None
            key = load_pem_private_key(data, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        if secret is not None:
            raise PassphraseWanted(wrong=True) from None
        raise WrongUsage(
            "not-a-key",
            _("The file with the key to sign with holds no private key that can be read."),
            _("Give it as PEM (-----BEGIN PRIVATE KEY-----)."),
        ) from None
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise WrongUsage(
            "key-of-another-kind",
            _("The key to sign with is neither RSA nor EC, and devices take no other."),
            _("Use a certificate with an RSA or EC key."),
        )
    return key


def _chain(
    key: "Key", certificates: Sequence["x509.Certificate"]
) -> tuple["x509.Certificate", ...]:
    """The key's certificate, the one that issued it, and so on; a root is left out."""
    public = key.public_key()
    leaf = next((c for c in certificates if public_key_of(c) == public), None)
    if leaf is None:
        raise WrongUsage(
            "key-of-another-certificate",
            _("The key to sign with belongs to none of the certificates in the file."),
            _("Name the certificate and the key that were made for each other."),
        )
    chain, rest = [leaf], [c for c in certificates if c != leaf]
    while True:
        following = next((c for c in rest if issued_by(chain[-1], c)), None)
        if following is None:
            break
        rest.remove(following)
        if issued_by(following, following):
            break
        chain.append(following)
    beside = [c for c in rest if not issued_by(c, c)]
    if beside:
        raise WrongUsage(
            "certificate-beside-the-chain",
            _("{name} is in the file, and did not issue the certificate to sign with.").format(
                name=_shown(beside[0])
            ),
            _("Name a file with that certificate and the intermediate ones, and no others."),
        )
    return tuple(chain)


def _refuse_out_of_time(certificate: "x509.Certificate", at: datetime) -> None:
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if first <= at < last:
        return
    if at < first:
        text, day = _("{name} is valid from {day} on only, so it cannot sign yet."), first
    else:
        text, day = _("{name} ended on {day}: devices would show the profile as unsigned."), last
    raise Refused(
        "signer-out-of-time",
        text.format(name=_shown(certificate), day=day_in_words(day)),
        _("Renew the certificate, and look at this machine’s clock."),
    )


def _signature(chain: Sequence["x509.Certificate"], at: datetime) -> Signature:
    root = fit(name_of(chain[-1], issuer=True)) or "?"
    ends = min(certificate.not_valid_after_utc for certificate in chain)
    notes = []
    if len(chain) == 1:
        alone = _(
            "No intermediate certificate is in the signed profile: devices show “Verified” only if "
            "{root}, which issued the signer’s, is itself among those that they trust."
        )
        notes.append(alone.format(root=quoted(root)))
    if ends - at < _SOON:
        soon = _(
            "The certificate of the signature ends on {day}: then devices show the profile as "
            "unsigned, and what was installed goes on working."
        )
        notes.append(soon.format(day=day_in_words(ends)))
    return Signature(fit(name_of(chain[0])) or "?", root, ends, tuple(notes))


def _shown(certificate: "x509.Certificate") -> str:
    return quoted(fit(name_of(certificate)) or "?")
