# SPDX-License-Identifier: MPL-2.0
"""The conversation with a submission or relay server (RFC 5321, 3207, 4954)."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.relay import RelayQuestion, RelayReplies
from clientcfg.model.relay import Reply as RelayReply
from clientcfg.model.report import Announcement, Line
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.lines import LINE_LIMIT, SHOWN_LIMIT, shown
from clientcfg.probe.transcript import Clock
from clientcfg.probe.words import Step, problem

_CODES: Final = {b"%d" % code: code for code in range(200, 600)}
_AUTH: Final = re.compile(r"AUTH(?P<legacy>=)?(?:[ \t]+|(?<==)|$)(?P<words>.*)", re.IGNORECASE)
# A box in between that hides STARTTLS writes X over the letters of the keyword.
_MASKED: Final = re.compile(r"X{4,}[A-Z]?")

_LITERAL: Final = "[127.0.0.1]"
_CODE_LENGTH: Final = len("250-")


@dataclass(frozen=True, slots=True)
class _Reply:
    """A whole answer: the code of its last line, and each line's text and evidence."""

    code: int
    lines: tuple[tuple[bytes, Line], ...]
    mixed: bool

    @property
    def text(self) -> bytes:
        return b" ".join(text for text, _line in self.lines)

    @property
    def said(self) -> str:
        return shown(b"%d %s" % (self.code, self.text))


