# SPDX-License-Identifier: MPL-2.0
"""The conversation with an IMAP server (RFC 9051, 2595, 3501)."""

from typing import ClassVar, Final

from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.report import Announcement, Line
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.lines import LINE_LIMIT, shown
from clientcfg.probe.transcript import Clock
from clientcfg.probe.words import Step, problem

_BEFORE: Final = b"c1"
_STARTTLS: Final = b"c2"
_INSIDE: Final = b"c3"


class ImapConversation(Conversation):
    """Greeting, CAPABILITY with STARTTLS behind it in one go, CAPABILITY again, LOGOUT.

    The list in the greeting is not believed: servers shorten it. STARTTLS may
    be pipelined because nothing follows it before TLS is up (RFC 9051 §6.2.1).
    """

    __slots__ = ("_preauth", "_words")

    farewell: ClassVar[bytes] = b"c4 LOGOUT\r\n"
    starttls_step: ClassVar[Step] = Step.STARTTLS

    def __init__(
        self, endpoint: Endpoint, clock: Clock, *, stay: bool = False, brief: bool = False
    ) -> None:
        super().__init__(endpoint, clock, stay=stay, brief=brief)
        self._words: list[tuple[list[str], Line]] | None = None
        self._preauth = False

    @property
    def never_trust(self) -> bool:
        """Also where nobody asks who we are: a forged PREAUTH is how TLS is prevented."""
        return self._preauth or super().never_trust

    def _heard(self, line: bytes, evidence: Line) -> None:
        tag, _blank, rest = line.partition(b" ")
        word = rest.split(b" ", 1)[0].upper()
        if self.step is Step.GREETING:
            self._lines.begin_answer()
            self._greeted_with(line, tag, word)
        elif tag == b"*" and word == b"BYE":
            self._trouble("refused-us", said=shown(line))
        elif tag == b"*":
            if word == b"CAPABILITY":
                self._words = self._words or []
                self._words.append((shown(rest, LINE_LIMIT).upper().split()[1:], evidence))
        elif word not in {b"OK", b"NO", b"BAD"}:
            self._unreadable(line)
        else:
            self._lines.begin_answer()
            self._answered(tag, word == b"OK", line)

    def _greeted_with(self, line: bytes, star: bytes, word: bytes) -> None:
        if star != b"*" or word not in {b"OK", b"PREAUTH", b"BYE"}:
            self._unreadable(line)
            return
        self._welcome(line)
        if word == b"BYE":
            self._trouble("refused-us", said=shown(line))
            return
        self._found.greeted = True
        if word == b"PREAUTH":
            self._preauth = True
            self.problems.append(problem("preauth"))
            if self.endpoint.security is Security.STARTTLS:
                # STARTTLS is not allowed any more; a forged PREAUTH is how it is prevented.
                self._end()
                return
        self._go_on_asking()

    def _ask(self) -> None:
        self.step = Step.CAPABILITY
        self._words = None
        tag = _INSIDE if self._found.at_last else _BEFORE
        behind = b"" if self._found.at_last else _STARTTLS + b" STARTTLS\r\n"
        self._send(tag + b" CAPABILITY\r\n" + behind)

    def _answered(self, tag: bytes, ok: bool, line: bytes) -> None:
        awaited = {_INSIDE} if self._found.at_last else {_BEFORE, _STARTTLS}
        if tag not in awaited:
            self._unreadable(line)
        elif tag == _STARTTLS:
            self._starttls_answered(ok, line)
        else:
            if ok and self._words is not None:
                self._read_list(self._words)
            else:
                self.problems.append(problem("capability-refused", said=shown(line)))
            if self._found.at_last:
                self._complete()
            else:
                self.step = Step.STARTTLS

    def _starttls_answered(self, ok: bool, line: bytes) -> None:
        if ok:
            self._await_tls()
        elif "STARTTLS" in self._found.capabilities:
            self._trouble("starttls-refused", step="STARTTLS", said=shown(line))
        else:
            self._trouble("starttls-not-offered", step="STARTTLS")

    def _read_list(self, lines: list[tuple[list[str], Line]]) -> None:
        for words, evidence in lines:
            pairs = [word.partition("=")[::2] for word in words]
            for name, value in pairs:
                self._found.capable(name, value)
            if any(name == "AUTH" for name, _value in pairs):
                mechanisms = (value for name, value in pairs if name == "AUTH")
                self._found.announced(Announcement.STANDARD, mechanisms, evidence)
        self._found.listed()
        # LOGIN needs no AUTH= word; only LOGINDISABLED forbids it (RFC 9051 §6.2.3).
        self._found.takes_password("LOGINDISABLED" not in self._found.capabilities)

    def _complete(self) -> None:
        if self._preauth:
            self._end()
        else:
            super()._complete()
