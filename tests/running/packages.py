# SPDX-License-Identifier: MPL-2.0
"""Debian packages without installing them: downloaded, unpacked into a folder of our own.

The list is ``tests/packages.txt``. Together with the packages come the
dependencies this machine lacks, as ``apt-get`` itself works them out in a
simulation, so that an ordinary user can do all of it. Mail servers that
conflict as packages have sections of their own in the list: each section is
simulated by itself and unpacked into a folder of its own.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.running.places import CACHE, CHECKOUT, DEBS, ROOT, ROOTS

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
    """The words of a list: one a line, ``#`` begins a comment."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def sections(text: str) -> dict[str, list[str]]:
    """A list's package names by section; those before the first ``[section]`` are in ``""``."""
    section = ""
    found: dict[str, list[str]] = {section: []}
    for word in wanted(text):
        if word.startswith("["):
            section = word.strip("[]")
            found[section] = []
        else:
            found[section].append(word)
    return found


def root(section: str) -> Path:
    """Where the packages of a section are unpacked."""
    return ROOTS / section if section else ROOT


def lacking() -> list[str]:
    """The sections whose packages are not there."""
    return [name for name in sections(LIST.read_text()) if not root(name).is_dir()]


def missing_here(simulation: str) -> list[tuple[str, str]]:
    """Name and version of each package that an ``apt-get install -s`` would bring."""
    return [(m["name"].partition(":")[0], m["version"]) for m in _INST.finditer(simulation)]


def provide() -> Path:
    """Make ``.cache/tests/root`` hold the packages of the list's beginning; returns it.

    ``.cache/tests/roots/NAME`` has those of section NAME. Nothing is done for
    a section that, like the machine's own packages, is as it was the last
    time. Raises :class:`PackagesError`.
    """
    machine = _machine()
    keys = {
        name: hashlib.sha256(f"{machine} {' '.join(packages)}".encode()).hexdigest()
        for name, packages in sections(LIST.read_text()).items()
    }
    old = [name for name, key in keys.items() if not _is_there(name, key)]
    if not old:
        return ROOT
    DEBS.mkdir(parents=True, exist_ok=True)
    ROOTS.mkdir(exist_ok=True)
    try:
        files = _download(old, ())
    except PackagesError:
        # No package lists on this machine, or too old ones: fetch our own.
        files = _download(old, _own_lists())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(lambda name: _renew(name, files[name], keys[name]), old):
            pass
    return ROOT


def _renew(section: str, files: Iterable[Path], key: str) -> None:
    _stamp(section).unlink(missing_ok=True)
    _unpack(files, root(section))
    _stamp(section).write_text(key)


def _is_there(section: str, key: str) -> bool:
    stamp = _stamp(section)
    return root(section).is_dir() and stamp.is_file() and stamp.read_text() == key


def _stamp(section: str) -> Path:
    return root(section).with_suffix(".stamp")


def _machine() -> str:
    """What else than the list decides what is unpacked, and how."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
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


def _download(names: Sequence[str], options: Iterable[str]) -> Mapping[str, list[Path]]:
    """The files of each of these sections."""
    listed = sections(LIST.read_text())
    simulate = ("-s", "--no-install-recommends", "-o", "Debug::NoLocking=1", "install")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        simulated = pool.map(lambda name: _apt(options, *simulate, *listed[name]), names)
    needed = {
        name: {_deb(*one): "=".join(one) for one in missing_here(text)}
        for name, text in zip(names, simulated, strict=True)
    }
    specs = {file: spec for one in needed.values() for file, spec in one.items()}
    absent = [spec for file, spec in specs.items() if not file.is_file()]
    if absent:
        _apt(options, "-qq", "-o", "APT::Sandbox::User=", "download", *absent)
        for file in DEBS.glob("*_*_*.deb"):
            file.rename(DEBS / f"{file.name.rpartition('_')[0]}.deb")
    return {name: list(files) for name, files in needed.items()}


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


def _unpack(files: Iterable[Path], there: Path) -> None:
    fresh = there.with_suffix(".fresh")
    for folder in (fresh, there):
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
    fresh.rename(there)
