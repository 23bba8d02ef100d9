# SPDX-License-Identifier: MPL-2.0
"""The page beside exported files: what each does and does not, and the settings by hand."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from clientcfg.guides.guide import Guide
from clientcfg.guides.html import article, document, listed
from clientcfg.model.export import About
from clientcfg.model.steps import told
from clientcfg.words import _


def files_page(
    guide: Guide,
    files: Sequence[About],
    notes: Sequence[str],
    language: str = "en",
    *,
    drawings: Mapping[str, bytes] | None = None,
) -> str:
    """One HTML file that stands alone; without *files* it is the guide with *notes* before it.

    *drawings*: the SVG of those files that are shown on it, by name.
    """
    head = _("{program}: files for {address}").format(
        program=guide.program, address=guide.address or _("your account")
    )
    return document(head, (_files(guide, files, notes, drawings or {}), article(guide)), language)


def _files(
    guide: Guide, files: Sequence[About], notes: Sequence[str], drawings: Mapping[str, bytes]
) -> Iterable[str]:
    yield "<article>"
    yield f"<h1>{escape(guide.program)}</h1>"
    whose = guide.address or _("your account")
    if files:
        yield f"<p>{escape(_('Files for {address}').format(address=whose))}</p>"
    for note in notes:
        yield f'<div class="note" role="note"><p>{escape(note)}</p></div>'
    for file in files:
        yield from _file(file, drawings.get(file.name))
    yield "</article>"


def _file(file: About, drawing: bytes | None) -> Iterable[str]:
    yield f"<h2>{escape(file.title)}</h2>"
    yield f'<p><span class="value code">{escape(file.name)}</span></p>'
    if drawing is not None:
        data = b64encode(drawing).decode()
        yield f'<p><img alt="{escape(file.title)}" src="data:image/svg+xml;base64,{data}"></p>'
    yield f"<h3>{escape(_('What it does'))}</h3>"
    yield from listed("ul", file.does)
    if file.does_not:
        yield f"<h3>{escape(_('What it does not'))}</h3>"
        yield from listed("ul", file.does_not)
    if file.steps:
        yield f"<h3>{escape(_('How it is used'))}</h3>"
        yield '<ol class="steps">'
        for sentence, lines in told(file.steps):
            block = f"<pre>{escape(chr(10).join(lines))}</pre>" if lines else ""
            yield f"<li>{escape(sentence)}{block}</li>"
        yield "</ol>"
