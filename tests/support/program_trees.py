# SPDX-License-Identifier: MPL-2.0
"""File trees as packages and installers make them, for what looks for programs."""

from functools import cache
from pathlib import Path

from clientcfg.clients.catalog import Catalog
from clientcfg.clients.detect import installed
from clientcfg.clients.found.around import Running
from clientcfg.clients.mozilla.cityhash import install_hash
from clientcfg.clients.registry.hive import Hive
from clientcfg.model.client import Installation
from clientcfg.rooms import profile_path


@cache
def catalog() -> Catalog:
    """Our own profiles and nobody else's."""
    return Catalog(profile_path("clients"))


class Tree:
    """A file tree with one home; everything is found below it."""

    def __init__(self, base: Path) -> None:
        self.root, self.home = base / "root", base / "home"
        self.root.mkdir()
        self.home.mkdir()
        self.environ = {"PATH": f"/usr/bin:/bin:{self.home}/bin"}

    def write(self, path: str, text: str | bytes, *, executable: bool = False) -> Path:
        real = Path(path) if path.startswith(str(self.home)) else self.root / path.lstrip("/")
        real.parent.mkdir(parents=True, exist_ok=True)
        real.write_bytes(text if isinstance(text, bytes) else text.encode())
        if executable:
            real.chmod(0o755)
        return real

    def link(self, path: str, target: str) -> None:
        real = self.root / path.lstrip("/")
        real.parent.mkdir(parents=True, exist_ok=True)
        real.symlink_to(target)

    def program(
        self, directory: str, *, name: str = "thunderbird", version: str = "153.7.0", source: str
    ) -> None:
        self.write(
            f"{directory}/application.ini",
            f"; not used\n\n[App]\nVendor=Mozilla\nName=Thunderbird\nVersion={version}\n"
            f"SourceRepository={source}\n",
        )
        self.write(f"{directory}/{name}-bin", "\x7fELF", executable=True)
        real = self.write(f"{directory}/x", "").with_name(name)
        real.symlink_to(f"{name}-bin")

    def profile(self, root: str, name: str, program: str, *, legacy: bool = False) -> str:
        """A profile that a plain start of *program* opens; nobody else does."""
        directory = self.home / root / name
        directory.mkdir(parents=True)
        ini = directory.parent / "profiles.ini"
        text = ini.read_text() if ini.exists() else "[General]\nVersion=2\n"
        text += f"[Profile{text.count('[Profile')}]\nName={name}\nIsRelative=1\nPath={name}\n"
        if legacy:
            text += "Default=1\n"
        else:
            text += f"[Install{install_hash(program)}]\nDefault={name}\n"
        ini.write_text(text)
        return str(directory)

    def installed(
        self, hive: Hive | None = None, running: Running | None = None
    ) -> tuple[Installation, ...]:
        found = installed(
            catalog().detectable(),
            home=self.home,
            root=self.root,
            environ=self.environ,
            hive=hive,
            running=running,
        )
        return tuple(found)

    def only(self, hive: Hive | None = None, running: Running | None = None) -> Installation:
        (found,) = self.installed(hive, running)
        return found

    def package(self, name: str, version: str, *files: str) -> None:
        """A Debian package in dpkg's database; its files have to be written apart."""
        status = self.root / "var/lib/dpkg/status"
        before = status.read_text() if status.exists() else ""
        self.write(
            "/var/lib/dpkg/status",
            f"{before}Package: {name}\nStatus: install ok installed\nArchitecture: amd64\n"
            f"Version: {version}\nDescription: mail\n\n",
        )
        self.write(f"/var/lib/dpkg/info/{name}.list", "".join(f"{f}\n" for f in ("/.", *files)))

    def says(self, path: str, text: str) -> None:
        """A program that prints *text*, whatever it is asked."""
        quoted = text.replace("'", "'\\''")
        self.write(path, f"#!/bin/sh\nprintf '%s\\n' '{quoted}'\n", executable=True)

    def process(self, number: int, exe: str | None, comm: str) -> None:
        """A process as ``/proc`` shows it; *exe* None: the kernel's own, or a zombie."""
        self.write(f"/proc/{number}/comm", f"{comm}\n")
        if exe is not None:
            self.link(f"/proc/{number}/exe", exe)
