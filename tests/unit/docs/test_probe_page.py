# SPDX-License-Identifier: MPL-2.0
"""``docs/probe.md`` explains every code that a report can hold, and none that it cannot."""

import re
from pathlib import Path

from clientcfg.advise import administrator, meaning
from clientcfg.model.relay import Regime
from clientcfg.probe.words import sentences
from tests.running.places import CHECKOUT

PAGE = (CHECKOUT / "docs" / "probe.md").read_text(encoding="utf-8")
IN_TABLES = {
    code
    for line in PAGE.splitlines()
    if line.startswith("| `")
    for code in re.findall(r"`([a-z0-9.-]+)`", line.split(" | ")[0])
}


def meanings() -> set[str]:
    source = Path(str(meaning.__file__)).read_text(encoding="utf-8")
    literal = set(re.findall(r"Meaning\(\"([a-z0-9.-]+)\"", source))
    assert 'f"not-on-{name}-list"' in source
    return literal | {"not-on-mozilla-list"}


def wishes() -> set[str]:
    source = Path(str(administrator.__file__)).read_text(encoding="utf-8")
    return set(re.findall(r"^        \"([a-z0-9.-]+)\": \($", source, re.MULTILINE))


def test_every_code_is_explained_and_no_other() -> None:
    assert len(meanings()) > 15
    assert len(wishes()) > 10
    there_are = sentences().keys() | meanings() | wishes() | {r.value for r in Regime}
    assert there_are - IN_TABLES == set()
    assert IN_TABLES - there_are == set()
