# SPDX-License-Identifier: MPL-2.0
"""The page about servers: whole, well-formed, and nothing in it is a server's own markup."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clientcfg.changes.disk import RealDisk
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.report_file import ReportSaved, save_report
from clientcfg.flows.report_page import MARK, report_page
from clientcfg.model.offer import Found
from clientcfg.model.relay import Regime, Relay
from clientcfg.model.report import Line, Problem, ServerReport, Speaker, Timing
from clientcfg.model.trouble import Refused
from clientcfg.words import speak
from tests.support.markup import Page, attributes
from tests.support.servers_said import server, silent, tls, untrusted

AT = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)
BAD = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</pre></style><svg onload=x>",
]


def report(text: str = "220 mail.example.org") -> ServerReport:
    lines = (
        Line(Speaker.EVENT, "connected", False, 20.0), Line(Speaker.SERVER, text, True, 76.0)
    )  # fmt: skip
    relay = Relay(Regime.AUTH_ONLY, text, True, "192.0.2.9", AT, (f"RCPT: 550 {text}",))
    first = replace(
        tls(465, "AUTH PLAIN LOGIN", takes={"1.0": True, "1.2": True}),
        transcript=lines, timing=Timing(9.0, 5.0, 31.0, 80.0), relay=relay,
    )  # fmt: skip
    odd = replace(untrusted(587, "AUTH PLAIN"), problems=(Problem("hung-up", text),))
    return replace(server(first, odd), target=text)


@pytest.mark.parametrize("text", BAD)
def test_what_servers_say_is_never_markup(text: str) -> None:
    page = report_page(report(text), AT)
    parsed = Page(page)
    assert not {"script", "img", "svg"} & set(parsed.tags)
    assert not attributes(parsed, ("onerror", "onload", "src", "href"))
    assert page.count("<style>") == page.count("</style>") == 1


def test_everything_that_was_seen_stands_there() -> None:
    page = report_page(report(), AT)
    for told in (
        "22 November 2026 at 10:41 UTC",
        "PLAIN",
        "✓",
        "RFC 8996",
        "550 220",
        "76 ms",
        "≡ S 220",
    ):
        assert told in page, told


def test_a_report_without_answers_is_a_page_too() -> None:
    page = report_page(server(silent(465)), AT)
    assert "No server answered" in page
    assert "<h2>Time" not in page
    Page(page)


def test_german() -> None:
    speak(["de"])
    try:
        assert '<html lang="de">' in (page := report_page(report(), AT))
        assert "Zertifikat" in page
    finally:
        speak(["en"])


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def saved(path: Path) -> str:
    done = ProbeDone(Found("x", (), ()), report())
    (event,) = [e async for e in save_report(done, AT, str(path), RealDisk())]
    assert isinstance(event, ReportSaved)
    return event.path


async def test_saved_by_the_ending_of_its_name(tmp_path: Path) -> None:
    page, document = tmp_path / "a.html", tmp_path / "a.json"
    assert await saved(page) == str(page)
    assert MARK in page.read_text("utf-8")
    await saved(document)
    assert json.loads(document.read_text("utf-8"))["schema"] == MARK
    await saved(document)


async def test_no_file_of_somebody_else_is_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    mine.write_text("{}")
    with pytest.raises(Refused):
        await saved(mine)
    assert mine.read_text() == "{}"
    assert names(tmp_path) == ["mine.json"]
