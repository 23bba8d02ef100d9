# SPDX-License-Identifier: MPL-2.0
"""Does the server take mail for elsewhere from strangers? Asked only where a person wants it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clientcfg.gui.check.look import Checked, RelayAnswer
from clientcfg.gui.parts.field import Field
from clientcfg.gui.parts.frames import TOP, column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.text import button, flush, text
from clientcfg.words import _


class RelayPanel(QWidget):
    """*asked* gets the address typed; *left* is called where nobody wants to know any more."""

    def __init__(self, asked: Callable[[str], object], left: Callable[[], object]) -> None:
        super().__init__()
        self._left = left
        self._answers = column(gap=4)
        self.begin = flush(button(_("Ask &it…"), self._open, "link"))
        self._invite = _line(
            _("We did not ask whether strangers can send mail through it."), self.begin
        )
        self.form = QWidget()
        explain = _("One question a server, with this address; no message is sent.")
        self.field = Field(_("Your address at another provider"), explain, 280)
        self.field.edit.setPlaceholderText("name@example.net")
        self.send = button(_("As&k"), lambda: asked(self.field.edit.text()))
        self.field.edit.returnPressed.connect(self.send.click)
        self.leave = button(_("Ca&ncel"), self._close, "quiet")
        beside = row(gap=8)
        for widget in (self.send, self.leave):
            beside.addWidget(widget)
        beside.addStretch(1)
        inside = column(self.form, 8)
        inside.addWidget(self.field)
        inside.addLayout(beside)
        layout = column(self, 8)
        layout.addLayout(self._answers)
        layout.addWidget(self._invite)
        layout.addWidget(self.form)
        self.form.hide()

    def tell(self, checked: Checked) -> None:
        """What is known."""
        empty(self._answers)
        for answer in checked.relay:
            self._answers.addWidget(self._answer(answer))
        self._invite.setVisible(checked.can_relay and not checked.relay)
        self.form.hide()
        self.working(busy=False)

    def say_problem(self, sentence: str) -> None:
        """Why it could not be asked."""
        self.working(busy=False)
        self.field.say_problem(sentence)

    def working(self, *, busy: bool) -> None:
        """It is being asked."""
        self.send.setEnabled(not busy)
        self.send.setText(_("Asking…") if busy else _("As&k"))

    def _answer(self, answer: RelayAnswer) -> QWidget:
        if not answer.shown:
            return _line(answer.text)
        words = text("caption", "\n".join(answer.shown))
        words.hide()
        show = flush(button(_("Show &line"), lambda: words.setVisible(show.isChecked()), "link"))
        show.setCheckable(True)
        return _line(answer.text, show, words)

    def _open(self) -> None:
        self._invite.hide()
        self.form.show()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._left()
        self.working(busy=False)
        self.form.hide()
        self._invite.show()
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(words: str, link: QWidget | None = None, below: QWidget | None = None) -> QWidget:
    whole = QWidget()
    layout = row(whole, 8)
    layout.addWidget(Glyph("user", "text-2", 16), 0, TOP)
    lines = column(gap=4)
    said = text("caption", words)
    lines.addWidget(said)
    if below is not None:
        lines.addWidget(below)
    layout.addLayout(lines, 1)
    if link is not None:
        layout.addWidget(link, 0, TOP)
    return whole
