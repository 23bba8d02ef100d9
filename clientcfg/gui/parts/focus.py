# SPDX-License-Identifier: MPL-2.0
"""Where the keyboard is: seen after keys were used, and not after the mouse was.

Fields turn their border in any case, and the cells of a table paint a ring themselves.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from clientcfg.gui.parts.ring import Ring
from clientcfg.gui.theme import theme

_RINGED = (QAbstractButton, QTabBar, QTextEdit, QScrollArea)
_Reason = Qt.FocusReason
_BY_KEYS = {_Reason.TabFocusReason, _Reason.BacktabFocusReason, _Reason.ShortcutFocusReason}


class Focus(QObject):
    """Knows how the focus came to where it is; ``by_keys``: as the keyboard led it there."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.by_keys = False
        self._ring: Ring | None = None
        self._before: QWidget | None = None
        # A style is told of every focus, with its reason; the application only of where it went.
        app.style().installEventFilter(self)
        theme().changed.connect(self._again)

    def eventFilter(self, _style: QObject, event: QEvent) -> bool:  # noqa: N802
        """Only look."""
        if isinstance(event, QFocusEvent):
            if event.gotFocus():
                self._came(event.reason())
            else:
                self._surround(None)
        return False

    def redraw(self) -> None:
        """Inside what has the focus something else is meant."""
        if self._ring is not None and isValid(self._ring):
            self._ring.place()

    def lead(self, *, by_keys: bool) -> None:
        """Keys or the mouse do something in what has the focus already."""
        if by_keys is not self.by_keys:
            self.by_keys = by_keys
            focused = QApplication.focusWidget()
            if focused is not None:
                focused.update()

    def _came(self, reason: Qt.FocusReason) -> None:
        # Whatever else moves it follows what a person did last.
        if reason in _BY_KEYS and not self._has_to_leave():
            self.by_keys = True
        elif reason is _Reason.MouseFocusReason:
            self.by_keys = False
        self._before = QApplication.focusWidget()
        self._again()

    def _has_to_leave(self) -> bool:
        """Whether Qt itself moved it on, as it does from what is hidden or turned off."""
        before = self._before
        if before is None:
            return False
        return not (isValid(before) and before.isVisible() and before.isEnabled())

    def _again(self) -> None:
        self._surround(None)
        focused = QApplication.focusWidget()
        # While a window goes, Qt names a button that is gone already.
        if self.by_keys and isinstance(focused, _RINGED) and isValid(focused):
            self._surround(focused)

    def _surround(self, widget: QWidget | None) -> None:
        # It ends with the window that it lay over.
        if self._ring is None or not isValid(self._ring):
            if widget is None:
                return
            self._ring = Ring()
        self._ring.surround(widget)


_followed: list[Focus] = []


def follow_focus(app: QApplication) -> Focus:
    """Draw rings from now on; once."""
    if not _followed:
        _followed.append(Focus(app))
    return _followed[0]


def by_keys() -> bool:
    """Whether the keyboard led the focus to where it is."""
    return bool(_followed) and _followed[0].by_keys


def lead(*, by_keys: bool) -> None:
    """Keys or the mouse do something in what has the focus already."""
    if _followed:
        _followed[0].lead(by_keys=by_keys)


def redraw() -> None:
    """Inside what has the focus something else is meant."""
    if _followed:
        _followed[0].redraw()
