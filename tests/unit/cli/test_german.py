# SPDX-License-Identifier: MPL-2.0
"""The command line in German, from help to the whole job on real servers."""

import os
import subprocess
import sys

import pytest

from clientcfg.cli.main import COMMANDS

LEFT_OVER = (" the ", " and ", " with ", " your ", " not ", " of ", "Usage", "Options", "Commands")


def german(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clientcfg", *words],
        env={**os.environ, "LANGUAGE": "de", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_german(command: str) -> None:
    done = german(*([command] if command else []), "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Aufruf: clientcfg")
    assert "Optionen:" in done.stdout
    assert "Diese Hilfe anzeigen" in done.stdout
    assert [word for word in LEFT_OVER if word in done.stdout] == []


def test_a_wrong_word_is_answered_in_german() -> None:
    assert german("fnid").stderr.splitlines() == [
        "Es gibt keinen Befehl „fnid“. Meinten Sie „find“?",
        "  → Siehe: clientcfg --help",
    ]
    assert german("find").stderr.startswith("Es fehlt: ADDRESS.")
    assert german("find", "a@example.org", "--nope").stderr.startswith(
        "Es gibt keine Option --nope."
    )


def test_the_whole_job_is_told_in_german() -> None:
    done = german("demo", "--headless")
    assert done.returncode == 0, done.stderr
    assert "Jeder Schritt hat getan, was er sagt." in done.stdout
    assert "6 von 6 Servern haben geantwortet" in done.stdout
    ours = [line for line in done.stdout.splitlines() if "user_pref" not in line]
    said = "\n".join(
        line for line in ours if " — " not in line and "clientcfg demo, not" not in line
    )
    assert [word for word in LEFT_OVER if word in said] == []


def test_a_document_has_the_same_words_of_its_schema() -> None:
    done = german("clients", "thunderbird@153.7.0", "--json")
    assert done.returncode == 0, done.stderr
    assert '"schema": "clientcfg/' in done.stdout
