# SPDX-License-Identifier: MPL-2.0
"""Where words begin and end in a window that may be mirrored.

Qt's labels go by the direction of their words, so that a host name in a
mirrored window would stand at the wrong end.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def _mirrored() -> bool:
    return QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def leading(upright: Qt.AlignmentFlag = _MIDDLE) -> Qt.AlignmentFlag:
    """Where lines begin."""
    return (_RIGHT if _mirrored() else _LEFT) | upright


def trailing(upright: Qt.AlignmentFlag = _MIDDLE) -> Qt.AlignmentFlag:
    """Where they end."""
    return (_LEFT if _mirrored() else _RIGHT) | upright
