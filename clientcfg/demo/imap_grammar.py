# SPDX-License-Identifier: MPL-2.0
"""How IMAP commands are written, as a server reads them (RFC 3501 §9)."""

import re
from typing import TypeAlias

from clientcfg.demo.listener import HungUp, Peer

Token: TypeAlias = "bytes | list[Token]"  # noqa: S105 - a word of a command

_LONGEST = 1 << 16  # octets of one literal
_LITERAL = re.compile(rb"\{([0-9]{1,9})(\+?)\}\Z")
_TOKEN = re.compile(
    rb" +"
    rb'|"(?P<quoted>(?:[^"\\\r\n]|\\["\\])*)"'
    rb"|(?P<bracket>[()])"
    # An atom; a section in square brackets belongs to it, blanks and all.
    rb"|(?P<atom>(?:[^ ()\"\[\]]|\[[^\]]*\])+)"
)


class BadSyntax(Exception):
    """The command is not written as the grammar says. ``tag`` is its tag, if that could be read."""

    def __init__(self, tag: Token = b"*") -> None:
        super().__init__()
        self.tag = tag if isinstance(tag, bytes) else b"*"


async def read_command(peer: Peer) -> list[Token]:
    """One command: its tag, its name and its arguments, lists nested."""
    stack: list[list[Token]] = [[]]
    broken = False
    while True:
        line = await peer.line()
        literal = _LITERAL.search(line)
        try:
            _tokens(line[: literal.start()] if literal else line, stack)
        except BadSyntax:
            broken = True
        if literal is None:
            break
        if int(literal[1]) > _LONGEST:
            if literal[2]:
                raise HungUp  # it is coming already
            raise BadSyntax(*stack[0][:1])
        if not literal[2]:
            await peer.send(b"+ Go on\r\n")
        stack[-1].append(await peer.octets(int(literal[1])))
    if broken or len(stack) != 1 or len(stack[0]) < 2:
        raise BadSyntax(*stack[0][:1])
    return stack[0]


def _tokens(text: bytes, stack: list[list[Token]]) -> None:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadSyntax
        at = match.end()
        if match["bracket"] == b"(":
            inner: list[Token] = []
            stack[-1].append(inner)
            stack.append(inner)
        elif match["bracket"]:
            if len(stack) == 1:
                raise BadSyntax
            stack.pop()
        elif match["quoted"] is not None:
            stack[-1].append(re.sub(rb"\\(.)", rb"\1", match["quoted"]))
        elif match["atom"]:
            stack[-1].append(match["atom"])


def text(token: Token) -> bytes:
    """*token* where a list would be wrong."""
    if isinstance(token, list):
        raise BadSyntax
    return token


def numbers(written: bytes, last: int) -> set[int]:
    """A sequence set, RFC 3501 §9; ``*`` is *last*."""
    wanted: set[int] = set()
    for part in written.split(b","):
        low, _colon, high = part.partition(b":")
        ends = [last if end == b"*" else _number(end) for end in (low, high or low)]
        wanted.update(range(min(ends), min(max(ends), max(last, min(ends))) + 1))
    return wanted


def _number(digits: bytes) -> int:
    if not re.fullmatch(rb"[1-9][0-9]{0,9}", digits):
        raise BadSyntax
    return int(digits)


def quoted(plain: bytes) -> bytes:
    """*plain* as a quoted string."""
    return b'"' + plain.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
