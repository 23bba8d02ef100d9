# SPDX-License-Identifier: MPL-2.0
"""A probe's report as one HTML file that stands alone: no script, nothing fetched."""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Final

from clientcfg.flows.assessment import answered, assess
from clientcfg.flows.identity import Identity, days_left, identities
from clientcfg.flows.picture import Cell, Mark, Picture, mark_words, picture, short
from clientcfg.flows.readable import port, relay_lines, sentences, where
from clientcfg.flows.report_style import STYLE
from clientcfg.flows.times import Times, part_names, times
from clientcfg.model.days import day_in_words, time_of_day
from clientcfg.model.phrases import encryption
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.words import _, language

# In every file that is written of a report; one without it is never overwritten.
MARK: Final = "clientcfg/probe/1"

_SIGNS: Final = {
    Mark.OFFERED: ("y", "✓"),
    Mark.IN_THE_CLEAR: ("c", "⚠"),
    Mark.NOT_OFFERED: ("n", "·"),
    Mark.NOT_SEEN: ("n", "?"),
}
_KINDS: Final = {True: "good", False: "bad", None: "so"}


def report_page(report: ServerReport, at: datetime) -> str:
    """The page. It shows what servers said, whole; *at* is when they were asked."""
    title = _("Mail servers of {target}").format(target=report.target)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(language())}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="generator" content="{MARK}">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="robots" content="noindex">',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            *_head(report, title, at),
            *_marks(picture(report)),
            *_meaning(report),
            *_relaying(report),
            *_wishes(report),
            *_certificates(identities(report, at)),
            *_time_line(times(report)),
            *_conversations(report.endpoints),
            f"<footer>{escape(_foot())}</footer>",
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _head(report: ServerReport, title: str, at: datetime) -> Iterable[str]:
    found = assess(report)
    yield f"<h1>{escape(title)}</h1>"
    when = _("Asked on {day} at {time} UTC; {answered}").format(
        day=day_in_words(at), time=time_of_day(at), answered=answered(report)
    )
    yield f'<p class="when">{escape(when)}</p>'
    yield f'<p class="said {found.kind}">{escape(found.title)}</p>'
    if found.text:
        yield f"<p>{escape(found.text)}</p>"


def _marks(drawn: Picture) -> Iterable[str]:
    yield _part(_("Log-ins before and after encryption"))
    yield '<div class="scroll"><table class="marks">'
    names = "".join(f'<th scope="col" class="m">{escape(short(m))}</th>' for m in drawn.mechanisms)
    yield f'<thead><tr><th scope="col">{escape(_("Server"))}</th>{names}</tr></thead>'
    yield "<tbody>"
    for one in drawn.rows:
        place = f"{escape(one.endpoint.host)} <b>{escape(port(one.endpoint))}</b>"
        kind = escape(encryption(one.endpoint.security))
        fault = f'<br><small class="bad-words">{escape(one.fault)}</small>' if one.fault else ""
        if one.cells:
            cells = "".join(f"<td>{_pair(cell)}</td>" for cell in one.cells)
        else:
            cells = f'<td class="fault" colspan="{len(drawn.mechanisms)}">{escape(one.fault)}</td>'
            fault = ""
        yield f'<tr><th scope="row">{place} <small>{kind}</small>{fault}</th>{cells}</tr>'
    yield "</tbody></table></div>"
    key = [f"{sign} {mark_words(mark)}" for mark, (_kind, sign) in _SIGNS.items()]
    first = _("On the left before encryption, on the right after it.")
    yield f'<p class="key">{escape(first)} {escape("   ".join(key))}</p>'


def _pair(cell: Cell) -> str:
    return " ".join(_sign(mark) for mark in (cell.before, cell.after))


def _sign(mark: Mark | None) -> str:
    if mark is None:
        return '<span class="n" aria-hidden="true">&nbsp;</span>'
    kind, sign = _SIGNS[mark]
    return f'<span class="{kind}" title="{escape(mark_words(mark))}">{sign}</span>'


