# SPDX-License-Identifier: MPL-2.0
"""The answer about a domain that nobody is asked about, so that it has its place among the others."""

from typing import Final

from clientcfg.discover.source import Ask, Source
from clientcfg.discover.special import why_not_asked
from clientcfg.model.offer import Outcome, SourceAnswer

NAME: Final = "special"


async def ask(question: Ask) -> SourceAnswer:
    """Say why."""
    return SourceAnswer(NAME, None, Outcome.NO, why_not_asked(question.domain) or "", 0.0)


SPECIAL: Final = Source(NAME, ask, offline=True)
