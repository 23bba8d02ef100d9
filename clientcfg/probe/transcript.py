# SPDX-License-Identifier: MPL-2.0
"""What was said on one connection: every line as evidence, safe to show, and not without end."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from clientcfg.model.report import Line, Speaker
from clientcfg.probe.lines import shown

TRANSCRIPT_LIMIT: Final = 600

Clock = Callable[[], float]


class Transcript:
    """Lines with their time. ``clock`` gives milliseconds since the endpoint was first asked."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.inside_tls = False
        self._lines: list[Line] = []

    def record(self, speaker: Speaker, text: bytes) -> Line:
        """Take one line down. The answer is the line also where the transcript is full."""
        line = Line(speaker, shown(text), self.inside_tls, round(self.clock(), 1))
        if len(self._lines) < TRANSCRIPT_LIMIT:
            self._lines.append(line)
        elif len(self._lines) == TRANSCRIPT_LIMIT:
            self._lines.append(replace(line, speaker=Speaker.EVENT, text="more lines left out"))
        return line

    def note(self, text: str) -> None:
        """A remark of ours."""
        self.record(Speaker.EVENT, text.encode())

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything taken down."""
        return tuple(self._lines)
