# SPDX-License-Identifier: MPL-2.0
"""The registry of a Wine prefix: ``system.reg`` and ``user.reg``, Wine's own text form.

Like a ``.reg`` file, but keys double their backslashes and stand below the root
that the file is for, texts of other types are ``str(2):"…"`` and ``str(7):"…"``,
and ``\\\\n``, ``\\\\0`` and ``\\\\x20ac`` are escapes (seen with Wine 8.0).
"""

import re
from typing import Final

from clientcfg.clients.machine import Machine
from clientcfg.clients.registry.hive import MACHINE, USER, Recorded
from clientcfg.clients.registry.reg_file import LARGEST
from clientcfg.model.registry import REG_BINARY, REG_SZ, RegistryValue

_HEADER: Final = "WINE REGISTRY Version 2"
_FILES: Final = ((MACHINE, "system.reg"), (USER, "user.reg"))

_QUOTED: Final = r'"(?:[^"\\]|\\.)*+"'
_SECTION = re.compile(r"\[((?:[^\]\\]|\\.)*+)\]")
_VALUE = re.compile(rf"(@|{_QUOTED})=(.*)")
_TEXT = re.compile(rf"(?:str(?:\(([0-9a-f]+)\))?:)?({_QUOTED})")
_NUMBER = re.compile(r"dword:([0-9a-f]{1,8})")
_HEX = re.compile(r"hex(?:\(([0-9a-f]{1,8})\))?:([0-9a-f,\s]*)")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,4})|([0-7]{1,3})|(.))", re.DOTALL)
_CONTROL: Final = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
                   "v": "\v"}  # fmt: skip


def wine_registry(machine: Machine) -> Recorded | None:
    """The registry of the prefix that ``wine`` would use; None where there is no prefix."""
    prefix = machine.environ.get("WINEPREFIX", "")
    prefix = prefix if prefix.startswith("/") else f"{machine.home}/.wine"
    found, any_read = Recorded(), False
    for root, name in _FILES:
        content = machine.read(f"{prefix}/{name}", LARGEST)
        if content is not None:
            any_read = read_wine(content, root, found) or any_read
    return found if any_read else None


def read_wine(content: bytes, root: str, found: Recorded) -> bool:
    """Put what a Wine file says below *root* into *found*; whether it was such a file."""
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    header, _line_end, rest = text.partition("\n")
    if header.strip() != _HEADER:
        return False
    key: str | None = None
    for line in re.sub(r"\\\n[ \t]*", "", rest).split("\n"):
        if section := _SECTION.match(line):
            key = f"{root}\\{_unescaped(section[1])}"
            found.add(key)
        elif key is not None and (pair := _VALUE.fullmatch(line)):
            value = _value(pair[2])
            if value is not None:
                found.set(key, "" if pair[1] == "@" else _unescaped(pair[1][1:-1]), value)
    return True


def _value(data: str) -> RegistryValue | None:
    if text := _TEXT.fullmatch(data):
        # The last NUL is not written.
        whole = _units(text[2][1:-1]) + b"\0\0"
        return RegistryValue(int(text[1], 16) if text[1] else REG_SZ, whole)
    if number := _NUMBER.fullmatch(data):
        return RegistryValue.dword(int(number[1], 16))
    if listed := _HEX.fullmatch(data):
        pieces = [piece.strip() for piece in listed[2].split(",")]
        if all(len(piece) <= 2 and " " not in piece for piece in pieces):
            raw = bytes(int(piece, 16) for piece in pieces if piece)
            return RegistryValue(int(listed[1], 16) if listed[1] else REG_BINARY, raw)
    return None


def _unescaped(text: str) -> str:
    return _units(text).decode("utf-16-le", "replace")


def _units(text: str) -> bytes:
    """UTF-16LE; characters beyond U+FFFF are written as their two halves."""
    return _ESCAPE.sub(_character, text).encode("utf-16-le", "surrogatepass")


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    if match[2]:
        return chr(int(match[2], 8))
    return _CONTROL.get(match[3], match[3])
