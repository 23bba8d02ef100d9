# SPDX-License-Identifier: MPL-2.0
"""Autoconfig files for tests: one around what a test is about, and one of any servers."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from clientcfg.discover.autoconfig_xml import Reading, read_autoconfig
from clientcfg.discover.stated import StatedServer
from clientcfg.model.endpoint import Protocol, Security

SOCKETS = {Security.TLS: "SSL", Security.STARTTLS: "STARTTLS", Security.PLAIN: "plain"}


def server(
    kind: str = "imap",
    host: str | None = "imap.ample.example",
    port: str | None = "993",
    socket: str | None = "SSL",
    username: str | None = "%EMAILADDRESS%",
    auth: tuple[str, ...] = ("password-cleartext",),
    more: str = "",
) -> str:
    """One server section; None leaves an element out."""
    tag = "outgoingServer" if kind == "smtp" else "incomingServer"
    simple = (("hostname", host), ("port", port), ("socketType", socket), ("username", username))
    lines = [f"<{name}>{escape(text)}</{name}>" for name, text in simple if text is not None]
    lines += [f"<authentication>{escape(way)}</authentication>" for way in auth]
    return f'<{tag} type="{kind}">{"".join(lines)}{more}</{tag}>'


SMTP = server("smtp", "smtp.ample.example", "465")
IMAP = server()


def config(*inside: str, version: str = "1.1", after: str = "") -> bytes:
    """A whole file with *inside* in its provider and *after* behind that."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<clientConfig version="{version}">'
        f'<emailProvider id="ample.example"><domain>ample.example</domain>'
        f"<displayName>Ample</displayName>{''.join(inside)}</emailProvider>{after}</clientConfig>"
    ).encode()


def written(servers: Iterable[StatedServer]) -> bytes:
    """The file that states *servers*."""
    return config(
        *(
            server(
                s.protocol if s.protocol is not Protocol.SMTP else "smtp",
                s.host,
                str(s.port),
                SOCKETS[s.security],
                s.username,
                s.auth,
                "<restriction>client-IP-address</restriction>" if s.own_network else "",
            )
            for s in servers
        )
    )


def read(data: bytes, local: str | None = "ada", domain: str = "ample.example") -> Reading:
    """*data* as our reader reads it for ``ada@ample.example``."""
    return read_autoconfig(data, local, domain, "test")


def shown(reading: Reading) -> list[str]:
    return [f"{o.endpoint.protocol} {o.endpoint}" for o in reading.offers]


# What IMAP and SMTP above are shown as.
BOTH = ["imap imap.ample.example:993/tls", "smtp smtp.ample.example:465/tls"]
