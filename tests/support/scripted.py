# SPDX-License-Identifier: MPL-2.0
"""A server that goes by a script, below a trusted channel: no sockets, no waiting."""

import re
from collections.abc import Sequence

from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import Proof, TrustedChannel
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.report import EndpointReport, Tls
from clientcfg.probe.seal import SEAL

PORTS = {Protocol.SMTP: 465, Protocol.IMAP: 993, Protocol.POP3: 995}


class ScriptedWire:
    """Each send must match the next pattern as a whole, and has the next answer come.

    Answers arrive *chunk* octets at a time. Behind the script is the end of
    the stream, or *then* is raised.
    """

    def __init__(
        self,
        script: Sequence[tuple[bytes, bytes]],
        *,
        chunk: int = 65536,
        then: BaseException | None = None,
    ) -> None:
        self.script = list(script)
        self.chunk = chunk
        self.then = then
        self.sent: list[bytes] = []
        self.closed = False
        self._coming = b""

    async def send(self, data: bytes) -> None:
        assert not self.closed
        self.sent.append(data)
        assert self.script, f"not in the script: {data!r}"
        pattern, answer = self.script.pop(0)
        assert re.fullmatch(pattern, data, re.DOTALL), (pattern, data)
        self._coming += answer

    async def receive(self) -> bytes:
        assert not self.closed
        if not self._coming and self.then is not None:
            raise self.then
        now, self._coming = self._coming[: self.chunk], self._coming[self.chunk :]
        return now

    async def close(self) -> None:
        self.closed = True


def trusted(
    wire: ScriptedWire,
    protocol: Protocol,
    mechanism: Mechanism,
    *,
    auth: Sequence[Mechanism] | None = None,
    password_login: bool | None = None,
    capabilities: Sequence[str] = (),
    username: str = "ada@example.org",
) -> tuple[TrustedChannel, ServerLogin]:
    """A channel over *wire* to a server that offers *auth* (else *mechanism*), and a log-in."""
    endpoint = Endpoint(protocol, "mail.example.org", PORTS[protocol], Security.TLS)
    report = EndpointReport(
        endpoint,
        "192.0.2.1",
        reachable=True,
        auth=(mechanism,) if auth is None else tuple(auth),
        password_login=password_login,
        capabilities=tuple((word, "") for word in capabilities),
        tls=Tls("1.3", "TLS_AES_256_GCM_SHA384", trusted=True, certificate=None),
    )
    login = ServerLogin(endpoint, username, mechanism)
    return TrustedChannel(wire, report, Proof("verified-tls", wire, SEAL)), login


def everything_said(trouble: BaseException) -> str:
    """All that could be printed of *trouble* and of what led to it."""
    said = ""
    at: BaseException | None = trouble
    while at is not None:
        said += f"{at!r} {at} {vars(at)} "
        at = at.__cause__ or at.__context__
    return said
