# SPDX-License-Identifier: MPL-2.0
"""Yes, no, unknown: Kleene's three-valued logic, which all advice is made of."""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """What is known of a claim. *Unknown* is an answer, never a guess."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def all_of(answers: Iterable[Answer]) -> Answer:
    """*No* if one is no, *yes* if all are yes (also of none), else *unknown*."""
    found = set(answers)
    if Answer.NO in found:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.YES


def any_of(answers: Iterable[Answer]) -> Answer:
    """*Yes* if one is yes, *no* if all are no (also of none), else *unknown*."""
    found = set(answers)
    if Answer.YES in found:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.NO


def known(value: bool) -> Answer:
    """A fact that was seen, as an answer."""
    return Answer.YES if value else Answer.NO
