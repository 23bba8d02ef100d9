# SPDX-License-Identifier: MPL-2.0
"""Programs that only a ``.desktop`` file leads to (Desktop Entry Specification 1.5).

Its ``Version`` is that of the specification, not the program's; only AppImage
tools write a version, as ``X-AppImage-Version``.
"""

import shlex
from collections.abc import Iterator

from clientcfg.clients.found.around import Around, Hit
from clientcfg.clients.found.rows import Row
from clientcfg.clients.machine import Machine
from clientcfg.clients.mozilla.ini import sections


def find_by_desktop_file(row: Row, around: Around) -> Iterator[Hit]:
    """The programs that the files named in *row* start, where ``Exec`` has a whole path."""
    machine = around.machine
    own = machine.environ.get("XDG_DATA_HOME") or f"{machine.home}/.local/share"
    shared = machine.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for name in row.names:
        for folder in (own, *shared.split(":")):
            entry = sections(machine.read(f"{folder}/applications/{name}")).get("Desktop Entry", {})
            program = _program(machine, entry.get("Exec", ""))
            if program is not None:
                version = entry.get("X-AppImage-Version", "").strip() or None
                packaging = "appimage" if program.casefold().endswith(".appimage") else "command"
                yield Hit(program, version, packaging, around.platform, recorded_only=True)
                break


def _program(machine: Machine, line: str) -> str | None:
    try:
        words = shlex.split(line)
    except ValueError:
        return None
    if words and words[0] in {"env", "/usr/bin/env"}:
        words = [word for word in words[1:] if "=" not in word]
    if not words or not words[0].startswith("/"):
        return None
    return words[0] if machine.resolve(words[0]) is not None else None
