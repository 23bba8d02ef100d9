# SPDX-License-Identifier: MPL-2.0
"""One condition of a way in: a claim, its answer, and where that comes from."""

from dataclasses import dataclass

from clientcfg.model.answer import Answer
from clientcfg.model.client import Ability, ClientVersion
from clientcfg.model.verdict import Advice
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Condition:
    """A claim that has to hold. ``code`` is stable and kebab-case.

    ``text`` is one sentence that says the answer; for *unknown* it is the fact
    that is missing, beginning with "whether". ``evidence`` is a transcript line
    or a source, None where there is nothing to show. ``step``: what a person has
    to do first, where the answer is a yes only then; ``later``: what to think of
    in time.
    """

    code: str
    answer: Answer
    text: str
    evidence: str | None = None
    step: Advice | None = None
    later: Advice | None = None


def label(client: ClientVersion) -> str:
    """The program as a sentence names it: with its version, unless its name says that."""
    if client.version is None:
        return client.name
    # "16.0 (2024)" adds nothing to a name that says 2024, nor does "2003" to one of 2003.
    year = client.version.rpartition("(")[2].rstrip(")")
    if year in client.name.split():
        return client.name
    return f"{client.name} {client.version}"


def plain(
    code: str, client: ClientVersion, ability: Ability, texts: dict[Answer, str]
) -> Condition:
    """One ability as a condition; a report is told, and decides nothing."""
    text = texts[ability.value].format(client=label(client))
    if ability.value is Answer.UNKNOWN:
        text = with_report(text, ability.reported)
    return Condition(code, ability.value, text, ability.source or None)


def with_report(text: str, reported: Answer | None) -> str:
    """*text* of a missing fact, with what is said about it."""
    if reported is None:
        return text
    said = {
        Answer.YES: _("{text} (it is said to, but that is not confirmed)"),
        Answer.NO: _("{text} (it is said not to, but that is not confirmed)"),
    }
    return said[reported].format(text=text) if reported in said else text
