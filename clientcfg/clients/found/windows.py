# SPDX-License-Identifier: MPL-2.0
"""Windows programs, from the registry: what installers leave there for Windows itself.

"App Paths" leads from a program file to where it lies, "Uninstall" has names
and versions, in both views and for the machine as for the person. Store
packages and Office's Click-to-Run keep lists of their own. Tested on recorded
trees.
"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Final

from clientcfg.clients.found.around import Around, Hit
from clientcfg.clients.found.rows import Row
from clientcfg.clients.registry.hive import MACHINE, USER, Hive, Value

_VIEWS: Final = tuple(
    f"{root}\\Software{view}" for root in (MACHINE, USER) for view in ("", "\\WOW6432Node")
)
_WINDOWS: Final = "Microsoft\\Windows\\CurrentVersion"
_STORE: Final = (
    f"{USER}\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows"
    "\\CurrentVersion\\AppModel\\Repository\\Packages"
)
_CLICK_TO_RUN: Final = (
    "Microsoft\\Office\\ClickToRun\\Configuration",
    "Microsoft\\Office\\15.0\\ClickToRun\\Configuration",
)


def find_windows_programs(row: Row, around: Around) -> Iterator[Hit]:
    """Programs whose name in the list of installed ones is like one that *row* names.

    Where the row names an ``exe``, it has to be there too: a suite may be
    installed without its mail program.
    """
    for owner, hive in around.hives:
        for entry in _uninstall(hive):
            name, version = _text(entry, "displayname"), _text(entry, "displayversion")
            if not any(_like(name, pattern) for pattern in row.names):
                continue
            path = _app_path(hive, row.exe) if row.exe else None
            if row.exe and path is None:
                path = _in_folder(_text(entry, "installlocation"), row.exe)
            elif path is None:
                path = _text(entry, "installlocation") or _icon(entry)
            if path:
                yield _hit(path, _edition(version, name, row), owner)


def find_store_packages(row: Row, around: Around) -> Iterator[Hit]:
    """Store packages, whose full names are ``Name_Version_Architecture_Resource_Publisher``."""
    for owner, hive in around.hives:
        for full in hive.keys(_STORE):
            parts = full.split("_")
            if len(parts) >= 3 and parts[0].casefold() in map(str.casefold, row.names):
                folder = _text(hive.values(f"{_STORE}\\{full}"), "packagerootfolder")
                yield _hit(folder or full, parts[1], owner)


def find_click_to_run(row: Row, around: Around) -> Iterator[Hit]:
    """Office that updates itself: ``VersionToReport`` of the products that *row* names."""
    for owner, hive in around.hives:
        for view in _VIEWS:
            for key in _CLICK_TO_RUN:
                said = hive.values(f"{view}\\{key}")
                products = _text(said, "productreleaseids").split(",")
                for product in (word.strip() for word in products):
                    if not any(_like(product, pattern) for pattern in row.names):
                        continue
                    left_out = _text(said, f"{product.casefold()}.excludedapps").casefold()
                    path = _app_path(hive, row.exe) if row.exe else _text(said, "installationpath")
                    if path and (row.exe or "").casefold().removesuffix(".exe") not in (
                        left_out.split(",")
                    ):
                        version: str | None = _text(said, "versiontoreport")
                        if key == _CLICK_TO_RUN[0]:  # the other's version says enough
                            version = _edition(version or "", product, row)
                        yield _hit(path, version, owner)


def _uninstall(hive: Hive) -> Iterator[Mapping[str, Value]]:
    for view in _VIEWS:
        key = f"{view}\\{_WINDOWS}\\Uninstall"
        for name in hive.keys(key):
            values = hive.values(f"{key}\\{name}")
            if _text(values, "displayname") and values.get("systemcomponent") != 1:
                yield values


def _app_path(hive: Hive, exe: str | None) -> str | None:
    for view in _VIEWS:
        path = _text(hive.values(f"{view}\\{_WINDOWS}\\App Paths\\{exe}"), "")
        if path:
            return path.strip('"')
    return None


def _in_folder(folder: str, exe: str) -> str | None:
    return f"{folder.rstrip(chr(92))}\\{exe}" if folder else None


def _icon(entry: Mapping[str, Value]) -> str:
    """The program file, which the list's picture usually comes from (``path,number``)."""
    path, _comma, number = _text(entry, "displayicon").rpartition(",")
    whole = path if number.lstrip("-").isdigit() else _text(entry, "displayicon")
    return whole.strip('"')


def _edition(version: str, product: str, row: Row) -> str | None:
    """*version*, with the edition behind it where products count alike."""
    for pattern, edition in (row.editions or {}).items():
        if version and _like(product, pattern):
            return f"{version} ({edition})"
    return version or None


def _like(name: str, pattern: str) -> bool:
    return fnmatchcase(name.casefold(), pattern.casefold())


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""


def _hit(path: str, version: str | None, owner: str) -> Hit:
    return Hit(path, version or None, owner, "win", recorded_only=True)
