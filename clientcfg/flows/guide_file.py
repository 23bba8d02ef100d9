# SPDX-License-Identifier: MPL-2.0
"""A page in a file: written whole or not at all, and never over something that is no page."""

from secrets import token_hex

from clientcfg.changes.disk import Disk
from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.replace import replace
from clientcfg.guides.words import MARK
from clientcfg.model.trouble import Refused, Trouble
from clientcfg.words import _

_FOR_ALL = 0o644  # it holds no secret, and is made to be handed on


def save_page(page: str, path: str, disk: Disk, mark: str = MARK) -> str:
    """Put *page* at *path*; its full path. *mark* stands in every page of its kind.

    Raises :class:`Refused` ("already-there") where something lies there that
    clientcfg did not write as a page.
    """
    full = disk.real(path)
    _refuse_other_files(full, disk, mark)
    fresh = f"{full}.{token_hex(4)}.new"
    try:
        replace(disk, full, page.encode(), _FOR_ALL, fresh=fresh, like=full)
    except Trouble:
        disk.unlink(fresh)
        raise
    return full


def _refuse_other_files(path: str, disk: Disk, mark: str) -> None:
    look = disk.look(path)
    if look is None:
        return
    content = disk.read(path) if look.kind == "file" else None
    if content is None or (content and mark.encode() not in content):
        raise Refused(
            "already-there",
            _("{path} is there already, and is no page of clientcfg.").format(path=shown(path)),
            _("Choose another name, or take the file away."),
        )
