# SPDX-License-Identifier: MPL-2.0
"""TLS over bytes in memory: contexts built once a process, and the handshake as a machine.

The bytes pass through our own hands so that plain text behind a STARTTLS reply
is seen, and dropped, instead of being taken for the server's word.
"""

import ssl
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

READ_SIZE: Final = 64 * 1024

# Change cipher spec, alert, handshake, application data (RFC 8446 §5.1).
RECORD_TYPES: Final = frozenset({20, 21, 22, 23})


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


class HandshakeFailed(Exception):
    """The handshake ended without TLS. ``error`` None: the server hung up in it."""

    def __init__(self, error: ssl.SSLError | None) -> None:
        super().__init__(error)
        self.error = error

    @property
    def verify_code(self) -> int | None:
        """OpenSSL's first complaint about the certificate; None where that was not it."""
        error = self.error
        return error.verify_code if isinstance(error, ssl.SSLCertVerificationError) else None

    @property
    def reason(self) -> str:
        """The fault in OpenSSL's words, for instance "tlsv1 alert internal error"."""
        if isinstance(self.error, ssl.SSLCertVerificationError):
            return self.error.verify_message
        if self.error is None or isinstance(self.error, ssl.SSLEOFError):
            return _("the server hung up")
        return (self.error.reason or str(self.error)).replace("_", " ").lower()


class TlsLayer:
    """One TLS session over bytes: take ciphertext, give plain text, and the other way round."""

    def __init__(self, context: ssl.SSLContext, host: str) -> None:
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._session = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
        self.established = False
        self.ended = False

    def handshake(self, data: bytes = b"") -> None:
        """Go on with the handshake. Raises :class:`HandshakeFailed`; see :meth:`outgoing`."""
        self._incoming.write(data)
        try:
            self._session.do_handshake()
        except ssl.SSLWantReadError:
            return
        except ssl.SSLError as error:
            raise HandshakeFailed(error) from None
        self.established = True

    def take(self, data: bytes) -> None:
        """Take ciphertext of an established session."""
        self._incoming.write(data)

    def plain(self) -> bytes:
        """The plain text that is there, at most 64 KiB; empty where more has to be taken first.

        ``ended`` is set where the server closed the session. Raises
        ``ssl.SSLError`` where a record is damaged or an alert came.
        """
        try:
            data = self._session.read(READ_SIZE)
        except ssl.SSLWantReadError:
            return b""
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            data = b""
        self.ended = self.ended or not data
        return data

    def encrypt(self, data: bytes) -> bytes:
        """*data* as ciphertext, together with whatever else wants to go out."""
        self._session.write(data)
        return self.outgoing()

    def outgoing(self) -> bytes:
        """Ciphertext that wants to go out: handshake messages, alerts."""
        return self._outgoing.read()

    def close(self) -> bytes:
        """The closing alert. Never fails."""
        with suppress(ssl.SSLError, ValueError):
            self._session.unwrap()
        return self.outgoing()

    @property
    def version(self) -> str:
        """ "1.3", "1.2", …"""
        name = self._session.version() or "?"
        return "1.0" if name == "TLSv1" else name.removeprefix("TLSv").replace("SSLv", "SSL ")

    @property
    def old(self) -> bool:
        """Older than what today's clients take (RFC 8996, RFC 8997)."""
        return self._session.version() not in {"TLSv1.2", "TLSv1.3"}

    @property
    def cipher(self) -> str:
        """OpenSSL's name of the cipher suite."""
        cipher = self._session.cipher()
        return cipher[0] if cipher else "?"

    @property
    def leaf(self) -> bytes:
        """The server's own certificate, DER; empty where it sent none."""
        return self._session.getpeercert(binary_form=True) or b""
