# SPDX-License-Identifier: MPL-2.0
"""What stands below the head while there is no answer: what this is for, the wait, a way out."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from clientcfg.gui.parts.frames import TOP, Head, column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.reason import steps_to_do
from clientcfg.gui.parts.scroll import scrolled
from clientcfg.gui.parts.sides import SIDE, side_of
from clientcfg.gui.parts.text import rule, text
from clientcfg.gui.setup.servers_model import Progress
from clientcfg.gui.setup.servers_trouble import tried_rows
from clientcfg.gui.setup.servers_views import ProgressView
from clientcfg.gui.theme import theme
from clientcfg.gui.words import advice_here, trouble_shape
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class _View(QWidget):
    """A head over content that scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.content, self._area = scrolled(SIDE, 32)
        self.head = Head()
        self.content.addWidget(self.head)
        self.content.addSpacing(theme().px(24))
        column(self).addWidget(self._area)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less air at the sides where there is little room."""
        super().resizeEvent(event)
        self._area.set_side(theme().px(side_of(self)))


class Begin(_View):
    """Before anything was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.head.say(
            _("Check a server"),
            _("Type a domain, a mail server or an address. We ask the servers what they take, and "
              "log in nowhere."),
        )  # fmt: skip
        for glyph, line, more in (
            ("lock", _("Which log-ins they take"), _("before and after encryption")),
            ("cert", _("Who they are"), _("certificate, its chain, and which TLS they speak")),
            ("laptop", _("Which programs can send there"),
             _("every version that is known, today and if the server changed")),
        ):  # fmt: skip
            self.content.addWidget(_fact(glyph, line, more))
            self.content.addSpacing(theme().px(16))
        self.content.addStretch(1)


class Working(_View):
    """Who is asked, and what answers."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = ProgressView()
        self.content.addWidget(self.progress)
        self.content.addStretch(1)

    def begin(self, target: str, seconds: float) -> None:
        """A question is on its way; it takes so many *seconds* at most."""
        self.head.say(
            _("Asking about {target}…").format(target=target),
            _("First we ask who knows its servers, then the servers themselves."),
        )
        self.progress.begin(seconds)


class NoAnswer(_View):
    """What went wrong, what a person can do, what was tried."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(gap=12)
        self.content.addLayout(self._rows)
        self.content.addStretch(1)

    def tell(self, error: Trouble, progress: Progress) -> None:
        """Show the way out first, then what was seen."""
        self.head.say(error.text, "", trouble_shape(error))
        empty(self._rows)
        advice = advice_here(error)
        if advice:
            self._rows.addWidget(text("subtitle", _("What you can do")))
        for step in steps_to_do((line, "") for line in advice):
            self._rows.addWidget(step)
        tried = tried_rows(progress)
        if tried:
            self._rows.addSpacing(theme().px(16))
            self._rows.addWidget(text("label", _("What we tried")))
        for widget in tried:
            self._rows.addWidget(rule())
            self._rows.addWidget(widget)


def _fact(glyph: str, line: str, more: str) -> QWidget:
    whole = QWidget()
    layout = row(whole, 16)
    layout.addWidget(Glyph(glyph, "accent"), 0, TOP)
    words = column(gap=1)
    words.addWidget(text("body", line))
    words.addWidget(text("caption", more))
    layout.addLayout(words, 1)
    return whole
