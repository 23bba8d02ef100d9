# SPDX-License-Identifier: MPL-2.0
"""Words and buttons in the styles of the type scale."""

import re
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from clientcfg.gui.icons import icon_before_words
from clientcfg.gui.parts.along import leading
from clientcfg.gui.parts.paragraph import Paragraph
from clientcfg.gui.theme import theme

# What Qt leaves between icon and words is not enough.
GAP = 4

_LONG = re.compile(r"\S{25}")
_PARTED = re.compile(r"[/?&=#_-](?=\S{2})")


def text(kind: str, words: str = "", *, wrap: bool = True) -> QLabel:
    """Words in one style: title, subtitle, strong, body, explain, caption, label, problem."""
    label = Paragraph(words, kind) if wrap else QLabel(words)
    label.setProperty("kind", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(leading())
    if wrap:
        policy = label.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        label.setSizePolicy(policy)
    return label


def breakable(words: str) -> str:
    """Addresses and paths may go on in the next line behind each of their parts."""
    return _PARTED.sub("\\g<0>\u200b", words) if _LONG.search(words) else words


def ltr(words: str) -> str:
    """Words that stay as they are where all else is read from the right: what was said, versions.

    Between isolates (Unicode, UAX #9), which nobody sees.
    """
    return f"\u2066{words}\u2069"


class Elided(QLabel):
    """One line that loses its middle where there is no room; the tooltip has all of it.

    *whose_end*: of words it is the end that goes; only names of hosts and addresses say
    something at both ends.
    """

    def __init__(self, kind: str, words: str = "", *, whose_end: bool = False) -> None:
        super().__init__()
        modes = Qt.TextElideMode
        self._mode = modes.ElideRight if whose_end else modes.ElideMiddle
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(leading())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words = ""
        self.say(words)

    def say(self, words: str) -> None:
        """Show these words."""
        self._words = words
        self.setAccessibleName(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cut again for the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._words, self._mode, self.width())
        self.setText(shown)
        self.setToolTip(self._words if shown != self._words else "")


def button(
    words: str,
    pressed: Callable[[], object],
    kind: str = "",
    glyph: str | None = None,
    *,
    name: str | None = None,
) -> QPushButton:
    """A button: primary, quiet, small, link, icon, or a plain one. *name* for the screen reader."""
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: pressed())
    if name is not None:
        made.setAccessibleName(name)
        made.setToolTip(name)
    if glyph == "right":
        # The arrow stands behind the words.
        ways = Qt.LayoutDirection
        made.setLayoutDirection(ways.LeftToRight if made.isRightToLeft() else ways.RightToLeft)
    if glyph is not None:
        _wear_icon(made, glyph, "accent" if kind in ("quiet", "link") else "text-2")
    return made


def flush(made: QPushButton) -> QPushButton:
    """A link whose words stand where other words do, without room before them."""
    made.setProperty("flush", True)
    return made


def _wear_icon(made: QPushButton, glyph: str, token: str) -> None:
    def draw() -> None:
        worn = theme()
        size = worn.px(16 if made.property("kind") in ("small", "link") else 20)
        mirrored = made.layoutDirection() is Qt.LayoutDirection.RightToLeft
        made.setIcon(icon_before_words(glyph, token, size, worn.px(GAP), mirrored=mirrored))
        make_room(made, size)

    worn = theme()
    worn.changed.connect(draw)
    made.destroyed.connect(lambda: worn.changed.disconnect(draw))
    draw()


def make_room(made: QAbstractButton, size: int | None = None) -> None:
    """Give the icon its distance from the words, or none where it stands alone."""
    side = made.iconSize().height() if size is None else size
    made.setIconSize(QSize(side + (theme().px(GAP) if made.text() else 0), side))


def rule(role: str = "rule") -> QFrame:
    """A hairline; "upright" stands."""
    line = QFrame()
    line.setProperty("role", role)
    return line


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at changed properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
