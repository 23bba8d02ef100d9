# SPDX-License-Identifier: MPL-2.0
"""One reason: a fact, what a server said, and links to where the rest is known from."""

import re

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.glyph import Glyph, shape
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.theme import theme
from clientcfg.words import _

_BETWEEN = re.compile(r"\s*[;·]\s+")
_LINK = re.compile(r"https://\S+")


def evidence_parts(evidence: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What to read there, and the links in it, each with all that is said of it."""
    words, links = [], []
    for part in filter(None, _BETWEEN.split(evidence)):
        found = _LINK.search(part)
        if found is None:
            words.append(part)
        else:
            links.append((found[0], part))
    return "; ".join(words), tuple(dict.fromkeys(links))


class Reason(QWidget):
    """*kind* is a verdict's shape, or None; *evidence* where it is known from."""

    def __init__(self, kind: str | None, line: str, evidence: str) -> None:
        super().__init__()
        mark = Glyph("minus", "text-3", 16) if kind is None else shape(kind, 16)
        said, links = evidence_parts(evidence)
        words = column(gap=1)
        words.addWidget(text("body", line))
        if said:
            words.addWidget(text("caption", said))
        if links:
            beside = row(gap=0)
            # The words of a link stand where the others do.
            beside.setContentsMargins(-theme().px(9), 0, 0, 0)
            for number, link in enumerate(links, start=1):
                one = _("Show source") if len(links) == 1 else _("Source {n}").format(n=number)
                beside.addWidget(_link(one, *link))
            beside.addStretch(1)
            words.addLayout(beside)
        layout = row(self, 12)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)


def _link(words: str, url: str, said: str) -> QPushButton:
    made = button(words, lambda: QDesktopServices.openUrl(QUrl(url)), "source")
    made.setToolTip(said)
    made.setAccessibleName(f"{words}: {said}")
    return made
