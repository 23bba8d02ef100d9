# SPDX-License-Identifier: MPL-2.0
"""Is it running, and keeping it out while we write."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clientcfg.clients.mozilla.lock import hold, running
from clientcfg.model.trouble import Refused

HOLDER = """
import fcntl, sys
file = open(sys.argv[1], "a+")
fcntl.lockf(file, fcntl.LOCK_EX)
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "x.default"
    path.mkdir()
    return path


@pytest.fixture
def busy(profile: Path) -> Iterator[Path]:
    """A profile whose lock another process holds."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(profile / ".parentlock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"locked\n"
        yield profile
        child.kill()


def locked_for_others(profile: Path) -> bool:
    """Asked in another process: in this one every lock of ours looks free."""
    question = (
        "import sys; from clientcfg.clients.mozilla.lock import running; "
        "sys.exit(10 + bool(running(sys.argv[1])))"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", question, str(profile)], cwd=root, check=False)
    assert done.returncode in {10, 11}
    return done.returncode == 11


def test_a_held_lock_means_running(busy: Path) -> None:
    assert running(str(busy)) is True
    assert running(str(busy)) is True


def test_a_lock_file_alone_does_not(profile: Path) -> None:
    (profile / ".parentlock").touch()
    assert running(str(profile)) is False


def test_the_dangling_link_of_a_crash_does_not(profile: Path) -> None:
    (profile / "lock").symlink_to("127.0.1.1:+4242")
    assert running(str(profile)) is False


def test_looking_leaves_no_trace(profile: Path) -> None:
    assert running(str(profile)) is False
    assert list(profile.iterdir()) == []
    assert running(str(profile / "not-there")) is False
    assert not (profile / "not-there").exists()


def test_a_lock_that_is_no_file_cannot_be_told(profile: Path) -> None:
    (profile / ".parentlock").mkdir()
    assert running(str(profile)) is None


def test_a_lock_that_leads_elsewhere_is_not_followed(profile: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").touch()
    (profile / ".parentlock").symlink_to(tmp_path / "elsewhere")
    assert running(str(profile)) is None
    with pytest.raises(Refused) as refused, hold(str(profile)):
        pass
    assert refused.value.code == "profile-not-lockable"


def test_holding_a_running_one_is_refused(busy: Path) -> None:
    with pytest.raises(Refused) as refused, hold(str(busy)):
        pytest.fail("must not get here")
    assert refused.value.code == "client-running"
    assert refused.value.advice
    assert running(str(busy)) is True


def test_a_hold_keeps_others_out_and_leaves_no_trace(profile: Path) -> None:
    with hold(str(profile)):
        assert locked_for_others(profile)
    assert list(profile.iterdir()) == []
    assert not locked_for_others(profile)


def test_a_hold_keeps_the_clients_own_file_as_it_was(profile: Path) -> None:
    file = profile / ".parentlock"
    file.write_bytes(b"theirs")
    before = file.stat()
    with hold(str(profile)):
        assert locked_for_others(profile)
    after = file.stat()
    assert file.read_bytes() == b"theirs"
    assert (after.st_ino, after.st_mtime_ns, after.st_mode) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_mode,
    )


def test_looking_while_we_hold_does_not_drop_the_lock(profile: Path) -> None:
    with hold(str(profile)):
        assert running(str(profile)) is False
        assert locked_for_others(profile)


def test_a_hold_inside_a_hold_is_refused_and_drops_nothing(profile: Path) -> None:
    with hold(str(profile)):
        with pytest.raises(Refused) as refused, hold(str(profile)):
            pytest.fail("must not get here")
        assert refused.value.code == "profile-busy"
        assert locked_for_others(profile)
    with hold(str(profile)):
        assert locked_for_others(profile)


def test_a_hold_ends_with_an_error_too(profile: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold(str(profile)):
        raise ZeroDivisionError
    assert list(profile.iterdir()) == []
    assert not locked_for_others(profile)


def test_no_descriptor_is_left_open(profile: Path, tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _round in range(3):
        running(str(profile))
        with hold(str(profile)):
            pass
        (profile / ".parentlock").touch()
        running(str(profile))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_network_home_without_locks_is_told_and_left_as_it_was(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is known there, so nothing is written there."""

    def no_locks(*_arguments: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("clientcfg.clients.mozilla.lock.fcntl.lockf", no_locks)
    before = sorted(profile.iterdir())
    with pytest.raises(Refused) as refused, hold(str(profile)):
        raise AssertionError("it may not be held")
    assert refused.value.code == "profile-not-lockable"
    assert "network" in refused.value.advice[0]
    assert sorted(profile.iterdir()) == before
    (profile / ".parentlock").touch()
    assert running(str(profile)) is None


def test_a_new_profile_has_nothing_to_hold(profile: Path) -> None:
    new = profile / "new"
    with hold(str(new)):
        assert not new.exists()
    assert not new.exists()


def test_a_file_is_no_profile(profile: Path) -> None:
    (profile / "file").touch()
    with pytest.raises(Refused), hold(str(profile / "file")):
        pass


@pytest.mark.thunderbird
def test_the_real_program_is_seen(real: Any) -> None:
    used = real.plain_start()
    assert (used / "lock").is_symlink()  # it was killed: this is what a crash leaves
    assert running(str(used)) is False
    with real.started():
        end = time.monotonic() + 30
        while not running(str(used)) and time.monotonic() < end:
            time.sleep(0.02)
        assert running(str(used)) is True
        with pytest.raises(Refused), hold(str(used)):
            pytest.fail("must not get here")
    assert running(str(used)) is False


@pytest.mark.thunderbird
def test_the_real_program_is_kept_out(real: Any) -> None:
    used = real.plain_start()
    (used / "lock").unlink()
    with hold(str(used)), real.started():
        time.sleep(1.5)
        assert not (used / "lock").is_symlink()  # it makes one as soon as it has the lock
