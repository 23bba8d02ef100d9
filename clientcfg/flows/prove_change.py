# SPDX-License-Identifier: MPL-2.0
"""Proving what was set up just now: the history of that change tells of it afterwards."""

from collections.abc import AsyncIterator
from dataclasses import replace

from clientcfg.changes.entry import Delivery
from clientcfg.flows.events import Event, Proved, VerifyDone
from clientcfg.flows.here import Here
from clientcfg.flows.prove import verify
from clientcfg.flows.question import Answerer, Question
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

# How long another clientcfg is waited for (seconds); a note in the history is worth no more.
_PATIENCE = 1.0


async def verify_change(
    change: str | None, question: Question, answerer: Answerer, here: Here
) -> AsyncIterator[Event]:
    """As :func:`verify`; the entry *change* of the journal is told how it ended.

    None: nothing was written, so there is nothing to tell. What cannot be noted
    down stops nothing and is said.
    """
    async for event in verify(question, answerer, here.remembered, rules_for=here.rules):
        if change is not None and isinstance(event, VerifyDone) and event.sent:
            try:
                _note(change, event, here)
            except Trouble as trouble:
                text = _("The history could not be told of this test: {why}")
                yield Proved("noted", False, text.format(why=trouble.text))
        yield event


def _note(change: str, done: VerifyDone, here: Here) -> None:
    with here.journal.alone(deadline=_PATIENCE):
        entry = here.journal.entry(change)
        here.journal.write(replace(entry, tested=Delivery(here.now(), done.seen)))
