# SPDX-License-Identifier: MPL-2.0
"""Where a mail server listens, and how it wants to be spoken to."""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum

from clientcfg.model.address import host_name
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _


class Protocol(StrEnum):
    """Submission and relay (RFC 6409, 5321), IMAP (9051), POP3 (1939)."""

    SMTP = "smtp"
    IMAP = "imap"
    POP3 = "pop3"


class Security(StrEnum):
    """``tls``: implicit TLS (RFC 8314); ``starttls``: RFC 3207, 9051, 2595; ``plain``: none."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


IMPLICIT_TLS_PORTS = frozenset({465, 993, 995})

# The seven endpoints that a host is asked for when nobody named any.
STANDARD_PORTS: tuple[tuple[Protocol, int, Security], ...] = (
    (Protocol.SMTP, 465, Security.TLS),
    (Protocol.SMTP, 587, Security.STARTTLS),
    (Protocol.SMTP, 25, Security.STARTTLS),
    (Protocol.IMAP, 993, Security.TLS),
    (Protocol.IMAP, 143, Security.STARTTLS),
    (Protocol.POP3, 995, Security.TLS),
    (Protocol.POP3, 110, Security.STARTTLS),
)

# Where each is found when no port is named.
DEFAULT_PORT = {
    (Protocol.SMTP, Security.TLS): 465,
    (Protocol.SMTP, Security.STARTTLS): 587,
    (Protocol.SMTP, Security.PLAIN): 25,
    (Protocol.IMAP, Security.TLS): 993,
    (Protocol.IMAP, Security.STARTTLS): 143,
    (Protocol.IMAP, Security.PLAIN): 143,
    (Protocol.POP3, Security.TLS): 995,
    (Protocol.POP3, Security.STARTTLS): 110,
    (Protocol.POP3, Security.PLAIN): 110,
}

_WRITTEN = re.compile(
    r"(?:\[(?P<v6>[^\]]+)\]|(?P<host>[^:/\[\]]+))(?::(?P<port>\d{1,5}))?(?:/(?P<security>[a-z]+))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Endpoint:
    """One listener. ``host`` is a name in A-labels or a literal address without brackets."""

    protocol: Protocol
    host: str
    port: int
    security: Security

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}/{self.security}"

    @classmethod
    def parse(cls, protocol: Protocol, text: str) -> "Endpoint":
        """Read ``HOST[:PORT][/SECURITY]`` as the options ``--smtp`` and its kin write it.

        Without a security it is ``tls`` on 465, 993 and 995, else ``starttls``;
        without a port the usual one of that security (587, 143, 110 for
        STARTTLS). Raises :class:`WrongUsage`.
        """
        match = _WRITTEN.fullmatch(text.strip())
        words = {s.value for s in Security} | {None}
        if match is None or match["security"] not in words:
            raise WrongUsage(
                "not-a-server",
                _("“{text}” does not name a server.").format(text=text),
                _("Write HOST, HOST:PORT or HOST:PORT/SECURITY with tls, starttls or plain."),
            )
        port = int(match["port"]) if match["port"] else None
        if match["security"]:
            security = Security(match["security"])
        else:
            security = Security.TLS if port in IMPLICIT_TLS_PORTS else Security.STARTTLS
        if port is None:
            port = DEFAULT_PORT[protocol, security]
        if not 0 < port < 65536:
            raise WrongUsage(
                "not-a-port", _("{port} is not a port; they go from 1 to 65535.").format(port=port)
            )
        return cls(protocol, _literal_or_name(match["v6"] or match["host"]), port, security)


def is_literal_loopback(host: str) -> bool:
    """Whether *host* is an address of this very machine, written as digits.

    A name never counts, ``localhost`` neither: what it means is the resolver's
    word, not the person's.
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _literal_or_name(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return host_name(text)
