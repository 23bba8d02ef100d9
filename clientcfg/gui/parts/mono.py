# SPDX-License-Identifier: MPL-2.0
"""Text to read in the system's fixed font."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from clientcfg.gui.theme import theme


def fixed_font(size: int = 12) -> QFont:
    """The fixed font, *size* pixels high at the drawings' scale."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme().px(size))
    return font


def wear_fixed(widget: QWidget, size: int = 12, weight: QFont.Weight | None = None) -> None:
    """Write *widget* in the fixed font, also when the system's fonts change."""

    def write() -> None:
        font = fixed_font(size)
        if weight is not None:
            font.setWeight(weight)
        widget.setFont(font)

    worn = theme()
    worn.changed.connect(write)
    widget.destroyed.connect(lambda: worn.changed.disconnect(write))
    write()


def mono(name: str, words: str) -> QPlainTextEdit:
    """A text that can be read and copied but not changed."""
    shown = QPlainTextEdit(words)
    shown.setReadOnly(True)
    shown.setAccessibleName(name)
    shown.setTabChangesFocus(True)
    wear_fixed(shown)
    return shown
