# SPDX-License-Identifier: MPL-2.0
"""``clients`` about programs that are here: read by a person, and by a script."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MUTT = """#!/bin/sh
echo 'Mutt 2.2.12 (2023-09-09)'
echo '+USE_SMTP -USE_SSL_OPENSSL +USE_SSL_GNUTLS -USE_SASL -USE_GSASL'
"""


class OwnMutt:
    """A person who has built a mutt without SASL, first on PATH."""

    def __init__(self, base: Path) -> None:
        self.home = base / "home"
        self.program = self.home / "bin" / "mutt"
        self.program.parent.mkdir(parents=True)
        self.program.write_text(MUTT)
        self.program.chmod(0o755)

    def clientcfg(self, *arguments: str) -> str:
        environment = {
            "PATH": f"{self.program.parent}:/usr/bin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        done = subprocess.run(
            [sys.executable, "-m", "clientcfg", *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment,
            timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout


@pytest.fixture
def person(tmp_path: Path) -> OwnMutt:
    return OwnMutt(tmp_path)


def row_of(name: str, text: str) -> list[str]:
    return next(line.split() for line in text.splitlines() if line.startswith(name))


def test_the_list(person: OwnMutt) -> None:
    said = person.clientcfg("clients")
    assert row_of("Mutt", said) == [
        "Mutt",
        "2.2.12",
        "✗",
        "none",
        "by",
        "hand",
        str(person.program),
    ]
    assert "Mutt: This build is without SASL: mutt -v says -USE_SASL." in said
    (person.home / ".muttrc").write_text("")
    assert row_of("Mutt", person.clientcfg("clients"))[-1] == str(person.home / ".muttrc")


@pytest.mark.parametrize("name", ["mutt", "Mutt"])
def test_a_name_means_the_one_that_is_here(person: OwnMutt, name: str) -> None:
    said = person.clientcfg("clients", name)
    assert "Mutt 2.2.12" in said
    assert f"runs from {person.program}" in said
    assert f"no settings yet; they would lie in {person.home}/.muttrc" in said
    assert "built without SASL: mutt -v says -USE_SASL" in said
    assert "built with TLS: mutt -v says +USE_SSL_GNUTLS" in said
    assert "this build: mutt -v says -USE_SASL" in said


def test_a_version_means_the_one_that_is_named(person: OwnMutt) -> None:
    said = person.clientcfg("clients", "mutt@1.14")
    assert "Mutt 1.14" in said
    assert "runs from" not in said


def test_the_document(person: OwnMutt) -> None:
    document = json.loads(person.clientcfg("clients", "mutt", "--json"))
    own = next(c for c in document["clients"] if c["program"] == str(person.program))
    assert (own["id"], own["installed"], own["version"]) == ("mutt", True, "2.2.12")
    assert (own["path"], own["profile"], own["packaging"]) == (str(person.program), None, "command")
    assert own["running"] is False
    assert own["supports"]["smtp_auth"] == {
        "value": "no",
        "reported": None,
        "confidence": "documented",
        "source": "this build: mutt -v says -USE_SASL",
    }
    assert own["supports"]["mechanisms"] == {"yes": [], "reported": []}
    assert [fact["feature"] for fact in own["build"]] == ["SASL", "TLS", "SMTP"]
    (known,) = json.loads(person.clientcfg("clients", "netscape", "--json"))["clients"]
    assert (known["installed"], known["path"], known["build"]) == (False, None, None)
