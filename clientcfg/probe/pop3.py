# SPDX-License-Identifier: MPL-2.0
"""The conversation with a POP3 server (RFC 1939, 2449, 2595, 5034)."""

import re
from typing import ClassVar, Final

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.report import Announcement, Line
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.lines import LINE_LIMIT, shown
from clientcfg.probe.transcript import Clock
from clientcfg.probe.words import Step, problem

_STATUS: Final = re.compile(rb"(\+OK|-ERR)(?: .*)?", re.DOTALL | re.IGNORECASE)
# The stamp in a greeting says that the server knows APOP (RFC 1939 §7).
_STAMP: Final = re.compile(rb"<[^<>\x00-\x20]+@[^<>\x00-\x20]*>")


class Pop3Conversation(Conversation):
    """Greeting, CAPA, STLS, CAPA again, QUIT.

    A stamp in the greeting stands among the capabilities as ``APOP``. A server
    that does not know CAPA still has USER and PASS, the base that every one has,
    and may know STLS.
    """

    __slots__ = ("_list", "_offers_stls", "_stamped")

    farewell: ClassVar[bytes] = b"QUIT\r\n"
    starttls_step: ClassVar[Step] = Step.STLS

    def __init__(
        self, endpoint: Endpoint, clock: Clock, *, stay: bool = False, brief: bool = False
    ) -> None:
        super().__init__(endpoint, clock, stay=stay, brief=brief)
        self._offers_stls: bool | None = None
        self._list: list[tuple[bytes, Line]] | None = None
        self._stamped = False

    def _heard(self, line: bytes, evidence: Line) -> None:
        if self._list is not None:
            if line == b".":
                listed, self._list = self._list, None
                self._lines.begin_answer()
                self._read_list(listed)
            else:
                self._list.append((line.removeprefix(b"."), evidence))
            return
        match = _STATUS.fullmatch(line)
        if match is None:
            self._unreadable(line)
            return
        ok = match[1].upper() == b"+OK"
        if not (ok and self.step is Step.CAPA):
            self._lines.begin_answer()
        if self.step is Step.GREETING:
            self._greeted_with(ok, line)
        elif self.step is Step.STLS:
            if ok:
                self._await_tls()
            elif self._offers_stls:
                self._trouble("starttls-refused", step="STLS", said=shown(line))
            else:
                self._trouble("starttls-not-offered", step="STLS")
        elif ok:
            self._list = []
        else:
            self._without_list()

    def _greeted_with(self, ok: bool, line: bytes) -> None:
        self._welcome(line)
        if not ok:
            self._trouble("refused-us", said=shown(line))
            return
        self._found.greeted = True
        self._stamped = _STAMP.search(line) is not None
        self._go_on_asking()

    def _ask(self) -> None:
        self.step = Step.CAPA
        self._send(b"CAPA\r\n")

    def _without_list(self) -> None:
        self.problems.append(problem("no-capa"))
        self._note_stamp()
        # USER and PASS are older than CAPA: not listed is not missing.
        self._found.takes_password(True)
        if self._found.at_last:
            self._complete()
        else:
            self._try_stls()

    def _try_stls(self) -> None:
        self.step = Step.STLS
        self._send(b"STLS\r\n")

    def _read_list(self, lines: list[tuple[bytes, Line]]) -> None:
        for raw, evidence in lines:
            keyword, _blank, value = shown(raw, LINE_LIMIT).strip().partition(" ")
            self._found.capable(keyword, value)
            if keyword.upper() == "SASL":
                self._found.announced(Announcement.STANDARD, value.split(), evidence)
        self._note_stamp()
        self._found.listed()
        self._found.takes_password("USER" in self._found.capabilities)
        self._offers_stls = "STLS" in self._found.capabilities
        if self._found.at_last:
            self._complete()
        elif self._offers_stls:
            self._try_stls()
        else:
            self._trouble("starttls-not-offered", step="STLS")

    def _note_stamp(self) -> None:
        if self._stamped:
            self._found.capable("APOP", "")
