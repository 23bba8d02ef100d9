# SPDX-License-Identifier: MPL-2.0
"""TLS contexts, each built once a process: one that decides, and those that only look."""

import ssl
import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

# What a server can be asked for. SSL 2 and 3 cannot be spoken by today's OpenSSL.
VERSIONS: Final[Mapping[str, ssl.TLSVersion]] = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}


@lru_cache(maxsize=16)
def verifying(ca_files: tuple[str, ...] = ()) -> ssl.SSLContext:
    """The context that decides about trust: the system's CAs and those in *ca_files*.

    Where the system has none, Mozilla's list as ``certifi`` brings it. A common
    name is no name (RFC 9525 §1.3). Raises :class:`WrongUsage` for a file that
    holds no certificate. Building one costs some 20 ms.
    """
    context = _strict()
    context.hostname_checks_common_name = False
    context.load_default_certs()
    if not ca_files:
        _loaded[:] = context.get_ca_certs(binary_form=True)
    if not context.cert_store_stats()["x509_ca"]:
        import certifi  # noqa: PLC0415 - only where the system has no list of its own

        context.load_verify_locations(certifi.where())
    for name in ca_files:
        try:
            context.load_verify_locations(cadata=Path(name).read_text(encoding="ascii"))
        except (OSError, ValueError, ssl.SSLError) as error:
            raise WrongUsage(
                "not-a-ca-file", _("“{file}” is no PEM file with certificates.").format(file=name)
            ) from error
    return context


# What the system's own list held when it was read, DER.
_loaded: list[bytes] = []


def system_authorities() -> tuple[bytes, ...]:
    """The certificates of the system's own authorities, DER; none where it keeps a folder."""
    verifying(())
    return tuple(_loaded)


@lru_cache(maxsize=1)
def unverifying() -> ssl.SSLContext:
    """As strict about the protocol as :func:`verifying`; for pins, which name the very leaf."""
    context = _strict()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _strict() -> ssl.SSLContext:
    """TLS 1.2 or newer (RFC 8996), whatever this system's OpenSSL is set to."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@lru_cache(maxsize=1)
def lenient() -> ssl.SSLContext:
    """Takes whatever TLS there is. For reading what is wrong, never for a credential."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.options |= 0x4  # OP_LEGACY_SERVER_CONNECT, which ssl names from 3.12 on
    return context


@lru_cache(maxsize=len(VERSIONS))
def only(version: str) -> ssl.SSLContext:
    """Offers exactly this one of :data:`VERSIONS`. For finding out, never for a credential."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.options |= 0x4
    with warnings.catch_warnings():
        # That 1.0 and 1.1 are out of date is just what is to be told.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = VERSIONS[version]
        context.minimum_version = VERSIONS[version]
    return context
