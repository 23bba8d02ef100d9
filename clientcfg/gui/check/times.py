# SPDX-License-Identifier: MPL-2.0
"""The time line of round trips: four parts in fixed order, one scale for all rows."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from clientcfg.flows.times import Times, part_names
from clientcfg.gui.parts.cells import Cells, Index, QuietTable, draw_words, on_its_own, words_wide
from clientcfg.gui.parts.frames import row
from clientcfg.gui.parts.text import text
from clientcfg.gui.theme import theme
from clientcfg.words import _

ROW, BAR, GAP = 24, 12, 2
_Role = Qt.ItemDataRole


def label(one: Times, every: tuple[Times, ...]) -> str:
    """The port alone, where that says which endpoint is meant."""
    ports = [t.endpoint.port for t in every]
    if ports.count(one.endpoint.port) == 1:
        return str(one.endpoint.port)
    return f"{one.endpoint.host} {one.endpoint.port}"


def spoken(one: Times) -> str:
    """One row as a sentence."""
    parts = ", ".join(
        _("{part} {ms:.0f} ms").format(part=name, ms=ms)
        for name, ms in zip(part_names(), one.parts, strict=True)
        if ms
    )
    return _("{host}, port {port}: {parts}; {total:.0f} ms in all").format(
        host=one.endpoint.host, port=one.endpoint.port, parts=parts, total=one.total
    )


class TimesModel(QAbstractTableModel):
    """One row an endpoint: its label, its bar."""

    def __init__(self) -> None:
        super().__init__()
        self.times: tuple[Times, ...] = ()

    def tell(self, times: tuple[Times, ...]) -> None:
        """Show others."""
        self.beginResetModel()
        self.times = times
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many rows."""
        return 0 if parent.isValid() else len(self.times)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008, N802
        """How many columns."""
        return 2

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell says."""
        one = self.times[index.row()]
        if role in (_Role.AccessibleTextRole, _Role.ToolTipRole):
            return spoken(one)
        if role == _Role.DisplayRole and index.column() == 0:
            return label(one, self.times)
        return None


class _Bars(Cells):
    """A label at its end, then the parts and their sum."""

    lines = False

    def __init__(self, model: TimesModel) -> None:
        super().__init__(model)
        self._model = model

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        worn, where = theme(), option.rect
        way: Qt.LayoutDirection = option.direction
        one = self._model.times[index.row()]
        if index.column() == 0:
            words = label(one, self._model.times)
            inside = QStyle.visualRect(way, where, where.adjusted(0, 0, -worn.px(8), 0))
            cut = Qt.TextElideMode.ElideMiddle
            draw_words(painter, inside, words, "caption", way=way, at_end=True, cut=cut)
            return
        total = _("{ms:.0f} ms").format(ms=one.total)
        most = max(t.total for t in self._model.times) or 1.0
        sums = max(words_wide(_("{ms:.0f} ms").format(ms=t.total), "caption")
                   for t in self._model.times)  # fmt: skip
        room = where.width() - sums - worn.px(8) - 4 * worn.px(GAP)
        left = where.left()
        top = where.center().y() - worn.px(BAR) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_edge())
        for number, ms in enumerate(one.parts, start=1):
            if not ms:
                continue
            wide = max(worn.px(2), round(room * ms / most))
            part = QRect(left, top, wide, worn.px(BAR))
            painter.setBrush(worn.brush(f"time-{number}"))
            shown = QRectF(QStyle.visualRect(way, where, part))
            painter.drawRoundedRect(shown, worn.px(2), worn.px(2))
            left += wide + worn.px(GAP)
        beside = QRect(left + worn.px(6), where.top(), sums + 2, where.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        shown_at = QStyle.visualRect(way, where, beside)
        draw_words(painter, shown_at, on_its_own(total), "caption", token="text-2", way=way)  # noqa: S106


def _edge() -> QPen:
    """Round a part, where it is a pattern."""
    return QPen(theme().colour("line"), 1) if theme().high_contrast else QPen(Qt.PenStyle.NoPen)


class TimesTable(QuietTable):
    """As high as its rows."""

    def __init__(self) -> None:
        self.rows = TimesModel()
        super().__init__(self.rows, _Bars(self.rows), _("Time"))
        self.horizontalHeader().hide()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows_high(ROW)

    def tell(self, times: tuple[Times, ...]) -> None:
        """Show *times*."""
        self.rows.tell(times)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The bars take what the labels leave."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        worn, room = theme(), self.viewport().width()
        labels = [label(t, self.rows.times) for t in self.rows.times]
        wide = max((words_wide(words, "caption") for words in labels), default=0) + worn.px(10)
        wide = min(wide, room * 2 // 5)
        self.setColumnWidth(0, wide)
        self.setColumnWidth(1, max(1, room - wide))
        self.fit_height()


class _Swatch(QWidget):
    """A part's colour in the legend."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._token = f"time-{number}"
        self.setFixedSize(theme().px(12), theme().px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A small bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_edge())
        painter.setBrush(theme().brush(self._token))
        painter.drawRoundedRect(QRectF(self.rect()), theme().px(2), theme().px(2))
        painter.end()


class TimesLegend(QWidget):
    """What the parts are called."""

    def __init__(self) -> None:
        super().__init__()
        layout = row(self, 6)
        for number, name in enumerate(part_names(), start=1):
            if number > 1:
                layout.addSpacing(theme().px(8))
            layout.addWidget(_Swatch(number))
            layout.addWidget(text("caption", name, wrap=False))
