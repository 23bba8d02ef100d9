# SPDX-License-Identifier: MPL-2.0
"""Proof beside a page."""

from PySide6.QtCore import QEasingCurve, QEvent, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.motion import SLIDE, is_still
from clientcfg.gui.parts.scroll import scrolled
from clientcfg.gui.parts.text import button, rule, text
from clientcfg.gui.theme import theme
from clientcfg.words import _

DRAWER = 400
# No limit, as Qt says it.
_UNLIMITED = 16_777_215


class Drawer(QWidget):
    """Proof beside the page: a head with its way out, and content that scrolls.

    *copy*: a button for the head that copies all of it. ``lines`` takes what stands below.
    *gives*: how much of its width it does without where a page has less room.
    *bare*: what it holds is its own head; the way out stands there where it covers the page.
    """

    turned = Signal()

    def __init__(
        self,
        title: str,
        width: int = DRAWER,
        *,
        copy: QWidget | None = None,
        bare: bool = False,
        gives: int = 0,
    ) -> None:
        super().__init__()
        worn = theme()
        self._width, self._gives = width, gives
        self.close_button = button(
            "", self.hide, "icon", "x", name=_("Close “{title}”").format(title=title)
        )
        self._head = QWidget()
        head = row(self._head)
        head.setContentsMargins(0, worn.px(10), 0, worn.px(10))
        head.addSpacing(worn.px(24))
        head.addWidget(text("subtitle", title, wrap=False), 1)
        if copy is not None:
            head.addWidget(copy)
        head.addWidget(self.close_button)
        head.addSpacing(worn.px(16))
        self.content, self.area = scrolled(24, 24 if bare else 16)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.area.setAccessibleName(title)
        self._sheet = QFrame()
        self._sheet.setProperty("role", "drawer")
        self.lines = column(self._sheet)
        self._line, self._bare = rule(), bare
        self.lines.addWidget(self._head)
        self.lines.addWidget(self._line)
        self.lines.addWidget(self.area, 1)
        column(self).addWidget(self._sheet)
        self.fit(alone=False)
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(SLIDE)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.setEndValue(0)
        self._slide.valueChanged.connect(self._move)
        self.hide()

    @property
    def wide(self) -> int:
        """Its own width, in pixels of this font size."""
        return theme().px(self._width)

    def setVisible(self, visible: bool) -> None:  # noqa: N802
        """It comes in from its side when it is opened, not when its page is."""
        opened = visible and self.isHidden()
        super().setVisible(visible)
        if opened and self.isVisible() and not is_still(self):
            self._slide.setStartValue(self.width())
            self._slide.start()

    def event(self, event: QEvent) -> bool:
        """Its layout has put everything where it will be; it is not there yet."""
        done = super().event(event)
        laid_out = event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}
        if laid_out and self._slide.state() is QVariantAnimation.State.Running:
            self._move(self._slide.currentValue())
        return done

    def _move(self, off: int) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._sheet.move(-off if mirrored else off, 0)

    @property
    def least(self) -> int:
        """The least width that it may have beside a page."""
        return theme().px(self._width - self._gives)

    def fit(self, *, alone: bool, room: int | None = None) -> None:
        """Take its own width, a little less where *room* has no more, or all there is."""
        wide = self.wide if room is None else min(self.wide, max(self.least, room))
        for part in (self._head, self._line):
            part.setVisible(alone or not self._bare)
        self.setMinimumWidth(0 if alone else wide)
        self.setMaximumWidth(_UNLIMITED if alone else wide)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The page makes room."""
        super().showEvent(event)
        self.turned.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """The page takes its room back, and nothing moves unseen."""
        self._slide.stop()
        self._move(0)
        super().hideEvent(event)
        self.turned.emit()
