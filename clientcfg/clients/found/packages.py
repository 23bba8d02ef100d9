# SPDX-License-Identifier: MPL-2.0
"""What the package databases say: dpkg's files, and ``rpm`` by asking it.

dpkg keeps one paragraph a package in ``/var/lib/dpkg/status`` and the files of
each in ``/var/lib/dpkg/info`` (dpkg-query(1)). The database of rpm has three
binary forms, so rpm itself is asked.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from clientcfg.clients.machine import Machine

_LARGEST: Final = 64 * 1024 * 1024  # 3,000 packages are 5 MiB
_FIELD = re.compile(r"^(Package|Status|Version|Architecture): *(.*)$", re.MULTILINE)
_RPM_DATABASES: Final = ("/var/lib/rpm", "/usr/lib/sysimage/rpm")
_RPM_SAYS: Final = ("-qf", "--queryformat", "%{VERSION}\\n")


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package and the files it brought. ``version`` as the database has it."""

    name: str
    version: str
    files: tuple[str, ...]


def debian(machine: Machine, names: Collection[str]) -> Mapping[str, Package]:
    """Those of the packages *names* that dpkg has as installed."""
    text = (machine.read("/var/lib/dpkg/status", _LARGEST) or b"").decode("utf-8", "replace")
    found = {}
    for paragraph in text.split("\n\n"):
        name = paragraph.lstrip("\n").partition("\n")[0].removeprefix("Package: ").strip()
        if name not in names:
            continue
        fields = dict(_FIELD.findall(paragraph))
        if fields.get("Status", "").split()[-1:] == ["installed"]:
            files = _files(machine, name, fields.get("Architecture", ""))
            found[name] = Package(name, fields.get("Version", ""), files)
    return found


def _files(machine: Machine, name: str, architecture: str) -> tuple[str, ...]:
    for stem in (name, f"{name}:{architecture}"):
        content = machine.read(f"/var/lib/dpkg/info/{stem}.list")
        if content is not None:
            return tuple(content.decode("utf-8", "replace").splitlines())
    return ()


def upstream(version: str) -> str:
    """What the program itself calls *version*: ``1:3.8.0~beta1+dfsg-2`` → ``3.8.0beta1``.

    Epoch, Debian revision and repacking words are the distribution's
    (deb-version(7)); ``~`` only sorts.
    """
    own = version.partition(":")[2] if re.match(r"\d+:", version) else version
    own = own.rpartition("-")[0] or own
    own = own.rpartition("+really")[2]  # a package that went back to an older release
    return re.split(r"[+~.](?:dfsg|ds|repack|git|deb)", own)[0].replace("~", "")


def by_rpm(machine: Machine, path: str) -> str | None:
    """The version of the rpm package that *path* belongs to, None where there is none."""
    if not any(machine.is_directory(database) for database in _RPM_DATABASES):
        return None
    for rpm in machine.on_path("rpm")[:1]:
        answer = (machine.says(rpm, *_RPM_SAYS, path) or "").strip()
        if re.fullmatch(r"[0-9][\w.+~^]*", answer):
            return answer.replace("~", "")
    return None
