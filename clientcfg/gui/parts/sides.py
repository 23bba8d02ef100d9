# SPDX-License-Identifier: MPL-2.0
"""How much air there is at the sides of a page, of its bar and of what lies above the bar."""

from PySide6.QtWidgets import QLayout, QWidget

from clientcfg.gui.theme import theme

# Air at the sides, and where the window is narrower than this.
SIDE, NARROW_SIDE, NARROW = 40, 24, 900


def side_of(widget: QWidget) -> int:
    """How much air there is at the sides of what lies in *widget*'s window."""
    return NARROW_SIDE if widget.window().width() < theme().px(NARROW) else SIDE


def keep_sides(within: QWidget, *layouts: QLayout, start: int | None = None) -> int:
    """Give *layouts* the air that *within*'s window has room for; how much that is.

    *start*: as much before them where there is room, as something else stands there.
    """
    side = theme().px(side_of(within))
    before = side if start is None else min(side, theme().px(start))
    left, right = (side, before) if within.isRightToLeft() else (before, side)
    for layout in layouts:
        now = layout.contentsMargins()
        if (now.left(), now.right()) != (left, right):
            layout.setContentsMargins(left, now.top(), right, now.bottom())
    return side
