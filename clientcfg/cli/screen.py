# SPDX-License-Identifier: MPL-2.0
"""Where output goes: the answer to standard output, everything else to standard error."""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

_PIPE_WIDTH = 1000  # characters; nothing is folded for a reader that is a program

# Shapes that carry the meaning without colour.
YES, NO, UNKNOWN, STEP = "✓", "✗", "?", "→"


@dataclass(frozen=True, slots=True)
class Manner:
    """How this person wants to be spoken to."""

    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False


class Screen:
    """Standard output for the answer, standard error for progress and questions."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self._status: Status | None = None

    @cached_property
    def out(self) -> "Console":
        """Standard output. Made when it is first used: a document needs none."""
        return _console(self.manner, sys.stdout)

    @cached_property
    def err(self) -> "Console":
        """Standard error."""
        return _console(self.manner, sys.stderr)

    def document(self, document: dict[str, Any]) -> None:
        """The one JSON document."""
        sys.stdout.write(json_text(document) + "\n")

    def say(self, text: str = "", style: str | None = None) -> None:
        """One line of the answer; foreign text is never taken for markup.

        A long one goes on below with the same indent; into a pipe it stays one line.
        """
        lines = [text]
        if self.out.is_terminal:
            indent = " " * (len(text) - len(text.lstrip()) + 2)
            lines = textwrap.wrap(
                text,
                self.out.width,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
                drop_whitespace=True,
                replace_whitespace=False,
            ) or [""]
        for line in lines:
            self.out.print(line, style=style, markup=False, soft_wrap=True)

    def table(self, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        """A table of the answer: no boxes, words wrap, foreign text is never markup."""
        from rich.table import Table  # noqa: PLC0415 - 20 ms, not for --help
        from rich.text import Text  # noqa: PLC0415

        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for name in head:
            table.add_column(Text(name), overflow="fold", no_wrap=not self.out.is_terminal)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.out.print(table)

    def code(self, title: str, text: str) -> None:
        """A QR code of *text*, where a person can see it: never into a pipe, nor with --quiet."""
        if not self.out.is_terminal or self.manner.quiet:
            return
        from clientcfg.formats.qr import draw_text  # noqa: PLC0415 - few commands draw

        self.say(title, style="bold")
        sys.stdout.write(draw_text(text, colours=not self.out.no_color))
        sys.stdout.flush()

    def note(self, text: str, style: str | None = None) -> None:
        """One line beside the answer."""
        if not self.manner.quiet:
            self.err.print(text, style=style, markup=False)

    @contextmanager
    def working(self, text: str) -> Iterator[None]:
        """Show that something is going on, where somebody can see it."""
        wanted = sys.stderr.isatty() and not self.manner.quiet and not self.manner.verbose
        if not wanted or not self.err.is_terminal:
            yield
            return
        with self.err.status(text) as self._status:
            yield
        self._status = None

    def progress(self, text: str) -> None:
        """What is going on now."""
        if self._status is not None:
            # One line only: what is cleared later is counted in lines.
            room = self.err.width - 4
            self._status.update(text if len(text) <= room else text[: room - 1] + "…")
        elif self.manner.verbose:
            self.note(text, style="dim")

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Keep the progress line off the screen while something else is shown or asked."""
        if self._status is None:
            yield
            return
        self._status.stop()
        try:
            yield
        finally:
            self._status.start()

    @property
    def interactive(self) -> bool:
        """Whether a person sits there who can be asked."""
        return sys.stdin.isatty() and sys.stderr.isatty()


def json_text(document: dict[str, Any]) -> str:
    """*document* as JSON text that standard output can carry in any encoding."""
    utf8 = sys.stdout.encoding.lower().replace("-", "") == "utf8"
    return json.dumps(document, ensure_ascii=not utf8, indent=2)


def _console(manner: Manner, file: Any) -> "Console":
    from rich.console import Console  # noqa: PLC0415 - 40 ms, not for --help

    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    plain = manner.no_color or "NO_COLOR" in os.environ or not file.isatty()
    return Console(
        file=file,
        width=max(60, width) if file.isatty() else _PIPE_WIDTH,
        no_color=plain,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        force_terminal=None if file.isatty() else False,
    )
