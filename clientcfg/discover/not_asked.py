# SPDX-License-Identifier: MPL-2.0
"""A domain that nobody is asked about has its answer among the others, too."""

from typing import Final

from clientcfg.discover.source import Ask, Source
from clientcfg.discover.special import why_not_asked
from clientcfg.model.offer import Outcome, SourceAnswer

NAME: Final = "special"


async def ask(question: Ask) -> SourceAnswer:
    """Say why."""
    return SourceAnswer(NAME, None, Outcome.NO, why_not_asked(question.domain) or "", 0.0)


SPECIAL: Final = Source(NAME, ask, offline=True)
