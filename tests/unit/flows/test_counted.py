# SPDX-License-Identifier: MPL-2.0
"""A change is counted in files and in values of the registry."""

from pathlib import Path

from clientcfg.changes.journal import Journal
from clientcfg.flows.counted import changed, counted, files_alone
from tests.support.disks import MemoryDisk
from tests.support.registries import MemoryRegistry, value, values
from tests.support.toy import Desk
from tests.support.toy_registry import ACCOUNTS, ADDRESS, RegistryDesk


def test_files_and_values() -> None:
    disk = MemoryDisk()
    disk.put("/state/other", b"")
    disk.put("/home/other", b"")
    registry = MemoryRegistry({f"{ACCOUNTS}\\1": values(Email=ADDRESS)})
    journal = Journal(Path("/state/clientcfg"), disk, registry)
    both = RegistryDesk(disk, "/home", journal).apply({"a": value(1), "b": value(2)})
    assert both is not None
    assert counted(both) == "1 file, 2 values in the registry"
    assert files_alone(both) is None
    assert changed(both) == "changed: 1 file, 2 values in the registry"
    files = Desk(disk, "/home", journal).apply({"host": "mail"})
    assert files is not None
    assert (counted(files), changed(files)) == ("1 file", "1 file changed")
    assert files_alone(files) == 1
    assert changed(None) == "nothing to change"
