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
from clientcfg.model.mechanism import Mechanism, mechanism
from clientcfg.model.report import (
    Announcement,
    AuthLine,
    EndpointReport,
    Line,
    Problem,
    Speaker,
    Timing,
    Tls,
)
from clientcfg.probe.actions import Action, Done, Send, StartTls
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
        "_actions", "_auth", "_auth_before_tls", "_auth_lines", "_awaiting_tls", "_brief",
        "_capabilities", "_clock", "_greeted", "_greeting", "_lines", "_marks", "_mechanisms",
        "_password_login", "_password_login_before_tls", "_plaintext_seen", "_stay", "endpoint",
        "finished", "problems", "ready", "step", "tls", "transcript",
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
        self._greeting: str | None = None
        self._greeted = False
        self._auth_before_tls: tuple[Mechanism, ...] | None = None
        self._auth: tuple[Mechanism, ...] | None = None
        self._auth_lines: list[AuthLine] = []
        self._password_login: bool | None = None
        self._password_login_before_tls: bool | None = None
        self._mechanisms: dict[Mechanism, None] = {}
        self._capabilities: dict[str, str] = {}
        self._marks: dict[str, float] = {}

    # Events

    def connecting(self) -> None:
        """The address is known, and is being dialled."""
        self.step = Step.CONNECT
        self._marks["connecting"] = self._clock()

    def connected(self) -> list[Action]:
        """The TCP connection is up."""
        self._marks["connected"] = self._clock()
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
        self._marks["secured"] = self._clock()
        self._awaiting_tls = False
        self._lines = Lines()
        self.tls = tls
        self.transcript.inside_tls = True
        trust = "certificate accepted" if tls.trusted else "certificate not trusted"
        self.transcript.note(f"TLS {tls.version} {tls.cipher}, {trust}")
        if self.endpoint.security is Security.TLS:
            self.step = Step.GREETING
        else:
            self._capabilities = {}
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
        tls = self.tls
        if tls is not None and self.never_trust:
            tls = replace(tls, trusted=False)
        return EndpointReport(
            endpoint=self.endpoint,
            address=address,
            reachable=self._greeted,
            greeting=self._greeting,
            auth_before_tls=self._auth_before_tls,
            auth=self._auth,
            auth_lines=tuple(self._auth_lines),
            password_login=self._password_login,
            password_login_before_tls=self._password_login_before_tls,
            capabilities=tuple(self._capabilities.items()),
            tls=tls,
            problems=tuple(dict.fromkeys((*problems, *self.problems))),
            timing=self._timing(),
            transcript=earlier + self.transcript.lines,
        )

    # For the protocols

    @abstractmethod
    def _heard(self, line: bytes, evidence: Line) -> None:
        """One line came, and it is part of an answer."""

    @abstractmethod
    def _ask(self) -> None:
        """Ask for the list of what the server can do."""

    @property
    def _at_last(self) -> bool:
        """Whether a list that comes now is the one a log-in would rest on."""
        return self.tls is not None or self.endpoint.security is Security.PLAIN

    def _go_on_asking(self) -> None:
        """Ask for the list, unless it is not wanted."""
        if self._brief and self._at_last:
            self._end()
        else:
            self._ask()

    def _welcome(self, text: bytes) -> None:
        self._greeting = shown(text)
        self._marks["greeted"] = self._clock()

    def _send(self, data: bytes) -> None:
        for line in data.splitlines():
            self.transcript.record(Speaker.CLIENT, line)
        self._actions.append(Send(data))

    def _capable(self, keyword: str, value: str) -> None:
        """One capability; the values of a keyword that comes again are put together."""
        keyword = keyword.upper()
        before = self._capabilities.get(keyword)
        self._capabilities[keyword] = f"{before} {value}".strip() if before else value

    def _announced(self, form: Announcement, words: Iterable[str], evidence: Line) -> list[str]:
        """One announcement of mechanisms. Words that cannot name one are left out."""
        named = dict.fromkeys(found for word in words if (found := mechanism(word)))
        inside_tls = self.tls is not None
        self._auth_lines.append(AuthLine(form, tuple(named), inside_tls, evidence))
        self._mechanisms.update(named)
        return list(named)

    def _await_tls(self) -> None:
        self._marks["tls"] = self._clock()
        self.step = Step.TLS
        self._awaiting_tls = True
        self._actions.append(StartTls())

    def _trouble(self, code: str, **values: object) -> None:
        """Note the problem and end the conversation politely."""
        self.problems.append(problem(code, **values))
        self._end()

    def _unreadable(self, line: bytes) -> None:
        """A line that this protocol does not have."""
        if self._greeted:
            self._trouble("garbled-answer", step=step_words(self.step), said=shown(line))
        else:
            protocol = self.endpoint.protocol.upper()
            said = shown(line, 100)
            self.problems.append(problem("not-a-mail-server", protocol=protocol, said=said))
            self._end(farewell=False)

    def _listed(self) -> None:
        """The list is complete: its mechanisms go where they belong."""
        found = tuple(self._mechanisms)
        self._mechanisms = {}
        if self._at_last:
            self._auth = found
        else:
            self._auth_before_tls = found

    def _takes_password(self, usable: bool) -> None:
        """Whether the protocol's own log-in command can be used as things stand."""
        if self._at_last:
            self._password_login = usable
        else:
            self._password_login_before_tls = usable

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

    def _timing(self) -> Timing:
        marks = self._marks
        before_greeting = "secured" if self.endpoint.security is Security.TLS else "connected"

        return Timing(
            connect=_between(marks, "connecting", "connected"),
            greeting=_between(marks, before_greeting, "greeted"),
            tls=_between(marks, "tls", "secured"),
            total=round(self._clock(), 1),
        )


def _between(marks: dict[str, float], start: str, end: str) -> float | None:
    return round(marks[end] - marks[start], 1) if start in marks and end in marks else None
