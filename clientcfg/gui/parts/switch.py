# SPDX-License-Identifier: MPL-2.0
"""A switch: a check box that paints itself and keeps its role, its key and its name."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.theme import theme

WIDTH, HEIGHT, GAP = 36, 20, 12

_WRAPPED = Qt.TextFlag.TextShowMnemonic | Qt.TextFlag.TextWordWrap


class Switch(QCheckBox):
    """On: accent, the knob at the end."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        # A check box is of fixed height; this one grows where its words take several lines.
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the switch and its words."""
        worn = theme()
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(worn.px(WIDTH + GAP + 4) + words.width(), worn.px(HEIGHT + 8))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The words may take several lines."""
        worn = theme()
        longest = max(self.fontMetrics().horizontalAdvance(w) for w in self.text().split() or [""])
        return QSize(worn.px(WIDTH + GAP + 4) + longest, worn.px(HEIGHT + 8))

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As many lines as the words need."""
        worn = theme()
        room = QRect(0, 0, width - worn.px(WIDTH + GAP) - 2, 10_000)
        words = self.fontMetrics().boundingRect(room, _WRAPPED, self.text())
        return max(worn.px(HEIGHT + 8), words.height() + 2 * self._above())

    def _above(self) -> int:
        """Where the words begin, so that their first line is level with the switch."""
        return max(0, (theme().px(HEIGHT + 8) - self.fontMetrics().height()) // 2)

    def hitButton(self, where: object) -> bool:  # noqa: N802, ARG002
        """All of it can be pressed."""
        return True

    def ringed(self) -> tuple[QRectF, float]:
        """The focus is seen round the switch, not round its words."""
        track = self._track()
        return track, track.height() / 2

    def _track(self) -> QRectF:
        wide, high = float(theme().px(WIDTH)), float(theme().px(HEIGHT))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - wide - 2 if mirrored else 2
        return QRectF(left, (theme().px(HEIGHT + 8) - high) / 2, wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Track, knob, words."""
        worn = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        track, on = self._track(), self.isChecked()
        high = track.height()
        painter.setPen(QPen(worn.colour("accent" if on else "control-line"), 1))
        painter.setBrush(worn.colour("accent" if on else "surface"))
        painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), high / 2, high / 2)
        radius = high / 2 - 4
        at_end = on != mirrored
        middle = track.right() - high / 2 if at_end else track.left() + high / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.colour("on-accent" if on else "control-line"))
        painter.drawEllipse(QPointF(middle, track.center().y()), radius, radius)
        painter.setPen(worn.colour("text" if self.isEnabled() else "disabled"))
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = worn.px(WIDTH + GAP) + 2
        words = self.rect().adjusted(
            0 if mirrored else room, self._above(), -room if mirrored else 0, 0
        )
        along = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        self.style().drawItemText(
            painter,
            words,
            Qt.AlignmentFlag.AlignTop | along | _WRAPPED,
            option.palette,
            self.isEnabled(),
            self.text(),
        )
        painter.end()


def explained(switch: Switch, note: QWidget) -> QWidget:
    """A switch with a line below its words."""
    whole = QWidget()
    layout = column(whole)
    layout.addWidget(switch)
    below = row(gap=0)
    below.addSpacing(theme().px(WIDTH + GAP) + 2)
    below.addWidget(note, 1)
    layout.addLayout(below)
    layout.addStretch(1)
    return whole
