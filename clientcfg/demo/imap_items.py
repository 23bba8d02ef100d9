# SPDX-License-Identifier: MPL-2.0
"""What SEARCH asks of a message and FETCH tells of it (RFC 3501 §6.4.4, §6.4.5)."""

import re
from collections.abc import Callable

from clientcfg.demo.imap_grammar import BadSyntax, Token, numbers, text
from clientcfg.demo.mailbox import Stored

Test = Callable[[Stored], bool]

_FLAG_KEYS = {
    b"SEEN": rb"\Seen",
    b"DELETED": rb"\Deleted",
    b"FLAGGED": rb"\Flagged",
    b"ANSWERED": rb"\Answered",
    b"DRAFT": rb"\Draft",
}
_SECTION = re.compile(
    rb"BODY(?P<peek>\.PEEK)?\[(?:(?P<whole>)|(?P<header>HEADER)|(?P<text>TEXT)"
    rb"|HEADER\.FIELDS \((?P<fields>[^)]*)\))\]",
    re.IGNORECASE,
)
_FIELD = re.compile(rb"^([!-9;-~]+):(.*(?:\r\n[ \t].*)*)\r\n", re.MULTILINE)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def search_test(keys: list[Token], last_uid: int) -> Test:
    """One test that all of *keys* together make."""
    words = list(keys)
    tests: list[Test] = []
    while words:
        tests.append(_key(words, last_uid))
    return lambda message: all(test(message) for test in tests)


def _key(words: list[Token], last_uid: int) -> Test:
    first = words.pop(0) if words else b""
    if isinstance(first, list):
        return search_test(first, last_uid)
    key = first.upper()
    if key == b"NOT":
        test = _key(words, last_uid)
        return lambda message: not test(message)
    if key == b"UID" and words:
        wanted = numbers(text(words.pop(0)), last_uid)
        return lambda message: message.uid in wanted
    if key == b"HEADER" and len(words) > 1:
        return _header_test(text(words.pop(0)), text(words.pop(0)))
    if key in (b"FROM", b"TO", b"SUBJECT", b"CC") and words:
        return _header_test(key, text(words.pop(0)))
    return _flag_test(key)


def _flag_test(key: bytes) -> Test:
    if key in _FLAG_KEYS:
        return lambda message: _FLAG_KEYS[key] in message.flags
    if key.startswith(b"UN") and key[2:] in _FLAG_KEYS:
        return lambda message: _FLAG_KEYS[key[2:]] not in message.flags
    if key != b"ALL":
        raise BadSyntax
    return lambda _message: True


def _header_test(name: bytes, part: bytes) -> Test:
    def test(message: Stored) -> bool:
        return any(
            field.lower() == name.lower() and part.lower() in value.lower()
            for field, value in _FIELD.findall(message.header)
        )

    return test


def fetch_item(name: bytes, message: Stored) -> bytes:
    """One item of a FETCH answer; marks the message as seen where that is due."""
    section = _SECTION.fullmatch(name)
    if section is None:
        if name.upper() not in _ITEMS:
            raise BadSyntax
        return name.upper() + b" " + _ITEMS[name.upper()](message)
    if not section["peek"]:
        message.flags.add(rb"\Seen")
    answered = re.sub(rb"(?i)\.PEEK\[", b"[", name, count=1)
    return answered + b" " + _literal(_section(section, message))


def _whole(message: Stored) -> bytes:
    message.flags.add(rb"\Seen")
    return _literal(message.content)


def _date(message: Stored) -> bytes:
    at = message.arrived
    return f'"{at.day:2d}-{_MONTHS[at.month - 1]}-{at.year} {at:%H:%M:%S} +0000"'.encode()


def flags_item(message: Stored) -> bytes:
    """The flags, as FETCH tells them."""
    return b"FLAGS " + _flags(message)


def _flags(message: Stored) -> bytes:
    return b"(" + b" ".join(sorted(message.flags)) + b")"


def _section(section: re.Match[bytes], message: Stored) -> bytes:
    if section["header"]:
        return message.header
    if section["text"]:
        return message.content[len(message.header) :]
    if section["fields"] is not None:
        names = section["fields"].upper().replace(b'"', b"").split()
        kept = (m[0] for m in _FIELD.finditer(message.header) if m[1].upper() in names)
        return b"".join(kept) + b"\r\n"
    return message.content


def _literal(value: bytes) -> bytes:
    return b"{%d}\r\n" % len(value) + value


_ITEMS: dict[bytes, Callable[[Stored], bytes]] = {
    b"UID": lambda message: b"%d" % message.uid,
    b"FLAGS": _flags,
    b"RFC822.SIZE": lambda message: b"%d" % len(message.content),
    b"INTERNALDATE": _date,
    b"RFC822.HEADER": lambda message: _literal(message.header),
    b"RFC822": _whole,
}
