# SPDX-License-Identifier: MPL-2.0
"""When no more sources need to be waited for.

One source's servers for sending and for receiving have both proved who they
are, and whoever would be believed more has answered, or had a moment to.
"""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Final

from clientcfg.flows.find import NAMED, order_of, wanted_of
from clientcfg.flows.question import Question
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.offer import SourceAnswer
from clientcfg.model.report import EndpointReport

# What a better source has (seconds) after a lesser one's servers held.
GRACE: Final = 0.3


class Enough:
    """Sets ``event`` when it is so. Call :meth:`look` whenever something has come."""

    def __init__(self, question: Question) -> None:
        self.event = asyncio.Event()
        self._question = question
        self._later: asyncio.TimerHandle | None = None

    def look(
        self, answers: Iterable[SourceAnswer], reports: Mapping[Endpoint, EndpointReport]
    ) -> None:
        """Look at what has answered so far."""
        told = {answer.name: answer for answer in answers}
        order = (NAMED, *(order_of(self._question) if told.keys() - {NAMED} else ()))
        for place, name in enumerate(order):
            answer = told.get(name)
            if answer is None or not self._holds(answer, reports):
                continue
            if all(better in told or better == NAMED for better in order[:place]):
                self.event.set()
            elif self._later is None:
                self._later = asyncio.get_running_loop().call_later(GRACE, self.event.set)
            return

    def close(self) -> None:
        """Nothing is waited for any more."""
        if self._later is not None:
            self._later.cancel()

    def _holds(self, answer: SourceAnswer, reports: Mapping[Endpoint, EndpointReport]) -> bool:
        held = {
            offer.endpoint.protocol
            for offer in wanted_of(self._question, answer)
            if offer.endpoint in reports and reports[offer.endpoint].trusted
        }
        return Protocol.SMTP in held and bool(held & {Protocol.IMAP, Protocol.POP3})
