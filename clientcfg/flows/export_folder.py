# SPDX-License-Identifier: MPL-2.0
"""Exported files in a folder, never over what somebody else wrote there.

Beside them lies ``clientcfg-export.json``, the document of the command, with the
digest of each file: what still has it may be replaced by a later export.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from secrets import token_hex
from typing import Any, Final

from clientcfg.changes.disk import Disk
from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.replace import missing_directories
from clientcfg.flows.export_document import export_document
from clientcfg.flows.export_names import Placed, placed
from clientcfg.flows.exported import ClientExport
from clientcfg.model.documents import Document
from clientcfg.model.trouble import Refused, Trouble, WrongUsage
from clientcfg.words import _

RECORD: Final = "clientcfg-export.json"
_FOR_ALL, _FOR_ONE = 0o644, 0o600


def write_folder(
    exports: Sequence[ClientExport], folder: str, disk: Disk, *, folder_each: bool = False
) -> Document:
    """Write everything below *folder*; the document that names all files.

    Raises :class:`Refused` ("already-there") before anything is written, where
    something lies in the way that no earlier export left.
    """
    root = disk.real(folder)
    files = placed(exports, folder_each=folder_each)
    earlier = _earlier(disk, root)
    for one in files:
        _refuse_others(disk, root, one, earlier)
    # The record comes first: cut off after it, the next run may still replace all of these.
    record = export_document(files, None)
    kept = earlier.keys() - {one.path for one in files}
    record["earlier"] = [{"path": path, "sha256": earlier[path]} for path in sorted(kept)]
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    _put(disk, f"{root}/{RECORD}", text.encode(), _FOR_ALL)
    disk.sync(f"{root}/{RECORD}")
    # Not waited for one by one, which takes minutes for some hundred people.
    for one in files:
        mode = _FOR_ONE if one.file.secret else _FOR_ALL
        _put(disk, f"{root}/{one.path}", one.file.content, mode)
    return export_document(files, root)


def _earlier(disk: Disk, root: str) -> Mapping[str, str]:
    """Path → digest of what earlier exports left; none where their record cannot be read."""
    look = disk.look(root)
    if look is None:
        return {}
    if look.kind != "directory":
        raise WrongUsage(
            "not-a-folder",
            _("{path} is no folder.").format(path=shown(root)),
            _("Name a folder with --out DIR; it is made where there is none."),
        )
    content = disk.read(f"{root}/{RECORD}")
    try:
        record: Any = json.loads(content or b"{}")
        files = [*record.get("files", ()), *record.get("earlier", ())]
        return {str(file["path"]): str(file["sha256"]) for file in files}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def _refuse_others(disk: Disk, root: str, one: Placed, earlier: Mapping[str, str]) -> None:
    path = f"{root}/{one.path}"
    look = disk.look(path)
    if look is None:
        return
    content = disk.read(path) if look.kind == "file" else None
    if content is not None and content == one.file.content:
        return
    if content is None or sha256(content).hexdigest() != earlier.get(one.path):
        raise Refused(
            "already-there",
            _("{path} is there already, and is not as an earlier export left it.").format(
                path=shown(path)
            ),
            _("Name another folder with --out DIR, or take that file away."),
        )


def _put(disk: Disk, path: str, content: bytes, mode: int) -> None:
    for directory in missing_directories(disk, path):
        disk.mkdir(directory)
    fresh = f"{path}.{token_hex(4)}.new"
    try:
        disk.create(fresh, content, mode)
        disk.rename(fresh, path)
    except Trouble:
        disk.unlink(fresh)
        raise
