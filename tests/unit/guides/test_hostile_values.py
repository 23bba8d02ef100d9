# SPDX-License-Identifier: MPL-2.0
"""Names that strangers chose: nothing in them becomes markup, a line of its own or a command."""

import re
import shlex
import tomllib
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.guides.html import as_html
from clientcfg.guides.mailbox import Mailbox, clean
from clientcfg.guides.markdown import as_markdown, escaped
from clientcfg.guides.quoting import STYLES
from clientcfg.guides.text import as_text
from clientcfg.model.endpoint import Security
from tests.support.guides import ADA, incoming, outgoing, page
from tests.support.markup import Page, attributes

ANY = st.text(st.characters(exclude_categories=()), max_size=40)
BAD = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><svg onload=x>",
    "&lt;b&gt; &amp;",
    "ada\r\nset smtp_pass=x",
    '`id` $HOME "; rm -rf ~ #',
    "\x1b[2J\x07\u202etxt.exe",
    "</pre></li><!-- ",
    "[x](javascript:alert(1)) | `` ` | <!-- -->",
]
SPECS = ("thunderbird", "outlook-express@6.0", "mutt", "spark", "alpine", "git-send-email")


def mailbox(text: str) -> Mailbox:
    return Mailbox(
        text,
        text,
        outgoing(Security.TLS, user=text, host=text),
        incoming(user=text, host=text),
    )


def controls(text: str) -> list[str]:
    return [
        c
        for c in text
        if c not in "\n\u200c\u200d\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ]


CLEAN = {spec: Page(as_html([page(spec, mailbox("ada"))])) for spec in SPECS}


@given(text=ANY | st.sampled_from(BAD), spec=st.sampled_from(SPECS))
def test_html_has_the_elements_of_a_tame_page_and_no_other(text: str, spec: str) -> None:
    html = as_html([page(spec, mailbox(text))])
    found = Page(html)
    assert found.elements == CLEAN[spec].elements
    assert found.declarations == ["DOCTYPE html"]
    assert clean(text) in found.text
    assert controls(html) == []


@given(text=ANY | st.sampled_from(BAD), spec=st.sampled_from(SPECS))
def test_text_and_markdown_have_no_control_characters_and_no_more_lines(
    text: str, spec: str
) -> None:
    guide = page(spec, mailbox(text))
    for written in (as_text([guide]), as_markdown([guide])):
        assert controls(written) == []
    tame = as_markdown([page(spec, mailbox("ada"))])
    assert as_markdown([guide]).count("\n") == tame.count("\n")


@pytest.mark.parametrize("text", BAD)
def test_markdown_shows_it_as_text(text: str) -> None:
    for character in re.findall(r"(?<!\\)[<\[`*_|]", escaped(clean(text))):
        raise AssertionError(character)


def test_html_fetches_nothing_and_runs_nothing() -> None:
    found = Page(as_html([page(spec) for spec in SPECS]))
    assert found.tags.isdisjoint({"script", "link", "img", "iframe", "object", "a", "form"})
    assert attributes(found, ["src", "href", "style", "onload", "onclick", "action"]) == []
    html = as_html([page("thunderbird")])
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style
    assert "size: A4" in style


def test_html_can_be_read_aloud() -> None:
    found = Page(as_html([page("thunderbird")], "de"))
    assert ("html", (("lang", "de"),)) in found.elements
    headings = [tag for tag, _ in found.elements if re.fullmatch("h[1-6]", tag)]
    assert headings == ["h1", "h2", "h2"]
    heads = [attrs for tag, attrs in found.elements if tag == "th"]
    assert heads
    assert all(attrs == (("scope", "row"),) for attrs in heads)
    tables = [tag for tag, _ in found.elements if tag in ("table", "caption")]
    assert tables == ["table", "caption"] * 3


@given(text=ANY | st.sampled_from(BAD))
def test_quoted_values_stay_one_value(text: str) -> None:
    value = clean(text)
    assert re.fullmatch(r"[\w.~%-]*", STYLES["url"](value), re.ASCII)
    assert tomllib.loads(f'x = "{STYLES["string"](value)}"') == {"x": value}
    shell = STYLES["shell"](value)
    assert re.search(r'(?<!\\)(?:\\\\)*["$`]', shell) is None
    assert shlex.split(f'"{STYLES["string"](value)}"') == [value]
    assert eval(f"'{STYLES['single'](value)}'") == value
    word = STYLES["word"](value)
    assert word.startswith('"') or not re.search(r"[\s/}]", word)


def test_a_user_name_cannot_switch_options_of_pine_on() -> None:
    hostile = replace(ADA, outgoing=outgoing(user="ada/novalidate-cert"))
    values = [s.value for step in page("alpine", hostile).steps for s in step.settings]
    assert 'smtp.example.org:587/user="ada/novalidate-cert"/tls' in values
