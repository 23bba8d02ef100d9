# SPDX-License-Identifier: MPL-2.0
"""Check a server: which flow answers what, and where the answer is shown."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from clientcfg.advise.what_if import WhatIf
from clientcfg.flows.compare import Compared, compare
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.flows.target import question_about
from clientcfg.gui.check.conversation import ConversationTab
from clientcfg.gui.check.export import Export
from clientcfg.gui.check.head import Head
from clientcfg.gui.check.identity import IdentityPanel
from clientcfg.gui.check.look import Checked, ask_relaying, look
from clientcfg.gui.check.marks import MarksTable
from clientcfg.gui.check.programs_tab import ProgramsTab
from clientcfg.gui.check.relay import RelayPanel
from clientcfg.gui.check.server_tab import ServerTab
from clientcfg.gui.check.times import TimesTable
from clientcfg.gui.check.views import Begin, NoAnswer, Working
from clientcfg.gui.engine import Engine, Job
from clientcfg.gui.parts.announce import announce
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.frames import column
from clientcfg.gui.parts.text import button
from clientcfg.gui.setup.servers_model import Progress
from clientcfg.gui.words import advice_here
from clientcfg.model.address import Address
from clientcfg.model.trouble import Trouble, WrongUsage
from clientcfg.words import _

SERVER, PROGRAMS, CONVERSATION, BEGIN, WORKING, NO_ANSWER = range(6)


class CheckPage(QWidget):
    """The whole of it, after :meth:`build`.

    ``base`` is what every question begins with: name server, authorities, who may be asked.
    """

    def __init__(self, engine: Engine, base: Callable[[], Question], here: Here) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._engine, self._base, self._here = engine, base, here
        self._question = base()
        self._progress = Progress()
        self.checked: Checked | None = None
        self.compared: Compared | None = None
        self._told = False
        self._probing: Job | None = None
        self._thinking: Job | None = None
        self._relaying: Job | None = None

    def build(self) -> Iterator[None]:
        """Add what it consists of, a part a step, as the window stands still for each."""
        self.head = Head(self._open)
        yield
        marks = MarksTable()
        yield
        times = TimesTable()
        yield
        relay = RelayPanel(self._ask_relaying, self._stop_relaying)
        self.server = ServerTab(marks, times, relay, IdentityPanel(self._copy))
        yield
        self.programs = ProgramsTab()
        yield
        self.conversation = ConversationTab()
        self.begin, self.working, self.no_answer = Begin(), Working(), NoAnswer()
        yield
        self.pages = QStackedWidget()
        for page in (self.server, self.programs, self.conversation,
                     self.begin, self.working, self.no_answer):  # fmt: skip
            self.pages.addWidget(page)
            yield
        self.strip = Banner("strip", beside=True)
        close = button("", self.strip.hide, "icon", "x", name=_("Close this message"))
        self.strip.buttons.addWidget(close)
        self.export = Export(self._engine, self._here, self._say)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.strip)
        self._connect()
        self.pages.setCurrentIndex(BEGIN)

    def _connect(self) -> None:
        head = self.head
        head.asked.connect(self.ask)
        head.stopped.connect(self.stop)
        head.copied.connect(lambda: self._copy(self.checked.ticket if self.checked else ""))
        head.saved.connect(lambda ending: self.export.ask(self, ending, self.checked))
        self.programs.supposed.connect(self.suppose)
        keys: dict[str, Callable[[], object]] = {
            "Esc": self._escape, "F5": head.ask, "Ctrl+R": head.ask, "Ctrl+F": self._search,
        }  # fmt: skip
        for key, does in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    def arrive(self) -> None:
        """The page is shown: ready for typing."""
        self.head.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, typed: str) -> None:
        """Ask about what was typed; what was asked before is stopped."""
        try:
            question = question_about(typed, self._base())
        except WrongUsage as e:
            self.head.say_problem(" ".join((e.text, *advice_here(e))))
            self.head.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._halt()
        self.head.say_problem("")
        self._question, here = question, self._here
        self.checked = self.compared = None
        self._progress = Progress()
        self.strip.hide()
        self.programs.begin()
        self.head.has_answer(on=False)
        self.head.busy(on=True)
        self.working.begin(question.target, question.timeout)
        self.pages.setCurrentIndex(WORKING)
        job = self._engine.start(lambda _answerer: look(question, here))
        job.heard.connect(self._heard)
        job.failed.connect(self._failed)
        self._probing = job

    def stop(self) -> None:
        """Nothing more is wanted; what was typed stays."""
        self._halt()
        self.head.busy(on=False)
        self.pages.setCurrentIndex(BEGIN)
        self.arrive()

    def suppose(self, change: WhatIf) -> None:
        """Think a change through; an older thought is given up."""
        if self.checked is None or self.compared is None:
            return
        if self._thinking is not None:
            self._thinking.cancel()
        report, question, here = self.checked.report, self._question, self._here
        before = self.compared
        job = self._engine.start(lambda _a: compare(report, question, here, change, before))
        job.heard.connect(self._heard)
        job.failed.connect(self._say_trouble)
        self._thinking = job

    def _halt(self) -> None:
        for job in (self._probing, self._thinking, self._relaying):
            if job is not None:
                job.cancel()
        self._probing = self._thinking = self._relaying = None

    def _heard(self, event: object) -> None:
        if isinstance(event, Checked):
            self._show(event)
        elif isinstance(event, Compared):
            self.compared = event
            self.programs.tell(event)
        else:
            self._progress = self._progress.after(event)
            self.working.progress.tell(self._progress)

    def _show(self, checked: Checked) -> None:
        first = self.checked is None
        self.checked = checked
        self.head.busy(on=False)
        self.server.tell(checked)
        self.head.has_answer(on=True)
        self._told = False
        if first:
            self.head.tabs.setCurrentIndex(SERVER)
        self._open(self.head.tabs.currentIndex())
        announce(self, checked.assessment.title)

    def _failed(self, error: Trouble) -> None:
        self.head.busy(on=False)
        if self.checked is not None:
            self._say_trouble(error)
            return
        self.no_answer.tell(error, self._progress)
        self.pages.setCurrentIndex(NO_ANSWER)
        announce(self, error.text)

    def _open(self, tab: int) -> None:
        if self.checked is None:
            return
        if tab == CONVERSATION and not self._told:
            # All that was said is laid out only where somebody wants to read it.
            self.conversation.tell(self.checked.report)
            self._told = True
        self.pages.setCurrentIndex(tab)

    def _ask_relaying(self, typed: str) -> None:
        panel, here, question, known = self.server.relay, self._here, self._question, self.checked
        if known is None:
            return
        try:
            elsewhere = Address.parse(typed)
        except WrongUsage as e:
            panel.say_problem(e.text)
            return
        panel.working(busy=True)
        job = self._engine.start(lambda a: ask_relaying(known, question, elsewhere, here, a))
        job.heard.connect(lambda event: self._show(event) if isinstance(event, Checked) else None)
        job.failed.connect(lambda e: panel.say_problem(" ".join((e.text, *advice_here(e)))))
        self._relaying = job

    def _stop_relaying(self) -> None:
        if self._relaying is not None:
            self._relaying.cancel()
            self._relaying = None

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._say("ready", _("Copied."))

    def _say_trouble(self, error: Trouble) -> None:
        self._say("no", error.text, " ".join(advice_here(error)))

    def _say(self, kind: str, sentence: str, more: str = "") -> None:
        self.strip.tell(kind, sentence, more)
        announce(self, f"{sentence} {more}".strip())

    def _escape(self) -> None:
        if self.programs.isVisible() and self.programs.drawer.isVisibleTo(self.programs):
            self.programs.drawer.hide()
        elif self.strip.isVisible():
            self.strip.hide()
        elif self.pages.currentIndex() == WORKING:
            self.stop()

    def _search(self) -> None:
        fields = {PROGRAMS: self.programs.search, CONVERSATION: self.conversation.search}
        field = fields.get(self.pages.currentIndex(), self.head.field)
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()
