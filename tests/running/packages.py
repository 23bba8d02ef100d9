# SPDX-License-Identifier: MPL-2.0
"""Debian packages without installing them: downloaded, unpacked into a folder of our own.

The list is ``tests/packages.txt``. Together with each package come the
dependencies this machine lacks, as ``apt-get`` itself works them out in a
simulation, so that an ordinary user can do all of it. Mail servers that
conflict as packages are simulated one by one and unpacked side by side.
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.running.places import CACHE, CHECKOUT, DEBS, ROOT

LIST = CHECKOUT / "tests" / "packages.txt"
_INST = re.compile(r"^Inst (?P<name>\S+)(?: \[[^]]*\])? \((?P<version>\S+) ", re.MULTILINE)
# A merged /usr: packages that still ship /lib/… land where the machine keeps it.
_MERGED = ("bin", "sbin", "lib", "lib64")
_NOT_NEEDED = ("doc", "man", "lintian", "locale")
_TAR = (
    *("tar", "-x", "--keep-directory-symlink", "--no-same-owner"),
    *(f"--exclude=./usr/share/{name}" for name in _NOT_NEEDED),
)


class PackagesError(Exception):
    """The packages could not be had; the text says why."""


def wanted(text: str) -> list[str]:
    """The package names of a list: one a line, ``#`` begins a comment."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def missing_here(simulation: str) -> list[tuple[str, str]]:
    """Name and version of each package that an ``apt-get install -s`` would bring."""
    return [(m["name"].partition(":")[0], m["version"]) for m in _INST.finditer(simulation)]


def provide() -> Path:
    """Make ``.cache/tests/root`` hold every listed package; returns it.

    Nothing is done when the list and the machine's own packages are as they
    were the last time. Raises :class:`PackagesError`.
    """
    stamp = CACHE / "root.stamp"
    key = _key()
    if ROOT.is_dir() and stamp.is_file() and stamp.read_text() == key:
        return ROOT
    DEBS.mkdir(parents=True, exist_ok=True)
    try:
        files = _download(())
    except PackagesError:
        # No package lists on this machine, or too old ones: fetch our own.
        files = _download(_own_lists())
    stamp.unlink(missing_ok=True)
    _unpack(files)
    stamp.write_text(key)
    return ROOT


def _key() -> str:
    digest = hashlib.sha256(LIST.read_bytes())
    digest.update(Path(__file__).read_bytes())
    status = Path("/var/lib/dpkg/status")
    if not status.is_file() or not shutil.which("apt-get"):
        raise PackagesError("this is not a Debian machine, and the servers come as Debian packages")
    digest.update(status.read_bytes())
    return digest.hexdigest()


def _own_lists() -> tuple[str, ...]:
    lists, cache = CACHE / "apt" / "lists", CACHE / "apt" / "cache"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    (cache / "archives" / "partial").mkdir(parents=True, exist_ok=True)
    options = (
        *("-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={cache}"),
        *("-o", "APT::Sandbox::User="),
    )
    _apt(options, "-qq", "update")
    return options


def _download(options: Iterable[str]) -> list[Path]:
    files: dict[Path, str] = {}
    for package in wanted(LIST.read_text()):
        simulated = _apt(
            options, "-s", "--no-install-recommends", "-o", "Debug::NoLocking=1", "install", package
        )
        for name, version in missing_here(simulated):
            files[_deb(name, version)] = f"{name}={version}"
    lacking = [spec for file, spec in files.items() if not file.is_file()]
    if lacking:
        _apt(options, "-qq", "-o", "APT::Sandbox::User=", "download", *lacking)
        for file in DEBS.glob("*_*_*.deb"):
            file.rename(DEBS / f"{file.name.rpartition('_')[0]}.deb")
    return list(files)


def _deb(name: str, version: str) -> Path:
    return DEBS / f"{name}_{version.replace(':', '%3a')}.deb"


def _apt(options: Iterable[str], *command: str) -> str:
    done = subprocess.run(
        ["apt-get", *options, *command],
        cwd=DEBS,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise PackagesError(f"apt-get {' '.join(command[:3])} …: {done.stderr.strip()[-400:]}")
    return done.stdout


def _unpack(files: Iterable[Path]) -> None:
    fresh = ROOT.with_suffix(".fresh")
    for folder in (fresh, ROOT):
        if folder.exists():
            shutil.rmtree(folder)
    fresh.mkdir()
    for name in _MERGED:
        if Path("/", name).is_symlink():
            (fresh / "usr" / name).mkdir(parents=True, exist_ok=True)
            (fresh / name).symlink_to(f"usr/{name}")
    for file in files:
        with subprocess.Popen(
            ["dpkg-deb", "--fsys-tarfile", file], stdout=subprocess.PIPE
        ) as archive:
            subprocess.run(
                [*_TAR, "-C", fresh],
                stdin=archive.stdout,
                timeout=120,
                check=True,
            )
        if archive.returncode:
            raise PackagesError(f"{file.name} could not be unpacked")
    fresh.rename(ROOT)
