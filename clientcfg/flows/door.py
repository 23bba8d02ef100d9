# SPDX-License-Identifier: MPL-2.0
"""The one door through which flows reach a server to log in: trusted, and no weaker than before."""

from collections.abc import Iterable

from clientcfg.flows.choose import Choice
from clientcfg.flows.probe import resolve_for
from clientcfg.flows.question import Question
from clientcfg.flows.remembered import Remembered, as_named, offered
from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import TrustedChannel
from clientcfg.model.report import ServerReport
from clientcfg.model.trouble import Trouble
from clientcfg.probe.driver import open_channel
from clientcfg.words import _


class Door:
    """For one question. ``remembered`` None: nothing is held against anything."""

    def __init__(self, question: Question, remembered: Remembered | None) -> None:
        self.question = question
        self._remembered = remembered

    def refuse_weaker(self, choices: Iterable[Choice], report: ServerReport | None) -> None:
        """Before a password is asked for: raises :class:`Refused` "weaker-than-before".

        *report* None: nobody was asked.
        """
        if self._remembered is None:
            return
        seen = {} if report is None else {r.endpoint: r for r in report.endpoints}
        for login in (choice.login for choice in choices):
            there = seen.get(login.endpoint)
            now = (
                as_named(login.endpoint, self.question)
                if there is None
                else offered(there, self.question)
            )
            self._remembered.refuse_weaker(self.question, login, now)

    async def open(self, login: ServerLogin, waiting: float = 0.0) -> TrustedChannel:
        """A trusted channel; its deadline is the question's and *waiting* seconds.

        What the probe saw does not count here: this connection is looked at again.
        """
        channel = await open_channel(
            login.endpoint,
            trust=self.question.trust,
            timeout=self.question.timeout + waiting,
            resolve=resolve_for(self.question),
        )
        if self._remembered is not None:
            now = offered(channel.report, self.question)
            try:
                self._remembered.refuse_weaker(self.question, login, now)
            except Trouble:
                await channel.wire.close()
                raise
        return channel

    def passed(self, login: ServerLogin, channel: TrustedChannel) -> tuple[str, ...]:
        """The log-in succeeded; remember how it was protected. A sentence where that failed."""
        if self._remembered is None:
            return ()
        try:
            self._remembered.keep(self.question, login, channel)
        except Trouble as trouble:
            text = _("How well this log-in was protected could not be noted down: {why}")
            return (text.format(why=trouble.text),)
        return ()
