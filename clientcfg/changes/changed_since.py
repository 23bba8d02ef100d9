# SPDX-License-Identifier: MPL-2.0
"""The three-way difference that stops an undo: before us, as we set it, as it is now."""

from collections.abc import Sequence
from typing import Any

from clientcfg.changes.disk_trouble import shown
from clientcfg.model.plan import Conflict
from clientcfg.model.trouble import Refused
from clientcfg.words import _

_WIDEST = 60  # characters of one value in a table


class ChangedSince(Refused):
    """Settings of ours that somebody changed since; ``conflicts`` has all three values."""

    def __init__(self, entry_id: str, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(
            "changed-since",
            _("Settings of this change were changed again since, so nothing was undone."),
            _(
                "To undo the rest and leave these as they are now: clientcfg undo {id} --keep"
            ).format(id=entry_id),
            _(
                "To put these back, too, to what they were before: clientcfg undo {id} --force"
            ).format(id=entry_id),
        )
        self.conflicts = conflicts

    @property
    def lines(self) -> tuple[str, ...]:
        """The difference as a table: one line a setting."""
        return conflict_table(self.conflicts)

    @property
    def facts(self) -> dict[str, Any]:
        """The difference for scripts."""
        return {"conflicts": [conflict_document(conflict) for conflict in self.conflicts]}


def conflict_table(conflicts: Sequence[Conflict]) -> tuple[str, ...]:
    """A head, and a line for each setting: before, ours, now. Foreign text is made safe."""
    head = (_("Setting"), _("Before"), _("Set by clientcfg"), _("Now"))
    rows = [head, *(_row(conflict) for conflict in conflicts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return tuple(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def conflict_document(conflict: Conflict) -> dict[str, Any]:
    """One setting and its three values, JSON-ready."""
    return {
        "setting": conflict.setting,
        "before": conflict.before,
        "ours": conflict.ours,
        "now": conflict.now,
    }


def _row(conflict: Conflict) -> tuple[str, str, str, str]:
    values = (_value(text) for text in (conflict.before, conflict.ours, conflict.now))
    before, ours, now = values
    return shown(conflict.setting), before, ours, now


def _value(text: str | None) -> str:
    if text is None:
        return _("(not set)")
    safe = shown(text)
    return safe if len(safe) <= _WIDEST else safe[: _WIDEST - 1] + "…"
