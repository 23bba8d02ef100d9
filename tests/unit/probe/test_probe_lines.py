# SPDX-License-Identifier: MPL-2.0
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.probe.lines import ANSWER_LIMIT, LINE_LIMIT, Lines, TooLong, shown


def read(pieces: list[bytes]) -> list[bytes | str]:
    """All lines, and the code of the limit that ended them."""
    lines, found = Lines(), list[bytes | str]()
    try:
        for piece in pieces:
            lines.feed(piece)
            while (line := lines.next_line()) is not None:
                found.append(line)
    except TooLong as too_long:
        found.append(too_long.code)
    return found


def test_lf_ends_a_line_with_or_without_cr() -> None:
    assert read([b"one\r\ntwo\nthr\ree\r\n\nrest"]) == [b"one", b"two", b"thr\ree", b""]


def test_what_has_no_end_yet_is_pending() -> None:
    lines = Lines()
    lines.feed(b"220 hello\r")
    assert lines.next_line() is None
    assert lines.pending
    assert lines.take_rest() == b"220 hello\r"
    assert not lines.pending


def test_a_line_may_have_exactly_the_limit() -> None:
    assert read([b"x" * LINE_LIMIT + b"\n"]) == [b"x" * LINE_LIMIT]
    assert read([b"x" * (LINE_LIMIT + 1) + b"\n"]) == ["line-too-long"]
    assert read([b"x" * (LINE_LIMIT + 1)]) == ["line-too-long"]


def test_an_answer_may_have_exactly_the_limit() -> None:
    line = b"x" * 1023 + b"\n"
    assert read([line * (ANSWER_LIMIT // 1024)]) == [line[:-1]] * 64
    assert read([line * 64 + b"\n"])[-1] == "answer-too-long"


def test_a_new_answer_counts_anew() -> None:
    lines = Lines()
    for _answer in range(10):
        lines.begin_answer()
        lines.feed((b"x" * 1023 + b"\n") * 60)
        while lines.next_line() is not None:
            pass


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=20))
def test_pieces_do_not_matter(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[a:b] for a, b in pairwise(edges)]
    assert read(pieces) == read([data])


def test_byte_by_byte_is_linear_work() -> None:
    lines, started = Lines(), time.process_time()
    for _line in range(100):
        lines.begin_answer()
        for _byte in range(LINE_LIMIT):
            lines.feed(b"x")
            lines.next_line()
        lines.feed(b"\n")
        assert lines.next_line() is not None
    # 800,000 bytes one at a time; rescanning each line from its start would cost 25 times this.
    assert time.process_time() - started < 5


@given(st.binary(max_size=2000))
def test_what_is_shown_cannot_command_a_terminal(data: bytes) -> None:
    text = shown(data)
    assert all(0x20 <= ord(c) < 0x7F or c == "…" for c in text)


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"250 ok", "250 ok"), (b"\x1b[2J\xc3\xa9\0", r"\x1b[2J\xc3\xa9\x00"), (b"", "")],
)
def test_control_and_8_bit_bytes_are_shown_as_hex(data: bytes, text: str) -> None:
    assert shown(data) == text


def test_long_lines_are_shown_cut() -> None:
    assert shown(b"x" * 5000) == "x" * 1024 + "…"
