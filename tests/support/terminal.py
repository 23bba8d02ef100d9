# SPDX-License-Identifier: MPL-2.0
"""The command line on a terminal of its own, with a person who types."""

import os
import pty
import select
import signal
import time
from contextlib import suppress

from clientcfg.demo.machine import DemoMachine
from tests.support.on_machine import command, environment


class Terminal:
    """A child on a terminal of its own, and what it has said so far."""

    def __init__(self, machine: DemoMachine, *arguments: str) -> None:
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            words = command(machine, arguments)
            os.execve(words[0], words, environment(machine, {"TERM": "xterm"}))
        self.said = ""

    def wait_for(self, text: str, seconds: float = 20) -> None:
        until = time.monotonic() + seconds
        while text not in self.said:
            assert time.monotonic() < until, self.said
            self._read(0.1)

    def type(self, keys: bytes) -> None:
        os.write(self._fd, keys)

    def end(self, seconds: float = 10) -> int:
        """The exit status."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._read(0)
                os.close(self._fd)
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError("it did not end: " + self.said)

    def echoes(self) -> bool:
        import termios  # noqa: PLC0415

        return bool(termios.tcgetattr(self._fd)[3] & termios.ECHO)

    def _read(self, seconds: float) -> None:
        if select.select([self._fd], [], [], seconds)[0]:
            with suppress(OSError):  # the other end is closed
                self.said += os.read(self._fd, 65536).decode(errors="replace")
