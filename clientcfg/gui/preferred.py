# SPDX-License-Identifier: MPL-2.0
"""What the person prefers right now, for everything in the window that asks."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientcfg.flows.preferences import Preferences

if TYPE_CHECKING:
    from clientcfg.flows.question import Question


@dataclass(slots=True)
class Preferred:
    """``now`` is replaced when a person changes something; a question takes what it is then."""

    now: Preferences = field(default_factory=Preferences)

    def of(self, question: "Question") -> "Question":
        """*question* with what the person allows in every one."""
        return self.now.of(question)
