# SPDX-License-Identifier: MPL-2.0
"""A profile where a plain start would make one: its lines in ``profiles.ini``.

The program that starts must own it: ``[Install<HASH>]`` names it, the hash
being that of the program's directory. ``installs.ini`` repeats this for
versions that do not find ``Version=2`` in ``profiles.ini``.
"""

import re

from clientcfg.clients.mozilla.cityhash import install_hash
from clientcfg.clients.mozilla.ini import sections

NAME = "clientcfg.default-release"


def with_profile(profiles_ini: bytes | None, program: str) -> bytes:
    """``profiles.ini`` with our profile in it; everything else stays byte for byte."""
    held = sections(profiles_ini)
    number = 0
    while f"Profile{number}" in held:
        number += 1
    first = not number
    lines = [f"[Profile{number}]", f"Name={NAME}", "IsRelative=1", f"Path={NAME}"]
    text = profiles_ini or b""
    if first:
        lines.append("Default=1")
    if "General" not in held:
        lines += ["", "[General]", "StartWithLastProfile=1", "Version=2"]
    return _with_owner(_appended(text, lines), f"Install{install_hash(program)}")


def with_install(installs_ini: bytes | None, program: str) -> bytes:
    """``installs.ini`` naming our profile for *program*."""
    return _with_owner(installs_ini or b"", install_hash(program))


def _with_owner(text: bytes, section: str) -> bytes:
    """*text* with ``Default`` and ``Locked`` in *section*, which is made if it is missing."""
    lines = [f"Default={NAME}", "Locked=1"]
    head = re.search(rb"^\[%s\][^\r\n]*(\r?\n|\Z)" % re.escape(section.encode()), text, re.M)
    if head is None:
        return _appended(text, [f"[{section}]", *lines])
    eol = b"\r\n" if b"\r\n" in text else b"\n"
    before = text[: head.end()] if head[1] else text[: head.end()] + eol
    return before + eol.join(line.encode() for line in lines) + eol + text[head.end() :]


def _appended(text: bytes, lines: list[str]) -> bytes:
    eol = b"\r\n" if b"\r\n" in text else b"\n"
    gap = b"" if not text else eol if text.endswith(b"\n") else eol + eol
    return text + gap + eol.join(line.encode() for line in lines) + eol
