# SPDX-License-Identifier: MPL-2.0
"""``.reg`` files, as regedit exports them: version 5.00 (UTF-16LE or UTF-8) and REGEDIT4.

    file  := header section*
    section := "[" ["-"] key "]" value*
    value := ("@" | quoted) "=" (quoted | "dword:" 8hex | "hex" ["(" type ")"] ":" list | "-")

In quotes ``\\\\`` is a backslash and ``\\"`` a quote; a line that ends in a
backslash goes on in the next. A line that regedit would pass over is passed over,
and a text with a line end in it is such a line.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Final

from clientcfg.clients.registry.hive import Recorded
from clientcfg.clients.registry.typed import TEXTS
from clientcfg.model.registry import REG_BINARY, RegistryValue
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

LARGEST: Final = 64 * 1024 * 1024
VERSION_5: Final = "Windows Registry Editor Version 5.00"
VERSION_4: Final = "REGEDIT4"
# Of the machine that exported: which code page it has, the file does not say.
ANSI: Final = "cp1252"

_QUOTED: Final = r'"(?:[^"\\]|\\.)*+"'
_VALUE = re.compile(rf"\s*(@|{_QUOTED})\s*=\s*(.*)", re.DOTALL)
_TEXT = re.compile(rf"({_QUOTED})\s*(?:;.*)?", re.DOTALL)
_NUMBER = re.compile(r"dword:([0-9a-f]{1,8})\s*(?:;.*)?", re.IGNORECASE | re.DOTALL)
_HEX = re.compile(r"hex(?:\(([0-9a-f]{1,8})\))?:([0-9a-f,\s]*)(?:;.*)?", re.IGNORECASE | re.DOTALL)
_SECTION = re.compile(r"\s*\[(-?)(.*)\]\s*(?:;[^\]]*)?")
_GOES_ON = re.compile(r"\\[ \t]*\Z")
_LIST = re.compile(rf"\s*(?:@|{_QUOTED})\s*=\s*hex", re.IGNORECASE)


def read_reg(content: bytes) -> Recorded:
    """The registry that importing *content* into an empty one would make, without passwords.

    Raises :class:`WrongUsage` for what is no such file, broken UTF-16 included.
    """
    lines = _text(content).split("\n")
    header = lines[0].strip()
    if header not in {VERSION_5, VERSION_4}:
        raise _not_one(_("its first line is not that of one"))
    wide = header == VERSION_5
    found = Recorded()
    key: str | None = None
    for line in _logical(lines[1:]):
        if section := _SECTION.fullmatch(line):
            key = None if section[1] else section[2]
            if section[1]:
                found.remove(section[2])
            else:
                found.add(section[2])
        elif key is not None and (pair := _VALUE.fullmatch(line)):
            name = "" if pair[1] == "@" else unquoted(pair[1])
            _set(found, key, name, pair[2], wide=wide)
    return found


def unquoted(text: str) -> str:
    """What stands between the quotes of *text*."""
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)


def _set(found: Recorded, key: str, name: str, data: str, *, wide: bool) -> None:
    if data.strip() == "-":
        found.drop(key, name)
        return
    value = _value(data, wide=wide)
    if value is not None:
        found.set(key, name, value)


def _value(data: str, *, wide: bool) -> RegistryValue | None:
    if text := _TEXT.fullmatch(data):
        return RegistryValue.text(unquoted(text[1]))
    if number := _NUMBER.fullmatch(data):
        return RegistryValue.dword(int(number[1], 16))
    if listed := _HEX.fullmatch(data):
        pieces = listed[2].split(",")
        try:
            raw = bytes(int(piece, 16) for piece in map(str.strip, pieces) if piece)
        except ValueError:
            return None
        kind = int(listed[1], 16) if listed[1] else REG_BINARY
        if kind in TEXTS and not wide:
            raw = raw.decode(ANSI, "replace").encode("utf-16-le")
        return RegistryValue(kind, raw)
    return None


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise _not_one(_("it is larger than {limit} MiB").format(limit=LARGEST // 1024**2))
    try:
        if content.startswith(codecs.BOM_UTF16_LE):
            text = content[2:].decode("utf-16-le")
        else:
            text = content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as e:
        if not content.startswith(VERSION_4.encode()):
            raise _not_one(_("it is neither UTF-16 nor UTF-8 text")) from e
        text = content.decode(ANSI, "replace")
    return text.replace("\r\n", "\n")


def _logical(lines: list[str]) -> Iterator[str]:
    """Lines with their continuations. A line end in quotes ends the line, as under Wine."""
    parts: list[str] = []
    for line in lines:
        piece = line.lstrip(" \t") if parts else line
        if _GOES_ON.search(piece) and (parts or _LIST.match(piece)):
            parts.append(piece.rstrip()[:-1])
            continue
        yield "".join((*parts, piece))
        parts = []
    yield "".join(parts)


def _not_one(why: str) -> WrongUsage:
    return WrongUsage(
        "not-a-registry-file",
        _("This is not a file that regedit exported: {why}.").format(why=why),
        _("Export the key again, as “Registration Files (*.reg)”."),
    )
