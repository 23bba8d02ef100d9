# SPDX-License-Identifier: MPL-2.0
"""What the three protocols' conversations have in common. No I/O: events in, actions out.

The driver tells a conversation what happened (connected, bytes, TLS is up, end
of stream) and carries out what it answers. Everything heard and said goes into
the transcript, escaped and capped.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.report import EndpointReport, Line, Problem, Speaker, Tls
from clientcfg.probe.actions import Action, Done, Send, StartTls
from clientcfg.probe.findings import Findings
from clientcfg.probe.lines import Lines, TooLong, shown
from clientcfg.probe.transcript import Clock, Transcript
from clientcfg.probe.words import Step, problem, step_words


class Conversation(ABC):
    """One connection to one endpoint, from the first byte to the report.

    ``clock`` gives the milliseconds since the endpoint was first asked.
    ``stay``: stop before QUIT, ready for a log-in, if the channel is fit for one.
    ``brief``: leave as soon as TLS is up and the server has greeted; ask for no list.
    """

    # There may be thousands of them at once.
    __slots__ = (
        "_actions", "_awaiting_tls", "_brief", "_clock", "_found", "_lines", "_plaintext_seen",
        "_stay", "endpoint", "finished", "problems", "ready", "step", "tls", "transcript",
    )  # fmt: skip

    farewell: ClassVar[bytes]
    starttls_step: ClassVar[Step]

    def __init__(
        self, endpoint: Endpoint, clock: Clock, *, stay: bool = False, brief: bool = False
    ) -> None:
        self.endpoint = endpoint
        self.step = Step.CONNECT
        self.finished = False
        self.ready = False
        self.tls: Tls | None = None
        self.problems: list[Problem] = []
        self.transcript = Transcript(clock)
        self._clock = clock
        self._stay = stay
        self._brief = brief
        self._lines = Lines()
        self._actions: list[Action] = []
        self._awaiting_tls = False
        self._plaintext_seen = False
        self._found = Findings(at_last=endpoint.security is Security.PLAIN)

    # Events

    def connecting(self) -> None:
        """The address is known, and is being dialled."""
        self.step = Step.CONNECT
        self._found.mark("connecting", self._clock())

    def connected(self) -> list[Action]:
        """The TCP connection is up."""
        self._found.mark("connected", self._clock())
        self.transcript.note("connected")
        if self.endpoint.security is Security.TLS:
            self._await_tls()
        else:
            self.step = Step.GREETING
        return self._flush()

    def received(self, data: bytes) -> list[Action]:
        """Bytes came, in whatever pieces (inside TLS: decrypted)."""
        if self.finished:
            return []
        self.transcript.tick()
        self._lines.feed(data)
        try:
            self._read_lines()
        except TooLong as too_long:
            self.transcript.record(Speaker.SERVER, too_long.head)
            self.problems.append(problem(too_long.code, step=step_words(self.step)))
            self._end()
        return self._flush()

    def secured(self, tls: Tls) -> list[Action]:
        """TLS is up. What was known before it is thrown away (RFC 3207 §4.2, RFC 9051 §6.2.1)."""
        self._found.mark("secured", self._clock())
        self._awaiting_tls = False
        self._lines = Lines()
        self.tls = tls
        self._found.begin_inside()
        self.transcript.inside_tls = True
        trust = "certificate accepted" if tls.trusted else "certificate not trusted"
        self.transcript.note(f"TLS {tls.version} {tls.cipher}, {trust}")
        if self.endpoint.security is Security.TLS:
            self.step = Step.GREETING
        else:
            self._go_on_asking()
        return self._flush()

    def eof(self) -> list[Action]:
        """The server hung up."""
        if not self.finished:
            self.transcript.note("end of stream")
            self.problems.append(problem("hung-up", step=step_words(self.step)))
            self._end(farewell=False)
        return self._flush()

    # Result

    def rest(self) -> bytes:
        """Bytes that came after the last answer, for whoever goes on with the connection."""
        return self._lines.take_rest()

    @property
    def never_trust(self) -> bool:
        """Whether something happened that no certificate can make good."""
        return self._plaintext_seen

    def report(
        self,
        address: str | None,
        problems: Iterable[Problem] = (),
        earlier: tuple[Line, ...] = (),
    ) -> EndpointReport:
        """What is known by now. *address* is the address that answered.

        *problems* are those that were met around the conversation, *earlier* is
        what was said on a connection before this one.
        """
        tls, found = self.tls, self._found
        if tls is not None and self.never_trust:
            tls = replace(tls, trusted=False)
        return EndpointReport(
            endpoint=self.endpoint,
            address=address,
            reachable=found.greeted,
            greeting=found.greeting,
            auth_before_tls=found.auth_before_tls,
            auth=found.auth,
            auth_lines=tuple(found.auth_lines),
            password_login=found.password_login,
            password_login_before_tls=found.password_login_before_tls,
            capabilities=tuple(found.capabilities.items()),
            tls=tls,
            problems=tuple(dict.fromkeys((*problems, *self.problems))),
            timing=found.timing(self.endpoint.security, self._clock()),
            transcript=earlier + self.transcript.lines,
        )

    # For the protocols

    @abstractmethod
    def _heard(self, line: bytes, evidence: Line) -> None:
        """One line came, and it is part of an answer."""

    @abstractmethod
    def _ask(self) -> None:
        """Ask for the list of what the server can do."""

    def _go_on_asking(self) -> None:
        """Ask for the list, unless it is not wanted."""
        if self._brief and self._found.at_last:
            self._end()
        else:
            self._ask()

    def _welcome(self, text: bytes) -> None:
        self._found.greeting = shown(text)
        self._found.mark("greeted", self._clock())

    def _send(self, data: bytes) -> None:
        for line in data.splitlines():
            self.transcript.record(Speaker.CLIENT, line)
        self._actions.append(Send(data))

    def _await_tls(self) -> None:
        self._found.mark("tls", self._clock())
        self.step = Step.TLS
        self._awaiting_tls = True
        self._actions.append(StartTls())

    def _trouble(self, code: str, **values: object) -> None:
        """Note the problem and end the conversation politely."""
        self.problems.append(problem(code, **values))
        self._end()

    def _unreadable(self, line: bytes) -> None:
        """A line that this protocol does not have."""
        if self._found.greeted:
            self._trouble("garbled-answer", step=step_words(self.step), said=shown(line))
        else:
            protocol = self.endpoint.protocol.upper()
            said = shown(line, 100)
            self.problems.append(problem("not-a-mail-server", protocol=protocol, said=said))
            self._end(farewell=False)

    def _complete(self) -> None:
        """Everything was asked that was to be asked."""
        fit = self.tls.trusted if self.tls else self.endpoint.security is Security.PLAIN
        self.ready = self._stay and fit and not self.never_trust
        self._end(farewell=not self.ready)

    def _end(self, *, farewell: bool = True) -> None:
        if farewell and not self._awaiting_tls:
            self._send(self.farewell)
        self.finished = True
        self._actions.append(Done())

    # Inside

    def _read_lines(self) -> None:
        while not self.finished:
            if self._awaiting_tls and self._lines.pending:
                self._plaintext()
            line = self._lines.next_line()
            if line is None:
                return
            evidence = self.transcript.record(Speaker.SERVER, line)
            if not self._awaiting_tls:
                self._heard(line, evidence)
            elif self.endpoint.security is Security.TLS:
                self._trouble("not-tls", said=shown(line))

    def _plaintext(self) -> None:
        """Bytes where only TLS may come: behind STARTTLS they are dropped, and never forgiven."""
        if self.endpoint.security is Security.STARTTLS and not self._plaintext_seen:
            self._plaintext_seen = True
            step = self.starttls_step.value
            self.problems.append(problem("plaintext-after-starttls", step=step))
            self.transcript.note("unencrypted text where TLS should begin; dropped")

    def _flush(self) -> list[Action]:
        actions, self._actions = self._actions, []
        return actions
