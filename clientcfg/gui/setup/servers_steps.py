# SPDX-License-Identifier: MPL-2.0
"""What happens on page 2: servers are asked, a person decides, and they are asked again."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.flows.settings_file import FoundInFile
from clientcfg.flows.take_way import trusting, under_name
from clientcfg.gui.setup.by_hand_model import NamedServers, named_in, question_by_hand
from clientcfg.gui.setup.look import Looked, look
from clientcfg.gui.setup.servers import ServersPage
from clientcfg.gui.setup.servers_model import Conclusion, conclude, trouble
from clientcfg.gui.setup.ways_model import Consent
from clientcfg.gui.words import advice_here
from clientcfg.model.trouble import Trouble, WrongUsage


class ServersSteps(QObject):
    """``question`` is what is asked now, ``looked`` the answer, ``conclusion`` what it means."""

    def __init__(
        self, page: ServersPage, run: Callable[..., None], here: Here, question: Question
    ) -> None:
        super().__init__(page)
        self._page, self._run, self._here = page, run, here
        self.question = question
        self.looked: Looked | None = None
        self.conclusion: Conclusion | None = None
        page.again.connect(self.look)
        page.named.connect(self._named)
        page.agreed.connect(self._agreed)
        page.took_name.connect(self._under_name)
        page.took_certificate.connect(self._trust)
        page.allowed.connect(self._allow)

    def look(self) -> None:
        """Ask, from the beginning."""
        question, here = self.question, self._here
        self.looked = self.conclusion = None
        self._page.begin(question.domain or "", question.timeout)
        self._run(lambda _answerer: look(question, here), self._heard, self.stuck)

    def propose(self, question: Question, found: FoundInFile) -> None:
        """Servers from a file, in the form: nobody is asked before a person says so."""
        self.question, self.looked, self.conclusion = question, None, None
        self._page.propose(found.name, named_in(found))

    def _look_with(self, question: Question) -> None:
        """A person has decided something, so the servers are asked again at once."""
        self.question = question
        self.look()

    def _heard(self, event: object) -> None:
        if isinstance(event, Looked):
            self.looked = event
            self._conclude(conclude(self.question, event.probed, event.log_in))
        else:
            self._page.watch(event)

    def stuck(self, error: Trouble) -> None:
        """It could not go on."""
        self._conclude(trouble(error, self.question))

    def _conclude(self, conclusion: Conclusion) -> None:
        self.conclusion = conclusion
        probed = self.looked.probed if self.looked is not None else None
        self._page.conclude(conclusion, probed, self.question.username or "")

    def _named(self, named: NamedServers) -> None:
        base = replace(self.question, servers=(), username=None, smtp_username=None)
        try:
            question = question_by_hand(base, named)
        except WrongUsage as e:
            self._page.say_form_problem(" ".join((e.text, *advice_here(e))))
            return
        self._look_with(question)

    def _under_name(self, name: str) -> None:
        if self.looked is not None:
            self._look_with(under_name(self.question, self.looked.probed, name))

    def _trust(self, sha256: str) -> None:
        if self.looked is not None:
            self._look_with(trusting(self.question, self.looked.probed.ways_on, sha256))

    def _allow(self, consent: str) -> None:
        whole, guess = consent == Consent.ADDRESS, consent == Consent.GUESS
        asked = self.question
        self._look_with(
            replace(asked, send_address=asked.send_address or whole, guess=asked.guess or guess)
        )

    def _agreed(self) -> None:
        assert self.conclusion is not None  # noqa: S101 - the button stands on its page only
        assert self.looked is not None  # noqa: S101
        hosts = {offer.endpoint.host for offer in self.conclusion.confirm}
        accepted = self.question.accepted_hosts | hosts
        self.question = replace(self.question, accepted_hosts=accepted)
        self._conclude(conclude(self.question, self.looked.probed, self.looked.log_in))
