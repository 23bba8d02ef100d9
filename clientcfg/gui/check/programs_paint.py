# SPDX-License-Identifier: MPL-2.0
"""How the table of programs looks: badges, an arrow where something changes, one line a cell."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from clientcfg.gui.check.columns import most_of, share, share_three
from clientcfg.gui.check.programs_model import Row
from clientcfg.gui.check.programs_table import NAME, THEN, TODAY, VERSION, WHY, ProgramsModel
from clientcfg.gui.icons import pixmap
from clientcfg.gui.parts.cells import Cells, Index, QuietTable, draw_words, metrics
from clientcfg.gui.parts.glyph import badge_size, paint_badge
from clientcfg.gui.parts.text import ltr
from clientcfg.gui.theme import theme
from clientcfg.words import _

ARROW, PADDING = 28, 12
_LEAST_WHY, _LEAST_NAME, _LEAST_BADGE = 160, 128, 88
_LEAST_VERSION, _FAIR_WHY = 80, 240


class _Rows(Cells):
    """Name in bold where something changes; the verdicts as badges.

    ``stacked``: versions stand below names.
    """

    def __init__(self, model: ProgramsModel) -> None:
        super().__init__(model)
        self._model = model
        self.stacked = False

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        worn, where = theme(), option.rect
        way: Qt.LayoutDirection = option.direction
        row, column = self._model.rows[index.row()], index.column()
        start = worn.px(16 if column == NAME else PADDING)
        inside = QStyle.visualRect(way, where, where.adjusted(start, 0, -worn.px(4), 0))
        if column == NAME:
            self._name(painter, inside, row, way)
        elif column == VERSION:
            draw_words(painter, inside, ltr(row.versions), token="text-2", way=way)  # noqa: S106
        elif column == TODAY:
            _badge(painter, inside, row.today, way)
            if row.changes:
                _arrow(painter, where, way)
        elif column == WHY:
            draw_words(painter, inside, row.short, "caption", token="text-2", way=way)  # noqa: S106
        elif row.changes:
            _badge(painter, inside, row.then, way)
        else:
            words = _("the same")
            draw_words(painter, inside, words, "caption", token="text-2", way=way)  # noqa: S106

    def _name(self, painter: QPainter, where: QRect, row: Row, way: Qt.LayoutDirection) -> None:
        kind = "strong" if row.changes else "body"
        if not self.stacked:
            draw_words(painter, where, row.name, kind, way=way)
            return
        first, other = theme().px(20), theme().px(16)
        above = where.adjusted(0, (where.height() - first - other + 1) // 2, 0, 0)
        above.setHeight(first)
        below = QRect(above.left(), above.bottom() + 1, above.width(), other)
        draw_words(painter, above, row.name, kind, way=way)
        draw_words(painter, below, ltr(row.versions), "caption", token="text-2", way=way)  # noqa: S106


def _arrow(painter: QPainter, where: QRect, way: Qt.LayoutDirection) -> None:
    """At the end of today's column, towards what comes then."""
    side = theme().px(16)
    top = where.top() + (where.height() - side + 1) // 2
    at = QStyle.visualRect(way, where, QRect(where.right() - side, top, side, side))
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(at.topLeft(), pixmap("right", "text-3", side, ratio))


def _badge(
    painter: QPainter, where: QRect, verdict: tuple[str, str], way: Qt.LayoutDirection
) -> None:
    kind, word = verdict
    size = badge_size(word)
    top = where.top() + (where.height() - size.height() + 1) // 2
    at = QStyle.visualRect(way, where, QRect(where.left(), top, size.width(), size.height()))
    paint_badge(painter, at, kind, word, mirrored=way is Qt.LayoutDirection.RightToLeft)


class ProgramsView(QuietTable):
    """Enter, Space or a click explains a row: *explained* is told which."""

    def __init__(self, model: ProgramsModel) -> None:
        self._rows = model
        self._cells = _Rows(model)
        self._most = (0, 0)
        self._names: list[int] = []
        self._versions: list[int] = []
        self._whys: list[int] = []
        self._badge = 0
        super().__init__(model, self._cells, _("Programs and their verdicts"))
        self.rows_high(40)
        self.horizontalHeader().setFixedHeight(theme().px(32))
        self.setColumnHidden(THEN, True)

    def fit(self, *, comparing: bool) -> None:
        """Room for what is shown now; *comparing*: there is a “then” beside today."""
        self.setColumnHidden(THEN, not comparing)
        self.measure()
        self._share()

    def measure(self) -> None:
        """How much room names, versions and badges take."""
        super().measure()
        rows, worn = self._rows.rows, theme()
        bold, plain, small = metrics("strong"), metrics(), metrics("caption")
        # Before the words, behind them, and what rounding takes.
        first, other = worn.px(16) + worn.px(4) + 2, worn.px(PADDING) + worn.px(4) + 2
        weight = {True: bold, False: plain}
        self._names = [weight[r.changes].horizontalAdvance(r.name) + first for r in rows]
        self._versions = [plain.horizontalAdvance(r.versions) + other for r in rows]
        self._whys = [small.horizontalAdvance(r.short) + other for r in rows]
        every = self._rows.every
        self._most = (
            most_of(bold.horizontalAdvance(r.name) + first for r in every),
            most_of(small.horizontalAdvance(r.short) + other for r in every),
        )
        said = {word for r in rows for _kind, word in (r.today, r.then)}
        badge = max((badge_size(word).width() for word in said), default=0)
        self._badge = max(badge, worn.px(_LEAST_BADGE)) + worn.px(PADDING + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The reason takes what the others leave."""
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and Space explain the row; the rest moves, or searches by letters."""
        explains = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in explains and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _share(self) -> None:
        worn, comparing = theme(), not self.isColumnHidden(THEN)
        today = self._badge + (worn.px(ARROW - 4) if comparing else 0)
        self.setColumnWidth(TODAY, today)
        self.setColumnWidth(THEN, self._badge)
        room = self.viewport().width() - today - (self._badge if comparing else 0)
        least, version, why = (worn.px(m) for m in (_LEAST_NAME, _LEAST_VERSION, _LEAST_WHY))
        # The version stands below the name where most names and reasons would be cut for it.
        stacked = room - version < sum(self._most)
        # Where there is no room for the reason, a row has to be opened to read it.
        left = room - (0 if stacked else version)
        without = left < least + min(self._most[1], worn.px(_FAIR_WHY))
        name = room
        if without:
            stacked, version = True, 0
        elif stacked:
            name, version = share(self._names, self._whys, room, (least, why)), 0
        else:
            widths = self._names, self._versions, self._whys
            name, version = share_three(*widths, room, (least, version, why))
        self._cells.stacked = stacked
        for column, hidden in ((VERSION, stacked), (WHY, without)):
            self.setColumnHidden(column, hidden)
        for column, width in ((NAME, name), (VERSION, version), (WHY, room - name - version)):
            self.setColumnWidth(column, max(1, width))
        self.viewport().update()
