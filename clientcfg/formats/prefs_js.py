# SPDX-License-Identifier: MPL-2.0
"""``prefs.js``, the settings file of the Mozilla family, with its own grammar.

Statements are ``user_pref("name", value);`` where a value is a string in either
quote, a signed 32-bit integer, ``true`` or ``false``. Blanks, line ends and
comments (``//``, ``#``, ``/* */``) may stand between any two tokens. The client
skips a broken statement up to the next ``;`` token and goes on after it; of
several statements for one name the last wins; a NUL ends the file. What is
read here is what the client reads, and what is not changed stays as it is,
byte for byte.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from clientcfg.formats.prefs_js_text import (
    PrefValue,
    read_string,
    same,
    write_statement,
    write_value,
)
from clientcfg.model.trouble import Refused
from clientcfg.words import _

# After a high surrogate the client eats a backslash even where no "u" follows,
# so that the next quote ends the string: hence the second alternative.
_BODY = r"""(?: [^{q}\\]++ | \\u[dD][89abAB][0-9a-fA-F]{{2}} (?:\\u?)?+ | \\. )*+"""

_TOKEN = re.compile(
    rf"""
    (?P<blank>  [ \t\v\f\n\r]++ | (?:\#|//)[^\n\r]*+ | /\*.*?\*/ )
  | (?P<word>   [A-Za-z_]++ )
  | (?P<string> " {_BODY.format(q='"')} " | ' {_BODY.format(q="'")} ' )
  | (?P<number> [0-9]++ (?![A-Za-z_]) )
  | (?P<mark>   [(),;+-] )
  | (?P<fault>  /\*.*+ | ["'].*+ | /[^\n\r]? | [0-9]++ | . )
    """.encode(),
    re.VERBOSE | re.DOTALL,
)
_ALONE_AFTER = re.compile(rb"[ \t]*+(?:\r\n|\n|\r|\Z)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One ``user_pref`` that the client takes. Offsets are in bytes, ends exclusive."""

    name: str
    value: PrefValue
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A settings file as the client understands it.

    ``values``: every name with the value in force. ``faults``: the offsets
    where something begins that the client skips. ``room``: where a new
    statement is sure to be read. ``cut``: a NUL hides the rest of the file.
    """

    data: bytes
    statements: tuple[Statement, ...]
    values: Mapping[str, PrefValue]
    faults: tuple[int, ...]
    room: int
    cut: bool

    def get(self, name: str) -> PrefValue | None:
        """The value in force, None where the file does not set it."""
        return self.values.get(name)

    def items(self) -> Iterable[tuple[str, PrefValue]]:
        """Every name with the value in force."""
        return self.values.items()

    def line(self, offset: int) -> int:
        """The line, counted from 1, in which *offset* lies."""
        return self.data.count(b"\n", 0, offset) + 1

    def edit(
        self,
        changes: Mapping[str, PrefValue],
        drop: Callable[[str], bool] = lambda _name: False,
    ) -> bytes:
        """The file with *changes* made and every name that *drop* picks taken out.

        A changed value is replaced where it stands, a new one appended in
        sorted order; what is in *changes* is never dropped. Raises
        :class:`Refused` where a value cannot be written, or where the client
        would not read the result as it is meant.
        """
        if self.cut:
            raise unreadable()
        gone = {name for name in self.values if name not in changes and drop(name)}
        kept = parse(_replaced(self, changes, gone))
        new = sorted(changes.keys() - kept.values.keys())
        done = parse(_appended(kept, [write_statement(name, changes[name]) for name in new]))
        meant = {name: v for name, v in self.items() if name not in gone} | dict(changes)
        if len(done.faults) != len(self.faults) or not _agree(done.values, meant):
            raise unreadable()
        return done.data


def parse(data: bytes) -> Document:
    """Read a settings file. Never raises: what the client skips is skipped here too."""
    nul = data.find(b"\0")
    reader = _Reader(data if nul < 0 else data[:nul])
    statements: list[Statement] = []
    faults: list[int] = []
    room = 0
    while not reader.at_end:
        begin = reader.token.start
        try:
            statement = reader.statement()
        except _Skipped:
            faults.append(begin)
            reader.recover()
            continue
        room = reader.past
        if statement is not None:
            statements.append(statement)
    if nul < 0 and (not faults or faults[-1] < room):
        room = len(data)
    values = {s.name: s.value for s in statements}
    return Document(
        data, tuple(statements), MappingProxyType(values), tuple(faults), room, nul >= 0
    )


class _Skipped(Exception):
    """The token at hand does not go on with a statement."""


class _Token(NamedTuple):
    kind: str
    text: bytes
    start: int
    end: int


class _Reader:
    """The tokens of a file, one after the other; ``past`` is the end of the last one taken."""

    def __init__(self, data: bytes) -> None:
        self._tokens = (
            _Token(m.lastgroup or "", m[0], m.start(), m.end())
            for m in _TOKEN.finditer(data)
            if m.lastgroup != "blank"
        )
        self._end = _Token("end", b"", len(data), len(data))
        self.past = 0
        self.token = next(self._tokens, self._end)

    @property
    def at_end(self) -> bool:
        return self.token.kind == "end"

    def take(self, kind: str, *texts: bytes) -> _Token:
        """The token at hand, which must be of this kind and one of *texts* if any are given."""
        token = self.token
        if token.kind != kind or (texts and token.text not in texts):
            raise _Skipped
        self._step()
        return token

    def _step(self) -> None:
        self.past = self.token.end
        self.token = next(self._tokens, self._end)

    def recover(self) -> None:
        """Go on behind the next ``;``."""
        while not self.at_end:
            ended = self.token.text == b";"
            self._step()
            if ended:
                return

    def statement(self) -> Statement | None:
        """One statement; None for those that set a default, which no save keeps."""
        specifier = self.take("word", b"user_pref", b"pref", b"sticky_pref")
        self.take("mark", b"(")
        name = self._string_token()
        self.take("mark", b",")
        value_start = self.token.start
        value = self._value()
        value_end = self.past
        self.take("mark", b")")
        end = self.take("mark", b";").end
        if specifier.text != b"user_pref":
            return None
        return Statement(name, value, specifier.start, end, value_start, value_end)

    def _string_token(self) -> str:
        text = read_string(self.token.text) if self.token.kind == "string" else None
        if text is None:
            raise _Skipped
        self._step()
        return text

    def _value(self) -> PrefValue:
        match self.token.kind:
            case "string":
                return self._string_token()
            case "word":
                return self.take("word", b"true", b"false").text == b"true"
            case "mark":
                sign = -1 if self.take("mark", b"+", b"-").text == b"-" else 1
                return self._integer(sign)
            case _:
                return self._integer(1)

    def _integer(self, sign: int) -> int:
        digits = self.take("number").text.lstrip(b"0")
        # Eleven digits are too many in any case, and int() is slow on millions.
        number = sign * int(digits[:11] or b"0")
        if not -(2**31) <= number < 2**31:
            raise _Skipped
        return number


def _replaced(doc: Document, changes: Mapping[str, PrefValue], gone: set[str]) -> bytes:
    last = {s.name: s for s in doc.statements}
    pieces: list[bytes] = []
    done = 0
    for s in doc.statements:
        if s.name in gone:
            start, end = _whole_line(doc.data, s.start, s.end)
            text = b""
        elif s is last[s.name] and s.name in changes and not same(s.value, changes[s.name]):
            start, end, text = s.value_start, s.value_end, write_value(s.name, changes[s.name])
        else:
            continue
        pieces += (doc.data[done:start], text)
        done = end
    return b"".join((*pieces, doc.data[done:]))


def _whole_line(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The span widened to its line where nothing else stands there."""
    first = start
    while first > 0 and data[first - 1] in b" \t":
        first -= 1
    after = _ALONE_AFTER.match(data, end)
    if after and (first == 0 or data[first - 1] in b"\n\r"):
        return first, after.end()
    return start, end


def _appended(doc: Document, lines: list[bytes]) -> bytes:
    if not lines:
        return doc.data
    eol = b"\r\n" if b"\r\n" in doc.data else b"\n"
    head, tail = doc.data[: doc.room], doc.data[doc.room :]
    before = b"" if not head or head.endswith((b"\n", b"\r")) else eol
    # What follows is something that the client skips; a line end of our own keeps it so,
    # and goes again with our line.
    return b"".join((head, before, eol.join(lines), eol, tail))


def _agree(one: Mapping[str, PrefValue], other: Mapping[str, PrefValue]) -> bool:
    return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)


def unreadable() -> Refused:
    """The refusal for a file in which an addition might not be read as it is meant."""
    return Refused(
        "prefs-unreadable",
        _("prefs.js is damaged so that the mail program might not read what is added to it."),
        _("Start the mail program and close it again: it writes a clean file."),
        _("If the file is worth keeping, copy it first: broken parts are lost then."),
    )
