# SPDX-License-Identifier: MPL-2.0
"""Every hostile, broken, old or odd server: exactly this report, in its time and its memory."""

import asyncio
import gc
import json
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.report import EndpointReport
from clientcfg.probe.driver import Trust, probe_endpoint
from tests.support.fakes.identities import NAME
from tests.support.fakes.liars import ALL, BY_NAME
from tests.support.fakes.liars.row import Liar, Told
from tests.support.fakes.names import resolve_to

MEMORY = 1024 * 1024
# Beside the deadline of each: for a machine that does other things, too (seconds).
GRACE = 1.0


class Menagerie:
    """The process in which they live."""

    def __init__(self, folder: Path) -> None:
        self.ca_file = str(folder / "ca.pem")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.fakes.liars.menagerie", folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.ports: dict[str, int] = json.loads(self._read())

    def heard(self, name: str) -> list[bytes]:
        assert self._process.stdin is not None
        self._process.stdin.write(name + "\n")
        self._process.stdin.flush()
        return [text.encode("latin-1") for text in json.loads(self._read())]

    def heard_in_the_end(self, name: str, wanted: tuple[bytes, ...]) -> list[bytes]:
        """The last connections' words; the process may yet have to read the last of them."""
        for _look in range(100):
            heard = self.heard(name)[-len(wanted) :]
            if heard == list(wanted):
                break
            time.sleep(0.02)
        return heard

    def end(self) -> None:
        self._process.communicate("")

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@pytest.fixture(scope="module")
def menagerie(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Menagerie]:
    animals = Menagerie(tmp_path_factory.mktemp("menagerie"))
    # What is loaded once a process is not counted against the first one asked.
    asyncio.run(ask(BY_NAME["certificate-stranger"], animals))
    yield animals
    animals.end()


async def ask(liar: Liar, menagerie: Menagerie) -> EndpointReport:
    endpoint = Endpoint(liar.protocol, NAME, menagerie.ports[liar.name], liar.security)
    return await probe_endpoint(
        endpoint,
        trust=Trust((menagerie.ca_file,)),
        timeout=liar.patience,
        resolve=resolve_to("127.0.0.1"),
    )


def told(report: EndpointReport, like: Told) -> Told:
    """The report as the table has it."""
    sentences = " ".join(problem.text for problem in report.problems)
    return Told(
        codes=tuple(problem.code for problem in report.problems),
        reachable=report.reachable,
        before=report.auth_before_tls,
        auth=report.auth,
        login=report.password_login,
        login_before=report.password_login_before_tls,
        tls=None if report.tls is None else tuple(p.code for p in report.tls.problems),
        trusted=report.trusted,
        legacy=report.legacy_auth_line,
        words=tuple(word for word in like.words if word in sentences),
        greeting=report.greeting if like.greeting is not None else None,
    )


def test_the_table_has_its_forty_rows_and_each_has_a_name_of_its_own() -> None:
    assert len(ALL) >= 40
    assert len(BY_NAME) == len(ALL)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_the_report_is_exactly_this(name: str, menagerie: Menagerie) -> None:
    liar = BY_NAME[name]
    gc.collect()
    tracemalloc.start()
    started = time.monotonic()
    try:
        report = asyncio.run(ask(liar, menagerie))
        seconds = time.monotonic() - started
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert told(report, liar.told) == liar.told
    assert seconds < liar.patience + GRACE
    assert most < MEMORY
    for line in report.transcript:
        assert line.text.isprintable()
    if liar.hears is not None:
        assert menagerie.heard_in_the_end(name, liar.hears) == list(liar.hears)
