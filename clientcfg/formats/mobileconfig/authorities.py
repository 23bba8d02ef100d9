# SPDX-License-Identifier: MPL-2.0
"""Certificate authorities that a profile brings along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from clientcfg.formats.mobileconfig.certificates import is_authority, load_certificate, name_of
from clientcfg.formats.mobileconfig.text import fit
from clientcfg.model.days import day_in_words
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _, quoted


@dataclass(frozen=True, slots=True)
class Authority:
    """One certificate: DER, the SHA-256 of it in hex, and a name to show."""

    der: bytes
    sha256: str
    name: str


def authorities_of(certificates: Iterable[bytes], at: datetime) -> tuple[Authority, ...]:
    """Those DER *certificates*, each once. Raises :class:`WrongUsage` for what is none.

    Devices list only certificates with CA:TRUE (RFC 5280 §4.2.1.9) among those
    that a person can trust.
    """
    return tuple(_authority(der, at) for der in dict.fromkeys(certificates))


def _authority(der: bytes, at: datetime) -> Authority:
    certificate = load_certificate(der)
    digest = sha256(der).hexdigest()
    name = fit(name_of(certificate)) or digest[:16]
    if not is_authority(certificate):
        raise WrongUsage(
            "not-an-authority",
            _(
                "The certificate {name} is not one of an authority (CA:TRUE), "
                "so no device could trust it."
            ).format(name=quoted(name)),
            _("Name the certificate of the authority that issued it."),
        )
    if at >= certificate.not_valid_after_utc:
        raise WrongUsage(
            "authority-expired",
            _("The certificate {name} ended on {day}, so it would help nobody.").format(
                name=quoted(name), day=day_in_words(certificate.not_valid_after_utc)
            ),
            _("Name the authority’s present certificate."),
        )
    return Authority(der, digest, name)
