# SPDX-License-Identifier: MPL-2.0
"""A conversation with a mail server, line by line, that understands nothing by itself."""

import base64
import socket
import ssl
from types import TracebackType
from typing import Self

from tests.world import loopback
from tests.world.zoo.world import Zoo

_SECONDS = 10.0
_TLS_FROM_THE_START = {loopback.SUBMISSIONS, loopback.IMAPS, loopback.POP3S}
_CLIENT = "127.0.0.1"


class Talk:
    """A connection to one port of a server. A context manager.

    The certificate must be right, unless ``trust`` says otherwise.
    """

    def __init__(
        self,
        server: Zoo,
        port: int,
        source: str = _CLIENT,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._trust = trust or ssl.create_default_context(cafile=str(server.ca_file))
        self._socket = socket.create_connection((server.address, port), _SECONDS, (source, 0))
        self._file = self._socket.makefile("rb")
        if port in _TLS_FROM_THE_START:
            self.handshake()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._socket.close()

    def handshake(self) -> None:
        """Begin TLS."""
        self._file.close()
        self._socket = self._trust.wrap_socket(self._socket, server_hostname=self._server.host)
        self._file = self._socket.makefile("rb")

    def send(self, text: str) -> None:
        """Say lines; the last line's end is added."""
        self._socket.sendall(text.encode() + b"\r\n")

    def line(self) -> str:
        """The next line of the server's; empty at the end."""
        return self._file.readline().decode("ascii", "replace").rstrip("\r\n")

    def reply(self) -> list[str]:
        """The next SMTP reply, without what continues the lines."""
        lines = [self.line()]
        while lines[-1][3:4] == "-":
            lines.append(self.line())
        return [f"{line[:3]} {line[4:]}" for line in lines]

    def smtp(self, command: str) -> str:
        """Say an SMTP command; the reply's last line."""
        self.send(command)
        return self.reply()[-1]

    def ehlo(self) -> list[str]:
        """Say EHLO; what the server can."""
        self.send("EHLO probe.example")
        return [line[4:] for line in self.reply()[1:]]

    def auth_plain(self) -> str:
        """Log in to SMTP; the server's answer."""
        login = f"\0{self._server.user}\0{self._server.password}".encode()
        return self.smtp(f"AUTH PLAIN {base64.b64encode(login).decode()}")

    def imap(self, command: str) -> list[str]:
        """Say an IMAP command; all lines up to the tagged one."""
        self.send(f"a {command}")
        lines = [self.line()]
        while lines[-1] and not lines[-1].startswith("a "):
            lines.append(self.line())
        return lines

    def pop3(self, command: str) -> str:
        """Say a POP3 command; the reply's first line."""
        self.send(command)
        return self.line()

    def pop3_list(self, command: str) -> list[str]:
        """Say a POP3 command; all lines, if it has more than one, without the end."""
        lines = [self.pop3(command)]
        while lines[0].startswith("+OK") and lines[-1] not in {"", "."}:
            lines.append(self.line())
        return lines[:-1] if lines[-1] == "." else lines
