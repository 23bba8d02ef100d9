# SPDX-License-Identifier: MPL-2.0
"""Which disk this machine has, decided here for every flow and face."""

from clientcfg.changes.disk import Disk, RealDisk
from clientcfg.changes.portable_disk import PortableDisk
from clientcfg.system import WINDOWS


def this_disk() -> Disk:
    """The disk that this runs on."""
    return PortableDisk() if WINDOWS else RealDisk()
