# SPDX-License-Identifier: MPL-2.0
"""The one module that touches a disk, on a real one: links, owners, full and forbidden places."""

import errno
import os
import resource
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clientcfg.changes.disk import MOST_BYTES, Disk
from clientcfg.changes.disk_trouble import trouble_of
from clientcfg.changes.journal import Journal
from clientcfg.changes.within import target
from clientcfg.model.place import FilePlace
from clientcfg.model.trouble import No, Refused, Trouble
from tests.support.real_disks import of_posix
from tests.support.toy import Desk

NOBODY = 65534


@pytest.fixture
def open_path() -> Iterator[Path]:
    """A directory that other users can reach; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name).resolve()
        path.chmod(0o755)
        yield path


@contextmanager
def as_ordinary_user() -> Iterator[int]:
    """Without root's right to everything; where the tests are not root, nothing to do."""
    if os.geteuid() != 0:
        yield os.geteuid()
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield NOBODY
    finally:
        os.seteuid(0)
        os.setegid(0)


def test_what_is_not_there(disk: Disk) -> None:
    for path in ("/nowhere/at/all", "/nowhere"):
        assert disk.read(path) is None
        assert disk.look(path) is None
        assert disk.names(path) == ()
        disk.unlink(path)
        assert disk.rmdir(path)


def test_a_new_file_is_never_put_over_another(disk: Disk, tmp_path: Path) -> None:
    path = tmp_path / "there"
    path.write_bytes(b"theirs")
    with pytest.raises(Refused) as refused:
        disk.create(str(path), b"ours", 0o600)
    assert refused.value.code == "already-there"
    assert path.read_bytes() == b"theirs"


@of_posix
def test_a_new_file_takes_over_mode_owner_and_attributes(disk: Disk, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"x")
    old.chmod(0o624)
    if os.geteuid() == 0:
        os.chown(old, NOBODY, NOBODY)
    os.setxattr(old, "user.mail", b"1")
    disk.create(str(tmp_path / "new"), b"y", 0o600, like=str(old))
    seen, was = (tmp_path / "new").stat(), old.stat()
    assert (seen.st_mode, seen.st_uid, seen.st_gid) == (was.st_mode, was.st_uid, was.st_gid)
    assert os.getxattr(tmp_path / "new", "user.mail") == b"1"


@of_posix
def test_an_access_list_is_kept(disk: Disk, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"x")
    old.chmod(0o640)
    # user::rw- user:65534:r-- group::r-- mask::r-- other::---
    entries = ((1, 6, -1), (2, 4, NOBODY), (4, 4, -1), (16, 4, -1), (32, 0, -1))
    listed = (2).to_bytes(4, "little") + b"".join(
        tag.to_bytes(2, "little") + perm.to_bytes(2, "little") + (who % 2**32).to_bytes(4, "little")
        for tag, perm, who in entries
    )
    os.setxattr(old, "system.posix_acl_access", listed)
    disk.create(str(tmp_path / "new"), b"y", 0o600, like=str(old))
    assert os.getxattr(tmp_path / "new", "system.posix_acl_access") == listed


