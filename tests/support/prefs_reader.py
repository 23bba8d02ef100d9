# SPDX-License-Identifier: MPL-2.0
"""A reader of ``prefs.js`` that shares nothing with the program, one character at a time."""

import re

Value = str | int | bool


class _Wrong(Exception):
    pass


class _Prefs:
    """One pass over the text of a ``prefs.js``, with the client's way to go on after an error."""

    def __init__(self, data: bytes) -> None:
        self.data = data.split(b"\0")[0]
        self.at = 0

    def read(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while self.blank() or self.at < len(self.data):
            if self.at >= len(self.data):
                break
            try:
                word = self.word()
                if word not in {b"user_pref", b"pref", b"sticky_pref"}:
                    raise _Wrong
                self.mark(b"(")
                name = self.string()
                self.mark(b",")
                value = self.value()
                self.mark(b")")
                self.mark(b";")
            except _Wrong:
                self.skip()
                continue
            if word == b"user_pref":
                found[name] = value
        return found

    def peek(self) -> bytes:
        return self.data[self.at : self.at + 1]

    def blank(self) -> bool:
        """Over blanks and comments; whether there were any."""
        begin = self.at
        while self.at < len(self.data):
            rest = self.data[self.at : self.at + 2]
            if rest[:1] in (b" ", b"\t", b"\v", b"\f", b"\n", b"\r"):
                self.at += 1
            elif rest[:1] == b"#" or rest == b"//":
                while self.peek() not in (b"", b"\n", b"\r"):
                    self.at += 1
            elif rest == b"/*":
                end = self.data.find(b"*/", self.at + 2)
                if end < 0:
                    break
                self.at = end + 2
            else:
                break
        return self.at > begin

    def token(self) -> bytes:
        """Over one token of any kind; raises :class:`_Wrong` at a broken one."""
        self.blank()
        c = self.peek()
        if c in (b'"', b"'"):
            self.raw_string()
        elif c.isalpha() or c == b"_":
            while self.peek().isalpha() or self.peek() == b"_":
                self.at += 1
        elif c.isdigit():
            while self.peek().isdigit():
                self.at += 1
        elif self.data[self.at : self.at + 2] == b"/*":
            self.at = len(self.data)
        elif c == b"/":
            # It wanted to be a comment; what follows is gone with it, but no line end.
            self.at += 1 if self.data[self.at + 1 : self.at + 2] in (b"\n", b"\r") else 2
        else:
            self.at += 1
        return c

    def skip(self) -> None:
        """Behind the next ``;`` that is a token of its own."""
        while self.at < len(self.data):
            try:
                if self.token() == b";":
                    return
            except _Wrong:  # a string without an end
                return

    def word(self) -> bytes:
        self.blank()
        begin = self.at
        while self.peek().isalpha() or self.peek() == b"_":
            self.at += 1
        return self.data[begin : self.at]

    def mark(self, mark: bytes) -> None:
        self.blank()
        if self.peek() != mark:
            raise _Wrong
        self.at += 1

    def raw_string(self) -> bytes:
        """Over a string literal; what stands between its quotes."""
        quote, begin = self.peek(), self.at
        self.at += 1
        while self.at < len(self.data):
            c = self.peek()
            self.at += 1
            if c == quote:
                return self.data[begin + 1 : self.at - 1]
            if c == b"\\":
                high = re.match(rb"u[dD][89abAB][0-9a-fA-F]{2}(\\?)", self.data[self.at :])
                self.at += high.end() if high else 1
                if high and high[1] and self.peek() == b"u":
                    self.at += 1
        raise _Wrong

    def string(self) -> str:
        self.blank()
        if self.peek() not in (b'"', b"'"):
            raise _Wrong
        return _unescaped(self.raw_string())

    def value(self) -> Value:
        self.blank()
        c = self.peek()
        if c in (b'"', b"'"):
            return self.string()
        if c.isalpha():
            words = {b"true": True, b"false": False}
            begin, word = self.at, self.word()
            if word not in words:
                self.at = begin
                raise _Wrong
            return words[word]
        sign = 1
        if c in (b"+", b"-"):
            sign = -1 if c == b"-" else 1
            self.at += 1
            self.blank()
        begin = self.at
        while self.peek().isdigit():
            self.at += 1
        digits = self.data[begin : self.at].lstrip(b"0") or b"0"
        if begin == self.at or self.peek().isalpha() or self.peek() == b"_" or len(digits) > 10:
            raise _Wrong
        number = sign * int(digits)
        if not -(2**31) <= number < 2**31:
            raise _Wrong
        return number


def _unescaped(raw: bytes) -> str:
    out = bytearray()
    at = 0
    simple = {b'"': 34, b"'": 39, b"\\": 92, b"n": 10, b"r": 13}
    while at < len(raw):
        if raw[at] != 92:
            out.append(raw[at])
            at += 1
            continue
        letter = raw[at + 1 : at + 2]
        if letter in simple:
            out.append(simple[letter])
            at += 2
            continue
        digits = {b"x": 2, b"u": 4}.get(letter)
        number = raw[at + 2 : at + 2 + digits] if digits else b""
        if not digits or not re.fullmatch(rb"[0-9a-fA-F]{%d}" % digits, number):
            raise _Wrong
        code = int(number, 16)
        at += 2 + digits
        if digits == 2:
            out.append(code)
        else:
            if 0xD800 <= code < 0xDC00:
                low = re.match(rb"\\u([dD][c-fC-F][0-9a-fA-F]{2})", raw[at:])
                if not low:
                    raise _Wrong
                code = 0x10000 + (code - 0xD800) * 0x400 + int(low[1], 16) - 0xDC00
                at += 6
            elif 0xDC00 <= code < 0xE000:
                raise _Wrong
            out += chr(code).encode()
        if code == 0:
            raise _Wrong
    return out.decode("utf-8", "replace")


def prefs(data: bytes) -> dict[str, Value]:
    """Every pref in force."""
    return _Prefs(data).read()
