# SPDX-License-Identifier: MPL-2.0
"""The five pages in order: which flow answers which page, and where the answer leads."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clientcfg.flows.counted import changed
from clientcfg.flows.events import SetUpDone
from clientcfg.flows.hand_over import HandedOver
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.flows.settings_file import FoundInFile
from clientcfg.flows.start_program import command_of
from clientcfg.gui.engine import Engine, Flow, Job
from clientcfg.gui.parts.keys import bind
from clientcfg.gui.parts.page import Page
from clientcfg.gui.preferred import Preferred
from clientcfg.gui.preset import Preset
from clientcfg.gui.setup.address_model import Typed
from clientcfg.gui.setup.beginning import Beginning
from clientcfg.gui.setup.done import DonePage
from clientcfg.gui.setup.done_model import Finished, set_up_by_hand, set_up_here
from clientcfg.gui.setup.done_steps import DoneSteps
from clientcfg.gui.setup.file_steps import FileSteps
from clientcfg.gui.setup.handing_steps import HandingSteps
from clientcfg.gui.setup.look import Looked, LookedAt, look_again, look_at
from clientcfg.gui.setup.program import ProgramPage
from clientcfg.gui.setup.program_model import Card, How, cards
from clientcfg.gui.setup.review import ReviewPage
from clientcfg.gui.setup.review_steps import ReviewSteps
from clientcfg.gui.setup.servers import ServersPage
from clientcfg.gui.setup.servers_steps import ServersSteps
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

ADDRESS, SERVERS, PROGRAM, REVIEW, DONE = range(5)


class SetUpPages(QObject):
    """The whole of *Set up*, in the frame of its *beginning*; :meth:`build` adds the pages.

    ``changed`` fires when something was written or taken back.
    """

    changed = Signal()

    def __init__(
        self, engine: Engine, preset: Preset, here: Here, frame: Beginning, preferred: Preferred
    ) -> None:
        super().__init__(frame)
        self._engine, self._preset, self._here = engine, preset, here
        self._preferred = preferred
        self._card: Card | None = None
        self._answers: list[str] = []
        self._job: Job | None = None
        self._frame = frame
        self.path, self.address, self.pages = frame.path, frame.address, frame.pages

    def build(self) -> Iterator[None]:
        """Add the other pages, one a step, as the window stands still for each."""
        self.servers = ServersPage()
        yield
        self.pages.addWidget(self.servers)
        yield
        self.program = ProgramPage()
        self.pages.addWidget(self.program)
        yield
        self.review = ReviewPage()
        self.pages.addWidget(self.review)
        yield
        self.done = DonePage()
        self.pages.addWidget(self.done)
        yield
        self.servers_steps = ServersSteps(self.servers, self.run, self._here, self._preset.question)
        self.file_steps = FileSteps(self.address, self.run)
        self.review_steps = ReviewSteps(self.review, self.run, self._here, self._engine)
        self.done_steps = DoneSteps(self.done, self.run, self._halt, self._here)
        yield
        # Pages of step 4 for those who take the settings along.
        self.handing = HandingSteps(self.review, self.run, self._here)
        for taken in self.handing.pages:
            self.pages.addWidget(taken)
        self._connect()
        bind(self._frame, {"Alt+Left": self._step_back})
        if self._frame.waiting is not None:
            self._typed(self._frame.waiting)

    def _connect(self) -> None:
        self._frame.back.connect(self._back_to)
        self.address.typed.connect(self._typed)
        self.file_steps.proposed.connect(self._propose)
        servers = self.servers
        servers.back.connect(lambda: self._back_to(ADDRESS))
        servers.halted.connect(self._halt)
        servers.accepted.connect(self._to_programs)
        self.program.back.connect(lambda: self._back_to(SERVERS))
        self.program.again.connect(self._look_again)
        self.program.wanted.connect(self._look_at)
        self.program.chosen.connect(self._to_review)
        self.review.back.connect(lambda: self._back_to(PROGRAM))
        self.review.again.connect(self._review)
        self.review.accept.connect(self._accept_weaker)
        self.review_steps.done.connect(self._to_done)
        self.handing.opened.connect(self._open)
        self.handing.followed.connect(self._followed)
        for taken in (self.handing.files, self.handing.guide, self.handing.code):
            taken.back.connect(self._back_from_hand)
        self.done.again.connect(lambda: self._back_to(PROGRAM))
        self.done.phone.connect(lambda: self.handing.take("code"))
        self.done_steps.changed.connect(self.changed)

    def say(self, sentence: str) -> None:
        """Something to know before the first step."""
        self.address.note.tell("update", sentence)

    def run(
        self,
        flow: Flow,
        event: Callable[[object], object],
        failed: Callable[[Trouble], object],
        asked: Callable[[object], object] | None = None,
    ) -> None:
        """Start *flow*; what ran before is stopped and says nothing any more."""
        self._halt()
        job = self._engine.start(flow)
        job.heard.connect(event)
        job.failed.connect(failed)
        if asked is not None:
            job.asked.connect(asked)
        self._job = job

    def _halt(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def arrive(self) -> None:
        """Focus to where the open page begins."""
        page = self.pages.currentWidget()
        assert isinstance(page, Page)  # noqa: S101 - only pages were added
        page.arrive()

    def _show(self, step: int) -> None:
        self.path.tell(step, tuple(self._answers[:step]))
        self.pages.setCurrentIndex(step)
        self.arrive()

    def _open(self, page: QWidget) -> None:
        """A page of step 4."""
        if self.pages.currentWidget() is not page:
            self.path.tell(REVIEW, tuple(self._answers[:REVIEW]))
            self.pages.setCurrentWidget(page)
            self.arrive()

    def _back_from_hand(self) -> None:
        """To where step 4 stood; what it had planned is still there."""
        self._halt()
        self._show(DONE if len(self._answers) > REVIEW else REVIEW)

    def _back_to(self, step: int) -> None:
        self._halt()
        if step == SERVERS and self.servers_steps.conclusion is None:
            step = ADDRESS
        del self._answers[step:]
        self._show(step)
        if step == REVIEW:
            # What was planned before may be done by now.
            self._review()

    def _step_back(self) -> None:
        now = self.pages.currentIndex()
        if now > DONE:
            self._back_from_hand()
        elif ADDRESS < now < DONE:
            self._back_to(now - 1)

    def _question(self, typed: Typed) -> Question:
        known = self._preferred.of(self._preset.question)
        servers = known.servers if typed.address == known.address else ()
        return replace(known, address=typed.address, real_name=typed.name or None, servers=servers)

    def _propose(self, typed: Typed, found: FoundInFile) -> None:
        self._answers = [str(typed.address)]
        self.servers_steps.propose(self._question(typed), found)
        self._show(SERVERS)

    def _typed(self, typed: Typed) -> None:
        self.servers_steps.question = self._question(typed)
        self._answers = [str(typed.address)]
        self.servers_steps.look()
        self._show(SERVERS)

    def _to_programs(self) -> None:
        looked, conclusion = self.servers_steps.looked, self.servers_steps.conclusion
        if looked is None or conclusion is None or conclusion.outgoing is None:
            return
        self._answers[1:] = [conclusion.outgoing.login.endpoint.host]
        self.program.tell(cards(looked.programs), looked.known)
        self._show(PROGRAM)

    def _look_again(self) -> None:
        steps, here = self.servers_steps, self._here
        assert steps.looked is not None  # noqa: S101 - the page is reached with an answer only
        probed, question = steps.looked.probed, steps.question
        self.run(lambda _a: look_again(probed, question, here), self._programs, steps.stuck)

    def _look_at(self, wanted: tuple[str, str | None, str | None]) -> None:
        steps, here = self.servers_steps, self._here
        assert steps.looked is not None  # noqa: S101 - as above
        probed, question = steps.looked.probed, steps.question
        self.run(lambda _a: look_at(probed, question, wanted, here), self._programs, steps.stuck)

    def _programs(self, event: object) -> None:
        if isinstance(event, Looked):
            self.servers_steps.looked = event
            self.program.tell(cards(event.programs), event.known)
        elif isinstance(event, LookedAt):
            self.program.add(event.program)

    def _to_review(self, card: Card) -> None:
        self._card = card
        self._answers[2:] = [card.title]
        self._show(REVIEW)
        self._review()

    def _review(self) -> None:
        """What will be set in the chosen program, or what a person takes along for it."""
        looked, question, card = self.servers_steps.looked, self.servers_steps.question, self._card
        assert looked is not None  # noqa: S101 - the page is reached with a card only
        assert card is not None  # noqa: S101
        self.handing.begin(question, looked.probed, card, codes=looked.codes)
        installation = card.program.installation
        if card.how is How.HERE and installation is not None:
            ways = ("file", "guide", *(("code",) if looked.codes else ()))
            self.review_steps.begin(question, installation, self._preset.password, ways)

    def _accept_weaker(self, host: str) -> None:
        steps = self.servers_steps
        weaker = steps.question.accepted_weaker | {host}
        steps.question = replace(steps.question, accepted_weaker=weaker)
        self._review()

    def _to_done(self, done: SetUpDone) -> None:
        self._answers[3:] = [changed(done.entry)]
        secret = self.review_steps.held or self._preset.password
        command = command_of(done.review.installation, self._here)
        self._finish(set_up_here(done, command), secret)
        self.review_steps.held = None
        self.changed.emit()

    def _followed(self, handed: HandedOver) -> None:
        self._answers[3:] = [_("by hand")]
        self._finish(set_up_by_hand(handed), self._preset.password)

    def _finish(self, finished: Finished, secret: Secret | None) -> None:
        self._show(DONE)
        steps = self.servers_steps
        codes = steps.looked is not None and steps.looked.codes
        self.done_steps.begin(steps.question, finished, secret, codes=codes)
