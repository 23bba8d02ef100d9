# SPDX-License-Identifier: MPL-2.0
"""One condition of a way in: a claim, its answer, and where that comes from."""

from dataclasses import dataclass

from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion


@dataclass(frozen=True, slots=True)
class Condition:
    """A claim that has to hold. ``code`` is stable and kebab-case.

    ``text`` is one sentence that says the answer; for *unknown* it is the fact
    that is missing, beginning with "whether". ``evidence`` is a transcript line
    or a catalog source, None where there is nothing to show.
    """

    code: str
    answer: Answer
    text: str
    evidence: str | None = None


def label(client: ClientVersion) -> str:
    """The program as a sentence names it: with its version where that is known."""
    return f"{client.name} {client.version}" if client.version else client.name