def test_a_pipe_or_directory_is_no_settings_file(disk: Disk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(Refused) as refused:
            disk.read(str(path))
        assert refused.value.code == "not-a-file"


def test_a_huge_file_is_refused_unread(disk: Disk, tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(Refused):
        disk.read(str(tmp_path / "huge"))


@pytest.mark.parametrize("what", ["the file", "a directory above"])
def test_no_link_is_followed_by_any_operation(disk: Disk, tmp_path: Path, what: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(b"theirs")
    if what == "the file":
        (tmp_path / "link").symlink_to(outside / "file")
        path = str(tmp_path / "link")
        refusing: list[Callable[[], object]] = [lambda: disk.read(path), lambda: disk.sync(path)]
    else:
        (tmp_path / "link").symlink_to(outside)
        path = str(tmp_path / "link" / "file")
        refusing = [
            lambda: disk.read(path),
            lambda: disk.sync(path),
            lambda: disk.unlink(path),
            lambda: disk.create(path + "2", b"ours", 0o600),
            lambda: disk.rename(path, path + "2"),
            lambda: disk.mkdir(path + "2"),
            lambda: disk.look(path),
        ]
    for operation in refusing:
        with pytest.raises(Refused) as refused:
            operation()
        assert refused.value.code == "leads-outside"
    assert {p.name: p.read_bytes() for p in outside.iterdir()} == {"file": b"theirs"}


def test_links_are_followed_inside_the_directory_only(disk: Disk, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "real").mkdir(parents=True)
    (home / "real" / "prefs").write_bytes(b"x")
    (home / "inside").symlink_to("real/prefs")
    (home / "outside").symlink_to(tmp_path / "secret")
    (home / "up").symlink_to("..")
    (home / "self").symlink_to("self")
    (tmp_path / "way-in").symlink_to(home)

    def real(path: str, within: Path = home) -> str:
        return target(FilePlace(f"{within}/{path}", str(within)), disk)

    assert real("inside") == str(home / "real" / "prefs")
    assert real("inside", tmp_path / "way-in") == str(home / "real" / "prefs")
    assert real("not/yet/there") == str(home / "not/yet/there")
    for path in ("outside", "up/home/real/prefs2/../../../secret", "up/secret", "../secret", "."):
        with pytest.raises(Refused) as refused:
            real(path)
        assert refused.value.code == "leads-outside"
    with pytest.raises(Refused):
        disk.read(real("self"))
    with pytest.raises(Refused):
        target(FilePlace(str(tmp_path / "homestead"), str(home)), disk)


def test_a_link_out_of_the_profile_stops_an_apply(desk: Desk, home: Path) -> None:
    victim = home.parent / "victim"
    victim.write_bytes(b"host=theirs\n")
    (home / "app.conf").symlink_to(victim)
    with pytest.raises(Refused) as refused:
        desk.apply({"host": "mail"})
    assert refused.value.code == "leads-outside"
    assert victim.read_bytes() == b"host=theirs\n"
    assert (home / "app.conf").is_symlink()


def test_a_link_inside_the_profile_stays_a_link(desk: Desk, home: Path) -> None:
    (home / "dotfiles").mkdir()
    (home / "dotfiles" / "conf").write_bytes(b"a=1\n")
    (home / "app.conf").symlink_to("dotfiles/conf")
    entry = desk.apply({"host": "mail"})
    assert entry is not None
    assert (home / "app.conf").is_symlink()
    assert (home / "dotfiles" / "conf").read_bytes() == b"a=1\nhost=mail\n"
    assert desk.undo(entry).exact
    assert (home / "dotfiles" / "conf").read_bytes() == b"a=1\n"


def test_a_directory_one_may_not_write(disk: Disk, open_path: Path) -> None:
    home = open_path / "app"
    home.mkdir()
    (home / "app.conf").write_bytes(b"a=1\n")
    home.chmod(0o555)
    state = open_path / "state"
    state.mkdir()
    if os.geteuid() == 0:
        os.chown(state, NOBODY, NOBODY)
    with as_ordinary_user():
        desk = Desk(disk, str(home), Journal(state, disk))
        with pytest.raises(No) as no:
            desk.apply({"host": "mail"})
    assert no.value.code == "no-permission"
    owner = home.owner()
    assert f"belongs to {owner}" in no.value.text and owner in no.value.advice[0]
    assert {p.name: p.read_bytes() for p in home.iterdir()} == {"app.conf": b"a=1\n"}
    assert desk.journal.entries() == ()
    home.chmod(0o755)


@of_posix
def test_a_file_of_somebody_else_is_not_made_ours(disk: Disk, open_path: Path) -> None:
    """In a directory one may write, the replacement would change its owner."""
    if os.geteuid() != 0:
        with pytest.raises(Trouble):
            disk.create(str(open_path / "mine"), b"x", 0o600, owner=(0, 0))
    else:
        open_path.chmod(0o777)
        with as_ordinary_user(), pytest.raises(No) as no:
            disk.create(str(open_path / "mine"), b"x", 0o600, owner=(0, 0))
        assert no.value.code == "no-permission"
    assert list(open_path.iterdir()) == []


@of_posix
def test_root_writes_for_the_owner_of_the_directory(disk: Disk, open_path: Path) -> None:
    if os.geteuid() == 0:
        os.chown(open_path, NOBODY, NOBODY)
    disk.mkdir(str(open_path / "new"))
    disk.create(str(open_path / "new" / "file"), b"x", 0o600)
    owner = open_path.stat().st_uid
    assert {(open_path / "new").stat().st_uid, (open_path / "new/file").stat().st_uid} == {owner}
    assert stat.S_IMODE((open_path / "new").stat().st_mode) == 0o700


def test_a_disk_that_fills_up_while_writing(disk: Disk, desk: Desk, home: Path) -> None:
    old = b"a=1\n" * 2
    (home / "app.conf").write_bytes(old)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(No) as no:
            desk.apply({"host": "m" * 5000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert no.value.code == "disk-full"
    assert {p.name: p.read_bytes() for p in home.iterdir()} == {"app.conf": old}
    assert desk.journal.entries() == ()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EROFS, "read-only-place"),
        (errno.EACCES, "no-permission"),
        (errno.EPERM, "no-permission"),
        (errno.ELOOP, "leads-outside"),
        (errno.EIO, "disk-trouble"),
        (errno.ESTALE, "disk-trouble"),
    ],
)
def test_each_refusal_is_one_sentence(number: int, code: str) -> None:
    trouble = trouble_of(OSError(number, "x"), "/tmp/a\x1b[31m\udcff")
    assert trouble.code == code
    assert trouble.text.isprintable() and "\\x1b[31m\\udcff" in trouble.text
