# SPDX-License-Identifier: MPL-2.0
"""Wine's registry: files are imported into a prefix, and what is there then is read from its disk.

Neither ``regedit`` nor ``reg`` says in its exit status what it passed over, so
nothing here looks at it.
"""

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.running.places import CACHE
from tests.world.person import Person

USER: Final = "HKEY_CURRENT_USER"
# Key → value name → type and bytes, all names as Wine has them.
Registry = Mapping[str, Mapping[str, tuple[int, bytes]]]

_FOLDER: Final = CACHE / "wine"
_KEPT: Final = (".update-timestamp", "system.reg", "user.reg", "userdef.reg")
_SETTINGS: Final = {
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    # No .NET, no browser, no desktop entries: nothing of these is downloaded or made.
    "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=",
}
_SECONDS: Final = 120


def template() -> Path:
    """A new prefix, made once and shared by everything that runs at the same time."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "wine.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, version = _FOLDER / "stamp", f"{_version()} {os.geteuid()}"
        if not stamp.is_file() or stamp.read_text() != version:
            shutil.rmtree(_FOLDER, ignore_errors=True)
            _make()
            stamp.write_text(version)
    return _FOLDER / "prefix"


def _make() -> None:
    with Person() as person:
        made = person.home / "prefix"
        environment = {**_SETTINGS, "WINEPREFIX": str(made)}
        person.run(["wineboot", "--init"], environment, seconds=_SECONDS)
        person.run(["wineserver", "--wait"], environment, seconds=_SECONDS)
        assert (made / "user.reg").is_file(), "wineboot made no registry"
        _FOLDER.mkdir()
        shutil.move(made, _FOLDER / "prefix")
        person.own(_FOLDER / "prefix")


def _version() -> str:
    asked = ["wine", "--version"]
    return subprocess.run(
        asked, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=True
    ).stdout.strip()


class Prefix:
    """A prefix of a test's own: its registry is a copy, everything else a link."""

    def __init__(self, person: Person, made: Path) -> None:
        self._person = person
        self._folder = person.home / "wine"
        self._folder.mkdir()
        for name in _KEPT:
            shutil.copy(made / name, self._folder / name)
        for name in ("drive_c", "dosdevices"):
            (self._folder / name).symlink_to(made / name)
        person.own(self._folder)

    def take(self, *files: bytes) -> None:
        """Import each ``.reg`` file, in this order, as a double click does."""
        paths = [self._person.give(f"{i}.reg", content) for i, content in enumerate(files)]
        script = 'for file in "$@"; do wine regedit /S "$file"; done; wineserver --kill'
        self._run("/bin/sh", "-c", script, "sh", *paths)

    def exported(self, key: str) -> bytes:
        """What ``regedit`` exports of *key*."""
        return self.states((), key)[0]

    def states(self, files: Sequence[bytes], key: str = USER) -> list[bytes]:
        """What ``regedit`` exports of *key*: before any of *files*, then after each."""
        paths = [self._person.give(f"{i}.reg", content) for i, content in enumerate(files)]
        script = (
            'key=$1; shift; n=0; wine regedit /S /E state0.reg "$key"; for file in "$@"; do '
            'n=$((n + 1)); wine regedit /S "$file"; wine regedit /S /E state$n.reg "$key"; '
            "done; wineserver --kill"
        )
        self._run("/bin/sh", "-c", script, "sh", key, *paths)
        return [(self._person.home / f"state{n}.reg").read_bytes() for n in range(len(files) + 1)]

    def read(self) -> Registry:
        """Everything below HKEY_CURRENT_USER, as it lies on the disk."""
        return read_user_reg(self.user_reg().decode("ascii"))

    def user_reg(self) -> bytes:
        """The same as Wine's own file."""
        return (self._folder / "user.reg").read_bytes()

    def _run(self, *command: str | Path) -> None:
        environment = {**_SETTINGS, "WINEPREFIX": str(self._folder)}
        try:
            # Its links lead into the checkout, which may lie where only root may look.
            self._person.run(command, environment, seconds=_SECONDS, may_read=True)
        finally:
            self._person.run(["wineserver", "--kill"], environment, seconds=30, may_read=True)


def read_user_reg(text: str) -> dict[str, dict[str, tuple[int, bytes]]]:
    """Wine's own file, letter by letter: a reader that shares nothing with the one under test."""
    found: dict[str, dict[str, tuple[int, bytes]]] = {}
    values: dict[str, tuple[int, bytes]] = {}
    for line in text.replace("\\\n  ", "").split("\n"):
        if line.startswith("["):
            key, rest = _until(line[1:], "]")
            assert rest.lstrip().isdigit(), line
            values = found.setdefault(f"{USER}\\{key.decode('utf-16-le', 'surrogatepass')}", {})
        elif line.startswith('"'):
            name, rest = _until(line[1:], '"')
            values[name.decode("utf-16-le", "surrogatepass")] = _data(rest.removeprefix("="))
        elif line.startswith("@="):
            values[""] = _data(line[2:])
    return found


def _until(text: str, end: str) -> tuple[bytes, str]:
    """UTF-16LE of what stands before the first *end* that is not escaped, and what follows it."""
    units, at = b"", 0
    while text[at] != end:
        letter = text[at]
        at += 1
        if letter == "\\":
            letter = text[at]
            at += 1
            if letter == "x" and (digits := re.match("[0-9a-f]{1,4}", text[at:])):
                letter, at = chr(int(digits[0], 16)), at + len(digits[0])
            elif digits := re.match("[0-7]{1,3}", text[at - 1 :]):
                letter, at = chr(int(digits[0], 8)), at - 1 + len(digits[0])
            else:
                letter = dict(zip("abefnrtv", "\a\b\x1b\f\n\r\t\v", strict=True)).get(
                    letter, letter
                )
        units += letter.encode("utf-16-le", "surrogatepass")
    return units, text[at + 1 :]


def _data(text: str) -> tuple[int, bytes]:
    if text.startswith("dword:"):
        return 4, bytes.fromhex(text[6:])[::-1]
    if text.startswith("hex"):
        kind, _colon, listed = text[3:].partition(":")
        return int(kind.strip("()") or "3", 16), bytes.fromhex(listed.replace(",", ""))
    kind = "1"
    if text.startswith("str("):
        kind, _end, text = text[4:].partition("):")
    units, rest = _until(text[1:], '"')
    assert not rest, text
    return int(kind, 16), units + b"\0\0"
