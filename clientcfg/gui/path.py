# SPDX-License-Identifier: MPL-2.0
"""The path: five steps on a line; every finished one shows its answer and leads back to it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QStyle, QWidget

from clientcfg.gui.icons import pixmap
from clientcfg.gui.parts.along import trailing
from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.page import side_of
from clientcfg.gui.parts.text import Elided, text
from clientcfg.gui.theme import theme
from clientcfg.words import _

HEIGHT, CIRCLE, GAP = 72, 24, 8
# Below this width (of the page; the rail is folded then) it shows one step only.
NARROW = 844


def names() -> tuple[str, ...]:
    """The five steps."""
    return (_("Address"), _("Servers"), _("Program"), _("Review"), _("Done"))


class _Step(QPushButton):
    """One step: a circle, its name, its answer, and the line to the next."""

    def __init__(self, number: int, name: str, *, last: bool) -> None:
        super().__init__()
        self._number, self._name, self._last = number, name, last
        self._state, self._answer = "waiting", ""
        self.setFixedHeight(theme().px(HEIGHT - 1))
        if last:
            theme().changed.connect(self._measure)
            self._measure()
        else:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _measure(self) -> None:
        """As wide as the name is where it is bold."""
        width = QFontMetrics(self._face(14, strong=True)).horizontalAdvance(self._name)
        self.setFixedWidth(width + theme().px(CIRCLE + GAP) + 2)

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
        self._circle(painter, self._mirrored(circle))
        self._words(painter)
        end = self._end()
        if not self._last and end < self.width() - worn.px(GAP):
            painter.setPen(worn.joint("accent", 1.5, lit=self._state == "done"))
            begin, far = end + worn.px(GAP), self.width() - worn.px(GAP)
            line = self._mirrored(QRectF(begin, middle, far - begin, 0))
            painter.drawLine(line.topLeft(), line.topRight())
        painter.end()

    def ringed(self) -> tuple[QRectF, float]:
        """The focus is seen round circle and words."""
        whole = QRectF(0, 8, self._end() + 2, self.height() - 16)
        return self._mirrored(whole), theme().px(6)

    def _mirrored(self, where: QRectF) -> QRectF:
        """*where*, counted from the right in a language that is written from there."""
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return where
        return QRectF(self.width() - where.right(), where.y(), where.width(), where.height())

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

    def _words(self, painter: QPainter) -> None:
        """Draw the name, and below it the answer."""
        worn, now = theme(), self._state == "now"
        if not self._is_answered():
            painter.setPen(worn.colour("text" if now else "text-2"))
            self._line(painter, self._face(14, strong=now), self._name, 0)
            return
        painter.setPen(worn.colour("text-2"))
        self._line(painter, self._face(12), self._name, -worn.px(10))
        painter.setPen(worn.colour("text"))
        self._line(painter, self._face(14), self._answer, worn.px(9))

    def _is_answered(self) -> bool:
        return self._state == "done" and bool(self._answer)

    def _end(self) -> int:
        """Where the words end, counted from the circle's side."""
        face = self._face(14, strong=self._state == "now")
        shown = self._cut(face, self._answer if self._is_answered() else self._name)
        return self._left() + QFontMetrics(face).horizontalAdvance(shown)

    def _left(self) -> int:
        """Where the words begin."""
        return theme().px(CIRCLE) + theme().px(GAP)

    def _room(self) -> int:
        return self.width() - self._left() - (0 if self._last else theme().px(28))

    def _cut(self, face: QFont, words: str) -> str:
        return QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideMiddle, self._room())

    def _line(self, painter: QPainter, face: QFont, words: str, shift: int) -> None:
        painter.setFont(face)
        where = self._mirrored(QRectF(self._left(), shift, self._room() + 2, self.height()))
        along = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | along, self._cut(face, words))

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
        self._wide = QWidget()
        self._short = ShortPath()
        whole = row(self, 0)
        for one in (self._wide, self._short):
            whole.addWidget(one)
        self._steps = layout = row(self._wide, 0)
        layout.setContentsMargins(worn.px(40), 0, worn.px(40), 0)
        self.steps: list[_Step] = []
        for number, name in enumerate(names()):
            step = _Step(number + 1, name, last=number == len(names()) - 1)
            step.clicked.connect(lambda _on=False, n=number: back(n))
            layout.addWidget(step, 0 if number == 4 else 1)
            self.steps.append(step)

    def tell(self, now: int, answers: tuple[str, ...]) -> None:
        """Show where we are, and what the finished steps answered."""
        for number, step in enumerate(self.steps):
            state = "done" if number < now else "now" if number == now else "waiting"
            step.tell(state, answers[number] if number < len(answers) else "")
        self._short.tell(now, answers[0] if answers else "")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As much air at the sides as the pages have; where it is narrow only the open step."""
        super().resizeEvent(event)
        side = theme().px(side_of(self))
        self._steps.setContentsMargins(side, 0, side, 0)
        narrow = self.width() < theme().px(NARROW)
        self._wide.setHidden(narrow)
        self._short.setHidden(not narrow)


class ShortPath(QWidget):
    """“Step 3 of 5”, its name, and the address at the end."""

    def __init__(self) -> None:
        super().__init__()
        worn = theme()
        layout = row(self, 12)
        layout.setContentsMargins(worn.px(24), 0, worn.px(24), 0)
        self._number = text("now", wrap=False)
        side = worn.px(CIRCLE)
        self._number.setFixedSize(side, side)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = column(gap=0)
        self._which = text("caption", wrap=False)
        self._name = text("strong", wrap=False)
        words.addStretch(1)
        words.addWidget(self._which)
        words.addWidget(self._name)
        words.addStretch(1)
        self._answer = Elided("explain")
        self._answer.setAlignment(trailing())
        layout.addWidget(self._number)
        layout.addLayout(words)
        layout.addWidget(self._answer, 1)

    def tell(self, now: int, address: str) -> None:
        """Where we are, and for whom."""
        self._number.setText(str(now + 1))
        self._which.setText(_("Step {n} of {total}").format(n=now + 1, total=len(names())))
        self._name.setText(names()[now])
        self._answer.say(address)
