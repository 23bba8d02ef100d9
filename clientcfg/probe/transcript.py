# SPDX-License-Identifier: MPL-2.0
"""What was said on one connection: every line as evidence, safe to show, and not without end."""

from collections.abc import Callable
from typing import Final

from clientcfg.model.report import Line, Speaker
from clientcfg.probe.lines import shown

TRANSCRIPT_LIMIT: Final = 600

Clock = Callable[[], float]


class Transcript:
    """Lines with their time. ``clock`` gives milliseconds since the endpoint was first asked."""

    __slots__ = ("_lines", "_now", "clock", "inside_tls")

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.inside_tls = False
        self._now = 0.0
        self._lines: list[Line] = []

    def tick(self) -> None:
        """Something happened: all that is taken down from here on happened now."""
        self._now = round(self.clock(), 1)

    def record(self, speaker: Speaker, text: bytes) -> Line:
        """Take one line down. The answer is the line also where the transcript is full."""
        lines = self._lines
        line = Line(speaker, shown(text), self.inside_tls, self._now)
        if len(lines) < TRANSCRIPT_LIMIT:
            lines.append(line)
        elif len(lines) == TRANSCRIPT_LIMIT:
            lines.append(line._replace(speaker=Speaker.EVENT, text="more lines left out"))
        return line

    def note(self, text: str) -> None:
        """A remark of ours."""
        self.tick()
        self.record(Speaker.EVENT, text.encode())

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything taken down."""
        return tuple(self._lines)
