# SPDX-License-Identifier: MPL-2.0
"""Values of the Windows registry, with their type and to the byte.

The numbers of types are those of winnt.h, as in ``.reg`` files (``hex(7):…``).
"""

from dataclasses import dataclass
from typing import Final, Self

USER: Final = "HKEY_CURRENT_USER"

REG_SZ: Final = 1
REG_EXPAND_SZ: Final = 2
REG_BINARY: Final = 3
REG_DWORD: Final = 4
REG_MULTI_SZ: Final = 7
REG_QWORD: Final = 11


@dataclass(frozen=True, slots=True)
class RegistryValue:
    """What a value holds: the number of its type, and its bytes as the registry keeps them.

    Texts are UTF-16LE with a NUL at the end, numbers little-endian.
    """

    type: int
    data: bytes

    @classmethod
    def dword(cls, number: int) -> Self:
        """A number of 32 bits. Raises OverflowError for any other."""
        return cls(REG_DWORD, number.to_bytes(4, "little"))

    @classmethod
    def text(cls, text: str, kind: int = REG_SZ) -> Self:
        """A text. Raises UnicodeEncodeError for half a surrogate pair."""
        return cls(kind, f"{text}\0".encode("utf-16-le"))

    def octets(self) -> bytes:
        """Type and data in one, as journals keep a value: ``4:`` and the data."""
        return b"%d:%b" % (self.type, self.data)

    @classmethod
    def from_octets(cls, octets: bytes) -> Self:
        """The value back. Raises ValueError for anything else."""
        number, colon, data = octets.partition(b":")
        if not colon:
            raise ValueError("not a registry value")
        return cls(int(number), data)


def holds_password(name: str) -> bool:
    """Whether the value *name* is one of those that programs keep passwords in.

    Outlook calls them "POP3 Password", "SMTP Password", …; Outlook Express
    "POP3 Password2". Such a value is never read, kept or written.
    """
    return "password" in name.casefold()
