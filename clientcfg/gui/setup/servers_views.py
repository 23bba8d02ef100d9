# SPDX-License-Identifier: MPL-2.0
"""What step 2 shows while it works: who is asked, and which servers answer."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QProgressBar, QWidget

from clientcfg.gui.parts.along import trailing
from clientcfg.gui.parts.elapsed import Elapsed
from clientcfg.gui.parts.frames import column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.motion import Pace
from clientcfg.gui.parts.text import Elided, rule, text
from clientcfg.gui.parts.wire import STATION, STRETCH, Wire
from clientcfg.gui.setup.servers_model import Progress, ServerRow, SourceRow
from clientcfg.gui.setup.source_line import SourceLine
from clientcfg.gui.theme import theme
from clientcfg.gui.words import encryption, port_line, purpose
from clientcfg.model.endpoint import Security
from clientcfg.words import _

# Below this width the two columns stand below each other, and wherever words need more.
NARROW = 760
SOURCES = 232
SAYS = 120
GAP, AFTER = 24, 32
# Rows that are made in one turn: each takes the window some milliseconds.
AT_ONCE = 1
# No limit, as Qt says it.
UNLIMITED = 16_777_215


class ProgressView(QWidget):
    """Who is asked on the left, which servers answer on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._time = Elapsed()
        head = row(gap=16)
        head.addWidget(self._bar, 1)
        head.addWidget(self._time)
        sources, servers = QWidget(), QWidget()
        self._asked = sources
        self._sources, self._servers = column(sources, 8), column(servers)
        self._answers = servers
        self._beside = beside = row(gap=GAP)
        beside.addWidget(sources)
        self._between = rule("upright")
        beside.addWidget(self._between)
        beside.addSpacing(theme().px(AFTER - GAP))
        beside.addWidget(servers, 1)
        layout = column(self, 24)
        layout.addLayout(head)
        layout.addLayout(beside)
        layout.addStretch(1)
        self._who: list[SourceLine] = []
        self._told: tuple[SourceRow, ...] = ()
        self._rows: list[_ServerLine] = []
        self._now = Progress()
        self._news = Pace(self)
        self._news.due.connect(self._show)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Below each other the two need less."""
        widest = max(theme().px(SOURCES), self._answers.minimumSizeHint().width())
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Below each other where there is no room beside each other."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        way = QBoxLayout.Direction
        worn = theme()
        needed = worn.px(SOURCES + GAP + AFTER) + 1 + self._answers.minimumSizeHint().width()
        narrow = self.width() < max(worn.px(NARROW), needed)
        self._beside.setDirection(way.BottomToTop if narrow else way.LeftToRight)
        self._between.setHidden(narrow)
        # A width of its own would be forgotten where its height is asked for.
        self._asked.setMinimumWidth(0 if narrow else worn.px(SOURCES))
        self._asked.setMaximumWidth(UNLIMITED if narrow else worn.px(SOURCES))

    def begin(self, most: float) -> None:
        """Nothing is known yet; it takes *most* seconds at most."""
        self._time.begin(most)
        self._now = Progress()
        self._show()

    def tell(self, progress: Progress) -> None:
        """Show *progress*; rows keep their place. Of several in a row only the last is shown."""
        self._now = progress
        self._news.ask()

    def _show(self) -> None:
        progress = self._now
        self._bar.setValue(progress.share)
        if self._tell_sources(progress.sources):
            QTimer.singleShot(0, self, self._show)
            return
        here = {line.row.endpoint for line in self._rows}
        new = [r.endpoint for r in progress.servers if r.endpoint not in here]
        here.update(new[:AT_ONCE])
        servers = tuple(r for r in progress.servers if r.endpoint in here)
        same = [r.row.endpoint for r in self._rows] == [r.endpoint for r in servers]
        if not same or not self._servers.count():
            self._build_servers(servers)
            self._place()
        for line, now in zip(self._rows, servers, strict=True):
            line.tell(now)
        if len(servers) < len(progress.servers):
            # What is still missing stands there soon.
            QTimer.singleShot(0, self, self._show)

    def _tell_sources(self, sources: tuple[SourceRow, ...]) -> bool:
        """True: some have no row yet."""
        told = self._told
        if not self._sources.count() or [s.name for s in told] != [
            s.name for s in sources[: len(told)]
        ]:
            empty(self._sources)
            self._sources.addWidget(text("subtitle", _("Who knows?")))
            self._sources.addSpacing(theme().px(8))
            self._sources.addStretch(1)
            self._who, told = [], ()
        for line, before, now in zip(self._who, told, sources, strict=False):
            if now != before:
                line.tell(now)
        for source in sources[len(told) : len(told) + AT_ONCE]:
            self._who.append(SourceLine(source))
            self._sources.insertWidget(self._sources.count() - 1, self._who[-1])
        self._told = sources[: len(self._who)]
        return len(self._who) < len(sources)

    def _build_servers(self, servers: tuple[ServerRow, ...]) -> None:
        kept = {line.row.endpoint: line for line in self._rows}
        for line in self._rows:
            self._servers.removeWidget(line)
        empty(self._servers)
        worn = theme()
        self._servers.addWidget(text("subtitle", _("What answers")))
        if servers:
            self._servers.addSpacing(worn.px(12))
            self._servers.addWidget(_stations())
        self._rows = []
        last = ""
        for server in servers:
            if (now := purpose(server.endpoint.protocol)) != last:
                self._servers.addSpacing(worn.px(12))
                self._servers.addWidget(text("label", now))
                last = now
            line = kept.pop(server.endpoint) if server.endpoint in kept else _ServerLine(server)
            self._rows.append(line)
            self._servers.addWidget(self._rows[-1])
        self._servers.addStretch(1)
        for line in kept.values():
            line.hide()
            line.deleteLater()


def _stations() -> QWidget:
    """What the three stations of each wire are, in words above them."""
    worn = theme()
    whole = QWidget()
    layout = row(whole, 12)
    layout.addStretch(1)
    # Words that are longer than a stretch begin before the wire; they never touch.
    names = row(gap=4)
    for word in (_("Reached"), _("Encrypted"), _("Answered")):
        said = text("caption", word, wrap=False)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        names.addWidget(said, 1)
    heads = QWidget()
    heads.setLayout(names)
    heads.setMinimumWidth(worn.px(3 * (STATION + STRETCH)))
    layout.addWidget(heads)
    layout.addSpacing(worn.px(SAYS - (STRETCH - 4) // 2))
    return whole


class _ServerLine(QWidget):
    """Padlock, host, port, wire, what it takes."""

    def __init__(self, server: ServerRow) -> None:
        super().__init__()
        self.row = server
        worn = theme()
        endpoint = server.endpoint
        port = text("strong", str(endpoint.port), wrap=False)
        port.setFixedWidth(worn.px(48))
        port.setAlignment(trailing())
        names = QGridLayout()
        names.setVerticalSpacing(0)
        names.setHorizontalSpacing(worn.px(12))
        names.addWidget(Elided("body", endpoint.host), 0, 0)
        names.addWidget(port, 0, 1)
        names.addWidget(text("caption", encryption(endpoint.security), wrap=False), 1, 0, 1, 2)
        names.setColumnStretch(0, 1)
        self._wire = Wire(server.stations)
        self._says = text("caption")
        self._says.setFixedWidth(worn.px(SAYS))
        self._says.setAlignment(trailing())
        lock = "unlock" if endpoint.security is Security.PLAIN else "lock"
        layout = row(self, 12)
        layout.addWidget(Glyph(lock, "accent"), 0, Qt.AlignmentFlag.AlignVCenter)
        between = column()
        between.addStretch(1)
        between.addLayout(names)
        between.addStretch(1)
        layout.addLayout(between, 1)
        layout.addWidget(self._wire, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._says)
        # Room for three lines of what it says, whatever comes.
        self.setFixedHeight(worn.px(48))

    def tell(self, server: ServerRow) -> None:
        """How far it is."""
        self.row = server
        self._wire.light(server.stations)
        self._says.setText(server.says)
        self._says.setToolTip(server.says)
        endpoint = server.endpoint
        self.setAccessibleName(
            _("{purpose}, {host}, {port}, {says}").format(
                purpose=purpose(endpoint.protocol),
                host=endpoint.host,
                port=port_line(endpoint),
                says=server.says,
            )
        )