def _meaning(report: ServerReport) -> Iterable[str]:
    said = sentences(report)
    if said:
        yield _part(_("What it means"))
        yield "<ul>"
        yield from (f'<li class="{_KINDS[s.good]}">{escape(str(s))}</li>' for s in said)
        yield "</ul>"


def _relaying(report: ServerReport) -> Iterable[str]:
    asked = [e for e in report.endpoints if e.relay is not None and e.relay.tested]
    if asked:
        yield _part(_("Mail for elsewhere without a log-in"))
        yield "<ul>"
    for e in asked:
        assert e.relay is not None  # noqa: S101 - chosen by it
        first, *rest = relay_lines(e.relay)
        place = where([e.endpoint], report)
        lines = "".join(f"<br><small>{escape(line)}</small>" for line in rest)
        yield f'<li class="so">{escape(f"{place}: {first}")}{lines}</li>'
    if asked:
        yield "</ul>"


def _wishes(report: ServerReport) -> Iterable[str]:
    wishes = assess(report).wishes
    if wishes:
        yield _part(_("For the administrator"))
        yield "<ol>"
        yield from (
            f"<li>{escape(w.where)}: {escape(w.text)} <small>{escape(w.standard)}</small></li>"
            for w in wishes
        )
        yield "</ol>"


def _certificates(found: tuple[Identity, ...]) -> Iterable[str]:
    if found:
        yield _part(_("Certificates and TLS"))
    for one in found:
        ports = ", ".join(f"{e.host} {port(e)}" for e in one.endpoints)
        rest = days_left(one)
        facts = {
            _("Shown by"): ports,
            _("Verified"): _("yes") if one.trusted else _("no"),
            _("Names"): ", ".join(one.names),
            _("Until"): f"{one.until}, {rest}" if rest else one.until,
            _("Chain"): " ← ".join(one.chain),
            _("TLS"): one.tls,
            "SHA-256": one.sha256,
        }
        yield "<dl>"
        yield from (
            f"<dt>{escape(name)}</dt><dd>{escape(fact)}</dd>"
            for name, fact in facts.items()
            if fact
        )
        yield "</dl>"
        if one.problems:
            yield "<ul>"
            yield from (f'<li class="bad">{escape(text)}</li>' for text in one.problems)
            yield "</ul>"


def _time_line(found: tuple[Times, ...]) -> Iterable[str]:
    if not found:
        return
    yield _part(_("Time"))
    yield '<table class="times"><tbody>'
    most = max(one.total for one in found) or 1.0
    names = part_names()
    for one in found:
        said = ", ".join(
            f"{name} {ms:.0f} ms" for name, ms in zip(names, one.parts, strict=True) if ms
        )
        bars = "".join(f'<i style="width:{100 * ms / most:.2f}%"></i>' for ms in one.parts)
        yield (
            f'<tr><th scope="row">{escape(one.endpoint.host)} <b>{escape(port(one.endpoint))}</b>'
            f'</th><td class="line"><div class="bar" title="{escape(said)}">{bars}</div>'
            f'<small>{escape(said)}</small></td><td class="num">{one.total:.0f} ms</td></tr>'
        )
    yield "</tbody></table>"


def _conversations(reports: tuple[EndpointReport, ...]) -> Iterable[str]:
    if any(e.transcript for e in reports):
        yield _part(_("What was said"))
    for e in reports:
        if e.transcript:
            lines = "\n".join(f"{'≡' if line.inside_tls else ' '} {line}" for line in e.transcript)
            place = f"{e.endpoint.host} {port(e.endpoint)}"
            yield f"<details><summary>{escape(place)}</summary><pre>{escape(lines)}</pre></details>"


def _foot() -> str:
    return _("Made by clientcfg. Nothing is masked here: servers’ answers may name your address.")


def _part(title: str) -> str:
    return f"<h2>{escape(title)}</h2>"
