# SPDX-License-Identifier: MPL-2.0
"""Endpoints × mechanisms as a table that can be walked and read out."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from clientcfg.flows.picture import Cell, Mark, Picture, PictureRow, short
from clientcfg.gui.check.marks_model import row_spoken, spoken
from clientcfg.gui.icons import pixmap
from clientcfg.gui.parts.cells import Cells, Index, QuietTable, draw_words, words_wide
from clientcfg.gui.theme import theme
from clientcfg.model.endpoint import Protocol
from clientcfg.model.phrases import encryption
from clientcfg.words import _

NAME_COLUMN, LEAST_COLUMN, MOST_COLUMN = 256, 68, 111
ICON, BETWEEN = 16, 12
# The least room for a port: 465 and 587 stand below each other.
PORT = 36
_Role = Qt.ItemDataRole


class MarksModel(QAbstractTableModel):
    """One row an endpoint, one column a mechanism; the first column names the endpoint."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture((), ())

    def tell(self, picture: Picture) -> None:
        """Show another one."""
        self.beginResetModel()
        self.picture = picture
        self.endResetModel()

    def row(self, index: Index) -> PictureRow:
        """The endpoint of a cell."""
        return self.picture.rows[index.row()]

    def cell(self, index: Index) -> Cell | None:
        """What stands there; None in the first column, and where nothing answered."""
        cells = self.row(index).cells
        return cells[index.column() - 1] if index.column() and cells else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many rows."""
        return 0 if parent.isValid() else len(self.picture.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many columns."""
        return 0 if parent.isValid() else len(self.picture.mechanisms) + 1

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell says."""
        if role not in (_Role.AccessibleTextRole, _Role.ToolTipRole):
            return None
        cell = self.cell(index)
        if cell is None:
            return row_spoken(self.row(index))
        return spoken(self.picture.mechanisms[index.column() - 1], self.row(index), cell)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """What a column is called."""
        if orientation is not Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        return short(self.picture.mechanisms[section - 1]) if section else _("Server")


class _Marks(Cells):
    """Dot, tick in a circle, triangle; and in the first column the endpoint."""

    def __init__(self, hosts: "MarksTable") -> None:
        super().__init__()
        self._table = hosts

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        rows = self._table.rows
        where: QRect = option.rect
        way: Qt.LayoutDirection = option.direction
        cell = rows.cell(index)
        if index.column() == 0:
            self._endpoint(painter, where, way, rows.row(index))
        elif cell is None:
            fault = rows.row(index).fault
            draw_words(painter, where, fault, "caption", token="text-2", way=way)  # noqa: S106
        else:
            for slot, mark in zip(slots(where, way), (cell.before, cell.after), strict=True):
                draw_mark(painter, slot, mark)

    def _endpoint(
        self, painter: QPainter, where: QRect, way: Qt.LayoutDirection, row: PictureRow
    ) -> None:
        worn, endpoint = theme(), row.endpoint
        icon, gap = worn.px(ICON), worn.px(8)
        silent = not row.cells
        glyph = "send" if endpoint.protocol is Protocol.SMTP else "inbox"
        token = "no" if row.fault and not silent else "text-3" if silent else "text-2"
        top = where.top() + (where.height() - icon + 1) // 2

        def at(left: int, width: int) -> QRect:
            place = QRect(where.left() + left, where.top(), width, where.height())
            return QStyle.visualRect(way, where, place)

        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(at(0, icon).left(), top, pixmap(glyph, token, icon, ratio))
        port, kind = self._table.ports_wide, words_wide(encryption(endpoint.security), "caption")
        most = where.width() - icon - port - 4 * gap - self._table.kinds_wide
        host = min(self._table.hosts_wide, most)
        ink = "text-3" if silent else "text"
        middle = Qt.TextElideMode.ElideMiddle
        left = icon + gap
        draw_words(painter, at(left, host), endpoint.host, token=ink, way=way, cut=middle)
        left += host + gap
        number = str(endpoint.port)
        draw_words(painter, at(left, port), number, "strong", token=ink, way=way, at_end=True)
        left += port + gap
        security = encryption(endpoint.security)
        draw_words(painter, at(left, kind), security, "caption", token="text-2", way=way)  # noqa: S106


class _Head(QHeaderView):
    """Each mechanism's name over the two padlocks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two lines."""
        return QSize(super().sizeHint().width(), theme().px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Names are centred over their padlocks."""
        worn = theme()
        painter = QPainter(self.viewport())
        ratio = self.devicePixelRatioF()
        for section in range(1, self.count()):
            left, width = self.sectionViewportPosition(section), self.sectionSize(section)
            name = str(self.model().headerData(section, self.orientation()))
            room = words_wide(name, "label")
            start = left + (width - room) // 2
            above = QRect(start, 0, room, worn.px(20))
            draw_words(painter, above, name, "label")
            below = QRect(left, worn.px(20), width, worn.px(24))
            for slot, glyph in zip(
                slots(below, self.layoutDirection()), ("unlock", "lock"), strict=True
            ):
                painter.drawPixmap(slot.topLeft(), pixmap(glyph, "text-3", slot.width(), ratio))
        painter.end()


class MarksTable(QuietTable):
    """The picture. It is as high as its rows."""

    def __init__(self) -> None:
        self.rows = MarksModel()
        self.hosts_wide = self.kinds_wide = self.ports_wide = 0
        super().__init__(self.rows, _Marks(self), _("Log-ins before and after encryption"))
        self.setHorizontalHeader(_Head(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows_high(40)

    def tell(self, picture: Picture) -> None:
        """Show *picture*."""
        self.rows.tell(picture)
        self.clearSpans()
        self.measure()
        for number, row in enumerate(picture.rows):
            if not row.cells:
                self.setSpan(number, 1, 1, max(1, len(picture.mechanisms)))
        self._share()

    def measure(self) -> None:
        """How much room hosts and encryptions take."""
        super().measure()
        endpoints = [row.endpoint for row in self.rows.picture.rows]
        self.hosts_wide = max((words_wide(e.host) for e in endpoints), default=0)
        ports = (words_wide(str(e.port), "strong") for e in endpoints)
        self.ports_wide = max((theme().px(PORT), *ports))
        self.kinds_wide = max(
            (words_wide(encryption(e.security), "caption") for e in endpoints), default=0
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Columns share what there is."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        worn, count = theme(), len(self.rows.picture.mechanisms)
        if not count:
            return
        room = self.viewport().width()
        natural = self.hosts_wide + self.ports_wide + self.kinds_wide + worn.px(ICON + 4 * 8)
        least = worn.px(LEAST_COLUMN) * count
        wide = max(worn.px(NAME_COLUMN), min(natural, room - least))
        each = (room - wide) // count
        each = max(worn.px(LEAST_COLUMN), min(each, worn.px(MOST_COLUMN)))
        self.setColumnWidth(0, max(wide, room - each * count))
        for column in range(1, count + 1):
            self.setColumnWidth(column, each)
        self.fit_height()


def slots(where: QRect, way: Qt.LayoutDirection) -> tuple[QRect, QRect]:
    """Where "before" and "after" stand in a cell."""
    worn = theme()
    side, gap = worn.px(ICON), worn.px(BETWEEN)
    left = where.center().x() - (2 * side + gap) // 2
    top = where.top() + (where.height() - side + 1) // 2
    first = QRect(left, top, side, side)
    second = QRect(left + side + gap, top, side, side)
    return QStyle.visualRect(way, where, first), QStyle.visualRect(way, where, second)


def draw_mark(painter: QPainter, where: QRect, mark: Mark | None) -> None:
    """One mark; nothing where there is no such moment."""
    worn, ratio = theme(), painter.device().devicePixelRatioF()
    drawn = {
        Mark.OFFERED: ("verdict-ready", "accent"),
        Mark.IN_THE_CLEAR: ("danger", "no"),
        Mark.NOT_SEEN: ("verdict-unknown", "unknown"),
    }
    if mark is Mark.NOT_OFFERED:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.colour("control-line"))
        radius = 2 * worn.scale
        painter.drawEllipse(QPointF(where.center()) + QPointF(0.5, 0.5), radius, radius)
        painter.restore()
    elif mark is not None:
        name, token = drawn[mark]
        painter.drawPixmap(where.topLeft(), pixmap(name, token, where.width(), ratio))
