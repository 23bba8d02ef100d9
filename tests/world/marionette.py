# SPDX-License-Identifier: MPL-2.0
"""A small client for Marionette, the remote control inside Mozilla programs.

Each message is JSON with its length in decimal and a colon before it. A
command is ``[0, id, name, parameters]``, its answer ``[1, id, error, result]``.
"""

import json
import select
import socket
import time
from collections.abc import Callable
from typing import Any, Self

_TURN_SECONDS = 0.2


class RemoteError(Exception):
    """The program answered a command with an error."""


class Marionette:
    """One session in chrome context, so that scripts are the program's own code.

    A context manager. While it waits it calls ``meanwhile`` several times a
    second: a modal dialog blocks the program, and only somebody who looks at
    the screen can tell (by raising an exception).
    """

    def __init__(self, port: int, meanwhile: Callable[[], None]) -> None:
        """Connect; raises :class:`OSError`."""
        self._count = 0
        self._meanwhile = meanwhile
        self._buffer = bytearray()
        self._socket = socket.create_connection(("127.0.0.1", port), _TURN_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def open_session(self, seconds: float) -> None:
        """Begin; returns when the program's first window is up."""
        self._receive(time.monotonic() + seconds)
        self.command("WebDriver:NewSession", {"capabilities": {}}, seconds)
        self.command("Marionette:SetContext", {"value": "chrome"}, seconds)

    def command(self, name: str, parameters: dict[str, Any], seconds: float) -> Any:
        """The result of a command. Raises :class:`RemoteError`, :class:`TimeoutError`."""
        self._count += 1
        text = json.dumps([0, self._count, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        kind, number, error, result = self._receive(time.monotonic() + seconds)
        if (kind, number) != (1, self._count):
            raise RemoteError(f"answer {number} to command {self._count}")
        if error:
            raise RemoteError(f"{error['error']}: {error['message']}")
        return result.get("value") if isinstance(result, dict) else result

    def script(self, body: str, *arguments: Any, seconds: float = 20) -> Any:
        """What the body of an async function returns; it sees ``args`` and ``MailServices``."""
        wrapped = (
            "const { MailServices } ="
            ' ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");'
            "const args = [...arguments], done = args.pop();"
            f"(async () => {{ {body} }})()"
            ".then(value => done({ value }), error => done({ error: String(error) }));"
        )
        parameters = {
            "script": wrapped,
            "args": list(arguments),
            "sandbox": "system",
            "newSandbox": True,
            "scriptTimeout": int(seconds * 1000),
        }
        answer = self.command("WebDriver:ExecuteAsyncScript", parameters, seconds + 5)
        if "error" in answer:
            raise RemoteError(answer["error"])
        return answer.get("value")

    def _receive(self, deadline: float) -> Any:
        while True:
            length, colon, rest = self._buffer.partition(b":")
            if colon and len(rest) >= int(length):
                self._buffer = rest[int(length) :]
                return json.loads(rest[: int(length)])
            if time.monotonic() > deadline:
                raise TimeoutError("no answer")
            if select.select([self._socket], [], [], _TURN_SECONDS)[0]:
                if not (more := self._socket.recv(65536)):
                    raise ConnectionError("the program closed the connection")
                self._buffer += more
            else:
                self._meanwhile()
