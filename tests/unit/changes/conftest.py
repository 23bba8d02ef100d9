# SPDX-License-Identifier: MPL-2.0
from pathlib import Path

import pytest

from clientcfg.changes import fingerprint
from clientcfg.changes.disk import Disk
from clientcfg.changes.journal import Journal
from tests.support.real_disks import DISKS
from tests.support.toy import Desk


@pytest.fixture(autouse=True)
def cheap_fingerprints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of them are made here; what they cost is tested once."""
    monkeypatch.setattr(fingerprint, "_COST", 2)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "app"
    path.mkdir(parents=True)
    return path


@pytest.fixture(params=DISKS)
def disk(request: pytest.FixtureRequest) -> Disk:
    """The disk of POSIX, and that of Windows on this very system."""
    made: Disk = request.param()
    return made


@pytest.fixture
def desk(tmp_path: Path, home: Path, disk: Disk) -> Desk:
    """On a real disk, with a journal of its own."""
    return Desk(disk, str(home), Journal(tmp_path / "state" / "clientcfg", disk))
