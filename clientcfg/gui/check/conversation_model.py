# SPDX-License-Identifier: MPL-2.0
"""The whole conversation without Qt: lines, which are heads, and which prove the log-ins."""

from dataclasses import dataclass

from clientcfg.gui.setup.evidence_model import ARROWS
from clientcfg.model.phrases import named
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Said:
    """``heads`` and ``marked`` are numbers of ``lines``."""

    lines: tuple[str, ...]
    heads: frozenset[int]
    marked: frozenset[int]


def said(report: ServerReport) -> Said:
    """What every server said, one after the other."""
    lines: list[str] = []
    heads, marked = set(), set()
    for e in report.endpoints:
        if lines:
            lines.append("")
        heads.add(len(lines))
        lines.append(_head(e))
        proving = {(line.evidence.text, line.evidence.ms) for line in e.auth_lines}
        for line in e.transcript:
            if (line.text, line.ms) in proving:
                marked.add(len(lines))
            lock = "≡" if line.inside_tls else " "
            lines.append(f"{line.ms:7.0f} ms {lock} {ARROWS[line.speaker]} {line.text}")
        if not e.transcript:
            lines.append("    " + (e.problems[0].text if e.problems else _("no answer")))
    return Said(tuple(lines), frozenset(heads), frozenset(marked))


def _head(report: EndpointReport) -> str:
    endpoint = report.endpoint
    place = f"{endpoint.protocol.upper()} {named(endpoint)}"
    return f"{place} ({report.address})" if report.address else place
