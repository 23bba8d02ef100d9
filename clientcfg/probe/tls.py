# SPDX-License-Identifier: MPL-2.0
"""TLS over bytes in memory: the handshake as a machine.

The bytes pass through our own hands so that plain text behind a STARTTLS reply
is seen, and dropped, instead of being taken for the server's word.
"""

import _ssl
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from clientcfg.probe.alerts import Alert, alert_in
from clientcfg.words import _

READ_SIZE: Final = 16 * 1024  # what one record holds at most (RFC 8446 §5.1)

# Change cipher spec, alert, handshake, application data (RFC 8446 §5.1).
RECORD_TYPES: Final = frozenset({20, 21, 22, 23})


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
