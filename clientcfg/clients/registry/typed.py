# SPDX-License-Identifier: MPL-2.0
"""What a value means, and how it is kept: text, number, bytes or several texts."""

from typing import Final

from clientcfg.model.registry import (
    REG_BINARY,
    REG_DWORD,
    REG_EXPAND_SZ,
    REG_MULTI_SZ,
    REG_QWORD,
    REG_SZ,
    RegistryValue,
)

Value = str | int | bytes | tuple[str, ...]

TEXTS: Final = frozenset({REG_SZ, REG_EXPAND_SZ, REG_MULTI_SZ})
_DWORD_BIG_ENDIAN: Final = 5


def meaning(value: RegistryValue) -> Value:
    """The bytes of *value* as its type means them; bytes where they are not of that type."""
    kind, data = value.type, value.data
    if kind in TEXTS:
        text = data.decode("utf-16-le", "replace")
        if kind == REG_MULTI_SZ:
            return tuple(part for part in text.split("\0") if part)
        return text.partition("\0")[0]
    if kind in {REG_DWORD, REG_QWORD} and len(data) in {4, 8}:
        return int.from_bytes(data, "little")
    if kind == _DWORD_BIG_ENDIAN and len(data) == 4:
        return int.from_bytes(data, "big")
    return data


def kept(value: Value) -> RegistryValue:
    """*value* in the type that is usual for it.

    Raises OverflowError for a number of more than 64 bits.
    """
    if isinstance(value, bytes):
        return RegistryValue(REG_BINARY, value)
    if isinstance(value, int):
        small = 0 <= value < 2**32
        return RegistryValue.dword(value) if small else _qword(value)
    if isinstance(value, tuple):
        return RegistryValue(REG_MULTI_SZ, _wide("".join(f"{part}\0" for part in (*value, ""))))
    return RegistryValue(REG_SZ, _wide(f"{value}\0"))


def _qword(number: int) -> RegistryValue:
    return RegistryValue(REG_QWORD, number.to_bytes(8, "little"))


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
