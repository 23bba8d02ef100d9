# SPDX-License-Identifier: MPL-2.0
"""Writes ``.reg`` files and Wine's, so that what readers make of them can be compared."""

from collections.abc import Iterable, Mapping

from clientcfg.clients.registry.hive import Value

Tree = Iterable[tuple[str, Mapping[str, Value]]]


def reg_5(tree: Tree, *, encoding: str = "utf-16-le", line_end: str = "\r\n") -> bytes:
    """Version 5.00: UTF-16LE with its mark, or UTF-8 with or without one."""
    mark = "\ufeff" if encoding != "utf-8" else ""
    lines = ["Windows Registry Editor Version 5.00", "", *_sections(tree, wide=True)]
    return (mark + line_end.join([*lines, ""])).encode(encoding.removesuffix("-sig"))


def regedit_4(tree: Tree) -> bytes:
    """REGEDIT4: one byte a character, also in lists of bytes."""
    return "\r\n".join(["REGEDIT4", "", *_sections(tree, wide=False), ""]).encode("cp1252")


def _sections(tree: Tree, *, wide: bool) -> list[str]:
    lines = []
    for key, values in tree:
        lines.append(f"[{key}]")
        for name, value in values.items():
            shown = "@" if name == "" else quoted(name)
            lines.append(f"{shown}={_data(value, wide=wide)}")
        lines.append("")
    return lines


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _data(value: Value, *, wide: bool) -> str:
    coding = "utf-16-le" if wide else "cp1252"
    if isinstance(value, int):
        if value < 2**32:
            return f"dword:{value:08x}"
        return "hex(b):" + _listed(value.to_bytes(8, "little"))
    if isinstance(value, bytes):
        return "hex:" + _listed(value)
    if isinstance(value, tuple):
        return "hex(7):" + _listed("".join(f"{part}\0" for part in (*value, "")).encode(coding))
    if any(not c.isprintable() for c in value):
        return "hex(1):" + _listed(f"{value}\0".encode(coding))
    return quoted(value)


def _listed(raw: bytes) -> str:
    """Twenty bytes a line, as regedit folds them."""
    pieces = [f"{byte:02x}" for byte in raw]
    rows = [",".join(pieces[i : i + 20]) for i in range(0, len(pieces), 20)]
    return ",\\\r\n  ".join(rows)


def wine(tree: Tree, root: str) -> bytes:
    """Wine's own form, of the keys below *root*."""
    lines = [
        "WINE REGISTRY Version 2",
        f";; All keys relative to \\\\{root}",
        "",
        "#arch=win64",
        "",
    ]
    for key, values in tree:
        below = _escaped(key.removeprefix(root).lstrip("\\")).replace("]", "\\]")
        lines += [f"[{below}] 1700000000", "#time=1d9f0a0b0c0d0e0"]
        for name, value in values.items():
            shown = "@" if name == "" else _wine_quoted(name)
            lines.append(f"{shown}={_wine_data(value)}")
        lines.append("")
    return "\n".join(lines).encode("ascii")


def _wine_quoted(text: str) -> str:
    return '"' + _escaped(text).replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    """Backslashes doubled; what is not ASCII as units of UTF-16."""
    return "".join(map(_wine_character, text))


def _wine_character(character: str) -> str:
    if " " <= character <= "~":
        return character.replace("\\", "\\\\")
    units = character.encode("utf-16-be")
    return "".join(f"\\x{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def _wine_data(value: Value) -> str:
    if isinstance(value, str):
        return _wine_quoted(value)
    if isinstance(value, tuple):
        return "str(7):" + _wine_quoted("".join(f"{part}\0" for part in value))
    return _data(value, wide=True).replace("\r\n", "\n")
