# SPDX-License-Identifier: MPL-2.0
"""How the table of programs looks: badges, an arrow where something changes, one line a cell."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from clientcfg.gui.check.programs_table import NAME, THEN, TODAY, VERSION, WHY, ProgramsModel
from clientcfg.gui.icons import pixmap
from clientcfg.gui.parts.cells import Cells, Index, QuietTable, draw_words, metrics
from clientcfg.gui.parts.glyph import badge_size, paint_badge
from clientcfg.gui.theme import theme
from clientcfg.words import _

ARROW, PADDING = 28, 12
_LEAST_WHY, _LEAST_NAME, _LEAST_BADGE = 96, 88, 88
_NAMES, _VERSIONS = (128, 200), (80, 172)


class _Rows(Cells):
    """Name in bold where something changes; the verdicts as badges."""

    def __init__(self, model: ProgramsModel) -> None:
        super().__init__(model)
        self._model = model

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        worn, where = theme(), option.rect
        way: Qt.LayoutDirection = option.direction
        row, column = self._model.rows[index.row()], index.column()
        start = worn.px(16 if column == NAME else PADDING)
        inside = QStyle.visualRect(way, where, where.adjusted(start, 0, -worn.px(4), 0))
        if column == NAME:
            draw_words(painter, inside, row.name, "strong" if row.changes else "body", way=way)
        elif column == VERSION:
            draw_words(painter, inside, row.versions, token="text-2", way=way)  # noqa: S106
        elif column == TODAY:
            _badge(painter, inside, row.today, way)
            if row.changes:
                _arrow(painter, where, way)
        elif column == WHY:
            draw_words(painter, inside, row.why, "caption", token="text-2", way=way)  # noqa: S106
        elif row.changes:
            _badge(painter, inside, row.then, way)
        else:
            words = _("the same")
            draw_words(painter, inside, words, "caption", token="text-2", way=way)  # noqa: S106


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
        self._needed: tuple[int, int, int] = (0, 0, 0)
        super().__init__(model, _Rows(model), _("Programs and their verdicts"))
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
        bold, plain = metrics("strong"), metrics()
        names = max((bold.horizontalAdvance(r.name) for r in rows), default=0)
        versions = max((plain.horizontalAdvance(r.versions) for r in rows), default=0)
        said = {word for r in rows for _kind, word in (r.today, r.then)}
        badge = max((badge_size(word).width() for word in said), default=0)
        badge = max(badge, worn.px(_LEAST_BADGE))
        self._needed = names + worn.px(28), versions + worn.px(20), badge + worn.px(PADDING + 4)

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
        worn, room = theme(), self.viewport().width()
        names, versions, badge = self._needed
        name = max(worn.px(_NAMES[0]), min(names, worn.px(_NAMES[1]), room // 4))
        version = max(worn.px(_VERSIONS[0]), min(versions, worn.px(_VERSIONS[1]), room // 5))
        comparing = not self.isColumnHidden(THEN)
        self.setColumnWidth(NAME, name)
        self.setColumnWidth(VERSION, version)
        self.setColumnWidth(TODAY, badge + (worn.px(ARROW - 4) if comparing else 0))
        self.setColumnWidth(THEN, badge)
        taken = name + version + self.columnWidth(TODAY) + (badge if comparing else 0)
        # Where there is no room for it, a row has to be opened to read why.
        without = room - taken < worn.px(_LEAST_WHY)
        self.setColumnHidden(WHY, without)
        self.setColumnWidth(WHY, max(1, room - taken))
        if without:
            self.setColumnWidth(NAME, max(worn.px(_LEAST_NAME), name + room - taken))
