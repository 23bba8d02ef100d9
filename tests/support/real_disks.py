# SPDX-License-Identifier: MPL-2.0
"""The disks of the program that are no stand-ins. Both work here; one is meant for Windows."""

import pytest

from clientcfg.changes.disk import Disk, RealDisk
from clientcfg.changes.portable_disk import PortableDisk

DISKS: tuple[type[Disk], ...] = (RealDisk, PortableDisk)

# Windows has neither modes nor owners by number: PortableDisk promises nothing of them.
of_posix = pytest.mark.parametrize("disk", [RealDisk()], ids=["RealDisk"])
EACH_DISK = pytest.mark.parametrize(
    "disk", [kind() for kind in DISKS], ids=lambda d: type(d).__name__
)
