# SPDX-License-Identifier: MPL-2.0
"""How much air there is at the sides of a page, of its bar and of what lies above the bar."""

from PySide6.QtWidgets import QLayout, QWidget

from clientcfg.gui.theme import theme

# Air at the sides, and where the window is narrower than this.
SIDE, NARROW_SIDE, NARROW = 40, 24, 900


def side_of(widget: QWidget) -> int:
    """How much air there is at the sides of what lies in *widget*'s window."""
    return NARROW_SIDE if widget.window().width() < theme().px(NARROW) else SIDE


def keep_sides(within: QWidget, layout: QLayout) -> int:
    """Give *layout*, which does not scroll, that air (pixels)."""
    side, now = theme().px(side_of(within)), layout.contentsMargins()
    if now.left() != side or now.right() != side:
        layout.setContentsMargins(side, now.top(), side, now.bottom())
    return side
