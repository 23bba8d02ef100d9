# SPDX-License-Identifier: MPL-2.0
"""The registry of the Windows that this runs on. Not run on a live system yet.

``winreg`` hands texts and numbers over as what they mean; they are made bytes
again here as Windows itself writes them. What another program wrote otherwise (a
text without its NUL) is therefore put back in the usual form.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from clientcfg.changes.disk_trouble import shown
from clientcfg.model.registry import (
    REG_DWORD,
    REG_EXPAND_SZ,
    REG_MULTI_SZ,
    REG_QWORD,
    REG_SZ,
    RegistryValue,
    holds_password,
)
from clientcfg.model.trouble import No, Trouble
from clientcfg.words import _

_SIZES = {REG_DWORD: 4, REG_QWORD: 8}
_TEXTS = frozenset({REG_SZ, REG_EXPAND_SZ})
_ACCESS_DENIED = 5  # winerror.h


def from_winreg(kind: int, said: Any) -> RegistryValue:
    """A value as ``winreg`` hands it over: int, str, list of str, bytes or None."""
    if kind in _SIZES:
        return RegistryValue(kind, int(said or 0).to_bytes(_SIZES[kind], "little"))
    if kind in _TEXTS:
        return RegistryValue(kind, _wide(f"{said or ''}\0"))
    if kind == REG_MULTI_SZ:
        return RegistryValue(kind, _wide("".join(f"{text}\0" for text in (*(said or ()), ""))))
    return RegistryValue(kind, bytes(said or b""))


def to_winreg(value: RegistryValue) -> Any:
    """The same the other way. Raises ValueError for what ``winreg`` would write otherwise."""
    said: Any = value.data
    if value.type in _SIZES:
        said = int.from_bytes(value.data, "little")
    elif value.type in _TEXTS:
        said = value.data.decode("utf-16-le", "surrogatepass").removesuffix("\0")
    elif value.type == REG_MULTI_SZ:
        said = value.data.decode("utf-16-le", "surrogatepass").removesuffix("\0").split("\0")[:-1]
    try:
        same = from_winreg(value.type, said) == value
    except OverflowError:
        same = False
    if not same:
        raise ValueError("winreg would write another value")
    return said


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


@contextmanager
def told(key: str) -> Iterator[None]:
    """Turn an :class:`OSError` about *key* into the :class:`Trouble` for it."""
    try:
        yield
    except OSError as error:
        raise _trouble(error, key) from error


def _trouble(error: OSError, key: str) -> Trouble:
    if isinstance(error, PermissionError) or getattr(error, "winerror", None) == _ACCESS_DENIED:
        return No(
            "no-permission",
            _("Windows does not let this person change {key}.").format(key=shown(key)),
            _("An administrator may have fixed these settings for everybody; ask one."),
        )
    return No(
        "registry-trouble",
        _("{key} could not be read or written: {reason}.").format(
            key=shown(key), reason=shown(error.strerror or type(error).__name__)
        ),
    )


if sys.platform == "win32":
    import winreg

    class WindowsRegistry:
        """As :class:`clientcfg.changes.registry.Registry`, in the 64-bit view."""

        def keys(self, key: str) -> tuple[str, ...]:
            """The names of the keys right below."""
            with told(key):
                try:
                    with _opened(key, winreg.KEY_READ) as handle:
                        count = winreg.QueryInfoKey(handle)[0]
                        return tuple(winreg.EnumKey(handle, number) for number in range(count))
                except FileNotFoundError:
                    return ()

        def values(self, key: str) -> Mapping[str, RegistryValue] | None:
            """Its values; the data of passwords is forgotten at once."""
            found: dict[str, RegistryValue] = {}
            with told(key):
                try:
                    with _opened(key, winreg.KEY_READ) as handle:
                        for number in range(winreg.QueryInfoKey(handle)[1]):
                            name, said, kind = winreg.EnumValue(handle, number)
                            if not holds_password(name):
                                found[name] = from_winreg(kind, said)
                except FileNotFoundError:
                    return None
            return found

        def set(self, key: str, name: str, value: RegistryValue) -> None:
            """Opened, never made: a key that has gone is an error."""
            said = to_winreg(value)
            with told(key), _opened(key, winreg.KEY_SET_VALUE) as handle:
                winreg.SetValueEx(handle, name, 0, value.type, said)

        def delete(self, key: str, name: str) -> None:
            """Gone already is as good."""
            with told(key):
                try:
                    with _opened(key, winreg.KEY_SET_VALUE) as handle:
                        winreg.DeleteValue(handle, name)
                except FileNotFoundError:
                    return

        def flush(self, key: str) -> None:
            """RegFlushKey waits until the whole hive is on the disk."""
            with told(key):
                try:
                    with _opened(key, winreg.KEY_READ) as handle:
                        winreg.FlushKey(handle)
                except FileNotFoundError:
                    return

    def _opened(key: str, access: int) -> winreg.HKEYType:
        root, _slash, below = key.partition("\\")
        return winreg.OpenKeyEx(
            getattr(winreg, root.upper()), below, 0, access | winreg.KEY_WOW64_64KEY
        )
