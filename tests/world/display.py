# SPDX-License-Identifier: MPL-2.0
"""A screen nobody looks at: Xvfb with openbox, and a watch on every window that appears."""

import os
import re
import subprocess
import threading
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from tests.world.person import Person
from tests.world.waiting import until

_SOCKETS = Path("/tmp/.X11-unix")
_ID = re.compile(r"0x[0-9a-f]+")
_PROPERTY = re.compile(r"^(?P<name>\w+)(?:\([^)]*\))? = (?P<value>.*)$", re.MULTILINE)
_LOOKED_AT = ("_NET_WM_NAME", "WM_WINDOW_ROLE", "WM_CLASS", "_NET_WM_WINDOW_TYPE")


@dataclass(frozen=True, slots=True)
class Window:
    """A top-level window as the X server knows it."""

    id: str
    title: str
    #: Instance and class, as ``xprop`` prints ``WM_CLASS``.
    classes: str
    #: ``WM_WINDOW_ROLE``.
    role: str
    dialog: bool


class Display:
    """An X server for one person; a context manager."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._seen: dict[str, Window] = {}
        self._stack = ExitStack()
        self._environment: Mapping[str, str] = {}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._environment = {"DISPLAY": self._start_server(stack)}
            self._start(stack, ["openbox", "--sm-disable"])
            until(lambda: self._root("_NET_SUPPORTING_WM_CHECK"), 10, lambda: "no openbox")
            # Short-lived windows, too: the server itself tells of every new one.
            changes = self._start(stack, ["xprop", "-root", "-spy", "_NET_CLIENT_LIST"], spy=True)
            threading.Thread(target=self._watch, args=(changes.stdout,), daemon=True).start()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def environment(self) -> Mapping[str, str]:
        """What a program must be told to appear here."""
        return self._environment

    def seen(self) -> list[Window]:
        """Every window that has ever been open, as it was last seen, in order of appearance."""
        self.windows()
        return list(self._seen.values())

    def windows(self) -> list[Window]:
        """The windows open now."""
        ids = _ID.findall(self._root("_NET_CLIENT_LIST"))
        return [window for window in map(self._look_at, ids) if window]

    def active(self) -> str:
        """The id of the window that keys go to; empty where there is none."""
        found = _ID.search(self._root("_NET_ACTIVE_WINDOW"))
        return found[0] if found else ""

    def press(self, *keys: str, window: Window) -> None:
        """Press keys, named as in xdotool(1) (``ctrl+Return``), in a window."""
        self._ask(
            "xdotool", "windowactivate", "--sync", window.id, "key", "--clearmodifiers", *keys
        )

    def write(self, text: str, window: Window) -> None:
        """Type a text and *Return* in a window."""
        self._ask("xdotool", "windowactivate", "--sync", window.id, "type", "--delay", "2", text)
        self.press("Return", window=window)

    def _start_server(self, stack: ExitStack) -> str:
        if os.geteuid() == 0 and not _SOCKETS.exists():
            _SOCKETS.mkdir()
            _SOCKETS.chmod(0o1777)
        reading, writing = os.pipe()
        with os.fdopen(reading) as number:
            try:
                server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x960x24"]
                self._start(stack, [*server, "-nolisten", "tcp", "-noreset"], pass_fds=(writing,))
            finally:
                os.close(writing)
            if not (name := number.readline().strip()):
                raise RuntimeError("Xvfb did not start")
        return f":{name}"

    def _start(
        self,
        stack: ExitStack,
        command: list[str],
        *,
        pass_fds: tuple[int, ...] = (),
        spy: bool = False,
    ) -> subprocess.Popen[bytes]:
        process = self._person.start(
            command,
            self._environment,
            output=subprocess.PIPE if spy else subprocess.DEVNULL,
            pass_fds=pass_fds,
        )
        stack.enter_context(process)
        stack.callback(process.kill)
        return process

    def _watch(self, changes: IO[bytes]) -> None:
        with suppress(ValueError):  # it was closed, for the display comes down
            for line in changes:
                for window in _ID.findall(line.decode()):
                    self._look_at(window)

    def _look_at(self, window: str) -> Window | None:
        found = {
            match["name"]: match["value"]
            for match in _PROPERTY.finditer(self._ask("xprop", "-id", window, *_LOOKED_AT))
        }
        if not found:
            return None  # it is gone already
        seen = Window(
            id=window,
            title=found.get("_NET_WM_NAME", "").strip('"'),
            classes=found.get("WM_CLASS", ""),
            role=found.get("WM_WINDOW_ROLE", "").strip('"'),
            dialog="DIALOG" in found.get("_NET_WM_WINDOW_TYPE", ""),
        )
        self._seen[window] = seen
        return seen

    def _root(self, name: str) -> str:
        answer = self._ask("xprop", "-root", name)
        return answer if "#" in answer else ""

    def _ask(self, *command: str) -> str:
        return subprocess.run(
            command,
            env={**os.environ, **self._environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        ).stdout
