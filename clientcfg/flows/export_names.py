# SPDX-License-Identifier: MPL-2.0
"""Where exported files go: names that every system takes and that lead nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from clientcfg.flows.exported import ClientExport, MadeFile

_SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+@-{}")
# Names of devices on Windows, with any ending.
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A file and its path below the folder, with "/"."""

    path: str
    file: MadeFile
    export: ClientExport


def placed(exports: Sequence[ClientExport], *, folder_each: bool = False) -> tuple[Placed, ...]:
    """Where each file goes.

    A program's files lie in a folder of their own where there is more than one
    program, a person's where *folder_each* says so.
    """
    several = len({export.client.id for export in exports}) > 1

    def above(export: ClientExport) -> Iterable[str]:
        if folder_each:
            yield file_name(str(export.account.address))
        if several:
            yield export.client.id

    return tuple(
        Placed(
            "/".join((*above(export), *map(file_name, file.about.name.split("/")))), file, export
        )
        for export in exports
        for file in export.all_files
    )


def file_name(text: str) -> str:
    """*text* as the name of one file or folder; other characters than safe ones as ``%XX``.

    Two texts that differ have names that differ, save in upper and lower case.
    """
    name = "".join(c if c in _SAFE else "".join(f"%{b:02X}" for b in c.encode()) for c in text)
    first = name[:1]
    if name.partition(".")[0].casefold() in _RESERVED or first in {".", "-", ""}:
        name = f"%{ord(first):02X}{name[1:]}" if first else "%"
    return f"{name[:-1]}%2E" if name.endswith(".") else name
