# SPDX-License-Identifier: MPL-2.0
"""Ctrl-C: once is enough, and what was begun is taken back before the program ends."""

import signal
import sys
import threading
import time
from types import FrameType
from typing import Any

INTERRUPTED = 130

# A second one within this time (seconds) is the same impatience: it must not
# interrupt the tidying up.
PATIENCE = 3.0

_last = 0.0  # time.monotonic() of the last one


def listen() -> None:
    """From now on Ctrl-C raises :class:`KeyboardInterrupt`, wherever the program is.

    With Python's own handler asyncio would only take note of it, and a prompt
    would wait on for Enter.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _unraisable


def came() -> bool:
    """Whether Ctrl-C was pressed; what fails after that failed because of it."""
    return _last > 0


def say_nothing_of_it(loop: Any, context: dict[str, Any]) -> None:
    """An event loop's handler of exceptions that nobody asked for."""
    if not came():
        loop.default_exception_handler(context)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    global _last  # noqa: PLW0603 - a signal belongs to the whole process
    now = time.monotonic()
    if not _last or now - _last >= PATIENCE:
        _last = now
        raise KeyboardInterrupt


def _unraisable(unraisable: Any) -> None:
    """What was raised where nothing can be raised, as while an object goes, is raised again."""
    global _last  # noqa: PLW0603
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        _last = 0.0
        threading.Timer(0.01, signal.pthread_kill, _MAIN).start()
    else:
        sys.__unraisablehook__(unraisable)


_MAIN = (threading.main_thread().ident or 0, signal.SIGINT)
