# SPDX-License-Identifier: MPL-2.0
"""What is wrong with what was typed: a shape and a sentence, below the field."""

from PySide6.QtWidgets import QWidget

from clientcfg.gui.parts.frames import TOP, row
from clientcfg.gui.parts.glyph import shape
from clientcfg.gui.parts.text import text


class Problem(QWidget):
    """Hidden while nothing is wrong. Colour alone would tell nothing to many."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = text("problem")
        layout = row(self, 8)
        layout.addWidget(shape("no", 16), 0, TOP)
        layout.addWidget(self._sentence, 1)
        self.hide()

    def say(self, sentence: str) -> None:
        """What is wrong; empty: nothing."""
        self._sentence.setText(sentence)
        self.setVisible(bool(sentence))

    def text(self) -> str:
        """The sentence."""
        return self._sentence.text()
