# SPDX-License-Identifier: MPL-2.0
"""Waiting for something to become true, with a deadline and a sentence for when it does not."""

import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


def until(
    look: Callable[[], _T | None],
    seconds: float,
    otherwise: Callable[[], str],
    step: float = 0.02,
) -> _T:
    """The first true answer of ``look``, asked again every ``step`` seconds.

    Raises :class:`TimeoutError` with the text of ``otherwise`` after ``seconds``.
    """
    deadline = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(otherwise())
        time.sleep(step)
