# SPDX-License-Identifier: MPL-2.0
"""What servers said, written short: ``tls(465, "AUTH PLAIN LOGIN")``."""

from collections.abc import Mapping
from dataclasses import replace

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.report import (
    Announcement,
    AuthLine,
    EndpointReport,
    Line,
    Problem,
    ServerReport,
    Speaker,
    Tls,
)

HOST = "mail.example.org"


def server(*endpoints: EndpointReport) -> ServerReport:
    """A report of one host."""
    return ServerReport(HOST, "host", endpoints)


def tls(
    port: int,
    *lines: str,
    version: str = "1.3",
    takes: Mapping[str, bool | None] | None = None,
    before: tuple[str, ...] = (),
) -> EndpointReport:
    """An endpoint whose certificate verified, with its AUTH *lines* inside TLS."""
    security = Security.TLS if port == 465 else Security.STARTTLS
    said = tuple(_auth_line(line, inside_tls=True) for line in lines)
    early = tuple(_auth_line(f"AUTH {m}", inside_tls=False) for m in before)
    return EndpointReport(
        Endpoint(Protocol.SMTP, HOST, port, security),
        "192.0.2.1",
        reachable=True,
        auth_before_tls=None if port == 465 else tuple(map(Mechanism, before)),
        auth=_all(said),
        auth_lines=(*early, *said),
        tls=Tls(
            version,
            "TLS_AES_256_GCM_SHA384",
            trusted=True,
            certificate=None,
            versions=None if takes is None else tuple(takes.items()),
        ),
    )


def untrusted(port: int, *lines: str) -> EndpointReport:
    """The same with a certificate that nobody vouches for."""
    report = tls(port, *lines)
    problem = Problem("self-signed", "The certificate is signed by itself.")
    assert report.tls is not None
    return replace(report, tls=replace(report.tls, trusted=False, problems=(problem,)))


def without_tls(port: int, *lines: str) -> EndpointReport:
    """A STARTTLS endpoint that offers none."""
    said = tuple(_auth_line(line, inside_tls=False) for line in lines)
    problem = Problem("starttls-not-offered", "The server does not offer STARTTLS.")
    return replace(
        tls(port), auth_before_tls=_all(said), auth=None, auth_lines=said, tls=None,
        problems=(problem,),
    )  # fmt: skip


def plain(host: str, *lines: str) -> EndpointReport:
    """A plain endpoint on port 2525."""
    said = tuple(_auth_line(line, inside_tls=False) for line in lines)
    return EndpointReport(
        Endpoint(Protocol.SMTP, host, 2525, Security.PLAIN),
        host,
        reachable=True,
        auth=_all(said),
        auth_lines=said,
    )


def silent(port: int) -> EndpointReport:
    """An endpoint where nothing answers."""
    problem = Problem("no-answer", "No answer.")
    return EndpointReport(tls(port).endpoint, None, reachable=False, problems=(problem,))


def _all(lines: tuple[AuthLine, ...]) -> tuple[Mechanism, ...]:
    return tuple(dict.fromkeys(m for line in lines for m in line.mechanisms))


def _auth_line(text: str, *, inside_tls: bool) -> AuthLine:
    form = Announcement.LEGACY if text.startswith("AUTH=") else Announcement.STANDARD
    names = text.removeprefix(form.value).split()
    evidence = Line(Speaker.SERVER, f"250-{text}", inside_tls, 1.0)
    return AuthLine(form, tuple(map(Mechanism, names)), inside_tls, evidence)
