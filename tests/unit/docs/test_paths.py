# SPDX-License-Identifier: MPL-2.0
"""What the documents name exists, and what they promise is proved by a test that is there."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from clientcfg.cli.main import COMMANDS
from tests.running.places import CHECKOUT

DOCUMENTS = sorted(
    [*CHECKOUT.glob("docs/*.md"), CHECKOUT / "README.md", CHECKOUT / "SECURITY.md"],
)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#\s]+)\)")
_PATH = re.compile(r"(?:tests|docs|clientcfg|profiles|resources)/[\w./-]+")


def named_paths(document: Path) -> set[Path]:
    text = document.read_text()
    codes = {CHECKOUT / code for code in _CODE.findall(text) if _PATH.fullmatch(code)}
    links = {document.parent / link for link in _LINK.findall(text) if "://" not in link}
    return codes | links


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_every_path_that_is_named_exists(document: Path) -> None:
    missing = [str(path) for path in named_paths(document) if not path.exists()]
    assert missing == []


def test_every_proof_has_tests_in_it() -> None:
    proofs = [p for p in named_paths(CHECKOUT / "docs/security.md") if p.suffix == ".py"]
    assert len(proofs) > 20
    for path in proofs:
        names = [
            node.name
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        assert any(name.startswith("test_") for name in names), path


def test_every_promise_names_its_proof() -> None:
    rows = [
        line
        for line in (CHECKOUT / "docs/security.md").read_text().splitlines()
        if line.startswith("| ") and not line.startswith("| what ")
    ]
    assert len(rows) > 20
    for row in rows:
        assert "tests/" in row.split(" | ")[-1], row


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_every_command_that_is_named_exists(document: Path) -> None:
    later = {"export"}  # said to come
    codes = " ".join(_CODE.findall(document.read_text()))
    commands = set(re.findall(r"\bclientcfg ([a-z]+)", codes))
    assert commands - COMMANDS.keys() - later == set()


def test_the_documents_travel_with_the_source() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    included = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"docs", "SECURITY.md", "README.md"} <= set(included)
