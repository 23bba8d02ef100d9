# SPDX-License-Identifier: MPL-2.0
"""What the theme follows while a window is open: the system's colours, its font, its screens."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from clientcfg.gui.theme import theme

_OWN = {
    QEvent.Type.ApplicationFontChange,
    QEvent.Type.ApplicationPaletteChange,
    QEvent.Type.ScreenChangeInternal,
    QEvent.Type.DevicePixelRatioChange,
}


class Following(QObject):
    """Watches *window* and ends with it. What changes at once is followed once, a turn later.

    The system's own colours cannot be read without taking ours off, which is a change as
    well, told later. So a change of the application is only looked at for what it did.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._look = QTimer(self, singleShot=True)
        self._fill = QTimer(self, singleShot=True)
        self._look.timeout.connect(theme().look_again)
        self._fill.timeout.connect(theme().fill_again)
        hints = QApplication.styleHints()
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._recolour)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Only look."""
        kind = event.type()
        if kind == QEvent.Type.ThemeChange:
            self._look.start()
        elif kind in _OWN:
            self._fill.start()
        return False

    def _recolour(self, _preference: object) -> None:
        self._look.start()
