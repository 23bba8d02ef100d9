# SPDX-License-Identifier: MPL-2.0
"""Lines out of bytes, whatever pieces they come in, with limits that a liar cannot get past.

A line ends with LF, with or without CR before it. The work is linear in the
bytes, also when they come one at a time.
"""

from typing import Final

LINE_LIMIT: Final = 8 * 1024
ANSWER_LIMIT: Final = 64 * 1024
ANSWER_LINES: Final = 1000
SHOWN_LIMIT: Final = 1024

_ESCAPED: Final = tuple(chr(n) if 0x20 <= n < 0x7F else f"\\x{n:02x}" for n in range(256))


class TooLong(Exception):
    """A line or an answer goes past its limit. ``head`` is how the line begins."""

    def __init__(self, code: str, head: bytes) -> None:
        super().__init__(code)
        self.code = code
        self.head = head


class Lines:
    """A buffer that takes bytes and gives lines without their ends.

    The bytes and lines of an *answer* are counted from :meth:`begin_answer` on.
    """

    # ``_tail`` begins a line that ``_block`` may go on with from ``_at``.
    __slots__ = ("_answer", "_answer_lines", "_at", "_block", "_tail")

    def __init__(self) -> None:
        self._block = b""
        self._at = 0
        self._tail = bytearray()
        self._answer = 0
        self._answer_lines = 0

    def feed(self, data: bytes) -> None:
        """Take more bytes."""
        left = self._block[self._at :]
        self._block = left + data if left else data
        self._at = 0

    def next_line(self) -> bytes | None:
        """The next whole line, None where it has not come yet. Raises :class:`TooLong`.

        Where the limit strikes depends on the bytes alone, not on their pieces.
        """
        block, at, tail = self._block, self._at, self._tail
        end = block.find(b"\n", at, at + LINE_LIMIT + 1 - len(tail))
        if end < 0:
            if len(tail) + len(block) - at > LINE_LIMIT:
                raise TooLong("line-too-long", bytes(tail[:SHOWN_LIMIT]) + block[at:][:SHOWN_LIMIT])
            tail += block[at:]
            self._block, self._at = b"", 0
            return None
        line = block[at:end]
        self._at = end + 1
        if tail:
            line = bytes(tail) + line
            tail.clear()
        self._answer += len(line) + 1
        self._answer_lines += 1
        if self._answer > ANSWER_LIMIT or self._answer_lines > ANSWER_LINES:
            raise TooLong("answer-too-long", line)
        return line[:-1] if line.endswith(b"\r") else line

    def begin_answer(self) -> None:
        """Count an answer from here."""
        self._answer = 0
        self._answer_lines = 0

    @property
    def pending(self) -> bool:
        """Whether bytes wait that no line has taken."""
        return bool(self._tail) or self._at < len(self._block)

    def take_rest(self) -> bytes:
        """Everything that waits; the buffer is empty then."""
        rest = bytes(self._tail) + self._block[self._at :]
        self._tail.clear()
        self._block, self._at = b"", 0
        return rest


def shown(data: bytes, limit: int = SHOWN_LIMIT) -> str:
    r"""*data* safe to show: control and 8-bit bytes as \\xNN, at most *limit* bytes of it."""
    head = data[:limit]
    text = head.decode("latin-1")
    # Nearly every line is plain ASCII, and that is quickly seen.
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_ESCAPED.__getitem__, head))
    return text if len(data) <= limit else text + "…"
