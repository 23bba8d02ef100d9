# SPDX-License-Identifier: MPL-2.0
"""What happens where a person sets a program up: files are saved, steps and codes are shown."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from clientcfg.flows.events import ProbeDone
from clientcfg.flows.hand_over import (
    Codes,
    HandedOver,
    PageWritten,
    Written,
    codes,
    hand_over,
    write_files,
    write_page,
)
from clientcfg.flows.here import Here
from clientcfg.flows.question import HostToConfirm, Question
from clientcfg.gui.engine import Asked
from clientcfg.gui.setup import where
from clientcfg.gui.setup.code import CodePage
from clientcfg.gui.setup.files import FilesPage
from clientcfg.gui.setup.guide import GuidePage
from clientcfg.gui.setup.program_model import Card, How
from clientcfg.gui.setup.review import ReviewPage
from clientcfg.gui.setup.review_model import handing
from clientcfg.model.client import ClientVersion
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class HandingSteps(QObject):
    """``opened`` carries the page to show; ``followed`` the settings that a person has made."""

    opened = Signal(object)
    followed = Signal(object)

    def __init__(self, review: ReviewPage, run: Callable[..., None], here: Here) -> None:
        super().__init__(review)
        self._review, self._run, self._here = review, run, here
        self.files, self.guide, self.code = FilesPage(), GuidePage(), CodePage()
        self._question = Question()
        self._probed: ProbeDone | None = None
        self._client: ClientVersion | None = None
        self._handed: HandedOver | None = None
        self._then: Callable[[HandedOver], object] = lambda _handed: None
        review.take.connect(self.take)
        self.files.elsewhere.connect(lambda: self.take("file"))
        self.files.open.connect(where.open_folder)
        self.guide.save.connect(self._save_page)
        self.guide.print.connect(self._print)
        self.guide.done.connect(self._followed)
        self.code.done.connect(self._followed)

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """The pages that it leads to."""
        return (self.files, self.guide, self.code)

    def begin(self, question: Question, probed: ProbeDone, card: Card, *, codes: bool) -> None:
        """For this program. One that clientcfg does not write itself is made ready at once."""
        self._question, self._probed = question, probed
        self._client, self._handed = card.program.known, None
        if card.how is How.HERE:
            return

        def tell(handed: HandedOver) -> None:
            shown = handing(card, handed, codes=codes)
            self._review.tell_by_hand(shown)
            ways = ("file", "guide", *(("code",) if codes else ()))
            self._review.offer(tuple(way for way in ways if way != shown.first))

        self._review.begin(card.name, None)
        self._make(tell)

    def take(self, what: str) -> None:
        """Save as file, show me how, or the code for the phone."""
        if what == "code":
            self._show_code()
        elif what == "guide":
            self._make(self._show_guide)
        else:
            folder = where.ask_folder(self._review)
            if folder:
                self._make(lambda handed: self._write(handed, folder))

    def again(self) -> None:
        """The same program once more, after it failed."""
        self._make(self._then)

    def _make(self, then: Callable[[HandedOver], object]) -> None:
        self._then = then
        if self._handed is not None:
            then(self._handed)
            return
        assert self._probed is not None  # noqa: S101 - the page is reached through begin
        assert self._client is not None  # noqa: S101
        question, probed, client, here = self._question, self._probed, self._client, self._here
        self._run(
            lambda answerer: hand_over(question, probed, client, answerer, here),
            self._made,
            self._review.fail,
            self._asked,
        )

    def _made(self, event: object) -> None:
        if isinstance(event, HandedOver):
            self._handed = event
            self._then(event)

    def _show_guide(self, handed: HandedOver) -> None:
        self.guide.tell(handed)
        self.opened.emit(self.guide)

    def _write(self, handed: HandedOver, folder: str) -> None:
        here = self._here
        self._run(
            lambda _answerer: write_files(handed.export, folder, here),
            self._written,
            self._not_written,
        )

    def _written(self, event: object) -> None:
        if isinstance(event, Written):
            self.files.tell(event.export, event.folder)
            self.opened.emit(self.files)

    def _not_written(self, trouble: Trouble) -> None:
        self.files.fail(trouble)
        self.opened.emit(self.files)

    def _show_code(self) -> None:
        assert self._probed is not None  # noqa: S101 - the page is reached through begin
        question, probed, here = self._question, self._probed, self._here
        self.code.begin()
        self.opened.emit(self.code)
        self._run(
            lambda answerer: codes(question, probed, answerer, here),
            self._coded,
            self.code.fail,
            self._asked,
        )

    def _coded(self, event: object) -> None:
        if isinstance(event, Codes):
            self.code.tell(event)

    def _save_page(self) -> None:
        handed, here = self._handed, self._here
        if handed is None:
            return
        path = where.ask_page(self.guide, f"{handed.guide.client}.html")
        if path:
            self._run(
                lambda _answerer: write_page(handed.html, path, here),
                self._page_written,
                self.guide.fail,
            )

    def _page_written(self, event: object) -> None:
        if isinstance(event, PageWritten):
            self.guide.saved(event.path)

    def _print(self) -> None:
        # Only here: printing is heavy, and most never do.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

        if self._handed is None:
            return
        printer = QPrinter()
        dialog = QPrintDialog(printer, self.guide)
        dialog.setWindowTitle(_("Print the page"))
        if dialog.exec():
            document = QTextDocument()
            document.setHtml(self._handed.html)
            document.print_(printer)

    def _followed(self) -> None:
        if self._handed is not None:
            self.followed.emit(self._handed)
        else:
            self._make(self.followed.emit)

    def _asked(self, asked: Asked) -> None:
        match asked.wanted:
            case HostToConfirm(offer, domain):

                def answer(yes: object) -> None:
                    asked.answer(yes)
                    self._review.primary.show()

                self.opened.emit(self._review)
                self._review.ask_host(domain, offer.endpoint.host, answer)
            case _:
                asked.answer(None)
