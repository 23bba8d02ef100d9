# SPDX-License-Identifier: MPL-2.0
"""How much air there is at the sides of a page, of its bar and of what lies above the bar."""

from PySide6.QtWidgets import QWidget

from clientcfg.gui.theme import theme

# Air at the sides, and where the window is narrower than this.
SIDE, NARROW_SIDE, NARROW = 40, 24, 900


def side_of(widget: QWidget) -> int:
    """How much air there is at the sides of what lies in *widget*'s window."""
    return NARROW_SIDE if widget.window().width() < theme().px(NARROW) else SIDE
