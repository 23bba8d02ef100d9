# SPDX-License-Identifier: MPL-2.0
"""TLS over bytes in memory: contexts built once a process, and the handshake as a machine.

The bytes pass through our own hands so that plain text behind a STARTTLS reply
is seen, and dropped, instead of being taken for the server's word.
"""

import _ssl
import ssl
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from clientcfg.model.trouble import WrongUsage
from clientcfg.probe.alerts import Alert, alert_in
from clientcfg.words import _

READ_SIZE: Final = 16 * 1024  # what one record holds at most (RFC 8446 §5.1)

# What a server can be asked for. SSL 2 and 3 cannot be spoken by today's OpenSSL.
VERSIONS: Final[Mapping[str, ssl.TLSVersion]] = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}

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


@dataclass(frozen=True, slots=True)
class Shown:
    """What a handshake showed. ``chain`` is DER, the server's own certificate first."""

    version: str
    cipher: str
    chain: tuple[bytes, ...]

    @property
    def old(self) -> bool:
        """Older than what today's clients take (RFC 8996, RFC 8997)."""
        return self.version not in {"1.2", "1.3"}


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
    def alert(self) -> Alert | None:
        """The alert by which the server ended it; None where it said none."""
        return alert_in(self.error.reason) if self.error is not None else None

    @property
    def hung_up(self) -> bool:
        """Whether the server went away without a word."""
        return self.error is None or isinstance(self.error, ssl.SSLEOFError)

    @property
    def reason(self) -> str:
        """The fault in words: the server's alert with its number, else what OpenSSL says."""
        if isinstance(self.error, ssl.SSLCertVerificationError):
            return self.error.verify_message
        if self.error is None or self.hung_up:
            return _("the server hung up")
        if self.alert is not None:
            return _("the server ended it with alert {number} ({name})").format(
                number=self.alert.number, name=self.alert.name.replace("_", " ")
            )
        return (self.error.reason or str(self.error)).replace("_", " ").lower()


class TlsLayer:
    """One TLS session over bytes: take ciphertext, give plain text, and the other way round."""

    __slots__ = ("_incoming", "_outgoing", "_session", "ended", "established")

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
        """The plain text that is there, at most 16 KiB; empty where more has to be taken first.

        ``ended`` is set where the server closed the session. Raises
        ``ssl.SSLError`` where a record is damaged or an alert came.
        """
        if not self._incoming.pending and not self._session.pending():
            return b""
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
    def shown(self) -> Shown:
        """What an established session has shown."""
        session = self._session
        name = session.version() or "?"
        cipher = session.cipher()
        return Shown(
            "1.0" if name == "TLSv1" else name.removeprefix("TLSv").replace("SSLv", "SSL "),
            cipher[0] if cipher else "?",
            _chain_of(session),
        )


def _chain_of(session: ssl.SSLObject) -> tuple[bytes, ...]:
    """The certificates as the server sent them, verified or not; empty where it sent none."""
    # Public from 3.13 on; before that only the object behind it has it.
    public = getattr(session, "get_unverified_chain", None)
    if public is not None:
        return tuple(public() or ())
    inner = getattr(session, "_sslobj", None)
    private = getattr(inner, "get_unverified_chain", None)
    if private is not None:
        return tuple(sent.public_bytes(_ssl.ENCODING_DER) for sent in private() or ())
    leaf = session.getpeercert(binary_form=True)
    return (leaf,) if leaf else ()
