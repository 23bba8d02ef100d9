# SPDX-License-Identifier: MPL-2.0
"""A report as plain text for a help desk's ticket, with what is nobody's business masked.

E-mail addresses lose the part before the @, IP addresses and names that
servers print for them become numbered words (the same one always the same),
user names become "(user)". Servers' own names stay: the ticket is about them.
"""

import ipaddress
import re
from collections.abc import Iterable
from datetime import date

from clientcfg.advise.administrator import to_do
from clientcfg.advise.headline import headline
from clientcfg.flows.readable import relay_lines, row, sentences, where
from clientcfg.model.phrases import common_name
from clientcfg.model.report import Certificate, EndpointReport, ServerReport
from clientcfg.words import _

# What EHLO tells every server; it says nothing of anybody.
_TOLD = "127.0.0.1"

_MAILBOX = re.compile(r"[^\s<>()\[\],;:“”\"]+@(?=[A-Za-z0-9\[(])")
_NUMBERS = re.compile(r"(?<![0-9A-Za-z.:])(?:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]+|\d+\.\d+\.\d+\.\d+)")


def ticket_text(
    report: ServerReport,
    *,
    names: frozenset[str] = frozenset(),
    masked: bool = True,
    transcript: bool = True,
) -> str:
    """The whole text; *names* are user names to mask besides the addresses."""
    text = "\n".join(_lines(report, transcript=transcript)) + "\n"
    if not masked:
        return text
    if report.target_kind == "address":
        names |= {report.target, report.target.rpartition("@")[0]}
    return mask(text, names)


def mask(text: str, names: frozenset[str] = frozenset()) -> str:
    """*text* without anybody's address, IP or user name."""
    # A user name that is an address is masked as one, and keeps its domain.
    text = _MAILBOX.sub("…@", text)
    for name in sorted(names, key=len, reverse=True):
        if "@" not in name:
            text = re.sub(rf"(?<![\w-])(?<!\w\.){re.escape(name)}(?![\w-]|\.\w)", _("(user)"), text)
    seen: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        address, rest = _address(match[0])
        if address is None:
            return match[0]
        count = sum(1 for word in seen.values() if word.startswith(f"(IPv{address.version}"))
        word = seen.setdefault(str(address), f"(IPv{address.version} no. {count + 1})")
        return word + rest

    text = _NUMBERS.sub(numbered, text)
    # The name that a server looked up for us stands before the address it has in brackets.
    return re.sub(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?= ?\[\(IPv[46] no\.)", _("(name)"), text)


def _address(text: str) -> tuple[ipaddress.IPv4Address | ipaddress.IPv6Address | None, str]:
    """The address that *text* begins with, and what a sentence put behind it; None where none."""
    for bare in (text, text.rstrip("."), text.rstrip(".:")):
        try:
            found = ipaddress.ip_address(bare)
        except ValueError:
            continue
        private = bare != _TOLD and not found.is_unspecified
        return (found if private else None), text[len(bare) :]
    return None, ""


def _lines(report: ServerReport, *, transcript: bool) -> Iterable[str]:
    yield _("Mail servers of {target}").format(target=report.target)
    yield headline(report)
    for host in dict.fromkeys(e.endpoint.host for e in report.endpoints):
        yield ""
        yield host
        yield from _table([e for e in report.endpoints if e.endpoint.host == host])
    yield ""
    yield from (f"- {sentence}" for sentence in sentences(report))
    for e in report.endpoints:
        if e.relay is not None and e.relay.tested:
            told = relay_lines(e.relay, date.isoformat)
            yield from (f"- {where([e.endpoint], report)}: {line}" for line in told)
    yield from _certificates(report)
    advice = to_do(report)
    if advice:
        yield ""
        yield _("For the administrator:")
        yield from (
            f"- {where(todo.endpoints, report)}: {todo.text} ({todo.standard})" for todo in advice
        )
    if transcript:
        for e in report.endpoints:
            yield ""
            yield f"{e.endpoint.protocol} {e.endpoint} ({e.address or _('no answer')})"
            yield from (f"  {'≡' if line.inside_tls else ' '} {line}" for line in e.transcript)


def _table(reports: list[EndpointReport]) -> Iterable[str]:
    head = ("", _("Encryption"), _("Log-in inside it"), _("Log-in in the clear"))
    rows = [head]
    rows += [(r.port, r.encryption, r.inside, r.clear) for r in map(row, reports)]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(head))]
    for cells in rows:
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(cells, widths, strict=True)
        ).rstrip()


def _certificates(report: ServerReport) -> Iterable[str]:
    seen: dict[str, Certificate] = {}
    for e in report.endpoints:
        if e.tls is not None and e.tls.certificate is not None:
            seen.setdefault(e.tls.certificate.sha256, e.tls.certificate)
    for certificate in seen.values():
        yield _("- Certificate for {names}, from {issuer}, until {end}, sha256:{digest}").format(
            names=", ".join(certificate.names[:5]) or certificate.subject,
            issuer=common_name(certificate.issuer),
            end=f"{certificate.not_after:%Y-%m-%d}",
            digest=certificate.sha256,
        )
