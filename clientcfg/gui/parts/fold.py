# SPDX-License-Identifier: MPL-2.0
"""Quiet buttons in a bar lose their words where there is no room for all of them."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

from clientcfg.gui.parts.text import make_room

_CONCERNING = frozenset({QEvent.Type.Resize, QEvent.Type.LayoutRequest})


class Fold(QObject):
    """Watches the bar in which *one* stands; *quiet* buttons have icons, so words may go.

    They are kept as tooltip and as accessible name.
    """

    def __init__(self, one: QWidget, quiet: Iterable[QAbstractButton]) -> None:
        bar = one.parentWidget()
        assert bar is not None  # noqa: S101 - it was put into the bar before
        super().__init__(bar)
        self._bar, self._quiet = bar, tuple(quiet)
        for each in self._quiet:
            each.setAccessibleName(each.text().replace("&", ""))
        self._words = {each: each.text() for each in self._quiet}
        # Who has lost words, and how much room that gave.
        self._saves: dict[QAbstractButton, int] = {}
        bar.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Fold again where the width or what stands in the bar has changed."""
        if event.type() in _CONCERNING:
            self._fold()
        return False

    def _fold(self) -> None:
        """Decide by what they would take; touch only those that change, as each asks again."""
        layout = self._bar.layout()
        if layout is None:
            return
        shown = [one for one in self._quiet if not one.isHidden()]
        for one in shown:
            if one.text():
                # Somebody has given it words again.
                self._saves.pop(one, None)
        needed = layout.minimumSize().width() + sum(self._saves.get(one, 0) for one in shown)
        # The last ones lose theirs first.
        for one in reversed(shown):
            if needed > self._bar.width():
                needed -= self._lose(one)
            else:
                self._give(one)

    def _lose(self, one: QAbstractButton) -> int:
        """Its words; how much room that gives."""
        if one not in self._saves:
            before = one.minimumSizeHint().width()
            self._words[one] = one.text()
            one.setToolTip(one.text().replace("&", ""))
            one.setText("")
            make_room(one)
            self._saves[one] = before - one.minimumSizeHint().width()
        return self._saves[one]

    def _give(self, one: QAbstractButton) -> None:
        """Its words back."""
        if self._saves.pop(one, None) is not None:
            one.setText(self._words[one])
            make_room(one)
            one.setToolTip("")


def short(name: str, most: int = 34) -> str:
    """A host name for a button: its middle goes where it is very long."""
    if len(name) <= most:
        return name
    half = (most - 1) // 2
    return f"{name[:half]}…{name[-half:]}"
