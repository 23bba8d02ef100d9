# SPDX-License-Identifier: MPL-2.0
"""A field with its label above and a sentence below: an explanation, or what is wrong."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clientcfg.gui.icons import icon
from clientcfg.gui.parts.problem import Problem
from clientcfg.gui.parts.text import restyle, text
from clientcfg.gui.theme import theme
from clientcfg.model.secret import Secret
from clientcfg.words import _

# The least width of a field, at the drawings' scale.
LEAST = 240


class Field(QWidget):
    """``edit`` is the line itself."""

    def __init__(self, label: str, explain: str = "", width: int = 400) -> None:
        super().__init__()
        worn = theme()
        self._label = text("label", label, wrap=False)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(label)
        self.edit.setMaximumWidth(worn.px(width))
        self.edit.setMinimumWidth(worn.px(min(width, LEAST)))
        self._label.setBuddy(self.edit)
        self._explain = explain
        self.below, self.problem = text("caption", explain), Problem()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(worn.px(6))
        line = QHBoxLayout()
        # As wide as it may be, and where the words are, not in the middle.
        line.addWidget(self.edit, 1000)
        line.addStretch(1)
        layout.addWidget(self._label)
        layout.addLayout(line)
        layout.addWidget(self.below)
        layout.addWidget(self.problem)
        self.below.setVisible(bool(explain))
        self.edit.textEdited.connect(lambda _text: self.say_problem(""))

    def rename(self, label: str) -> None:
        """Another label."""
        self._label.setText(label)
        self.edit.setAccessibleName(label)

    def explain(self, words: str) -> None:
        """Another explanation below."""
        self._explain = words
        self.below.setText(words)
        self.say_problem("")

    def say_problem(self, sentence: str) -> None:
        """What is wrong with it; empty: nothing."""
        self.edit.setProperty("problem", bool(sentence))
        self.edit.setAccessibleDescription(sentence)
        self.problem.say(sentence)
        self.below.setVisible(bool(self._explain) and not sentence)
        restyle(self.edit)


class PasswordField(Field):
    """Shows dots, or what was typed; it leaves it once, as a :class:`Secret`."""

    def __init__(self, label: str, explain: str = "") -> None:
        super().__init__(label, explain)
        self.eye = QAction(_("Show what I type"), self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        self.edit.addAction(self.eye, QLineEdit.ActionPosition.TrailingPosition)
        theme().changed.connect(self._draw)
        self._show(False)

    def _draw(self) -> None:
        self.eye.setIcon(icon("eye", "accent" if self.eye.isChecked() else "text-2"))

    def _show(self, shown: bool) -> None:
        modes = QLineEdit.EchoMode
        self.edit.setEchoMode(modes.Normal if shown else modes.Password)
        self._draw()

    def take(self) -> Secret | None:
        """What was typed, and the field is empty again. None: nothing was."""
        typed = self.edit.text()
        self.edit.clear()
        self.eye.setChecked(False)
        return Secret(typed) if typed else None
