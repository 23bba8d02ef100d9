# SPDX-License-Identifier: MPL-2.0
"""The command line on a made-up machine on which one thing goes wrong.

``python -m tests.support.provoked WHAT ROOT ARGUMENT…`` is as
:mod:`tests.support.on_machine`, but WHAT happens. The client's login store is
one of our own, so that it works without any client.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from clientcfg.changes import fill as filling
from clientcfg.changes.disk import RealDisk
from clientcfg.changes.disk_trouble import trouble_of
from clientcfg.flows.here import Here
from tests.support import on_machine

KEY = b"SQLite format 3\0 a key"


def sealed(
    store: Mapping[str, bytes | None], texts: Sequence[str]
) -> tuple[Sequence[str], Mapping[str, bytes]]:
    """As NSS would: nothing of the texts can be seen; a key is made where there is none."""
    blobs = [f"MDo{sum(text.encode()):06d}{len(text):04d}==" for text in texts]
    return blobs, {"key4.db": store.get("key4.db") or KEY}


def _here_with_store(_here: Here, _installation: object) -> Mapping[str, Any]:
    return {"nss-sdr": sealed}


def _nothing(_stack: ExitStack) -> None:
    """Nothing goes wrong."""


def _defect(stack: ExitStack) -> None:
    """A fault of our own, with the password in its very text, just where it is revealed."""

    def broken(part: Any, secrets: filling.Secrets) -> str:
        text = secrets["password"].reveal()
        raise ValueError(f"cannot use {text!r}", text)

    stack.enter_context(patch.object(filling, "_text", broken))


def _defect_in_log_in(stack: ExitStack) -> None:
    """The same inside a log-in."""

    def broken(*arguments: Any) -> Any:
        raise KeyError(arguments[2].reveal())

    stack.enter_context(patch("clientcfg.verify.exchange.conversation", broken))


def _full(stack: ExitStack) -> None:
    """The disk is full when the second new file is written."""
    _at(stack, "create", 4, lambda path: _fail(errno.ENOSPC, path))


def _input_output(stack: ExitStack) -> None:
    """The disk breaks when the first file is put in its place."""
    _at(stack, "rename", 3, lambda path: _fail(errno.EIO, path))


def _ctrl_c(stack: ExitStack) -> None:
    """The person presses Ctrl-C while files are written."""
    _at(stack, "create", 4, lambda _path: os.kill(os.getpid(), signal.SIGINT))


def _no_library(stack: ExitStack) -> None:
    """The client's own library is asked, and is not there."""
    stack.enter_context(patch.object(Here, "encoders", _REAL_ENCODERS))


def _fail(number: int, path: str) -> None:
    raise trouble_of(OSError(number, os.strerror(number)), path)


def _at(stack: ExitStack, name: str, count: int, what: Callable[[str], None]) -> None:
    """*what* happens with call number *count* of a disk operation."""
    real, left = getattr(RealDisk, name), [count]

    def operation(disk: RealDisk, path: str, *more: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            what(path)
        return real(disk, path, *more, **named)

    stack.enter_context(patch.object(RealDisk, name, operation))


def _demo_canary(stack: ExitStack) -> None:
    """The demo's own password is the one on standard input."""
    canary = sys.stdin.readline().rstrip("\n")
    stack.enter_context(patch("secrets.token_urlsafe", lambda _octets: canary))


_REAL_ENCODERS = Here.encoders
WHAT: dict[str, Callable[[ExitStack], None]] = {
    "nothing": _nothing,
    "defect": _defect,
    "defect-in-log-in": _defect_in_log_in,
    "full": _full,
    "input-output": _input_output,
    "ctrl-c": _ctrl_c,
    "no-library": _no_library,
    "demo-canary": _demo_canary,
}

if __name__ == "__main__":
    what, root, *arguments = sys.argv[1:]
    with ExitStack() as stack:
        stack.enter_context(patch.object(Here, "encoders", _here_with_store))
        WHAT[what](stack)
        on_machine.run(root, arguments)
