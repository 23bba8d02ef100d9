# SPDX-License-Identifier: MPL-2.0
"""“How do you know?” without Qt: who named the servers, who they are, what they said."""

from dataclasses import dataclass

from clientcfg.flows.events import ProbeDone
from clientcfg.flows.ticket import ticket_text
from clientcfg.gui.setup.servers_model import SourceRow, source_row
from clientcfg.gui.words import purpose
from clientcfg.model.days import day_in_words
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.phrases import common_name, issuer_name
from clientcfg.model.report import Certificate, EndpointReport, Speaker, Tls
from clientcfg.words import _

ARROWS = {Speaker.SERVER: "←", Speaker.CLIENT: "→", Speaker.EVENT: "·"}


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate: whether it verified, whose it is, from when to when, what is wrong."""

    trusted: bool
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one server said; ``marked`` are the lines that prove which log-ins it takes."""

    title: str
    lines: tuple[str, ...]
    marked: frozenset[int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything in the drawer. ``ticket``: the report for a help desk, private things masked."""

    sources: tuple[SourceRow, ...]
    certificates: tuple[CertificateRow, ...]
    conversations: tuple[Conversation, ...]
    ticket: str = ""

    def as_text(self) -> str:
        """The same to copy."""
        parts = [f"{row.name}: {row.says}" for row in self.sources]
        for certificate in self.certificates:
            parts += ["", certificate.title, *certificate.lines]
        for conversation in self.conversations:
            parts += ["", conversation.title, *conversation.lines]
        return "\n".join(parts)


def evidence(probed: ProbeDone, chosen: tuple[Endpoint, ...]) -> Evidence:
    """What the answer rests on: the chosen servers, or all of them where none was chosen."""
    reports = [r for r in probed.report.endpoints if r.endpoint in chosen]
    shown = reports or list(probed.report.endpoints)
    return Evidence(
        tuple(source_row(answer) for answer in probed.found.sources),
        tuple(_certificates(shown)),
        tuple(conversation(r) for r in shown if r.transcript),
        ticket_text(probed.report),
    )


def conversation(report: EndpointReport) -> Conversation:
    """What one server said, line by line."""
    proving = {id(line.evidence) for line in report.auth_lines}
    same = {(line.evidence.text, line.evidence.ms) for line in report.auth_lines}
    lines, marked = [], set()
    for number, line in enumerate(report.transcript):
        lines.append(f"{ARROWS[line.speaker]} {line.text}")
        if id(line) in proving or (line.text, line.ms) in same:
            marked.add(number)
    title = _("{purpose}: {host}, {port}").format(
        purpose=purpose(report.endpoint.protocol),
        host=report.endpoint.host,
        port=report.endpoint.port,
    )
    return Conversation(title, tuple(lines), frozenset(marked))


def _certificates(reports: list[EndpointReport]) -> list[CertificateRow]:
    rows: dict[str, CertificateRow] = {}
    for report in reports:
        tls = report.tls
        if tls is None:
            continue
        key = tls.certificate.sha256 if tls.certificate is not None else str(report.endpoint)
        rows.setdefault(key, _row(report, tls, tls.certificate))
    return list(rows.values())


def _row(report: EndpointReport, tls: Tls, certificate: Certificate | None) -> CertificateRow:
    lines = [problem.text for problem in tls.problems]
    if certificate is None:
        title = _("{host} showed no certificate.").format(host=report.endpoint.host)
        return CertificateRow(tls.trusted, title, tuple(lines))
    names = ", ".join(certificate.names) or common_name(certificate.subject)
    lines.append(
        _("From {issuer}, valid until {end}").format(
            issuer=issuer_name(certificate.issuer), end=day_in_words(certificate.not_after)
        )
    )
    lines.append(f"TLS {tls.version}, {tls.cipher}")
    return CertificateRow(
        tls.trusted, _("Certificate for {names}").format(names=names), tuple(lines)
    )
