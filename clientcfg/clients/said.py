# SPDX-License-Identifier: MPL-2.0
"""What another program prints about itself, asked so that nothing can go wrong by it.

No shell, no standard input, no display, a process group of its own, a
deadline, and an end to what it may print.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Final

assert sys.platform != "win32"  # noqa: S101 - Machine.says sees to it

ENOUGH: Final = 65_536
_GLANCE: Final = 0.02  # seconds between two looks whether it has ended


def said(command: Sequence[str], environ: Mapping[str, str], deadline: float) -> str | None:
    """What *command* prints on standard output; None if it can't be run or does not end.

    *environ* is its whole environment; *deadline* is in seconds. After
    :data:`ENOUGH` bytes it is ended, and what came so far is the answer.
    """
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            cwd="/",
            bufsize=0,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    try:
        output = _output(child, time.monotonic() + deadline)
    finally:
        _end(child)
    return None if output is None else output[:ENOUGH].decode("utf-8", "replace")


def _output(child: "subprocess.Popen[bytes]", end: float) -> bytes | None:
    """Everything up to its end, however long something that it left behind holds the pipe."""
    assert child.stdout is not None  # noqa: S101 - it was asked for
    output = b""
    os.set_blocking(child.stdout.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while time.monotonic() < end:
            ended = _has_ended(child)
            while piece := _piece(child.stdout.fileno()):
                output += piece
                if len(output) >= ENOUGH:
                    return output
                if time.monotonic() >= end:
                    return None
            if ended:
                return output
            if piece is None:
                selector.select(min(_GLANCE, max(0.0, end - time.monotonic())))
            else:  # closed its output, still running
                time.sleep(_GLANCE)
    return None


def _piece(descriptor: int) -> bytes | None:
    """The next bytes; none at the end, None where nothing has come yet."""
    try:
        return os.read(descriptor, ENOUGH)
    except BlockingIOError:
        return None


def _has_ended(child: "subprocess.Popen[bytes]") -> bool:
    """Whether it is over. Its number stays taken, so that no other process can get it."""
    return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End its whole group (a wrapper script may have left something behind), then forget it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    if child.stdout is not None:
        child.stdout.close()
    child.wait()
