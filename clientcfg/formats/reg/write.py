# SPDX-License-Identifier: MPL-2.0
"""Writes ``.reg`` files: version 5.00 (UTF-16LE) and, for Windows 9x and NT 4, REGEDIT4.

The grammar is that of :mod:`clientcfg.clients.registry.reg_file`. Nothing that
is not printed stands in quotes: Wine takes a line end in them for the end of the
line, so that the rest of a name would be read as keys and values. Such a value is
written as a list of bytes. A name cannot be, nor a key: they are refused.
"""

import codecs
from collections.abc import Iterable, Iterator
from typing import Final

from clientcfg.clients.registry.reg_file import ANSI, VERSION_4, VERSION_5
from clientcfg.clients.registry.typed import TEXTS
from clientcfg.formats.plain_text import has_hidden, in_ascii
from clientcfg.formats.reg.change import KeyChange
from clientcfg.model.registry import REG_BINARY, REG_DWORD, REG_SZ, USER, RegistryValue
from clientcfg.model.trouble import Refused
from clientcfg.words import _

_WIDTH: Final = 78
_ROOTS: Final = (f"{USER}\\", "HKEY_LOCAL_MACHINE\\")


def reg_5(changes: Iterable[KeyChange]) -> bytes:
    """Version 5.00, for Windows 2000 and later.

    Raises :class:`Refused` for names of keys and values that cannot be written.
    """
    return codecs.BOM_UTF16_LE + _text(VERSION_5, changes, wide=True).encode("utf-16-le")


def regedit_4(changes: Iterable[KeyChange]) -> bytes:
    """REGEDIT4, which every Windows reads: one byte a character, in the Western code page.

    Raises :class:`Refused` for text that is not in it.
    """
    try:
        return _text(VERSION_4, changes, wide=False).encode(ANSI)
    except UnicodeEncodeError as e:
        raise Refused(
            "not-in-this-code-page",
            _("“{text}” cannot be written for a Windows as old as this.").format(
                text=e.object[e.start : e.end]
            ),
            _("Write the name without that letter."),
        ) from e


def fits_everywhere(changes: Iterable[KeyChange]) -> bool:
    """Whether REGEDIT4 holds it without a question of code pages."""
    try:
        return _text(VERSION_4, changes, wide=False).isascii()
    except UnicodeEncodeError:
        return False


def _text(header: str, changes: Iterable[KeyChange], *, wide: bool) -> str:
    lines = [header, ""]
    for change in changes:
        lines += _section(change, wide=wide)
        lines.append("")
    return "".join(f"{line}\r\n" for line in lines)


def _section(change: KeyChange, *, wide: bool) -> Iterator[str]:
    _refuse_key(change.key)
    yield f"[{'-' if change.removed else ''}{change.key}]"
    for name, value in change.values.items():
        _refuse_hidden(name)
        start = "@=" if not name else f"{_quoted(name)}="
        yield start + ("-" if value is None else _data(value, len(start), wide=wide))


def _data(value: RegistryValue, indent: int, *, wide: bool) -> str:
    if value.type == REG_SZ and (text := _plain(value.data)) is not None:
        return _quoted(text)
    if value.type == REG_DWORD and len(value.data) == 4:
        return f"dword:{int.from_bytes(value.data, 'little'):08x}"
    data = value.data
    if not wide and value.type in TEXTS:
        data = data.decode("utf-16-le", "surrogatepass").encode(ANSI)
    kind = "hex:" if value.type == REG_BINARY else f"hex({value.type:x}):"
    return kind + _folded(data, indent + len(kind))


def _folded(data: bytes, indent: int) -> str:
    """Bytes as hex, a line no longer than regedit's, going on in the next."""
    rows, row = [], ""
    for number, byte in enumerate(data):
        piece = f"{byte:02x}" + ("," if number + 1 < len(data) else "")
        if row and indent + len(row) + len(piece) > _WIDTH:
            rows.append(row)
            row, indent = "", 2
        row += piece
    return "\\\r\n  ".join([*rows, row])


def _plain(data: bytes) -> str | None:
    """The text of *data*, if quotes can hold all of it."""
    try:
        text = data.decode("utf-16-le")
    except UnicodeDecodeError:
        return None
    return text[:-1] if text.endswith("\0") and text[:-1].isprintable() else None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _refuse_key(key: str) -> None:
    _refuse_hidden(key)
    if not key.startswith(_ROOTS) or not all(key.split("\\")):
        raise Refused(
            "not-a-key", _("{key} is not a key that is written to.").format(key=in_ascii(key))
        )


def _refuse_hidden(name: str) -> None:
    if has_hidden(name):
        raise Refused(
            "control-character",
            _("A name in the registry has a character in it that cannot be seen: {name}").format(
                name=in_ascii(name)
            ),
            _("Give the profile or account a name without it."),
        )
