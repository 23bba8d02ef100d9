# SPDX-License-Identifier: MPL-2.0
"""What one conversation has found out so far: lists, greeting, and when what happened."""

from collections.abc import Iterable

from clientcfg.model.endpoint import Security
from clientcfg.model.mechanism import Mechanism, mechanism
from clientcfg.model.report import Announcement, AuthLine, Line, Timing


class Findings:
    """Filled while a server talks. ``at_last``: the lists that come now are those that count.

    ``greeted``: a mail server of this protocol greeted us. ``capabilities`` are
    those of the last list, by keyword.
    """

    __slots__ = (
        "_marks", "_mechanisms", "at_last", "auth", "auth_before_tls", "auth_lines", "capabilities",
        "greeted", "greeting", "password_login", "password_login_before_tls",
    )  # fmt: skip

    def __init__(self, *, at_last: bool) -> None:
        self.at_last = at_last
        self.greeting: str | None = None
        self.greeted = False
        self.auth_before_tls: tuple[Mechanism, ...] | None = None
        self.auth: tuple[Mechanism, ...] | None = None
        self.auth_lines: list[AuthLine] = []
        self.password_login: bool | None = None
        self.password_login_before_tls: bool | None = None
        self.capabilities: dict[str, str] = {}
        self._mechanisms: dict[Mechanism, None] = {}
        self._marks: dict[str, float] = {}

    def capable(self, keyword: str, value: str) -> None:
        """One capability; the values of a keyword that comes again are put together."""
        keyword = keyword.upper()
        before = self.capabilities.get(keyword)
        self.capabilities[keyword] = f"{before} {value}".strip() if before else value

    def announced(
        self, form: Announcement, words: Iterable[str], evidence: Line
    ) -> tuple[Mechanism, ...]:
        """One announcement of mechanisms. Words that cannot name one are left out."""
        named = dict.fromkeys(found for word in words if (found := mechanism(word)))
        line = AuthLine(form, tuple(named), evidence.inside_tls, evidence)
        self.auth_lines.append(line)
        self._mechanisms.update(named)
        return line.mechanisms

    def listed(self) -> None:
        """The list is complete: its mechanisms go where they belong."""
        found = tuple(self._mechanisms)
        self._mechanisms = {}
        if self.at_last:
            self.auth = found
        else:
            self.auth_before_tls = found

    def takes_password(self, usable: bool) -> None:
        """Whether the protocol's own log-in command can be used as things stand."""
        if self.at_last:
            self.password_login = usable
        else:
            self.password_login_before_tls = usable

    def begin_inside(self) -> None:
        """TLS is up: what was listed before it is thrown away (RFC 3207 §4.2)."""
        self.at_last = True
        self.capabilities = {}

    def mark(self, event: str, ms: float) -> None:
        """*event* happened then (milliseconds since the endpoint was first asked)."""
        self._marks[event] = ms

    def timing(self, security: Security, total: float) -> Timing:
        """How long each step took."""
        before_greeting = "secured" if security is Security.TLS else "connected"
        return Timing(
            connect=self._between("connecting", "connected"),
            greeting=self._between(before_greeting, "greeted"),
            tls=self._between("tls", "secured"),
            total=round(total, 1),
        )

    def _between(self, start: str, end: str) -> float | None:
        marks = self._marks
        return round(marks[end] - marks[start], 1) if start in marks and end in marks else None
