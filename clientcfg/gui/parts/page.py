# SPDX-License-Identifier: MPL-2.0
"""What all pages share: scrolling content, a drawer beside it, a strip and the bar below."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clientcfg.gui.parts.frames import Banner, Head, column, row
from clientcfg.gui.parts.text import button, rule, text
from clientcfg.gui.theme import theme
from clientcfg.words import _

DRAWER = 400
# Where less than this is left beside a drawer, it covers the page.
BESIDE = 416
# Air at the sides, and where the window is narrower than this.
SIDE, NARROW_SIDE, NARROW = 40, 24, 900
# No limit, as Qt says it.
_UNLIMITED = 16_777_215


def side_of(widget: QWidget) -> int:
    """How much air there is at the sides of what lies in *widget*'s window."""
    return NARROW_SIDE if widget.window().width() < theme().px(NARROW) else SIDE


class Drawer(QFrame):
    """Proof beside the page: a head with its way out, and content that scrolls."""

    turned = Signal()

    def __init__(self, title: str, width: int = DRAWER) -> None:
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


class _Content(QWidget):
    """Asks for as much height as it needs at the width it gets, not at the least one."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Wrapped words would ask for the height they have in the narrowest column."""
        return QSize(super().minimumSizeHint().width(), 0)


def scrolled(side: int, above: int) -> tuple[QVBoxLayout, QScrollArea]:
    """A layout that scrolls when it has to, and the area it lies in."""
    worn = theme()
    inside = _Content()
    inside.setProperty("role", "content")
    layout = column(inside)
    layout.setContentsMargins(worn.px(side), worn.px(above), worn.px(side), worn.px(24))
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return layout, area


class Page(QWidget):
    """One page. ``content`` takes widgets; ``primary`` is what Enter presses."""

    primary: QPushButton

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        worn = theme()
        self.head = Head()
        self.content, self.area = scrolled(SIDE, 32)
        self.content.addWidget(self.head)
        self._drawer: Drawer | None = None
        self._sides = row(gap=0)
        self._sides.addWidget(self.area, 1)
        self.strip = Banner("strip")
        self.bar_start, self.bar_end = row(), row()
        bar = QFrame()
        bar.setProperty("role", "bar")
        bar.setFixedHeight(worn.px(64))
        self._bar = inside = row(bar)
        inside.setContentsMargins(worn.px(SIDE), 0, worn.px(SIDE), 0)
        inside.addLayout(self.bar_start)
        inside.addStretch(1)
        inside.addLayout(self.bar_end)
        layout = column(self)
        layout.addLayout(self._sides, 1)
        layout.addWidget(self.strip)
        layout.addWidget(bar)

    def add_drawer(self, drawer: Drawer) -> None:
        """Stand *drawer* beside the content, or before it where there is little room."""
        self._sides.addWidget(drawer)
        self._drawer = drawer
        drawer.turned.connect(self._fit_drawer)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """There may be room beside the drawer now, or none any more."""
        super().resizeEvent(event)
        side = theme().px(side_of(self))
        for layout in (self.content, self._bar):
            margins = layout.contentsMargins()
            if margins.left() != side:
                layout.setContentsMargins(side, margins.top(), side, margins.bottom())
        self._fit_drawer()

    def has_room(self, drawer: Drawer) -> bool:
        """Whether *drawer* fits beside the content."""
        return self.width() - drawer.wide >= theme().px(BESIDE)

    def _fit_drawer(self) -> None:
        if self._drawer is None:
            return
        alone = not self.has_room(self._drawer)
        self._drawer.fit(alone=alone)
        self.area.setHidden(alone and not self._drawer.isHidden())

    def gap(self, measure: int) -> None:
        """Air between two things."""
        self.content.addSpacing(theme().px(measure))

    def arrive(self) -> None:
        """The page is shown: the focus goes to the title, so that it is read."""
        self.head.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus, else the primary one."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        wanted = focused if isinstance(focused, QPushButton) else self.primary
        if isinstance(focused, QPushButton) and focused.isCheckable():
            focused.setChecked(True)
            wanted = self.primary
        if wanted.isVisible() and wanted.isEnabled():
            wanted.click()
