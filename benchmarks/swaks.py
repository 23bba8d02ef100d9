# SPDX-License-Identifier: MPL-2.0
"""The peer: swaks, one Perl script, run from an unpacked Debian package. Nothing is installed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.children import CACHE

_PACKAGES = ("swaks", "libnet-ssleay-perl", "perl-openssl-defaults")
_FOLDER = CACHE / "swaks"
_ROOT = _FOLDER / "root"
_DOWNLOAD_PATIENCE = 60
_PATIENCE = 30


class NoSwaks(Exception):
    """It cannot be had here, and why."""


def ask(ports: Sequence[tuple[int, str]]) -> None:
    """Ask 127.0.0.1 at these ports one after the other; each with swaks's own option for TLS.

    As the probe does, it says EHLO a second time inside TLS, and then QUIT.
    Raises :class:`NoSwaks`.
    """
    program = _program()
    for port, tls in ports:
        words = ["--server", f"127.0.0.1:{port}", "--ehlo", "[127.0.0.1]", "--quit-after", "EHLO"]
        done = subprocess.run(
            ["perl", program, *words, tls, "--silent", "3"],
            env={**os.environ, "PERL5LIB": _perl_library()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()[-200:]
            raise NoSwaks(f"swaks failed with {done.returncode}: {said}")


def _program() -> str:
    unpacked = _ROOT / "usr" / "bin" / "swaks"
    if not unpacked.exists():
        installed = shutil.which("swaks")
        if installed:
            return installed
        _unpack()
    return str(unpacked)


def _perl_library() -> str:
    folders = [_ROOT / "usr/share/perl5", *(_ROOT / "usr/lib").glob("*/perl5/*")]
    return ":".join(map(str, folders))


def _unpack() -> None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb") and shutil.which("perl")):
        raise NoSwaks("swaks comes as a Debian package, and this is no Debian")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(
            ["apt-get", "download", "-qq", *_PACKAGES],
            cwd=_FOLDER,
            check=True,
            capture_output=True,
            timeout=_DOWNLOAD_PATIENCE,
        )
        for package in sorted(Path(_FOLDER).glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", package, _ROOT], check=True, timeout=_PATIENCE)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoSwaks(f"the packages of swaks could not be had: {error}") from error
