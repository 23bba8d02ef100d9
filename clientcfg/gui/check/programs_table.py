# SPDX-License-Identifier: MPL-2.0
"""The table of programs: a model of the rows that are shown."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from clientcfg.gui.check.programs_model import Row, Shown, fits
from clientcfg.gui.parts.cells import Index
from clientcfg.words import _

NAME, VERSION, TODAY, THEN, WHY = range(5)
_Role = Qt.ItemDataRole


class ProgramsModel(QAbstractTableModel):
    """One row a span of versions. ``every`` are all of them, ``rows`` those that are wanted.

    It filters by itself: a proxy would ask Python about each row, and each
    time wait for the worker to let go of the interpreter.
    """

    def __init__(self) -> None:
        super().__init__()
        self.every: tuple[Row, ...] = ()
        self.rows: tuple[Row, ...] = ()
        self._shown, self._typed = Shown.MAINTAINED, ""

    def tell(self, every: tuple[Row, ...]) -> None:
        """Take other rows."""
        self.every = every
        self._fill()

    def want(self, shown: Shown, typed: str) -> None:
        """Show others."""
        self._shown, self._typed = shown, typed
        self._fill()

    def _fill(self) -> None:
        """What stays in its place keeps it, and is looked at again."""
        rows = tuple(row for row in self.every if fits(row, self._shown, self._typed))
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
            return row.spoken if index.column() == NAME else _whole(row, index.column())
        if role == _Role.DisplayRole:
            return row.short if index.column() == WHY else _whole(row, index.column())
        if role == _Role.ToolTipRole:
            # Any of them may be cut.
            return {NAME: row.title, VERSION: row.versions, WHY: row.why}.get(index.column())
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


def _whole(row: Row, column: int) -> str:
    then = row.then[1] if row.changes else _("the same")
    return (row.name, row.versions, row.today[1], then, row.why)[column]
