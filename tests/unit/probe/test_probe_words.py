# SPDX-License-Identifier: MPL-2.0
"""Every problem that the code names has a sentence, and every sentence is named by code."""

import ast
import string
from pathlib import Path

import clientcfg.probe
from clientcfg.probe.words import Step, problem, sentences, step_words


def named() -> list[tuple[str, set[str]]]:
    """The literal code and the values of each problem in the source."""
    found = []
    for path in Path(clientcfg.probe.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in {"problem", "_trouble"} and isinstance(first, ast.Constant):
                found.append((str(first.value), {str(k.arg) for k in node.keywords}))
    return found


def fields(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


def test_every_problem_fills_its_sentence() -> None:
    assert len(named()) > 30
    for code, values in named():
        assert fields(sentences()[code]) == values, code


def test_every_sentence_is_used() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(clientcfg.probe.__path__[0]).glob("*.py")
        if path.name != "words.py"
    )
    assert [code for code in sentences() if f'"{code}"' not in source] == []


def test_braces_in_what_a_server_says_are_only_text() -> None:
    assert "{host}" in problem("refused-us", said="{host} {0}").text


def test_commands_are_their_own_names() -> None:
    assert step_words(Step.EHLO) == "EHLO"
    assert step_words(Step.GREETING) == "greeting"