class SmtpConversation(Conversation):
    """Greeting, EHLO, STARTTLS, EHLO again, MAIL and RCPT if that is asked, QUIT.

    The first EHLO names an address literal, which tells the server nothing
    about this machine; where that is refused, ``own_name`` is tried, then HELO.
    ``relay``: whether mail for elsewhere would be taken; ``relay_replies`` is
    what came back, None where the question was not put.
    """

    __slots__ = (
        "_first_code", "_hellos", "_literal_refused", "_mixed", "_relay", "_reply", "relay_replies",
    )  # fmt: skip

    farewell: ClassVar[bytes] = b"QUIT\r\n"
    starttls_step: ClassVar[Step] = Step.STARTTLS

    def __init__(
        self,
        endpoint: Endpoint,
        clock: Clock,
        *,
        stay: bool = False,
        brief: bool = False,
        own_name: str = "localhost",
        relay: RelayQuestion | None = None,
    ) -> None:
        super().__init__(endpoint, clock, stay=stay, brief=brief)
        self.relay_replies: RelayReplies | None = None
        self._relay = relay
        self._hellos = [(Step.EHLO, _LITERAL), (Step.EHLO, own_name), (Step.HELO, own_name)]
        self._literal_refused: str | None = None
        self._reply: list[tuple[bytes, Line]] = []
        self._first_code: int | None = None
        self._mixed = False

    def _heard(self, line: bytes, evidence: Line) -> None:
        code, sign = _CODES.get(line[:3]), line[3:4]
        if code is None or sign not in {b" ", b"-", b""}:
            self._unreadable(line)
            return
        if self._first_code is None:
            self._first_code = code
        elif code != self._first_code:
            self._mixed = True
        self._reply.append((line[4:], evidence))
        if sign == b"-":
            return
        reply = _Reply(code, tuple(self._reply), self._mixed)
        self._reply, self._first_code, self._mixed = [], None, False
        self._lines.begin_answer()
        self._answered(reply)

    def _answered(self, reply: _Reply) -> None:
        if reply.mixed:
            self.problems.append(problem("mixed-codes"))
        if self.step is Step.GREETING:
            self._greeted_with(reply)
        elif self.step in {Step.MAIL, Step.RCPT}:
            self._about_relaying(reply)
        elif reply.code == 421:
            self._trouble("refused-us", said=reply.said)
        elif self.step is Step.STARTTLS:
            if reply.code == 220:
                self._await_tls()
            else:
                self._trouble("starttls-refused", step="STARTTLS", said=reply.said)
        elif reply.code == 250 and not reply.mixed:
            self._introduced(reply)
        else:
            self._introduce_otherwise(reply)

    def _greeted_with(self, reply: _Reply) -> None:
        self._welcome(reply.text)
        if reply.code == 220 and not reply.mixed:
            self._found.greeted = True
            self._go_on_asking()
        elif reply.code >= 400 or reply.mixed:
            # Whoever goes on after 421 or 554 takes a refused session for a good one.
            self._trouble("refused-us", said=reply.said)
        else:
            self._unreadable(b"%d %s" % (reply.code, reply.text))

    def _ask(self) -> None:
        self.step, name = self._hellos[0]
        self._send(f"{self.step} {name}\r\n".encode())

    def _introduce_otherwise(self, reply: _Reply) -> None:
        unknown_command = reply.code in {500, 502}
        if self._hellos[0][1] == _LITERAL and not unknown_command:
            self._literal_refused = reply.said
        self._hellos = [h for h in self._hellos[1:] if h[0] is Step.HELO or not unknown_command]
        if self._hellos:
            self._ask()
        else:
            self._trouble("ehlo-refused", said=reply.said)

    def _introduced(self, reply: _Reply) -> None:
        if self._literal_refused is not None:
            self.problems.append(problem("ehlo-literal-refused", said=self._literal_refused))
            self._literal_refused = None
        if self.step is Step.HELO:
            self.problems.append(problem("no-ehlo"))
            reply = _Reply(reply.code, reply.lines[:1], mixed=False)
        for raw, evidence in reply.lines[1:]:
            # What stands in the transcript is shown already, unless it was capped there.
            whole = len(raw) < SHOWN_LIMIT - _CODE_LENGTH
            self._extension(
                evidence.text[_CODE_LENGTH:] if whole else shown(raw, LINE_LIMIT), evidence
            )
        self._found.listed()
        self._go_on()

    def _extension(self, text: str, evidence: Line) -> None:
        auth = _AUTH.fullmatch(text) if text[:4].upper() == "AUTH" else None
        if auth is None:
            keyword, _blank, value = text.partition(" ")
            self._found.capable(keyword, value.strip())
            return
        form = Announcement.LEGACY if auth["legacy"] else Announcement.STANDARD
        named = self._found.announced(form, auth["words"].split(), evidence)
        if not named:
            self.problems.append(problem("auth-empty"))
        self._found.capable("AUTH=" if auth["legacy"] else "AUTH", " ".join(named))

    def _go_on(self) -> None:
        if self._found.at_last:
            self._complete()
        elif "STARTTLS" in self._found.capabilities:
            self.step = Step.STARTTLS
            self._send(b"STARTTLS\r\n")
        else:
            masked = next((k for k in self._found.capabilities if _MASKED.fullmatch(k)), None)
            if masked:
                self.problems.append(problem("starttls-masked", said=masked))
            self.problems.append(problem("starttls-not-offered", step="STARTTLS"))
            if self._relay:
                self._ask_about_relaying()
            else:
                self._end()

    def _complete(self) -> None:
        if self._relay is None:
            super()._complete()
        else:
            self._ask_about_relaying()

    # Whether it relays (only where somebody asked for it)

    def _ask_about_relaying(self) -> None:
        """MAIL, and with PIPELINING all the rest in one go (RFC 2920); never DATA."""
        assert self._relay is not None  # noqa: S101 - asked by those who looked
        self.relay_replies = RelayReplies()
        self.step = Step.MAIL
        self._send(f"MAIL FROM:<{self._relay.sender}>\r\n".encode())
        if self._pipelines:
            self._send(f"RCPT TO:<{self._relay.recipient}>\r\nRSET\r\n".encode() + self.farewell)

    @property
    def _pipelines(self) -> bool:
        return "PIPELINING" in self._found.capabilities

    def _about_relaying(self, reply: _Reply) -> None:
        said = RelayReply(reply.code, shown(reply.text))
        if self.step is Step.MAIL:
            self.relay_replies = RelayReplies(said)
            if reply.code // 100 != 2:
                self._end(farewell=not self._pipelines)
                return
            self.step = Step.RCPT
            if not self._pipelines:
                assert self._relay is not None  # noqa: S101 - MAIL was said
                self._send(f"RCPT TO:<{self._relay.recipient}>\r\n".encode())
        else:
            mail = self.relay_replies.mail if self.relay_replies else None
            self.relay_replies = RelayReplies(mail, said)
            if not self._pipelines:
                self._send(b"RSET\r\n")
            self._end(farewell=not self._pipelines)
