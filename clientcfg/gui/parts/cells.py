# SPDX-License-Identifier: MPL-2.0
"""Tables that are painted cell by cell: hairlines, a ring on the cell that has the focus."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from clientcfg.gui.parts.focus import by_keys, lead
from clientcfg.gui.theme import theme

Index = QModelIndex | QPersistentModelIndex
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Cells(QStyledItemDelegate):
    """Paints hairlines and the focus; what stands in a cell is :meth:`draw`."""

    lines = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The whole cell."""
        worn, where = theme(), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_MouseOver and self.lines:
            painter.fillRect(where, worn.colour("hover"))
        if self.lines:
            painter.setPen(QPen(worn.colour("line"), 1))
            painter.drawLine(where.topLeft(), where.topRight())
        painter.restore()
        painter.save()
        self.draw(painter, option, index)
        painter.restore()
        view = option.widget
        if option.state & QStyle.StateFlag.State_HasFocus and view.hasFocus() and by_keys():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(worn.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(where).adjusted(2, 3, -2, -2), worn.px(4), worn.px(4))
            painter.restore()

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """What stands in the cell."""
        raise NotImplementedError


class QuietTable(QTableView):
    """No grid, no stripes, no selection but the current cell; Tab leads out of it."""

    def __init__(self, model: QAbstractItemModel, delegate: Cells, name: str) -> None:
        super().__init__()
        # Qt owns both: what only Python held, its collector would end in whichever thread it runs.
        model.setParent(self)
        delegate.setParent(self)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Where keys lead is to be seen."""
        lead(by_keys=True)
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """What is pressed needs no ring."""
        lead(by_keys=False)
        super().mousePressEvent(event)

    def rows_high(self, measure: int) -> None:
        """Every row that high."""
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._row = measure
        theme().changed.connect(self.measure)
        self.measure()

    def measure(self) -> None:
        """Everything that rows and columns are measured by, in the font of now."""
        self.verticalHeader().setDefaultSectionSize(theme().px(self._row))

    def fit_height(self) -> None:
        """As high as all its rows, so that the page scrolls and not the table."""
        header = self.horizontalHeader()
        head = 0 if header.isHidden() else header.sizeHint().height()
        # What the bar itself says is from before the columns have their widths.
        bar, wider = self.horizontalScrollBar(), header.length() > self.viewport().width()
        below = bar.sizeHint().height() if wider else 0
        rows = self.verticalHeader().length()
        self.setFixedHeight(head + rows + below + 1)


def cell_font(kind: str = "body") -> QFont:
    """A style of the type scale: body, strong, caption, label."""
    font = QFont(QApplication.font())
    if kind in ("caption", "label"):
        font.setPixelSize(theme().px(12))
    if kind in ("strong", "label"):
        font.setWeight(QFont.Weight.DemiBold)
    return font


def draw_words(
    painter: QPainter,
    where: QRect,
    words: str,
    kind: str = "body",
    *,
    token: str = "text",  # noqa: S107 - a colour
    way: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
    at_end: bool = False,
    cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Words in one line that lose what does not fit; *where* is mirrored already."""
    font = cell_font(kind)
    painter.setFont(font)
    painter.setPen(theme().colour(token))
    side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetrics(font).elidedText(words, cut, where.width())
    painter.drawText(where, QStyle.visualAlignment(way, side) | MIDDLE, shown)


def on_its_own(words: str) -> str:
    """*words* kept from left to right, whatever stands around them."""
    return f"\u2066{words}\u2069"


def words_wide(words: str, kind: str = "body") -> int:
    """How much room words take."""
    return metrics(kind).horizontalAdvance(words) + 1


def metrics(kind: str = "body") -> QFontMetrics:
    """How wide words of a style are."""
    return QFontMetrics(cell_font(kind))
