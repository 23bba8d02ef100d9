# SPDX-License-Identifier: MPL-2.0
"""Proof beside a page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.scroll import scrolled
from clientcfg.gui.parts.text import button, rule, text
from clientcfg.gui.theme import theme
from clientcfg.words import _

DRAWER = 400
# No limit, as Qt says it.
_UNLIMITED = 16_777_215


class Drawer(QFrame):
    """Proof beside the page: a head with its way out, and content that scrolls.

    *copy*: a button for the head that copies all of it.
    """

    turned = Signal()

    def __init__(self, title: str, width: int = DRAWER, *, copy: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("role", "drawer")
        worn = theme()
        self.wide = worn.px(width)
        self.fit(alone=False)
        self.close_button = button(
            "", self.hide, "icon", "x", name=_("Close “{title}”").format(title=title)
        )
        head = row()
        head.setContentsMargins(worn.px(24), worn.px(10), worn.px(16), worn.px(10))
        head.addWidget(text("subtitle", title, wrap=False), 1)
        if copy is not None:
            head.addWidget(copy)
        head.addWidget(self.close_button)
        self.content, area = scrolled(24, 16)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setAccessibleName(title)
        layout = column(self)
        layout.addLayout(head)
        layout.addWidget(rule())
        layout.addWidget(area, 1)
        self.hide()

    def fit(self, *, alone: bool) -> None:
        """Take its own width, or all there is."""
        self.setMinimumWidth(0 if alone else self.wide)
        self.setMaximumWidth(_UNLIMITED if alone else self.wide)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The page makes room."""
        super().showEvent(event)
        self.turned.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """The page takes its room back."""
        super().hideEvent(event)
        self.turned.emit()
