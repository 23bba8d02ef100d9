# SPDX-License-Identifier: MPL-2.0
"""A strict reader of ``.reg`` files, after Wine's behaviour: a line end ends a line, always."""

import re

Value = tuple[int, bytes] | None
Registry = dict[str, dict[str, Value]]

_NAME = re.compile(r'(?:@|"((?:[^"\\]|\\[\\"])*)")=')
_TEXT = re.compile(r'"((?:[^"\\]|\\[\\"])*)"')


def read(content: bytes) -> Registry:
    """Key (with "-" before it where it is removed) → name → type and bytes, or None (removed)."""
    if content.startswith(b"\xff\xfe"):
        text, header = content[2:].decode("utf-16-le"), "Windows Registry Editor Version 5.00"
    else:
        text, header = content.decode("cp1252"), "REGEDIT4"
    lines = text.split("\r\n")
    assert lines[:2] == [header, ""] and lines[-1] == ""
    assert not any(c in line for line in lines for c in "\r\n\0")
    wide = header != "REGEDIT4"
    found: Registry = {}
    at = 2
    while at < len(lines):
        line = lines[at]
        at += 1
        while line.endswith("\\"):
            assert lines[at].startswith("  ") and len(lines[at]) <= 80
            line = line[:-1] + lines[at][2:]
            at += 1
        if line.startswith("["):
            assert line.endswith("]") and line[1:-1] not in found
            key = line[1:-1]
            found[key] = {}
        elif line:
            name = _NAME.match(line)
            assert name, line
            plain = re.sub(r"\\(.)", r"\1", name[1] or "")
            assert plain not in found[key]
            found[key][plain] = _data(line[name.end() :], wide=wide)
    return found


def _data(text: str, *, wide: bool) -> Value:
    if text == "-":
        return None
    if quoted := _TEXT.fullmatch(text):
        return 1, (re.sub(r"\\(.)", r"\1", quoted[1]) + "\0").encode("utf-16-le")
    if number := re.fullmatch("dword:([0-9a-f]{8})", text):
        return 4, bytes.fromhex(number[1])[::-1]
    listed = re.fullmatch(r"hex(?:\(([0-9a-f]+)\))?:((?:[0-9a-f]{2}(?:,[0-9a-f]{2})*)?)", text)
    assert listed, text
    kind = int(listed[1] or "3", 16)
    data = bytes.fromhex(listed[2].replace(",", ""))
    if not wide and kind in {1, 2, 7}:
        data = data.decode("cp1252").encode("utf-16-le")
    return kind, data
