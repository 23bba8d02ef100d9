# SPDX-License-Identifier: MPL-2.0
"""Ctrl-C: once is enough, and what was begun is taken back before the program ends."""

import _thread
import signal
import sys
import threading
import time
from collections.abc import Coroutine
from functools import partial
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")

INTERRUPTED = 130

# A second one within this time (seconds) is the same impatience: it must not
# interrupt the tidying up.
PATIENCE = 3.0

# Where an event loop stands still: while a person types, and while files are
# written. There it is an exception at once, which takes back what was begun.
_AT_ONCE = ("clientcfg.changes.", "clientcfg.cli.answer")


class _Now:
    """What goes on in this process. ``last``: when Ctrl-C came (``time.monotonic()``), or 0."""

    last = 0.0
    main: Any = None  # the asyncio.Task of the command, while its loop runs


def listen() -> None:
    """From now on Ctrl-C ends what goes on, wherever the program is.

    With Python's own handler asyncio would only take note of it, and a prompt
    would wait on for Enter.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _unraisable


def came() -> bool:
    """Whether Ctrl-C was pressed; what fails after that failed because of it."""
    return _Now.last > 0


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run *work* in a loop of its own; Ctrl-C cancels it and is raised when it has tidied up."""
    import asyncio  # noqa: PLC0415 - 30 ms, not for --help

    async def main() -> T:
        asyncio.get_running_loop().set_exception_handler(_say_nothing)
        _Now.main = asyncio.current_task()
        try:
            return await work
        finally:
            _Now.main = None

    try:
        return asyncio.run(main())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def _interrupt(_number: int, frame: FrameType | None) -> None:
    now = time.monotonic()
    if came() and now - _Now.last < PATIENCE:
        return
    first = not came()
    _Now.last = now
    main = _Now.main
    if main is None or not first or _at_once(frame):
        raise KeyboardInterrupt
    main.cancel()
    main.get_loop().call_soon_threadsafe(lambda: None)  # it may be waiting for something


def _at_once(frame: FrameType | None) -> bool:
    while frame is not None:
        if str(frame.f_globals.get("__name__")).startswith(_AT_ONCE):
            return True
        frame = frame.f_back
    return False


def _say_nothing(loop: Any, context: dict[str, Any]) -> None:
    """The loop's handler of exceptions that nobody asked for."""
    if not came():
        loop.default_exception_handler(context)


def _unraisable(unraisable: Any) -> None:
    """What was raised where nothing can be raised, as while an object goes, is raised again."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        _Now.last = 0.0
        threading.Timer(0.01, _again).start()
    else:
        sys.__unraisablehook__(unraisable)


if sys.platform == "win32":
    _again = _thread.interrupt_main
else:
    # Unlike interrupt_main this also ends a system call that the main thread waits in.
    _again = partial(signal.pthread_kill, threading.main_thread().ident or 0, signal.SIGINT)
