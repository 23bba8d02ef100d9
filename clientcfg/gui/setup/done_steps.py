# SPDX-License-Identifier: MPL-2.0
"""What happens on page 5: the test message, and the way back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from clientcfg.flows.events import UndoDone, VerifyDone
from clientcfg.flows.here import Here
from clientcfg.flows.prove_change import verify_change
from clientcfg.flows.question import ClientRuns, PasswordWanted, Question
from clientcfg.flows.undo import undo
from clientcfg.gui.engine import FROM_STORE, Asked
from clientcfg.gui.setup.done import DonePage
from clientcfg.gui.setup.done_model import Finished
from clientcfg.gui.setup.start import start
from clientcfg.model.account import Account
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble


class DoneSteps(QObject):
    """Runs *verify* and *undo*. ``changed`` fires when something was taken back."""

    changed = Signal()

    def __init__(
        self, page: DonePage, run: Callable[..., None], halt: Callable[[], None], here: Here
    ) -> None:
        super().__init__(page)
        self._page, self._run, self._halt, self._here = page, run, halt, here
        self._question = Question()
        self._finished: Finished | None = None
        self._secret: Secret | None = None
        self._refused = False
        self._wanted: Asked | None = None
        self._waiting: Asked | None = None
        page.test.connect(self._test)
        page.halt.connect(self._stop)
        page.undo.connect(self._undo)
        page.password.connect(self._give)
        page.accept.connect(self._accept)
        page.gave_up.connect(self._give_up)
        page.start.connect(self._start)

    def begin(
        self, question: Question, finished: Finished, secret: Secret | None, *, codes: bool
    ) -> None:
        """It is set; *secret* is the password, if it is known already."""
        self._question = of_account(question, finished.account)
        self._finished, self._secret, self._refused = finished, secret, False
        self._page.begin(finished, codes=codes)

    def _test(self) -> None:
        question, here = self._question, self._here
        change = None if self._finished is None else self._finished.change
        self._page.testing()
        self._run(
            lambda answerer: verify_change(change, question, answerer, here),
            self._watch,
            self._failed,
            self._asked,
        )

    def _watch(self, event: object) -> None:
        self._page.watch(event)
        if isinstance(event, VerifyDone):
            self._page.tested(event, str(self._question.address))

    def _failed(self, trouble: Trouble) -> None:
        # A password that was refused is not tried twice, nor the store that had it.
        self._secret, self._refused = None, True
        self._page.test_failed(trouble)

    def _stop(self) -> None:
        self._halt()
        self._wanted = None
        self._page.stopped()

    def _accept(self, host: str) -> None:
        weaker = self._question.accepted_weaker | {host}
        self._question = replace(self._question, accepted_weaker=weaker)
        self._test()

    def _asked(self, asked: Asked) -> None:
        match asked.wanted:
            case PasswordWanted() as wanted:
                if self._secret is not None:
                    asked.answer(self._secret)
                elif wanted.store is None and not self._refused:
                    asked.answer(FROM_STORE)
                else:
                    self._wanted = asked
                    self._page.want(wanted)
            case ClientRuns(installation):
                self._waiting = asked
                self._page.waiting(installation.name)
            case _:
                asked.answer(False)

    def _give(self, secret: Secret) -> None:
        self._secret = secret
        if self._wanted is not None:
            self._wanted.answer(secret)
            self._wanted = None

    def _undo(self, manner: str) -> None:
        if self._finished is None or self._finished.change is None:
            return
        number, here = self._finished.change, self._here
        self._page.undoing()
        self._run(
            lambda answerer: undo(
                number, answerer, here, keep=manner == "keep", force=manner == "force"
            ),
            self._undone,
            self._page.undo_failed,
            self._asked,
        )

    def _undone(self, event: object) -> None:
        if isinstance(event, UndoDone):
            self._secret = None
            self._page.undone(event)
            self.changed.emit()

    def _give_up(self) -> None:
        if self._waiting is not None:
            self._waiting.answer(False)
            self._waiting = None

    def _start(self) -> None:
        """Open the program; it does not end with us."""
        if self._finished is not None and self._finished.command is not None:
            start(self._finished.command)


def of_account(question: Question, account: Account) -> Question:
    """*question* for just the servers and user names that were set."""
    logins = tuple(login for login in (account.outgoing, account.incoming) if login is not None)
    return replace(
        question,
        servers=tuple(login.endpoint for login in logins),
        username=logins[-1].username,
        smtp_username=account.outgoing.username,
    )
