# SPDX-License-Identifier: MPL-2.0
"""Wine's registry: files are imported into a prefix, and what is there then is read from its disk.

Neither ``regedit`` nor ``reg`` says in its exit status what it passed over; it
only tells whether the program ran at all.
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
# One server from the first program to the last: one that ends by itself a while after each
# may go just as the next program greets it. On a busy machine a program of Wine's may end
# before it did anything; taking a file in, and writing one out, can be done again.
_SERVED: Final = """
trap 'wineserver --kill' EXIT
wineserver --persistent
regedit() {
    for turn in 1 2 3; do
        wine regedit /S "$@" && return
        echo "regedit $*: exit status $?"
    done
    exit 1
}
"""


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
        self._run('for file in "$@"; do regedit "$file"; done', *paths)

    def exported(self, key: str) -> bytes:
        """What ``regedit`` exports of *key*."""
        return self.states((), key)[0]

    def states(self, files: Sequence[bytes], key: str = USER) -> list[bytes]:
        """What ``regedit`` exports of *key*: before any of *files*, then after each."""
        paths = [self._person.give(f"{i}.reg", content) for i, content in enumerate(files)]
        said = self._run(
            'key=$1; shift; n=0; regedit /E state0.reg "$key"; for file in "$@"; do '
            'n=$((n + 1)); regedit "$file"; regedit /E state$n.reg "$key"; done',
            key,
            *paths,
        )
        missing = [n for n in range(len(files) + 1) if not self._state(n).is_file()]
        assert not missing, f"regedit wrote no states {missing}:\n{said}"
        return [self._state(n).read_bytes() for n in range(len(files) + 1)]

    def read(self) -> Registry:
        """Everything below HKEY_CURRENT_USER, as it lies on the disk."""
        return read_user_reg(self.user_reg().decode("ascii"))

    def user_reg(self) -> bytes:
        """The same as Wine's own file."""
        return (self._folder / "user.reg").read_bytes()

    def _state(self, number: int) -> Path:
        return self._person.home / f"state{number}.reg"

    def _run(self, script: str, *arguments: str | Path) -> str:
        """Run a shell's *script* that may call ``regedit``; returns what was printed."""
        environment = {**_SETTINGS, "WINEPREFIX": str(self._folder)}
        command = ("/bin/sh", "-c", f"{_SERVED}{script}", "sh", *arguments)
        try:
            # Its links lead into the checkout, which may lie where only root may look.
            ran = self._person.run(command, environment, seconds=_SECONDS, may_read=True)
        finally:
            self._person.run(["wineserver", "--kill"], environment, seconds=30, may_read=True)
        said = ran.stdout + ran.stderr
        assert ran.returncode == 0, said
        return said


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
