# SPDX-License-Identifier: MPL-2.0
"""Every format in places that are full, forbidden, odd or hostile: one trouble, all as it was.

On the real disk, as an ordinary user where rights matter, with the client's
own lock held as in earnest.
"""

import os
import re
import resource
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clientcfg.changes.disk import Disk, RealDisk
from clientcfg.flows.here import Here
from clientcfg.model.place import FilePlace
from clientcfg.model.trouble import Refused, Trouble, WrongUsage
from tests.support.bench import Bench, lay_out
from tests.support.formats import IN_FILES
from tests.support.real_disks import EACH_DISK
from tests.support.row import Row, Start

NOBODY = 65534
HOMES = [
    pytest.param(row, start, id=f"{row}, {start.name}") for row in IN_FILES for start in row.starts
]
EVERY_HOME = pytest.mark.parametrize(("row", "start"), HOMES)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A directory that other users can reach; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name).resolve()
        path.chmod(0o755)
        yield path
        for directory in path.rglob("*"):
            if directory.is_dir() and not directory.is_symlink():
                directory.chmod(0o755)


@contextmanager
def as_ordinary_user(folder: Path) -> Iterator[None]:
    """Without root's right to everything; *folder* and all below it belong to that user."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def bench_in(
    row: Row, start: Start, folder: Path, home: str = "home", disk: Disk | None = None
) -> Bench:
    """A bench whose guard is the one that a real run holds."""
    path = folder / home
    if not path.exists():
        lay_out(start.files, path)
    here = Here(home=path, state=folder / "state")
    guard = here.guard(row.installation(str(path), start))
    return Bench(row, start, disk or RealDisk(), str(path), str(folder / "state"), guard)


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every path below, links as links; without our own state directory."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_relative_to(folder / "state"):
            continue
        seen = path.lstat()
        content = b""
        if stat.S_ISREG(seen.st_mode):
            content = path.read_bytes()
        elif stat.S_ISLNK(seen.st_mode):
            content = os.fsencode(path.readlink())
        found[str(path)] = (seen.st_mode, content)
    return found


@contextmanager
def deadline(seconds: int) -> Iterator[None]:
    """A hanging ``open`` must fail a test, not stop it."""

    def late(_signal: int, _frame: object) -> None:
        raise TimeoutError("it hangs")

    old = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


def refused(bench: Bench, folder: Path, *, before: dict[str, tuple[int, bytes]]) -> Trouble:
    """Apply, which must end in one trouble with advice-worthy text, and change nothing."""
    with deadline(20), pytest.raises(Trouble) as told:
        bench.apply()
    assert everything(folder) == before
    assert told.value.text.isprintable() and len(told.value.text) < 1000
    assert told.value.code != "left-half-way"
    assert not any(entry.stands for entry in bench.history())
    assert bench.recover() == ()
    return told.value


def places(row: Row, start: Start, home: Path) -> list[FilePlace]:
    """The files that the format looks at in that home."""
    needs = row.format.needs(row.installation(str(home), start))
    return [place for place in needs if isinstance(place, FilePlace)]


@EVERY_HOME
def test_a_disk_that_is_full_after_so_many_bytes(row: Row, start: Start, folder: Path) -> None:
    """Tried with room for nothing, and then for a little more, until all fits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    bench = bench_in(row, start, folder)
    before = everything(folder)
    failures = 0
    for room in (0, 1, 200, *range(1000, 40_000, 700)):
        # As the kernel says it for a quota: the file cannot grow.
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            bench.apply()
        except Trouble as trouble:
            assert trouble.code == "disk-full"
        else:
            break
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        failures += 1
        assert everything(folder) == before
        assert bench.journal.entries() == ()
    assert failures > 3
    assert bench.undo().exact
    assert everything(folder) == before


@EVERY_HOME
@EACH_DISK
def test_a_directory_that_may_not_be_written(
    row: Row, start: Start, folder: Path, disk: Disk
) -> None:
    bench = bench_in(row, start, folder, disk=disk)
    home = folder / "home"
    for directory in (home, *(p for p in home.rglob("*") if p.is_dir())):
        directory.chmod(0o555)
    before = everything(folder)
    with as_ordinary_user(folder):
        trouble = refused(bench, folder, before=before)
    assert trouble.code in {"no-permission", "profile-not-lockable"}
    assert trouble.advice


@EVERY_HOME
@EACH_DISK
def test_files_that_may_not_be_read(row: Row, start: Start, folder: Path, disk: Disk) -> None:
    bench = bench_in(row, start, folder, disk=disk)
    closed = [Path(p.path) for p in places(row, start, folder / "home") if Path(p.path).exists()]
    if not closed:
        # Then there is a directory that may not be looked into.
        closed = [folder / "home"]
    for path in closed:
        path.chmod(0o000)
    with as_ordinary_user(folder), pytest.raises(Trouble) as told:
        bench.apply()
    assert told.value.code in {"no-permission", "profile-not-lockable"}
    for path in closed:
        path.chmod(0o700)


