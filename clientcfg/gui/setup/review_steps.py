# SPDX-License-Identifier: MPL-2.0
"""What happens on page 4: the plan is made, agreed to, and carried out."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from clientcfg.flows.events import Proved, Reviewed, SetUpDone
from clientcfg.flows.here import Here
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted, Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.flows.start_program import to_front
from clientcfg.gui.engine import Asked, Engine
from clientcfg.gui.setup.open_program import OpenProgram
from clientcfg.gui.setup.review import ReviewPage
from clientcfg.gui.setup.review_model import same_but_store, waits
from clientcfg.gui.setup.start import start
from clientcfg.model.client import Installation
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class ReviewSteps(QObject):
    """Runs *set up* twice: dry, to show the plan, and for good. ``done`` carries the result.

    ``held`` is the password that was agreed to, until page 5 takes it over.
    """

    done = Signal(object)

    def __init__(
        self, page: ReviewPage, run: Callable[..., None], here: Here, engine: Engine
    ) -> None:
        super().__init__(page)
        self._page, self._run, self._here = page, run, here
        self.program = OpenProgram(page, engine, here)
        self.program.turned.connect(page.tell_running)
        self._wish: SetUp | None = None
        self._known: Secret | None = None
        self._ways: tuple[str, ...] = ()
        self.held: Secret | None = None
        self._name = ""
        self._waiting: Asked | None = None
        self._shown: Reviewed | None = None
        self._asked_again: Asked | None = None
        self._given_up = False
        # What brings the open program to the front, where anything is known to.
        self._front: tuple[str, ...] | None = None
        page.go.connect(self._go)
        page.gave_up.connect(self._give_up)
        page.front.connect(self._bring)

    def begin(
        self,
        question: Question,
        installation: Installation,
        known: Secret | None,
        ways: tuple[str, ...],
    ) -> None:
        """Make the plan for this program; *known* is a password that need not be typed.

        *ways*: what else is offered once it is there.
        """
        self._wish = SetUp(question, installation.client, installation.profile)
        self._name, self._known, self._ways = installation.name, known, ways
        self.look()

    def look(self) -> None:
        """Make the plan, against what is there now."""
        assert self._wish is not None  # noqa: S101 - the page is reached through begin
        wish = replace(self._wish, dry_run=True, show_both=True, store_password=False)
        here = self._here
        self.held = self._shown = self._asked_again = None
        self.program.forget()
        self._page.begin(self._name, self._known)
        self._run(
            lambda answerer: set_up(wish, answerer, here),
            self._planned,
            self._page.fail,
            self._asked,
        )

    def _planned(self, event: object) -> None:
        if isinstance(event, Reviewed):
            self._front = to_front(event.installation, self._here)
            self._page.tell(event, can_bring=self._front is not None)
            self._page.offer(self._ways)
            self._look_on()

    def _look_on(self) -> None:
        """Whether the program is opened or closed while the page is read."""
        review = self._page.review
        if review is not None and review.plan.steps:
            self.program.watch(review.installation)

    def _go(self, secret: Secret | None) -> None:
        # From here on the flow itself waits until it is closed.
        self.program.forget()
        self._given_up = False
        if self._asked_again is not None:
            self._page.working(_("Setting up…"))
            self._asked_again.answer(True)
            self._asked_again = None
            return
        assert self._wish is not None  # noqa: S101 - the page is reached through begin
        wish, here = replace(self._wish, store_password=secret is not None), self._here
        self.held = secret
        # What stands on the page is what was agreed to.
        self._shown = self._page.shown()
        self._page.working(_("Trying the password…") if secret else _("Setting up…"))
        if self._shown is not None and waits(self._shown):
            self._page.waiting(self._name)
        self._run(
            lambda answerer: set_up(wish, answerer, here), self._worked, self._failed, self._asked
        )

    def _worked(self, event: object) -> None:
        if isinstance(event, Proved) and event.ok is None:
            self._page.working(_("Trying the password…"))
        elif isinstance(event, SetUpDone):
            self._page.working(_("Done"))
            self.done.emit(event)

    def _failed(self, trouble: Trouble) -> None:
        self.held = None
        self._page.fail(trouble)
        self._look_on()

    def _asked(self, asked: Asked) -> None:
        match asked.wanted:
            case PasswordWanted():
                asked.answer(self.held)
            case ClientRuns() if self._given_up:
                asked.answer(False)
            case ClientRuns(installation):
                self._waiting = asked
                self._page.waiting(installation.name)
            case Reviewed() as review:
                self._agree(asked, review)
            case HostToConfirm(offer, domain):
                self._page.ask_host(domain, offer.endpoint.host, asked.answer)
            case _:
                asked.answer(None)

    def _agree(self, asked: Asked, review: Reviewed) -> None:
        """What was shown may be done; anything else is shown first."""
        if self._given_up and not review.installation.running:
            asked.answer(False)
            return
        if self._shown is not None and same_but_store(self._shown, review):
            asked.answer(True)
            return
        self._asked_again = asked
        # With the password where it was: a plan that keeps it shows itself as such.
        self._page.tell(replace(review, keeping=review), again=True)
        self._look_on()

    def _bring(self) -> None:
        if self._front is not None:
            start(self._front)

    def _give_up(self) -> None:
        """Stop waiting; where the flow has not come to that yet, it is told when it does."""
        self._given_up = True
        if self._waiting is not None:
            self._waiting.answer(False)
            self._waiting = None
        else:
            self._page.stopping()
