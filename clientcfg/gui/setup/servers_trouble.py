# SPDX-License-Identifier: MPL-2.0
"""Step 2 where no servers can be used: what a person can do, and what was tried."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from clientcfg.gui.parts.abreast import Abreast
from clientcfg.gui.parts.along import trailing
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.frames import TOP, column, empty, row
from clientcfg.gui.parts.glyph import Glyph, shape
from clientcfg.gui.parts.text import button, flush, rule, text
from clientcfg.gui.setup.servers_model import FAILED, Conclusion, Progress, ServerRow
from clientcfg.gui.setup.trouble_model import TRY_EVERY, ToDo, to_do, waits
from clientcfg.gui.theme import theme
from clientcfg.gui.words import port_line, purpose
from clientcfg.words import _, ngettext


class TroubleView(QWidget):
    """``wanted`` carries what a button stands for; ``again`` tries once more."""

    wanted = Signal(str)
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.waiting = Banner(beside=True)
        self.try_now = button(_("Try &now"), self.again.emit, "small", "refresh")
        self.waiting.buttons.addWidget(self.try_now)
        inside = QWidget()
        self._rows = column(inside)
        layout = column(self, 24)
        layout.addWidget(self.waiting)
        layout.addWidget(inside)
        self.buttons: dict[str, QPushButton] = {}
        self._since = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)

    def tell(self, conclusion: Conclusion, progress: Progress) -> None:
        """Show the way out first, then what was seen."""
        empty(self._rows)
        self.buttons = {}
        worn = theme()
        self._rows.addWidget(text("subtitle", _("What you can do")))
        for one in to_do(conclusion):
            self._rows.addSpacing(worn.px(12))
            self._rows.addWidget(self._to_do(one))
        tried = tried_rows(progress)
        if tried:
            self._rows.addSpacing(worn.px(32))
            self._rows.addWidget(text("label", _("What we tried")))
            self._rows.addSpacing(worn.px(8))
        for widget in tried:
            self._rows.addWidget(rule())
            self._rows.addWidget(widget)
        self.wait(waits(conclusion))

    def wait(self, waiting: bool) -> None:
        """Wait for a connection, or no more."""
        self._since = 0
        self.waiting.setVisible(waiting)
        if waiting:
            self._say_waiting()
            self._clock.start()
        else:
            self._clock.stop()

    def _tick(self) -> None:
        self._since += 1
        if not self.isVisible():
            self._clock.stop()
        elif self._since >= TRY_EVERY:
            self._clock.stop()
            self.again.emit()
        else:
            self._say_waiting()

    def _say_waiting(self) -> None:
        ago = ngettext("Last try {n} second ago.", "Last try {n} seconds ago.", self._since)
        said = ago.format(n=self._since) if self._since else _("Last try just now.")
        self.waiting.tell("wait", f"{_('Waiting for a connection.')} {said}")

    def _to_do(self, one: ToDo) -> QWidget:
        whole = QWidget()
        layout = row(whole, 12)
        words = column(gap=1)
        if one.words:
            does = one.does
            made = flush(button(one.words, lambda: self.wanted.emit(does), "link"))
            self.buttons[does] = made
            # The sentence goes on in the link.
            beside = Abreast(6)
            beside.add(text("body", one.title, wrap=False))
            beside.add(made)
            words.addWidget(beside)
        else:
            words.addWidget(text("body", one.title))
        if one.caption:
            words.addWidget(text("caption", one.caption))
        ink = one.glyph.removeprefix("verdict-") if one.glyph.startswith("verdict-") else "text-2"
        layout.addWidget(Glyph(one.glyph, ink), 0, TOP)
        layout.addLayout(words, 1)
        return whole


def tried_rows(progress: Progress) -> list[QWidget]:
    """Who was asked and what came of it, a row each."""
    asked = [_tried(s.kind, s.name, s.says) for s in progress.sources if s.kind != ""]
    return asked + [_server(server) for server in progress.servers]


def _server(server: ServerRow) -> QWidget:
    answered = server.stations[2] == "done"
    kind = "no" if FAILED in server.stations else "ready" if answered else "unknown"
    endpoint = server.endpoint
    where = _("{purpose}: {host}, {port}").format(
        purpose=purpose(endpoint.protocol), host=endpoint.host, port=port_line(endpoint)
    )
    return _tried(kind, where, server.says)


def _tried(kind: str | None, what: str, came: str) -> QWidget:
    """Shape, what was tried, and at the end what came of it; None is a definite no."""
    widget = QWidget()
    grid = QGridLayout(widget)
    above = theme().px(10)
    grid.setContentsMargins(0, above, 0, above)
    grid.setHorizontalSpacing(theme().px(8))
    mark = Glyph("minus", "text-3", 16) if kind is None else shape(kind, 16)
    grid.addWidget(mark, 0, 0, TOP)
    grid.addWidget(text("body", what), 0, 1, TOP)
    said: QLabel = text("caption", came)
    said.setAlignment(trailing())
    grid.addWidget(said, 0, 2)
    grid.setColumnStretch(1, 3)
    grid.setColumnStretch(2, 2)
    return widget
