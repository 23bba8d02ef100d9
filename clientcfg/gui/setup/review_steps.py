# SPDX-License-Identifier: MPL-2.0
"""What happens on page 4: the plan is made, agreed to, and carried out."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from clientcfg.flows.events import Proved, Reviewed, SetUpDone
from clientcfg.flows.here import Here
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted, Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.gui.engine import Asked
from clientcfg.gui.setup.program_model import Card
from clientcfg.gui.setup.review import ReviewPage
from clientcfg.gui.setup.review_model import same_but_password
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class ReviewSteps(QObject):
    """Runs *set up* twice: dry, to show the plan, and for good. ``done`` carries the result.

    ``held`` is the password that was agreed to, until page 5 takes it over.
    """

    done = Signal(object)

    def __init__(self, page: ReviewPage, run: Callable[..., None], here: Here) -> None:
        super().__init__(page)
        self._page, self._run, self._here = page, run, here
        self._wish: SetUp | None = None
        self._known: Secret | None = None
        self.held: Secret | None = None
        self._name = ""
        self._waiting: Asked | None = None
        self._shown: Reviewed | None = None
        self._asked_again: Asked | None = None
        page.go.connect(self._go)
        page.gave_up.connect(self._give_up)
        page.again.connect(self.look)

    def begin(self, question: Question, card: Card, known: Secret | None) -> None:
        """Make the plan for this program; *known* is a password that need not be typed."""
        installation = card.program.installation
        self._wish = SetUp(question, installation.client, installation.profile)
        self._name, self._known = installation.name, known
        self.look()

    def look(self) -> None:
        """Make the plan, against what is there now."""
        assert self._wish is not None  # noqa: S101 - the page is reached through begin
        wish, here = replace(self._wish, dry_run=True, store_password=False), self._here
        self.held = self._shown = self._asked_again = None
        self._page.begin(self._name, self._known)
        self._run(
            lambda answerer: set_up(wish, answerer, here),
            self._planned,
            self._page.fail,
            self._asked,
        )

    def _planned(self, event: object) -> None:
        if isinstance(event, Reviewed):
            self._shown = event
            self._page.tell(event)

    def _go(self, secret: Secret | None) -> None:
        if self._asked_again is not None:
            self._page.working(_("Setting up…"))
            self._asked_again.answer(True)
            self._asked_again = None
            return
        assert self._wish is not None  # noqa: S101 - the page is reached through begin
        wish, here = replace(self._wish, store_password=secret is not None), self._here
        self.held = secret
        self._page.working(_("Trying the password…") if secret else _("Setting up…"))
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

    def _asked(self, asked: Asked) -> None:
        match asked.wanted:
            case PasswordWanted():
                asked.answer(self.held)
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
        if self._shown is not None and same_but_password(self._shown, review):
            asked.answer(True)
            return
        self._shown, self._asked_again = review, asked
        self._page.tell(review)

    def _give_up(self) -> None:
        if self._waiting is not None:
            self._waiting.answer(False)
            self._waiting = None
