# SPDX-License-Identifier: MPL-2.0
"""Programs on ``PATH``, and those that a package brought to where ``PATH`` does not lead.

What a package database says is not asked of the program, unless its build
matters or it counts otherwise than its package.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from clientcfg.clients.found.around import Around, Hit
from clientcfg.clients.found.packages import Package, by_rpm, upstream
from clientcfg.clients.found.rows import Row

# Launchers of other kinds of installation; those have rows of their own.
_LAUNCHERS: Final = ("/snap/", "/var/lib/snapd/", "/usr/bin/snap", "/usr/bin/flatpak")
_EXPORTS: Final = "/flatpak/exports/"
_PROGRAM_FOLDERS: Final = ("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/games")


def find_programs(row: Row, around: Around, *, ask: bool) -> Iterator[Hit]:
    """The programs that *row* names. *ask*: they have to be asked, whatever a package says."""
    if row.needs and not any(around.machine.exists(path) for path in row.needs):
        return
    owned = dict(_owned(row, around))
    seen = set()
    for path in (*_on_path(row, around), *owned):
        real = around.machine.resolve(path)
        if real is None or real in seen or _is_launcher(path, real):
            continue
        seen.add(real)
        package = next((p for f, p in owned.items() if around.machine.resolve(f) == real), None)
        yield _hit(row, path, package, around, ask=ask)


def _on_path(row: Row, around: Around) -> Iterator[str]:
    for name in row.names:
        yield from around.machine.on_path(name)[:1]


def _owned(row: Row, around: Around) -> Iterator[tuple[str, Package]]:
    """Program files of the row's packages."""
    for name in row.packages:
        package = around.packages.get(name)
        if package is None:
            continue
        for path in map(PurePosixPath, package.files):
            if path.name in row.names and str(path.parent) in _PROGRAM_FOLDERS:
                yield str(path), package


def _hit(row: Row, path: str, package: Package | None, around: Around, *, ask: bool) -> Hit:
    version = None if package is None or row.own_count else upstream(package.version) or None
    packaging = "command" if package is None else "deb"
    recorded = False
    said: str | None = None
    if row.run and (ask or version is None):
        said = around.machine.says(path, *row.run)
        match = row.version.search(said or "") if row.version is not None else None
        version = match[1] if match else version
    if version is None and package is None and not row.own_count:
        version = by_rpm(around.machine, path)
        if version is not None:
            packaging, recorded = "rpm", True
    return Hit(path, version, packaging, around.platform, recorded, said)


def _is_launcher(path: str, real: str) -> bool:
    return real.startswith(_LAUNCHERS) or _EXPORTS in path or _EXPORTS in real