ODD_NAMES = [
    b"a \xff\xfe b",
    b"new\nline",
    b"\x1b[31mred",
    b"'\"$HOME`;&",
    b"..hidden",
    b"\xc3\xbc",
]


@EVERY_HOME
def test_paths_of_any_bytes(row: Row, start: Start, folder: Path) -> None:
    """They are written to, journalled and undone like any other."""
    for name in ODD_NAMES:
        bench = bench_in(row, start, folder, os.fsdecode(name))
        before = everything(folder)
        assert bench.apply() is not None
        assert row.read(bench.files()) != row.read(start.files)
        assert bench.recover() == ()
        assert bench.undo().exact
        assert everything(folder) == before


def link_outside(path: Path, outside: Path) -> None:
    outside.mkdir()
    victim = outside / "victim"
    if path.exists():
        victim.write_bytes(path.read_bytes())
        path.unlink()
    else:
        victim.write_bytes(b"theirs")
        path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(victim)


def dangling(path: Path, outside: Path) -> None:
    """As an attacker leaves it for root to make a file somewhere."""
    outside.mkdir()
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(outside / "not-there-yet")


def directory(path: Path, outside: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)


def pipe(path: Path, outside: Path) -> None:
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def loop(path: Path, outside: Path) -> None:
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.name)


@pytest.mark.parametrize("attack", [link_outside, dangling, directory, pipe, loop])
@EVERY_HOME
@EACH_DISK
def test_something_else_in_the_place_of_each_file(
    row: Row, start: Start, attack: Callable[[Path, Path], None], folder: Path, disk: Disk
) -> None:
    for number, place in enumerate(places(row, start, folder / "0" / "home")):
        case = folder / str(number)
        lay_out(start.files, case / "home")
        name = place.path.removeprefix(f"{folder}/0/home/")
        attack(case / "home" / name, case / "outside")
        trouble = refused(bench_in(row, start, case, disk=disk), case, before=everything(case))
        assert isinstance(trouble, Refused), name
        assert trouble.code in {"leads-outside", "not-a-file"}, name


def inner_directories(row: Row, start: Start, home: Path) -> set[Path]:
    """Directories of the client below what its files may not lead out of."""
    found = {Path(p.path).parent: Path(p.within) for p in places(row, start, home)}
    return {directory for directory, within in found.items() if directory != within}


DEEP = [
    pytest.param(row, start, id=f"{row}, {start.name}")
    for row in IN_FILES
    for start in row.starts
    if inner_directories(row, start, Path("/home"))
]


@pytest.mark.parametrize(("row", "start"), DEEP)
@EACH_DISK
def test_a_directory_of_the_client_that_is_a_link_out_of_it(
    row: Row, start: Start, folder: Path, disk: Disk
) -> None:
    for number, path in enumerate(sorted(inner_directories(row, start, Path("home")))):
        case = folder / str(number)
        lay_out(start.files, case / "home")
        (case / "outside").mkdir()
        (case / path).parent.mkdir(parents=True, exist_ok=True)
        (case / path).symlink_to(case / "outside")
        trouble = refused(bench_in(row, start, case, disk=disk), case, before=everything(case))
        assert trouble.code == "leads-outside"


def test_some_format_makes_directories() -> None:
    assert DEEP


@EVERY_HOME
def test_a_dotfile_kept_elsewhere_inside_is_followed(row: Row, start: Start, folder: Path) -> None:
    """Settings kept in one folder, with links to them: these stay, what they name changes."""
    lay_out(start.files, folder / "home")
    linked = 0
    for place in places(row, start, folder / "home"):
        path = Path(place.path)
        if path.is_file():
            kept = Path(place.within) / "dotfiles"
            kept.mkdir(exist_ok=True)
            path.rename(kept / path.name)
            path.symlink_to(os.path.relpath(kept / path.name, path.parent))
            linked += 1
    bench = bench_in(row, start, folder)
    before = everything(folder)
    links = {path for path, (mode, _held) in before.items() if stat.S_ISLNK(mode)}
    assert len(links) == linked
    assert bench.apply() is not None
    after = everything(folder)
    assert {path for path in links if after[path] == before[path]} == links
    assert bench.undo().exact
    assert everything(folder) == before


@pytest.mark.parametrize("home", [None, "", "relative/home"])
def test_no_home(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    import pwd  # noqa: PLC0415

    def nobody(_uid: int) -> None:
        raise KeyError

    for name in ("XDG_STATE_HOME", "CLIENTCFG_STATE_DIR", "HOME"):
        monkeypatch.delenv(name, raising=False)
    if home is not None:
        monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(WrongUsage) as wrong:
        Here.real()
    assert wrong.value.code == "no-home"
    assert re.search("HOME", wrong.value.advice[0])
