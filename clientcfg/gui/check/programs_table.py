# SPDX-License-Identifier: MPL-2.0
"""The table of programs: a model of rows, and a filter over it."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt

from clientcfg.gui.check.programs_model import Row, Shown, fits
from clientcfg.gui.parts.cells import Index
from clientcfg.words import _

NAME, VERSION, TODAY, THEN, WHY = range(5)
_Role = Qt.ItemDataRole


class ProgramsModel(QAbstractTableModel):
    """One row a span of versions."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def tell(self, rows: tuple[Row, ...]) -> None:
        """Show *rows*; where they are about the same versions, everything keeps its place."""
        same = [r.held.span.key for r in rows] == [r.held.span.key for r in self.rows]
        if same and rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, WHY))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008, N802
        """How many columns."""
        return WHY + 1

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """What a cell says."""
        row = self.rows[index.row()]
        if role == _Role.AccessibleTextRole:
            return row.spoken if index.column() == NAME else _cell(row, index.column())
        if role == _Role.DisplayRole:
            return _cell(row, index.column())
        if role == _Role.ToolTipRole:
            return row.why if index.column() == WHY else None
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """What a column is called."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role != _Role.DisplayRole:
            return None
        return (_("Program"), _("Version"), _("Today"), _("Then"), _("Why"))[section]


class Filter(QSortFilterProxyModel):
    """Shows the rows that are wanted."""

    def __init__(self, model: ProgramsModel) -> None:
        super().__init__()
        self._model = model
        self.shown, self.typed = Shown.MAINTAINED, ""
        self.setDynamicSortFilter(True)
        self.setSourceModel(model)

    def want(self, shown: Shown, typed: str) -> None:
        """Show others."""
        self.shown, self.typed = shown, typed
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:  # noqa: N802
        """Whether that row is wanted."""
        return fits(self._model.rows[row], self.shown, self.typed)

    def row(self, index: Index) -> Row:
        """What stands in a row that is shown."""
        return self._model.rows[self.mapToSource(index).row()]


def _cell(row: Row, column: int) -> str:
    then = row.then[1] if row.changes else _("the same")
    return (row.name, row.versions, row.today[1], then, row.why)[column]
