# SPDX-License-Identifier: MPL-2.0
"""The ini files of Mozilla programs, read the way they read them.

``profiles.ini``, ``installs.ini``, ``compatibility.ini``, ``application.ini``.
The rules are those of the running program: blanks before a line do not count,
blanks around ``=`` do; names keep their case; the last of two equal keys wins;
lines below a broken section header and lines without ``=`` are passed over;
a NUL ends the file. Nothing is an error.
"""

import codecs
import re
from collections.abc import Mapping

Sections = Mapping[str, Mapping[str, str]]


def sections(data: bytes | None) -> Sections:
    """Section → key → value of *data*, in the order of the file; empty for None.

    Bytes that are no UTF-8 come back unchanged through ``os.fsencode``.
    """
    found: dict[str, dict[str, str]] = {}
    section: dict[str, str] | None = None
    for raw in re.split(r"[\r\n]+", _text(data or b"")):
        line = raw.lstrip(" \t")
        if not line or line[0] in "#;":
            continue
        if line[0] == "[":
            name, bracket, rest = line[1:].partition("]")
            whole = bool(name and bracket) and not rest.strip(" \t")
            section = found.setdefault(name, {}) if whole else None
            continue
        key, equals, value = line.partition("=")
        if section is not None and key and equals:
            section[key] = value
    return found


def _text(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF16_LE):
        text = data[2:].decode("utf-16-le", "replace")
    else:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    return text.partition("\0")[0]
