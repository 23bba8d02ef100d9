# SPDX-License-Identifier: MPL-2.0
"""Sentences of how a file is used, and the lines to type below them."""

import json

from clientcfg.model.steps import Step, told, typed

STEPS = (
    "Close it.",
    Step("On Windows, type:", system="win"),
    *(Step(line, typed=True, system="win") for line in ("copy a b", "type c")),
    Step("On Linux, type:", system="linux"),
    Step("cp a b", typed=True, system="linux"),
    "Start it.",
)


def test_lines_stand_below_the_sentence_that_says_where_to_type_them() -> None:
    assert told(STEPS) == (
        ("Close it.", ()),
        ("On Windows, type:", ("copy a b", "type c")),
        ("On Linux, type:", ("cp a b",)),
        ("Start it.", ()),
    )


def test_this_system_comes_first_where_each_has_its_own() -> None:
    sentences = [sentence for sentence, _lines in told(STEPS, "linux")]
    assert sentences == ["Close it.", "On Linux, type:", "On Windows, type:", "Start it."]
    assert told(STEPS, "linux")[1] == ("On Linux, type:", ("cp a b",))
    assert told(STEPS, "mac") == told(STEPS)


def test_they_are_plain_text_wherever_else_they_are_read() -> None:
    assert "\n".join(STEPS).splitlines()[2] == "copy a b"
    assert json.loads(json.dumps(list(typed("copy a b")))) == ["copy a b"]
    assert told(("only", "plain", "ones")) == (("only", ()), ("plain", ()), ("ones", ()))
    assert told(typed("a line without a sentence")) == (("a line without a sentence", ()),)
