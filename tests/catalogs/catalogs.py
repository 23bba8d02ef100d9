# SPDX-License-Identifier: MPL-2.0
"""The catalogs as files: how they look when they have every text of the code, and no other."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from clientcfg.po import Entry, entries
from tests.catalogs.extract import Text, all_texts
from tests.running.places import CHECKOUT

ROOM = CHECKOUT / "resources" / "locale"
TEMPLATE = ROOM / "clientcfg.pot"
UPDATE = ".cache/tests/venv/bin/python -m tests.catalogs"

_TWO_FORMS = "nplurals=2; plural=(n != 1);"
_FIELD = re.compile(r"\{[^{}]*\}")


def catalogs() -> dict[str, Path]:
    """The catalog of each language that there is."""
    return {path.parts[-3]: path for path in sorted(ROOM.glob("*/LC_MESSAGES/clientcfg.po"))}


def catalog_of(language: str) -> Path:
    """Where the catalog of a language belongs."""
    return ROOM / language / "LC_MESSAGES" / "clientcfg.po"


def template() -> str:
    """The template as it should be."""
    return _written("Template: copied for a new language", _header(""), {}, all_texts())


def catalog(language: str, old: str) -> str:
    """A catalog as it should be: translations kept, new texts empty, old ones gone."""
    held = {Text(e.text, e.several): e for e in entries(old)}
    head = held.pop(Text(""), Entry(""))
    header = "".join(head.forms) or _header(language)
    return _written(f"clientcfg in the language {language}", header, held, all_texts())


def untranslated(content: str) -> list[str]:
    """The texts of a catalog that have no translation which a person would see."""
    return [entry.text for entry in entries(content) if entry.text and not entry.usable]


def fields(text: str) -> list[str]:
    """The ``{fields}`` of a text, sorted."""
    return sorted(_FIELD.findall(text))


def _header(language: str) -> str:
    lines = {
        "Project-Id-Version": "clientcfg",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _TWO_FORMS,
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def _written(
    title: str, header: str, held: Mapping[Text, Entry], texts: Mapping[Text, Iterable[str]]
) -> str:
    blocks = [
        f"# {title}.\n"
        "# How to add or mend a language: docs/translating.md\n"
        f'msgid ""\nmsgstr {_quoted(header)}\n'
    ]
    for text, files in texts.items():
        entry = held.get(text, Entry(""))
        blocks.append("".join(f"{line}\n" for line in _block(text, files, entry)))
    return "\n".join(blocks)


def _block(text: Text, files: Iterable[str], entry: Entry) -> Iterable[str]:
    yield from entry.remarks
    yield f"#: {' '.join(files)}"
    flags = [flag for flag in entry.flags if flag != "python-brace-format"]
    if fields(text.one) or fields(text.several or ""):
        flags.append("python-brace-format")
    if flags:
        yield f"#, {', '.join(flags)}"
    yield f"msgid {_quoted(text.one)}"
    if text.several is None:
        yield f"msgstr {_quoted(''.join(entry.forms[:1]))}"
        return
    yield f"msgid_plural {_quoted(text.several)}"
    for number, form in enumerate(entry.forms or ["", ""]):
        yield f"msgstr[{number}] {_quoted(form)}"


def _quoted(text: str) -> str:
    """As a catalog has it: one line, or one for each line of the text."""
    lines = [_escaped(line) for line in text.splitlines(keepends=True)]
    if len(lines) < 2:
        return f'"{"".join(lines)}"'
    return '""\n' + "\n".join(f'"{line}"' for line in lines)


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, written)
    return text
