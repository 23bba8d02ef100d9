# SPDX-License-Identifier: MPL-2.0
"""A profile where a plain start would make one: its lines in ``profiles.ini``.

The program that starts must own it: ``[Install<HASH>]`` names it, the hash
being that of the program's directory. ``installs.ini`` repeats this for
versions that do not find ``Version=2`` in ``profiles.ini``.
"""

import re
from collections.abc import Mapping

from clientcfg.clients.mozilla.cityhash import install_hash
from clientcfg.clients.mozilla.ini import sections
from clientcfg.model.trouble import Refused
from clientcfg.words import _

NAME = "clientcfg.default-release"
_OWNED = {"Default": NAME, "Locked": "1"}


def with_profile(profiles_ini: bytes | None, program: str) -> bytes:
    """``profiles.ini`` with our profile in it; everything else stays byte for byte.

    Raises :class:`Refused` where the program would not read the result as it is meant.
    """
    held = sections(profiles_ini)
    number = 0
    # The program counts up, and stops at the first section without IsRelative.
    while "IsRelative" in held.get(f"Profile{number}", {}):
        number += 1
    if f"Profile{number}" in held:
        raise _unreadable("profiles.ini")
    profile = {"Name": NAME, "IsRelative": "1", "Path": NAME}
    if not number:
        profile["Default"] = "1"
    new = {f"Profile{number}": profile}
    if "General" not in held:
        new["General"] = {"StartWithLastProfile": "1", "Version": "2"}
    owner = {f"Install{install_hash(program)}": _OWNED}
    text = _with_owner(_appended(profiles_ini or b"", new), owner)
    return _checked("profiles.ini", profiles_ini, text, {**new, **owner})


def with_install(installs_ini: bytes | None, program: str) -> bytes:
    """``installs.ini`` naming our profile for *program*. Raises as :func:`with_profile` does."""
    owner = {install_hash(program): _OWNED}
    return _checked("installs.ini", installs_ini, _with_owner(installs_ini or b"", owner), owner)


_Sections = Mapping[str, Mapping[str, str]]


def _with_owner(text: bytes, owner: _Sections) -> bytes:
    """*text* with *owner* in it: in its section where that is free for it, else in one behind all.

    Of sections with one name the program takes all lines, of equal lines the last.
    """
    ((section, lines),) = owner.items()
    head = re.search(rb"^\[%s\][^\r\n]*(\r?\n|\Z)" % re.escape(section.encode()), text, re.M)
    if head is None or lines.keys() & sections(text).get(section, {}).keys():
        return _appended(text, owner)
    eol = b"\r\n" if b"\r\n" in text else b"\n"
    before = text[: head.end()] if head[1] else text[: head.end()] + eol
    return before + eol.join(_written(lines)) + eol + text[head.end() :]


def _appended(text: bytes, new: _Sections) -> bytes:
    eol = b"\r\n" if b"\r\n" in text else b"\n"
    gap = b"" if not text else eol if text.endswith(b"\n") else eol + eol
    blocks = (
        eol.join((b"[%b]" % name.encode(), *_written(lines))) + eol for name, lines in new.items()
    )
    return text + gap + eol.join(blocks)


def _written(lines: Mapping[str, str]) -> list[bytes]:
    return [f"{key}={value}".encode() for key, value in lines.items()]


def _checked(name: str, before: bytes | None, after: bytes, new: _Sections) -> bytes:
    """*after*, if the program reads it as *before* and *new*."""
    held = sections(before)
    meant = {s: {**held.get(s, {}), **new.get(s, {})} for s in {*held, *new}}
    if sections(after) != meant:
        raise _unreadable(name)
    return after


def _unreadable(name: str) -> Refused:
    return Refused(
        "profiles-unreadable",
        _(
            "The list of profiles, {name}, is damaged so that Thunderbird might not read what "
            "is added to it."
        ).format(name=name),
        _("Start Thunderbird and close it again: it makes a profile by itself."),
    )
