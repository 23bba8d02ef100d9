# SPDX-License-Identifier: MPL-2.0
"""QR codes, read back by a reader that never saw the writer."""

import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from clientcfg.formats.qr import QUIET, draw_png, draw_svg, draw_text
from clientcfg.model.trouble import WrongUsage

URL = "https://example.org/mail/ada.mobileconfig?x=1&y=ü"
SVG = "{http://www.w3.org/2000/svg}"


def decoded(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def from_png(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("L")


def from_modules(rows: list[list[bool]], scale: int = 8) -> Image.Image:
    picture = Image.new("L", (len(rows[0]), len(rows)), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            picture.putpixel((x, y), 0 if dark else 255)
    return picture.resize((len(rows[0]) * scale, len(rows) * scale), Image.Resampling.NEAREST)


def from_svg(data: bytes) -> Image.Image:
    """Draws the horizontal strokes of one path over a filled ground; anything else is an error."""
    root = ET.fromstring(data)
    group = root.find(f"{SVG}g")
    assert group is not None
    ground, lines = group.findall(f"{SVG}path")
    size = re.fullmatch(r"M0 0h(\d+)v\1h-\1z", ground.get("d", ""))
    assert size is not None and ground.get("fill") == "#fff" and lines.get("stroke") == "#000"
    rows = [[False] * int(size[1]) for _ in range(int(size[1]))]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", lines.get("d", "")):
        values = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            rows[int(y)][int(x) : int(x + values[0])] = [True] * int(values[0])
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return from_modules(rows)


def from_text(text: str) -> Image.Image:
    halves = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}
    rows: list[list[bool]] = []
    for line in re.sub(r"\x1b\[[\d;]*m", "", text).splitlines():
        rows += [[bool(halves[c][half]) for c in line] for half in (0, 1)]
    return from_modules(rows)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
@settings(max_examples=25)
def test_all_three_forms_say_the_same(text: str) -> None:
    assert decoded(from_png(draw_png(text))) == [text]
    assert decoded(from_svg(draw_svg(text))) == [text]
    assert decoded(from_text(draw_text(text))) == [text]


def test_as_long_as_an_account_of_thunderbird_for_android() -> None:
    text = '[1,[1,1],[0,"imap.example.org",993,3,1,"ada@example.org"],[[' * 10
    assert decoded(from_png(draw_png(text))) == [text]


def test_black_on_white_with_the_quiet_zone_around_it() -> None:
    picture = from_png(draw_png(URL, scale=4))
    assert picture.getpixel((0, 0)) == 255
    assert picture.getpixel((QUIET * 4, QUIET * 4)) == 0
    assert all(picture.getpixel((x, QUIET * 4 - 1)) == 255 for x in range(picture.width))
    lines = draw_text(URL).splitlines()
    assert all(line.startswith("\x1b[38;5;231;48;5;16m█") for line in lines)
    assert "\x1b" not in draw_text(URL, colours=False)


def test_the_same_twice_is_the_same() -> None:
    assert draw_png(URL) == draw_png(URL)
    assert draw_svg(URL) == draw_svg(URL)


@pytest.mark.parametrize("text", ["x" * 2332, "ü" * 1167, "\ud800"])
def test_what_does_not_go_into_one_is_refused(text: str) -> None:
    for draw in (draw_png, draw_svg, draw_text):
        with pytest.raises(WrongUsage) as told:
            draw(text)
        assert told.value.code == "too-long-for-qr"


def test_the_most_that_goes_into_one() -> None:
    assert decoded(from_png(draw_png("x" * 2331))) == ["x" * 2331]
