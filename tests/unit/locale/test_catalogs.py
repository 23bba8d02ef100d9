# SPDX-License-Identifier: MPL-2.0
"""Every catalog has every text of the code, whole, and nothing else."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from clientcfg.cli.main import COMMANDS
from clientcfg.gui.words import without_terminal
from clientcfg.po import Entry, entries
from tests.catalogs.catalogs import (
    TEMPLATE,
    UPDATE,
    catalog,
    catalogs,
    fields,
    template,
    untranslated,
)
from tests.catalogs.extract import CODE, all_texts, translated_at_import

LANGUAGES = catalogs()
OLD = f"texts were added or changed; bring the catalogs up to date with: {UPDATE}"
EMPTY = f"not translated; run {UPDATE}, and fill in what it names (docs/translating.md)"

# Words of an English sentence that no other language's sentence needs; names are not among them.
_ENGLISH = re.compile(
    r"(?<![-\w„“\"])(the|and|with|your|which|not|of|this|password|cannot|whether|without)(?![-\w])"
)


def _translated() -> Iterator[tuple[str, Entry, str, str]]:
    """Language, entry, and each form with the text that it is for."""
    for language, path in LANGUAGES.items():
        for entry in entries(path.read_text("utf-8")):
            if entry.text:
                for form in entry.forms:
                    yield language, entry, entry.several or entry.text, form


def _wrong(*what: tuple[str, str]) -> str:
    return "".join(f"\n  {text!r}\n  {form!r}" for text, form in what)


def test_the_template_has_every_text_of_the_code_and_no_other() -> None:
    assert TEMPLATE.read_text("utf-8") == template(), OLD


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_every_text_and_none_that_is_gone(language: str) -> None:
    content = LANGUAGES[language].read_text("utf-8")
    assert content == catalog(language, content), OLD


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_is_complete_and_nothing_in_it_is_doubted(language: str) -> None:
    missing = untranslated(LANGUAGES[language].read_text("utf-8"))
    assert not missing, EMPTY


def test_german_is_there() -> None:
    assert "de" in LANGUAGES
    assert len(all_texts()) > 1000


def test_a_translation_has_the_fields_of_its_text() -> None:
    wrong = [(text, form) for _l, _e, text, form in _translated() if fields(text) != fields(form)]
    assert not wrong, _wrong(*wrong)


def test_a_translation_begins_and_ends_with_the_blanks_of_its_text() -> None:
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [(text, form) for _l, _e, text, form in _translated() if edges(text) != edges(form)]
    assert not wrong, _wrong(*wrong)


def test_a_translation_keeps_options_commands_and_links() -> None:
    kept = re.compile(rf"--[a-z][a-z0-9-]+|\bclientcfg (?:{'|'.join(COMMANDS)})\b|https?://\S+")
    wrong = [
        (text, form)
        for _l, _e, text, form in _translated()
        if sorted(kept.findall(text)) != sorted(kept.findall(form))
    ]
    assert not wrong, _wrong(*wrong)


def test_every_text_can_be_filled_in() -> None:
    """As :meth:`str.format` does it: no field is misspelt, no brace is left open."""
    for _language, _entry, text, form in _translated():
        values = {name: 0 for _a, name, _b, _c in string.Formatter().parse(text) if name}
        if values:
            assert form.format(**values), form


def test_german_quotes_are_german() -> None:
    german = [(text, form) for language, _e, text, form in _translated() if language == "de"]
    wrong = [
        (text, form)
        for text, form in german
        if text.count("“") > form.count("„") or form.count("„") != form.count("“") or "”" in form
    ]
    assert not wrong, _wrong(*wrong)


def test_no_english_is_left_in_a_translation() -> None:
    wrong = [(text, form) for _l, _e, text, form in _translated() if _ENGLISH.search(form)]
    assert not wrong, _wrong(*wrong)


def test_german_says_kennwort_and_postausgangsserver() -> None:
    """One word for one thing, wherever a person meets it."""
    other = re.compile(
        r"Passw[oö]rt|SMTP-Server|Ausgangsserver(?<!Postausgangsserver)|\bEmail(?! OAuth)"
    )
    wrong = [
        (text, form)
        for language, _e, text, form in _translated()
        # Thunderbird itself says Hauptpasswort.
        if language == "de" and other.search(form.replace("Hauptpasswort", ""))
    ]
    assert not wrong, _wrong(*wrong)


def test_the_window_knows_which_words_are_commands() -> None:
    """It shows no advice that only a terminal can follow, in any language."""
    for command in COMMANDS:
        assert not without_terminal(f"clientcfg {command}.")
    assert without_terminal("Damit kann clientcfg nichts anfangen.")


@pytest.mark.parametrize("path", sorted(CODE.rglob("*.py")), ids=lambda path: path.name)
def test_nothing_is_translated_while_a_module_is_imported(path: Path) -> None:
    lines = translated_at_import(path)
    assert not lines, f"{path}: lines {lines} run before a language is chosen; see words.later"
