# SPDX-License-Identifier: MPL-2.0
"""What can go wrong, as a small tree: each with a sentence for people.

A trouble says what happened and what it means in ``text`` and what to do in
``advice``. Its class decides the exit status of ``interface`` scripts.
"""

from typing import Any, ClassVar


class Trouble(Exception):
    """Something a person must be told. Never raised bare; see the subclasses.

    ``code`` is a stable kebab-case word for scripts; ``text`` one or two
    sentences; ``advice`` what to do, best first.
    """

    status: ClassVar[int] = 70

    def __init__(self, code: str, text: str, *advice: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.advice = advice

    @property
    def lines(self) -> tuple[str, ...]:
        """What is to be seen in full between text and advice: a table, a plan."""
        return ()

    @property
    def facts(self) -> dict[str, Any]:
        """The same for scripts: more keys for the error document, JSON-ready."""
        return {}


class No(Trouble):
    """The answer is no, or somebody has to act first."""

    status = 1


class WrongUsage(Trouble):
    """The question, or a file that it names, cannot be read."""

    status = 2


class NotFoundOut(Trouble):
    """Could not find out: network, time-out, a missing part of this machine."""

    status = 3


class Refused(Trouble):
    """Going on would be unsafe, so it was not done and nothing was changed."""

    status = 4
