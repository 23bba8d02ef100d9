# SPDX-License-Identifier: MPL-2.0
"""Which texts clientcfg has: all that goes through the door of ``clientcfg/words.py``.

Read from the syntax tree, so that a text of several lines is one text. What
click shows (``help=`` of options, the docstring of a command) needs no mark.
``profiles/`` has texts of ours, too: what bridges are called, and that
something is recollected. Other sources are cited as they are.
"""

import ast
import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.running.places import CHECKOUT

CODE = CHECKOUT / "clientcfg"
PROFILES = CHECKOUT / "profiles"
_DOOR = {"_": 1, "ngettext": 2, "later": 1}
# Here texts that stand in the catalog for another reason go through the door.
_FOUND_ELSEWHERE = {"words.py", "cli/help.py", "advise/bridges.py", "clients/cells.py"}
_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Text(NamedTuple):
    """One id of the catalog."""

    one: str
    several: str | None = None


class Unreadable(Exception):
    """A call whose text is not written out, so that no catalog can have it."""


def all_texts() -> dict[Text, list[str]]:
    """Every text and the files that have it, in the order of files and lines."""
    found: dict[Text, list[str]] = {}
    rooms = ((CODE, "*.py", texts_of), (PROFILES, "*.toml", texts_of_profile))
    for path, read in ((p, read) for room, kind, read in rooms for p in sorted(room.rglob(kind))):
        place = path if path.suffix == ".py" else path.parent
        name = place.relative_to(CHECKOUT).as_posix()
        for text in read(path):
            files = found.setdefault(text, [])
            if name not in files:
                files.append(name)
    return found


def texts_of(path: Path) -> Iterator[Text]:
    """The texts of one module."""
    for node in _in_order(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield from _of_call(node, path)
        elif isinstance(node, _Function) and _is_command(node):
            said = ast.get_docstring(node)
            if said:
                yield Text(inspect.cleandoc(said).partition("\f")[0])


def texts_of_profile(path: Path) -> Iterator[Text]:
    """The texts of one profile."""
    profile = tomllib.loads(path.read_text("utf-8"))
    if path.parent.name == "bridges":
        yield Text(profile["name"])
    if path.parent.name != "providers":
        recollected = profile.get("sources", {}).get("recollection")
        if recollected:
            yield Text(recollected)


def translated_at_import(path: Path) -> list[int]:
    """The lines of a module that translate while it is imported, before a language is chosen."""
    return [
        node.lineno
        for node in _run_at_import(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) in ("_", "ngettext")
    ]


def _of_call(node: ast.Call, path: Path) -> Iterator[Text]:
    name = _name(node.func)
    if name in _DOOR:
        said = [part.value for part in node.args if isinstance(part, ast.Constant)]
        texts = [text for text in said if isinstance(text, str)]
        if len(texts) < _DOOR[name]:
            if path.relative_to(CODE).as_posix() in _FOUND_ELSEWHERE:
                return
            raise Unreadable(f"{path}:{node.lineno}: {ast.unparse(node)}")
        yield Text(*texts[: _DOOR[name]])
    elif _is_of_click(node.func, "option", "argument", "version_option"):
        for keyword in node.keywords:
            if keyword.arg == "help" and isinstance(keyword.value, ast.Constant):
                yield Text(str(keyword.value.value))


def _is_command(function: _Function) -> bool:
    return any(
        isinstance(decorator, ast.Call) and _is_of_click(decorator.func, "command", "group")
        for decorator in function.decorator_list
    )


def _is_of_click(node: ast.expr, *names: str) -> bool:
    return isinstance(node, ast.Attribute) and _name(node.value) == "click" and node.attr in names


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """All that is run when the module is, without the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _Function):
            for part in (*child.decorator_list, *child.args.defaults, *child.args.kw_defaults):
                if part is not None:
                    yield part
                    yield from _run_at_import(part)
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from _run_at_import(child)
