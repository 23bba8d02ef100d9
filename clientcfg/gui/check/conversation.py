# SPDX-License-Identifier: MPL-2.0
"""The third tab: the whole conversation, to be searched."""

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from clientcfg.gui.check.conversation_model import Said, said
from clientcfg.gui.parts.along import trailing
from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.marked import MarkedLines
from clientcfg.gui.parts.mono import mono
from clientcfg.gui.parts.search import SearchField
from clientcfg.gui.parts.sides import keep_sides
from clientcfg.gui.parts.text import Elided, button, text
from clientcfg.gui.theme import theme
from clientcfg.model.report import ServerReport
from clientcfg.words import _


class ConversationTab(QWidget):
    """``search`` finds; the lines that prove which log-ins are taken are marked."""

    def __init__(self) -> None:
        super().__init__()
        worn = theme()
        self.search = SearchField(_("Find in the conversation"))
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.returnPressed.connect(lambda: self._step(1))
        self.count = text("caption", wrap=False)
        back = button("", lambda: self._step(-1), "icon", "left", name=_("Previous place"))
        on = button("", lambda: self._step(1), "icon", "right", name=_("Next place"))
        on.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        head = row(gap=8)
        for widget in (self.search, back, on, self.count):
            head.addWidget(widget)
        hint = Elided("caption", _("≡ inside encryption; the marked lines name the log-ins"))
        hint.setAlignment(trailing())
        head.addWidget(hint, 1)
        self.shown = mono(_("The conversation"), "")
        self.shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._marked = MarkedLines(self.shown)
        worn.changed.connect(self._paint)
        self._layout = layout = column(self, 12)
        layout.setContentsMargins(0, worn.px(20), 0, worn.px(24))
        layout.addLayout(head)
        layout.addWidget(self.shown, 1)
        self._marks: frozenset[int] = frozenset()
        self._places: list[tuple[int, int]] = []
        self._at = -1

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less air at the sides where there is little room."""
        super().resizeEvent(event)
        keep_sides(self, self._layout)

    def tell(self, report: ServerReport) -> None:
        """Show what was said."""
        found: Said = said(report)
        self.shown.setPlainText("\n".join(found.lines))
        self._marks = frozenset(found.marked)
        self._marked.mark(found.marked)
        head = QTextCharFormat()
        head.setFontWeight(700)
        for number in found.heads:
            cursor = QTextCursor(self.shown.document().findBlockByNumber(number))
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.mergeCharFormat(head)
        self._find()

    def _find(self) -> None:
        typed = self.search.text()
        self._places, self._at = [], -1
        document = self.shown.document()
        wanted = QRegularExpression(
            QRegularExpression.escape(typed),
            QRegularExpression.PatternOption.CaseInsensitiveOption,
        )
        cursor = QTextCursor(document)
        while typed:
            cursor = document.find(wanted, cursor)
            if cursor.isNull():
                break
            self._places.append((cursor.selectionStart(), cursor.selectionEnd()))
        if self._places:
            self._step(1)
        else:
            self._paint()

    def _step(self, by: int) -> None:
        if not self._places:
            return
        self._at = (self._at + by) % len(self._places)
        place = QTextCursor(self.shown.document())
        place.setPosition(self._places[self._at][0])
        self.shown.setTextCursor(place)
        self.shown.ensureCursorVisible()
        self._paint()

    def _paint(self) -> None:
        worn, marks = theme(), []
        for number, (start, end) in enumerate(self._places):
            one = QTextEdit.ExtraSelection()
            now = number == self._at
            one.cursor = QTextCursor(self.shown.document())
            one.cursor.setPosition(start)
            one.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            colours = self._colours(one.cursor.blockNumber(), now=now)
            if colours:
                one.format.setBackground(worn.colour(colours[0]))
                one.format.setForeground(worn.colour(colours[1]))
            else:
                one.format.setFontUnderline(True)
            marks.append(one)
        self.shown.setExtraSelections(marks)
        self._count()

    def _colours(self, line: int, *, now: bool) -> tuple[str, str] | None:
        """Ground and ink of one place; None: only underlined."""
        if now and theme().high_contrast and line in self._marks:
            # The line is written the other way round already; this is back again.
            return "surface", "text"
        if now:
            return "accent", "on-accent"
        return None if theme().high_contrast else ("update-tint", "text")

    def _count(self) -> None:
        if not self.search.text():
            self.count.setText("")
        elif self._places:
            self.count.setText(_("{n} of {total}").format(n=self._at + 1, total=len(self._places)))
        else:
            self.count.setText(_("not found"))
