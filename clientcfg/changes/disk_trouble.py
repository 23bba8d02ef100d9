# SPDX-License-Identifier: MPL-2.0
"""What a disk refuses, as one clear sentence each."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from clientcfg.model.trouble import No, Refused, Trouble
from clientcfg.system import WINDOWS, user_name
from clientcfg.words import _

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
# With O_NOFOLLOW a link answers ELOOP; where a directory is wanted, ENOTDIR.
_LINK = {errno.ELOOP, errno.ENOTDIR}


def shown(path: str) -> str:
    """*path* safe for a terminal: what cannot be printed is escaped."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in path)


@contextmanager
def told(path: str) -> Iterator[None]:
    """Turn an :class:`OSError` about *path* into the :class:`Trouble` for it."""
    try:
        yield
    except OSError as error:
        raise trouble_of(error, path) from error


def trouble_of(error: OSError, path: str) -> Trouble:
    """The sentence for *error*, which happened at *path*."""
    where = shown(path)
    if error.errno in _FULL:
        return No(
            "disk-full",
            _("There is no room left to write {path}.").format(path=where),
            _("Make room on that disk (or ask for a larger quota) and try again."),
        )
    if error.errno == errno.EROFS:
        return No(
            "read-only-place",
            _("{path} lies on a disk that is mounted read-only.").format(path=where),
            _("Mount it so that it can be written, and try again."),
        )
    if error.errno in _FORBIDDEN:
        return _forbidden(path)
    if error.errno in _LINK:
        return leads_outside(path)
    if error.errno == errno.EEXIST:
        return Refused(
            "already-there",
            _("{path} is in the way: it was made by something else.").format(path=where),
            _("Look at what it is, and remove it if nobody needs it."),
        )
    return No(
        "disk-trouble",
        _("{path} could not be read or written: {reason}.").format(
            path=where, reason=os.strerror(error.errno) if error.errno else type(error).__name__
        ),
    )


def leads_outside(path: str) -> Refused:
    """The trouble with a link that leads out of the directory it must stay in."""
    return Refused(
        "leads-outside",
        _("{path} is a link that leads somewhere else, so it was not touched.").format(
            path=shown(path)
        ),
        _("If you made the link on purpose, name the place it leads to instead."),
    )


def _forbidden(path: str) -> Trouble:
    if WINDOWS:
        return No(
            "no-permission",
            _("Windows does not let this person read or write {path} now.").format(
                path=shown(path)
            ),
            _("Close the programs that may have it open, and look who may change it."),
        )
    owner, where = _owner_near(path)
    return No(
        "no-permission",
        _("{path} cannot be read or written: {where} belongs to {owner}.").format(
            path=shown(path), where=shown(where), owner=owner
        ),
        _("Do this as {owner}, or ask {owner} for the right to write there.").format(owner=owner),
    )


def _owner_near(path: str) -> tuple[str, str]:
    """Who owns *path*, or the nearest directory above that can be seen; and its path."""
    while True:
        try:
            uid = os.lstat(path).st_uid
        except OSError:
            above = os.path.dirname(path)  # noqa: PTH120 - any bytes, as text
            if above == path:
                return _("somebody else"), path
            path = above
            continue
        return _user_name(uid), path


def _user_name(uid: int) -> str:
    return user_name(uid) or _("user number {uid}").format(uid=uid)
