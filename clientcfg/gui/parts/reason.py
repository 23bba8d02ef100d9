# SPDX-License-Identifier: MPL-2.0
"""One reason: a fact, what a server said, and links to where the rest is known from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.glyph import Glyph, shape
from clientcfg.gui.parts.mono import wear_fixed
from clientcfg.gui.parts.text import breakable, button, ltr, text
from clientcfg.gui.theme import theme
from clientcfg.words import _

# The shape, what lies between it and the words, and a link's own border and padding.
MARK, GAP, BEFORE = 16, 12, 9

_BETWEEN = re.compile(r"\s*[;·]\s+")
_LINK = re.compile(r"https://\S+")
# A line of a conversation, as evidence names who spoke it.
_SPOKEN = re.compile(r"([SC]) (?=\S)")
_ARROWS = {"S": "←", "C": "→"}
# Forbids to go on in the next line.
_JOINED = "\u2060"


@dataclass(frozen=True, slots=True)
class Evidence:
    """``words``, ``lines`` of a conversation, and ``links``, each with all that is said of it."""

    words: str
    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def evidence_parts(evidence: str) -> Evidence:
    """What a reason rests on, by how it is shown."""
    words, lines, links = [], [], []
    for part in filter(None, _BETWEEN.split(evidence)):
        found, spoken = _LINK.search(part), _SPOKEN.match(part)
        if found is not None:
            links.append((found[0], part))
        elif spoken is not None:
            lines.append(f"{_ARROWS[spoken[1]]} {part[2:]}")
        else:
            words.append(part)
    return Evidence("; ".join(words), tuple(lines), tuple(dict.fromkeys(links)))


class Reason(QWidget):
    """*kind* is a verdict's shape, or None; *evidence* where it is known from.

    *number*: of a step, in the place of its shape.
    """

    def __init__(self, kind: str | None, line: str, evidence: str, number: int = 0) -> None:
        super().__init__()
        mark: QWidget = Glyph("minus", "text-3", MARK) if kind is None else shape(kind, MARK)
        if number:
            mark = text("explain", str(number), wrap=False)
            mark.setFixedWidth(theme().px(MARK))
        known = evidence_parts(evidence)
        links = known.links
        words = column(gap=1)
        words.addWidget(text("body", breakable(line)))
        if known.words:
            words.addWidget(text("caption", breakable(known.words)))
        for said in known.lines:
            words.addWidget(_spoken(said))
        head = row(gap=GAP)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        layout = column(self, 1)
        layout.addLayout(head)
        if links:
            layout.addLayout(_sources(links))


def steps_to_do(steps: Iterable[tuple[str, str]]) -> list[Reason]:
    """What to do, best first, each with where to read on; numbered where there are several."""
    told = tuple(steps)
    several = len(told) > 1
    return [Reason("step", line, url, n if several else 0) for n, (line, url) in enumerate(told, 1)]


def _sources(links: tuple[tuple[str, str], ...]) -> QHBoxLayout:
    """The words of the first link stand where the others do."""
    beside, worn = row(gap=0), theme()
    beside.addSpacing(worn.px(MARK) + worn.px(GAP) - worn.px(BEFORE))
    for number, link in enumerate(links, start=1):
        one = _("Show source") if len(links) == 1 else _("Source {n}").format(n=number)
        beside.addWidget(_link(one, *link))
    beside.addStretch(1)
    return beside


def _spoken(said: str) -> QWidget:
    """A line of a conversation, which goes on in the next line only where a space is."""
    shown = text("mono", ltr(said.replace("-", f"-{_JOINED}")))
    shown.setAccessibleName(said)
    wear_fixed(shown)
    return shown


def _link(words: str, url: str, said: str) -> QPushButton:
    made = button(words, lambda: QDesktopServices.openUrl(QUrl(url)), "source")
    made.setToolTip(said)
    made.setAccessibleName(f"{words}: {said}")
    return made
