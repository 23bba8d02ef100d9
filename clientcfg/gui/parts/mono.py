# SPDX-License-Identifier: MPL-2.0
"""Text to read in the system's fixed font."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit

from clientcfg.gui.theme import theme


def fixed_font(size: int = 12) -> QFont:
    """The fixed font, *size* pixels high at the drawings' scale."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme().px(size))
    return font


def mono(name: str, words: str) -> QPlainTextEdit:
    """A text that can be read and copied but not changed."""
    shown = QPlainTextEdit(words)
    shown.setReadOnly(True)
    shown.setAccessibleName(name)
    shown.setTabChangesFocus(True)
    shown.setFont(fixed_font())
    return shown
