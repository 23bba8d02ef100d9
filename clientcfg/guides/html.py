# SPDX-License-Identifier: MPL-2.0
"""A guide as one HTML file that stands alone: no script, nothing fetched, ready to print."""

from collections.abc import Iterable, Sequence
from html import escape

from clientcfg.clients.guide_row import Word
from clientcfg.guides.guide import Group, Guide, Kind, Note, Setting, Step, Value
from clientcfg.guides.style import STYLE
from clientcfg.guides.words import MARK, STAR, advice_head, foot, shown_value, title
from clientcfg.words import _, quoted


def as_html(guides: Sequence[Guide], language: str = "en") -> str:
    """The pages in one document; *language* is that of our sentences."""
    head = title(guides[0]) if len(guides) == 1 else _("Settings by hand")
    return document(head, (article(guide) for guide in guides), language, alone=len(guides) == 1)


def document(
    head: str, articles: Iterable[Iterable[str]], language: str, *, alone: bool = True
) -> str:
    """A whole document of *articles*, each its lines. ``alone``: laid out as one page."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="generator" content="{MARK}">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="robots" content="noindex">',
            f"<title>{escape(head)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            '<main class="one">' if alone else "<main>",
            *(line for lines in articles for line in lines),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def article(guide: Guide) -> Iterable[str]:
    """The lines of one page."""
    yield "<article>"
    yield f"<h1>{escape(guide.program)}</h1>"
    whose = guide.address or _("your account")
    yield f"<p>{_('Settings by hand for {address}').format(address=escape(whose))}</p>"
    for note in guide.notes:
        yield from note_lines(note)
    yield f"<h2>{_('The values')}</h2>"
    for group in guide.groups:
        yield from _group(group)
    yield f"<h2>{_('Step by step')}</h2>"
    yield '<ol class="steps">'
    for step in guide.steps:
        yield from _step(step)
    yield "</ol>"
    yield "<footer>"
    yield from (f"<p>{escape(line)}</p>" for line in foot(guide))
    yield "</footer>"
    yield "</article>"


def note_lines(note: Note) -> Iterable[str]:
    """A note with its points and its advice."""
    yield f'<div class="note{" grave" if note.grave else ""}" role="note">'
    yield f"<p>{escape(note.text)}</p>"
    yield from listed("ul", note.points)
    if note.advice:
        yield f"<p>{escape(advice_head(note))}</p>"
    yield from listed("ol", note.advice)
    yield "</div>"


def listed(kind: str, texts: Sequence[str]) -> Iterable[str]:
    """A list of sentences; nothing where there are none."""
    if texts:
        yield f"<{kind}>"
        yield from (f"<li>{escape(text)}</li>" for text in texts)
        yield f"</{kind}>"


def _group(group: Group) -> Iterable[str]:
    yield "<table>"
    yield f"<caption>{escape(group.title)}</caption>"
    yield "<tbody>"
    named = any(value.label is not None for value in group.values)
    for value in group.values:
        label = "" if value.label is None else _word(value.label)
        yield (
            f'<tr><th scope="row">{escape(value.what)}</th>'
            f'<td><span class="{_looks(value)}">{escape(value.value)}</span></td>'
            + (f'<td class="own">{label}</td></tr>' if named else "</tr>")
        )
    yield "</tbody>"
    yield "</table>"


def _looks(value: Value) -> str:
    exact = value.id.endswith(("host", "port", "user", "address"))
    return "value code" if exact else "value"


def _step(step: Step) -> Iterable[str]:
    yield "<li>"
    yield f"<p>{escape(step.lead)}</p>"
    if step.menu:
        way = '<i aria-hidden="true">›</i>'.join(
            f"{escape(word.text)}{'' if word.sure else STAR}" for word in step.menu
        )
        yield f'<p class="menu">{way}</p>'
    if step.settings:
        yield '<ul class="settings">'
        yield from map(_setting, step.settings)
        yield "</ul>"
    if step.lines:
        yield f"<pre>{escape(chr(10).join(step.lines))}</pre>"
    yield from (f"<p>{escape(remark)}</p>" for remark in step.remarks)
    yield "</li>"


def _setting(setting: Setting) -> str:
    label = _word(setting.label)
    if setting.kind in (Kind.TICK, Kind.UNTICK):
        ticked = setting.kind is Kind.TICK
        said = _("tick it") if ticked else _("leave it empty")
        mark = "✓" if ticked else ""
        return (
            f'<li><span class="box"><b aria-hidden="true">{mark}</b>{label}</span>'
            f"<span>{escape(said)}</span></li>"
        )
    if setting.kind is Kind.PRESS:
        return f"<li><span>{_('Press {label}').format(label=label)}</span></li>"
    return (
        f'<li><span class="label">{label}</span>'
        f'<span class="value">{escape(shown_value(setting))}</span></li>'
    )


def _word(word: Word) -> str:
    return quoted(escape(word.text)) + ("" if word.sure else STAR)
