# SPDX-License-Identifier: MPL-2.0
"""The path: five steps on a line; every finished one shows its answer and leads back to it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from clientcfg.gui.icons import pixmap
from clientcfg.gui.parts.frames import row
from clientcfg.gui.parts.page import side_of
from clientcfg.gui.theme import theme
from clientcfg.words import _

HEIGHT, CIRCLE, GAP = 72, 24, 8


def names() -> tuple[str, ...]:
    """The five steps."""
    return (_("Address"), _("Servers"), _("Program"), _("Review"), _("Done"))


class _Step(QPushButton):
    """One step: a circle, its name, its answer, and the line to the next."""

    def __init__(self, number: int, name: str, *, last: bool) -> None:
        super().__init__()
        self._number, self._name, self._last = number, name, last
        self._state, self._answer = "waiting", ""
        worn = theme()
        self.setFixedHeight(worn.px(HEIGHT - 1))
        if last:
            width = QFontMetrics(self._face(14, strong=True)).horizontalAdvance(name)
            self.setFixedWidth(width + worn.px(CIRCLE + GAP) + 2)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def tell(self, state: str, answer: str) -> None:
        """Be "waiting", "now" or "done"."""
        self._state, self._answer = state, answer
        self.setEnabled(state == "done")
        words = {"waiting": _("to come"), "now": _("now"), "done": _("done")}[state]
        name = _("Step {number}, {name}, {state}").format(
            number=self._number, name=self._name, state=words
        )
        if state == "done":
            name = _("{step}, {answer}. Go back to it.").format(step=name, answer=answer)
        self.setAccessibleName(name)
        self.setToolTip(answer)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Circle, words, line."""
        worn = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, middle = worn.px(CIRCLE), self.height() / 2
        circle = QRectF(0.75, middle - side / 2 + 0.75, side - 1.5, side - 1.5)
        self._circle(painter, circle)
        end = self._words(painter, side + worn.px(GAP))
        if not self._last and end < self.width() - worn.px(GAP):
            lit = self._state == "done"
            painter.setPen(QPen(worn.colour("accent" if lit else "line"), 1.5))
            painter.drawLine(
                QPointF(end + worn.px(GAP), middle), QPointF(self.width() - worn.px(GAP), middle)
            )
        if self.hasFocus():
            painter.setPen(QPen(worn.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 8, end + 3, self.height() - 16), 6, 6)
        painter.end()

    def _circle(self, painter: QPainter, circle: QRectF) -> None:
        worn = theme()
        now, done = self._state == "now", self._state == "done"
        painter.setPen(QPen(worn.colour("accent" if now or done else "control-line"), 1.5))
        painter.setBrush(worn.colour("accent" if now else "page"))
        painter.drawEllipse(circle)
        if done:
            size = worn.px(14)
            drawn = pixmap("check", "accent", size, self.devicePixelRatioF())
            painter.drawPixmap(circle.center() - QPointF(size / 2, size / 2), drawn)
            return
        painter.setPen(worn.colour("on-accent" if now else "text-2"))
        painter.setFont(self._face(12, strong=True))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _words(self, painter: QPainter, left: int) -> int:
        """Draw name and answer; gives where they end."""
        worn = theme()
        room = self.width() - left - (0 if self._last else worn.px(28))
        if self._state != "done" or not self._answer:
            now = self._state == "now"
            painter.setPen(worn.colour("text" if now else "text-2"))
            return self._line(painter, self._face(14, strong=now), self._name, left, 0, room)
        painter.setPen(worn.colour("text-2"))
        self._line(painter, self._face(12), self._name, left, -worn.px(10), room)
        painter.setPen(worn.colour("text"))
        return self._line(painter, self._face(14), self._answer, left, worn.px(9), room)

    def _line(
        self, painter: QPainter, face: QFont, words: str, left: int, shift: int, room: int
    ) -> int:
        metrics = QFontMetrics(face)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(face)
        where = QRect(left, shift, room + 2, self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return left + metrics.horizontalAdvance(shown)

    def _face(self, size: int, *, strong: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme().px(size))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font


class Path(QFrame):
    """The five steps. *back* is told which finished one was pressed, counted from 0."""

    def __init__(self, back: Callable[[int], None]) -> None:
        super().__init__()
        self.setProperty("role", "path")
        worn = theme()
        self.setFixedHeight(worn.px(HEIGHT))
        self._steps = layout = row(self, 0)
        layout.setContentsMargins(worn.px(40), 0, worn.px(40), 0)
        self.steps: list[_Step] = []
        for number, name in enumerate(names()):
            step = _Step(number + 1, name, last=number == len(names()) - 1)
            step.clicked.connect(lambda _on=False, n=number: back(n))
            layout.addWidget(step, 0 if number == 4 else 1)
            self.steps.append(step)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As much air at the sides as the pages have."""
        super().resizeEvent(event)
        side = theme().px(side_of(self))
        self._steps.setContentsMargins(side, 0, side, 0)

    def tell(self, now: int, answers: tuple[str, ...]) -> None:
        """Show where we are, and what the finished steps answered."""
        for number, step in enumerate(self.steps):
            state = "done" if number < now else "now" if number == now else "waiting"
            step.tell(state, answers[number] if number < len(answers) else "")
