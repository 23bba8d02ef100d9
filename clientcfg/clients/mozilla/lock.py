# SPDX-License-Identifier: MPL-2.0
"""Is the program running on this profile, and keeping it out while we write.

The truth is the fcntl write lock on ``.parentlock``. The link ``lock`` beside
it survives a crash, so it proves nothing.
"""

import contextlib
import errno
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from clientcfg.model.trouble import No, NotFoundOut, Refused
from clientcfg.system import WINDOWS
from clientcfg.words import _

if sys.platform != "win32":
    import fcntl

LOCK = ".parentlock"
_ALONE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)

# What network file systems without a lock service answer.
_NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS})

# POSIX drops a lock when the process closes *any* descriptor of that file, so
# a file that we hold ourselves must never be opened a second time.
_held: set[tuple[int, int]] = set()
_guard = threading.Lock()


def running(profile: str) -> bool | None:
    """Whether a program has *profile* open now; None where it cannot be told.

    A lock that this very process holds (see :func:`hold`) is not a program.
    """
    if WINDOWS:
        return None
    with _guard:
        try:
            if _identity(_lock_file(profile).stat()) in _held:
                return False
            descriptor = _open(profile)
        except FileNotFoundError:
            return False
        except OSError:
            return None
        try:
            return not _lock(descriptor)
        except OSError:
            return None
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def hold(profile: str) -> Iterator[None]:
    """Keep the program out of *profile* while the block runs.

    Raises :class:`Refused` if it is open there, or if the lock cannot be
    taken. A directory that does not exist yet has nothing to hold. A lock file
    that was not there before is gone afterwards.
    """
    if WINDOWS:
        raise NotFoundOut(
            "lock-unknown",
            _("On this system clientcfg cannot tell whether the program is running."),
        )
    if not os.path.lexists(profile):
        yield
        return
    descriptor, created = _take(profile)
    identity = _identity(os.fstat(descriptor))
    try:
        yield
    finally:
        with _guard:
            # Unlinked while still locked: a program that comes now makes its own file.
            if created:
                with contextlib.suppress(OSError):
                    _lock_file(profile).unlink()
            _held.discard(identity)
            os.close(descriptor)


def _take(profile: str) -> tuple[int, bool]:
    """A locked descriptor, and whether the file was made for it."""
    for _attempt in range(5):
        with _guard:
            try:
                if _identity(_lock_file(profile).stat()) in _held:
                    raise Refused(
                        "profile-busy",
                        _("clientcfg itself is writing to the profile {path} right now.").format(
                            path=profile
                        ),
                        _("Wait until it is done."),
                    )
            except FileNotFoundError:
                pass
            except OSError as error:
                raise _no_lock(profile, error) from error
            taken = _try(profile)
            if taken is not None:
                _held.add(_identity(os.fstat(taken[0])))
                return taken
    raise _client_running(profile)


def _try(profile: str) -> tuple[int, bool] | None:
    """One attempt; None where the file was exchanged between opening and locking."""
    opened = _opened(profile)
    if opened is None:
        return None
    descriptor, created = opened
    try:
        if not _lock(descriptor):
            raise _client_running(profile)
        same = _identity(_lock_file(profile).stat()) == _identity(os.fstat(descriptor))
    except FileNotFoundError:
        same = False
    except OSError as error:
        if created:
            with contextlib.suppress(OSError):
                _lock_file(profile).unlink()
        os.close(descriptor)
        raise _no_lock(profile, error) from error
    except Refused:
        os.close(descriptor)
        raise
    if not same:
        os.close(descriptor)
        return None
    return descriptor, created


def _opened(profile: str) -> tuple[int, bool] | None:
    """The lock file, and whether it was made; None where another made it just now."""
    try:
        return _open(profile), False
    except FileNotFoundError:
        try:
            return _open(profile, os.O_CREAT | os.O_EXCL), True
        except FileExistsError:
            return None
        except OSError as error:
            raise _no_lock(profile, error) from error
    except OSError as error:
        raise _no_lock(profile, error) from error


def _lock_file(profile: str) -> Path:
    return Path(profile) / LOCK


def _open(profile: str, flags: int = 0) -> int:
    return os.open(_lock_file(profile), os.O_RDWR | _ALONE | flags, 0o600)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _lock(descriptor: int) -> bool:
    """Whether the write lock could be had. Never waits."""
    if sys.platform != "win32":
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EACCES}:
                return False
            raise
    return True


def _client_running(profile: str) -> Refused:
    return Refused(
        "client-running",
        _(
            "The program is running on the profile {path}; what is written now would be lost."
        ).format(path=profile),
        _("Quit it, then try again."),
    )


def _no_lock(profile: str, error: OSError) -> Refused | No:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return No(
            "no-permission",
            _("The profile {path} belongs to somebody else and cannot be locked.").format(
                path=profile
            ),
            _("Run clientcfg as the person whose profile it is."),
        )
    advice = _("Look what lies at {path} there.").format(path=LOCK)
    if error.errno in _NO_LOCKS:
        advice = _(
            "It lies on a file system without locks, as some network homes do; do it on the "
            "machine that has the disk."
        )
    return Refused(
        "profile-not-lockable",
        _("The profile {path} cannot be locked: {reason}.").format(
            path=profile, reason=error.strerror
        ),
        advice,
    )
