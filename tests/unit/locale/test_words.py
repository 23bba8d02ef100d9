# SPDX-License-Identifier: MPL-2.0
"""Which language is spoken, and what a damaged catalog does."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clientcfg import words
from clientcfg.po import read_catalog
from clientcfg.words import _, ngettext, speak

_HEAD = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak(["en"])


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LANG", "de_DE.UTF-8", "Bereit"),
        ("LANG", "de_AT", "Bereit"),
        ("LANG", "de", "Bereit"),
        ("LC_ALL", "de_CH.UTF-8@euro", "Bereit"),
        ("LANGUAGE", "xx:de:en", "Bereit"),
        ("LANGUAGE", "en:de", "Ready"),
        ("LANGUAGE", "en_GB:de", "Ready"),
        ("LANG", "C.UTF-8", "Ready"),
        ("LANG", "POSIX", "Ready"),
        ("LANG", "xx", "Ready"),
        ("LANG", "../../de", "Ready"),
        ("LANG", "/de", "Ready"),
        ("LANG", "\0", "Ready"),
    ],
)
def test_the_environment_decides(
    environment: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    if "\0" in value:
        speak([value])
    else:
        environment.setenv(name, value)
        speak()
    assert _("Ready") == said


def test_without_any_wish_it_is_english(environment: pytest.MonkeyPatch) -> None:
    speak(["de"])
    speak()
    assert _("Ready") == "Ready"


def test_the_first_variable_that_is_set_counts(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LANG", "de_DE.UTF-8")
    environment.setenv("LC_ALL", "C.UTF-8")
    speak()
    assert _("Ready") == "Ready"


def test_a_count_has_its_form() -> None:
    one, several = "{n} file", "{n} files"
    assert [ngettext(one, several, n).format(n=n) for n in (0, 1, 2)] == [
        "0 files", "1 file", "2 files",
    ]  # fmt: skip
    speak(["de"])
    assert [ngettext(one, several, n).format(n=n) for n in (0, 1, 2)] == [
        "0 Dateien", "1 Datei", "2 Dateien",
    ]  # fmt: skip


def test_what_has_no_translation_stays_english() -> None:
    speak(["de"])
    assert _("Nobody ever wrote this.") == "Nobody ever wrote this."
    assert ngettext("{n} gnu", "{n} gnus", 2) == "{n} gnus"


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b'msgid "a', b"rubbish", b'msgid ""\nmsgstr "plural=n if;"\n', b""],
    ids=["no text", "open quote", "rubbish", "no rule", "empty"],
)
def test_a_damaged_catalog_stays_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "clientcfg.po").write_bytes(content)
    monkeypatch.setattr(words, "catalog_path", lambda _language: tmp_path / "clientcfg.po")
    speak(["de"])
    assert _("Ready") == "Ready"


def test_what_is_doubted_or_empty_is_not_shown() -> None:
    content = (
        f'{_HEAD}#, fuzzy\nmsgid "a"\nmsgstr "x"\n\nmsgid "b"\nmsgstr ""\n\n'
        'msgid "c"\nmsgstr "z"\n\n#~ msgid "d"\n#~ msgstr "y"\n'
    )
    assert read_catalog(content).texts == {"c": "z"}


@pytest.mark.parametrize(
    "written",
    [
        'msgid "one two"\nmsgstr "eins zwei"\n',
        'msgid "one two"\nmsgstr ""\n"eins "\n"zwei"\n',
        'msgid ""\n"one "\n"two"\nmsgstr "eins zwei"\n',
        'msgid "one "\n"two"\nmsgstr "eins "\n"zwei"\n',
    ],
)
def test_lines_may_be_folded_as_editors_do(written: str) -> None:
    assert read_catalog(_HEAD + written).texts == {"one two": "eins zwei"}


def test_escapes_are_read_once() -> None:
    content = _HEAD + 'msgid "a\\\\n\\"\\n\\t"\nmsgstr "\\\\t\\\\\\\\"\n'
    assert read_catalog(content).texts == {'a\\n"\n\t': "\\t\\\\"}


def test_other_languages_have_other_forms() -> None:
    rule = "nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);"
    catalog = read_catalog(
        f'msgid ""\nmsgstr "Plural-Forms: {rule}\\n"\n\nmsgid "one"\nmsgid_plural "many"\n'
        'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n'
    )
    forms = catalog.plurals["one", "many"]
    assert [forms[catalog.form_of(n)] for n in (1, 4, 5)] == ["a", "b", "c"]


@pytest.mark.parametrize(("language", "read"), [("en", False), ("C", False), ("de", True)])
def test_english_reads_no_catalog(language: str, read: bool) -> None:
    code = (
        "import sys\nfrom clientcfg.words import speak\nspeak()\n"
        "print('clientcfg.po' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "LANGUAGE": language},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == str(read)
