# SPDX-License-Identifier: MPL-2.0
"""How paths of Windows are held, against what ``PureWindowsPath`` makes of them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.changes import paths
from clientcfg.changes.disk import Disk, Look
from clientcfg.changes.entry import State
from clientcfg.changes.history import history
from clientcfg.changes.journal import Journal
from clientcfg.changes.within import target
from clientcfg.flows import whose
from clientcfg.model.place import FilePlace
from clientcfg.model.trouble import Refused, WrongUsage
from tests.support.disks import MemoryDisk
from tests.support.toy import Desk

PROFILE = "C:\\Users\\Ada\\AppData\\Roaming\\Toy"
FUNCTIONS = (paths.held, paths.anchor, paths.trimmed, paths.parent, paths.on_the_way,
             paths.plain, paths.inside)  # fmt: skip
names = st.text(st.characters(codec="utf-8", exclude_characters='<>:"/\\|?*.\x00'), min_size=1)
starts = st.sampled_from(["C:\\", "d:\\", "\\\\server\\share\\", "C:/"])
full = st.builds(lambda start, rest: start + "\\".join(rest), starts, st.lists(names, min_size=1))
held = partial(paths.held, windows=True)
anchor = partial(paths.anchor, windows=True)
parent = partial(paths.parent, windows=True)
plain = partial(paths.plain, windows=True)
inside = partial(paths.inside, windows=True)


@given(full)
def test_a_full_path(path: str) -> None:
    pure = PureWindowsPath(path)
    assert "\\" not in held(path) and PureWindowsPath(held(path)) == pure
    assert held(held(path)) == held(path)
    assert PureWindowsPath(anchor(path)) == PureWindowsPath(pure.anchor)
    assert PureWindowsPath(parent(held(path))) == pure.parent
    above = list(paths.on_the_way(held(path), windows=True))
    assert [PureWindowsPath(p) for p in reversed(above)] == list(pure.parents)


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("C:\\", "C:/"),
        ("\\\\?\\C:\\Users", "C:/"),
        ("\\\\?\\UNC\\server\\share\\x", "//server/share/"),
        ("C:Users", ""),
        ("\\Users", ""),
        ("/home/ada", ""),
        ("Users", ""),
        ("", ""),
        ("\\\\.\\PhysicalDrive0\\x", ""),
        ("\\\\?\\GLOBALROOT\\Device\\x", ""),
    ],
)
def test_where_a_path_starts(path: str, start: str) -> None:
    assert anchor(held(path)) == start


@pytest.mark.parametrize("root", ["C:/", "//server/share/"])
def test_a_root_has_nothing_above_it(root: str) -> None:
    assert parent(root) == root and list(paths.on_the_way(root, windows=True)) == []
    assert parent(root + "x") == root
    assert paths.trimmed(root, windows=True) == root
    assert paths.trimmed(root + "x//", windows=True) == root + "x"
    assert paths.joined(root, "x") == root + "x" and paths.joined("C:/y", "x") == "C:/y/x"


def test_below_without_upper_and_lower_case() -> None:
    assert inside("c:/users/ADA/x", "C:/Users/Ada")
    assert not inside("C:/Users/Adalbert", "C:/Users/Ada")
    assert not inside("C:/Users/Ada", "C:/Users/Ada")
    assert not inside("D:/Users/Ada/x", "C:/Users/Ada")


@pytest.mark.parametrize(
    "name",
    ["prefs.js:stream", "nul", "COM1.txt", "LPT¹", "conin$", "aux .js", "a.", "a ", "a\\..\\b",
     "a*", "\x01", "..", ".", ""],
)  # fmt: skip
def test_a_name_that_windows_reads_otherwise(name: str) -> None:
    assert not plain(name) and not plain(f"folder/{name}") and not plain(f"{name}/prefs.js")
    assert plain("folder/prefs.js") and plain("console") and plain("com10") and plain(".hidden")


@given(st.text(st.characters(codec="utf-8")))
def test_posix_knows_none_of_that(path: str) -> None:
    assert paths.held(path, windows=False) == path
    assert paths.parent(path, windows=False) == (path.rpartition("/")[0] or "/")
    assert bool(paths.anchor(path, windows=False)) == path.startswith("/")


@pytest.fixture
def of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on paths are those of Windows."""
    for function in FUNCTIONS:
        monkeypatch.setattr(function, "__kwdefaults__", {"windows": True})


