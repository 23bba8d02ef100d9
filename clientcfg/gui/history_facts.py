# SPDX-License-Identifier: MPL-2.0
"""What a change of the past set: servers and test as a table, and what else was said of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from clientcfg.gui.history_model import Past, PastFact
from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.glyph import shape
from clientcfg.gui.parts.text import breakable, text
from clientcfg.gui.theme import theme

TOP = Qt.AlignmentFlag.AlignTop
# The column of names, as drawn.
NAMES = 120


class PastFacts(QWidget):
    """A line a fact; sentences below them."""

    def __init__(self, past: Past) -> None:
        super().__init__()
        worn = theme()
        layout = column(self, 8)
        if past.facts:
            table = QWidget()
            rows = QGridLayout(table)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setHorizontalSpacing(worn.px(12))
            rows.setVerticalSpacing(worn.px(10))
            rows.setColumnMinimumWidth(0, worn.px(NAMES))
            rows.setColumnStretch(1, 1)
            for number, fact in enumerate(past.facts):
                rows.addWidget(text("explain", fact.name, wrap=False), number, 0, TOP)
                rows.addWidget(_value(fact), number, 1, TOP)
            layout.addWidget(table)
            layout.addSpacing(worn.px(8))
        for note in past.notes:
            layout.addWidget(text("explain", breakable(note)))


def _value(fact: PastFact) -> QWidget:
    words = text("body", fact.value)
    if fact.kind is None:
        return words
    whole = QWidget()
    layout = row(whole, 6)
    layout.addWidget(shape(fact.kind, 16), 0, TOP)
    layout.addWidget(words, 1)
    return whole
