# SPDX-License-Identifier: MPL-2.0
"""Where a place really lies: links are followed, but never out of its directory."""

from clientcfg.changes.disk import Disk
from clientcfg.changes.disk_trouble import leads_outside, shown
from clientcfg.changes.paths import anchor, held, inside, joined, plain, trimmed
from clientcfg.model.place import FilePlace, Place
from clientcfg.model.trouble import Refused
from clientcfg.words import _


def target(place: FilePlace, disk: Disk) -> str:
    """The absolute path, free of links, at which *place* is read and written.

    ``place.within`` itself may be reached through links (a home on another
    disk); below it every link must stay inside. Raises :class:`Refused`
    ("leads-outside") for any that does not, and for a path that is not below
    ``within`` to begin with.
    """
    root, path = trimmed(held(place.within)), held(place.path)
    below = path.removeprefix(joined(root, ""))
    if not anchor(root) or below == path or not plain(below):
        raise leads_outside(place.path)
    real_root = disk.real(root)
    real = disk.real(joined(real_root, below))
    if not inside(real, real_root):
        raise leads_outside(place.path)
    return real


def changed_meanwhile(place: Place) -> Refused:
    """The trouble with a place that is not what its step was computed from."""
    return Refused(
        "changed-meanwhile",
        _("{path} was changed by something else since this was computed.").format(
            path=shown(place.path)
        ),
        _("Nothing was written. Do the same again to look at it as it is now."),
    )