class Drives:
    """A disk in memory, with drives; names in the letters of whoever asks."""

    def __init__(self, disk: MemoryDisk) -> None:
        self._disk = disk

    def real(self, path: str) -> str:
        return paths.held(path)

    def look(self, path: str) -> Look | None:
        return self._disk.look(_at(path))

    def read(self, path: str) -> bytes | None:
        return self._disk.read(_at(path))

    def names(self, path: str) -> tuple[str, ...]:
        return self._disk.names(_at(path))

    def create(
        self,
        path: str,
        content: bytes,
        mode: int,
        *,
        owner: tuple[int, int] | None = None,
        like: str | None = None,
    ) -> None:
        self._disk.create(_at(path), content, mode, owner=owner, like=_at(like) if like else None)

    def sync(self, path: str) -> None:
        self._disk.sync(_at(path))

    def rename(self, old: str, new: str) -> None:
        self._disk.rename(_at(old), _at(new))

    def unlink(self, path: str) -> None:
        self._disk.unlink(_at(path))

    def mkdir(self, path: str) -> None:
        self._disk.mkdir(_at(path))

    def rmdir(self, path: str) -> bool:
        return self._disk.rmdir(_at(path))

    def lock(self, path: str) -> AbstractContextManager[None] | None:
        return self._disk.lock(_at(path))


def _at(path: str) -> str:
    assert "\\" not in path and PureWindowsPath(path).is_absolute(), path
    return "/" + path.rstrip("/")


@pytest.fixture
def memory(of_windows: None) -> Iterator[MemoryDisk]:
    disk = MemoryDisk()
    disk.put("/C:/Users/Ada/AppData/Roaming/Toy/app.conf", b"name=Ada\n", 0o600)
    yield disk


def test_a_change_and_its_way_back(memory: MemoryDisk) -> None:
    """Directories made and removed, backups beside and in the journal: all on a drive."""
    disk: Disk = Drives(memory)
    before = memory.tree("/C:/Users/Ada/AppData/Roaming")
    journal = Journal(Path("C:/Users/Ada/AppData/Local/clientcfg"), disk)
    desk = Desk(disk, PROFILE, journal)
    entry = desk.apply({"host": "mail"}, login="ada")
    assert entry is not None
    assert memory.read("/C:/Users/Ada/AppData/Roaming/Toy/app.conf") == b"name=Ada\nhost=mail\n"
    assert memory.look("/C:/Users/Ada/AppData/Roaming/Toy/store/logins") is not None
    assert desk.undo(entry).exact
    assert memory.tree("/C:/Users/Ada/AppData/Roaming") == before
    assert [e.state for e in history(journal)] == [State.UNDONE]


@pytest.mark.parametrize(
    "path",
    [
        "C:\\Users\\Ada\\AppData\\Roaming\\Toy\\..\\Other\\x",
        "C:\\Users\\Ada\\AppData\\Roaming\\Toy\\app.conf:stream",
        "C:\\Users\\Ada\\AppData\\Roaming\\Toy\\nul",
        "C:\\Users\\Ada\\AppData\\Roaming\\Toyota",
        "D:\\app.conf",
        "app.conf",
    ],
)
def test_a_place_that_leads_elsewhere(memory: MemoryDisk, path: str) -> None:
    with pytest.raises(Refused) as refused:
        target(FilePlace(path, PROFILE), Drives(memory))
    assert refused.value.code == "leads-outside"


def test_a_home(of_windows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whose, "_HOME", "USERPROFILE")
    assert whose.home_of({"USERPROFILE": "C:\\Users\\Ada"}) == Path("C:\\Users\\Ada")
    for said in ("Users\\Ada", "\\Users\\Ada", ""):
        with pytest.raises(WrongUsage) as wrong:
            whose.home_of({"USERPROFILE": said})
        assert "USERPROFILE" in wrong.value.text and "USERPROFILE" in wrong.value.advice[0]
