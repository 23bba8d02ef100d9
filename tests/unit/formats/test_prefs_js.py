# SPDX-License-Identifier: MPL-2.0
"""prefs.js as the client reads it: its grammar, its recovery, and edits that keep the rest."""

import re
import time
from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clientcfg.formats.prefs_js import parse
from clientcfg.formats.prefs_js_text import PrefValue, same
from clientcfg.model.trouble import Refused

many = settings(max_examples=500, deadline=None)


def values(text: str | bytes) -> dict[str, PrefValue]:
    return dict(parse(text.encode() if isinstance(text, str) else text).items())


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ('user_pref("a", 1);', {"a": 1}),
        ("user_pref('a', 'x\"y');", {"a": 'x"y'}),
        ('user_pref("a", true);user_pref("b",false) ;', {"a": True, "b": False}),
        ('  user_pref\n(\t"a"\r\n,\f-1\v)\n;', {"a": -1}),
        ('user_pref("a", +7);', {"a": 7}),
        ('user_pref("a", - 7);', {"a": -7}),
        ('user_pref("a", 007);', {"a": 7}),
        ('user_pref("a", 2147483647);', {"a": 2147483647}),
        ('user_pref("a", -2147483648);', {"a": -2147483648}),
        ('user_pref("a", 2147483648);user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", -2147483649);user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", ' + "9" * 9000 + ');user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", 12x);user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", 1.5);user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", True);user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", 1);user_pref("a", "later");', {"a": "later"}),
        ('# user_pref("a", 1);\n// user_pref("a", 2);\n/* user_pref("a", 3); */', {}),
        ('// x\ruser_pref("a", 1);', {"a": 1}),
        ('user_pref/**/(/* ; */"a"//;\n,1#;\n);', {"a": 1}),
        ('/**/user_pref("a", 1);/*/ user_pref("b", 1); /**/user_pref("c", 1);', {"a": 1, "c": 1}),
        ('user_pref("a", "\\\\ \\" \\\' \\n \\r \\x41 \\u00e9");', {"a": "\\ \" ' \n \r A é"}),
        ('user_pref("a", "\\ud83d\\udE00");', {"a": "😀"}),
        ('user_pref("a", "ü\n\t漢");', {"a": "ü\n\t漢"}),
        (b'user_pref("a", "\\xe9");', {"a": "\ufffd"}),
        (b'user_pref("a", "\\xc3\\xa9");', {"a": "é"}),
        ('user_pref("a", "\\t");user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", "\\x00");user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", "\\u0000");user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", "\\ud83d");user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", "\\ude00");user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", "\\ud83d\\u0041");user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", "\\x4");user_pref("b", 1);', {"b": 1}),
        # The backslash after a high surrogate is eaten, so this string ends early.
        ('user_pref("a", "\\ud83d\\");user_pref("b", 1);', {"b": 1}),
        # An error in a string is reported at its end: a ; inside does not count.
        ('user_pref("a", "\\t ; user_pref(");user_pref("b", 1);', {"b": 1}),
        # A missing semicolon swallows the next statement.
        ('user_pref("a", 1)\nuser_pref("b", 2);\nuser_pref("c", 3);', {"c": 3}),
        ('user_pref("a", 1', {}),
        ('user_pref("a", 1)', {}),
        ('user_pref("a" 1);user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", ;user_pref("b", 1);', {"b": 1}),
        (';;user_pref("b", 1);', {"b": 1}),
        ('lockPref("a", 1);user_pref("b", 1);', {"b": 1}),
        ('pref("a", 1);sticky_pref("s", 1);user_pref("b", 1);', {"b": 1}),
        ('pref("a", 1, locked);user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", 1));user_pref("b", 1);', {"b": 1}),
        ('/;user_pref("a", 1);user_pref("b", 1);', {"b": 1}),
        ('\ufeffuser_pref("a", 1);user_pref("b", 1);', {"b": 1}),
        ('user_pref("a", 1);/* user_pref("b", 1);', {"a": 1}),
        ('user_pref("a", 1);user_pref("b", "x);', {"a": 1}),
        (b'user_pref("a", 1);\0user_pref("b", 1);', {"a": 1}),
    ],
)
def test_what_the_client_takes(text: str | bytes, meaning: Mapping[str, PrefValue]) -> None:
    found = values(text)
    assert found.keys() == meaning.keys()
    assert all(same(found[name], meaning[name]) for name in meaning)


def test_faults_are_counted_and_located() -> None:
    doc = parse(b'user_pref("a", 1);\nwhat?;\nuser_pref("b", 2)\n;\nuser_pref("c" 3);\n')
    assert [doc.line(at) for at in doc.faults] == [2, 5]


# Editing.

FILE = b"""// Mozilla User Preferences
/* kept */ user_pref ( 'b' , "two" ) ; # remark
user_pref("a", 1);user_pref("c", true);
user_pref("b", "two again");
\tuser_pref("d",
   -4);
"""


def test_a_value_is_replaced_where_it_stands() -> None:
    assert parse(FILE).edit({"d": 5}) == FILE.replace(b"-4", b"5")


def test_the_last_of_several_statements_is_the_one_in_force() -> None:
    assert parse(FILE).edit({"b": "x"}) == FILE.replace(b'"two again"', b'"x"')


def test_new_ones_are_appended_in_order() -> None:
    done = parse(FILE).edit({"z": 1, "e": "x", "a": 1})
    assert done == FILE + b'user_pref("e", "x");\nuser_pref("z", 1);\n'


def test_all_of_a_name_are_dropped() -> None:
    done = parse(FILE).edit({}, {"b", "d"}.__contains__)
    assert done == (
        b"// Mozilla User Preferences\n/* kept */  # remark\n"
        b'user_pref("a", 1);user_pref("c", true);\n'
    )


def test_dropping_one_of_two_on_a_line_keeps_the_other() -> None:
    assert b'\n user_pref("c", true);\n' not in parse(FILE).edit({}, {"a"}.__contains__)
    assert b'\nuser_pref("c", true);\n' in parse(FILE).edit({}, {"a"}.__contains__)


def test_nothing_to_do_changes_nothing() -> None:
    assert parse(FILE).edit({"a": 1, "c": True}, {"nobody"}.__contains__) == FILE


def test_one_true_and_the_text_one_are_three_values() -> None:
    assert parse(b'user_pref("a", 1);').edit({"a": True}) == b'user_pref("a", true);'
    assert parse(b'user_pref("a", true);').edit({"a": 1}) == b'user_pref("a", 1);'
    assert parse(b'user_pref("a", "1");').edit({"a": 1}) == b'user_pref("a", 1);'


def test_line_ends_are_those_of_the_file() -> None:
    assert parse(b'user_pref("a", 1);\r\n').edit({"b": 2}) == (
        b'user_pref("a", 1);\r\nuser_pref("b", 2);\r\n'
    )


def test_a_file_without_a_last_line_end() -> None:
    assert parse(b'user_pref("a", 1);').edit({"b": 2}) == (
        b'user_pref("a", 1);\nuser_pref("b", 2);\n'
    )


@pytest.mark.parametrize(
    "broken",
    [
        'user_pref("x", 1)',
        'user_pref("x", "open',
        "user_pref(",
        "/* open",
        "word",
        'user_pref("x", 1.5);',
        "// fine\nword // more",
        "/",
        "'",
        '"\\',
    ],
)
def test_a_broken_end_does_not_swallow_what_is_added(broken: str) -> None:
    for before in ("", 'user_pref("a", 1);', 'user_pref("a", 1);\n'):
        whole = (before + broken).encode()
        done = parse(whole).edit({"b": 2})
        assert values(done) == values(whole) | {"b": 2}
        assert done.endswith(broken.encode())


def test_a_hidden_end_is_refused() -> None:
    for data in (b'user_pref("a", 1);\n\0', 'user_pref("a", 1);'.encode("utf-16")):
        with pytest.raises(Refused) as trouble:
            parse(data).edit({"b": 2})
        assert trouble.value.code == "prefs-unreadable"


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1, "\0", "a\tb", "\x1b[0m", "\x85", "\ud800"])
def test_what_cannot_be_written_safely(value: PrefValue) -> None:
    with pytest.raises(Refused) as trouble:
        parse(b"").edit({"a": value})
    assert trouble.value.code == "value-not-writable"
    assert trouble.value.text.isprintable()


# Properties. The second reader is made for the form that the client writes, line by line.

LINE = re.compile(
    rb'user_pref\("((?:[^"\\]|\\.)*)", (?:"((?:[^"\\]|\\.)*)"|(-?\d+)|(true|false))\);'
)


def strict(data: bytes) -> dict[str, PrefValue]:
    """Read what a client has written, and nothing else."""
    found: dict[str, PrefValue] = {}
    for line in data.split(b"\n"):
        if not line or line.startswith(b"//"):
            continue
        match = LINE.fullmatch(line)
        assert match, line
        name, text, number, truth = match.groups()
        value: PrefValue
        value = int(number) if number else truth == b"true" if truth else plain(text)
        found[plain(name)] = value
    return found


def plain(raw: bytes) -> str:
    return re.sub(
        r"\\(.)", lambda m: {"n": "\n", "r": "\r"}.get(m[1], m[1]), raw.decode(), flags=re.DOTALL
    )


writable = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\r"))
hostile = st.lists(
    st.sampled_from(
        [
            '"',
            "'",
            "\\",
            "\n",
            "\r",
            '"); user_pref("evil", "',
            "//",
            "/*",
            "*/",
            "#",
            ";",
            ")",
            "\\u0041",
            "\\x41",
            "é",
            "漢",
            "😀",
            "user_pref",
            "\u2028",
            " ",
        ]
    )
).map("".join)
texts = writable | hostile
integers = st.integers(-(2**31), 2**31 - 1)
prefs = st.dictionaries(texts, texts | integers | st.booleans(), max_size=6)

blank = st.sampled_from(["", " ", "\n", "\t", "\r\n", "/* ; */", "// x;\n", "# '\n", "\f"])
quoted = st.sampled_from(["a", "b", "c", "d", "mail.x"]).flatmap(
    lambda s: st.sampled_from([f'"{s}"', f"'{s}'"])
)
valued = st.sampled_from(
    ["1", "-1", "+3", "true", "false", '"x"', "'y\"'", '"\\n\\u00e9"', '"漢"', '"\n"', '"// "']
)
good = st.builds(
    lambda b, n, v: f"{b[0]}user_pref{b[1]}({b[2]}{n}{b[3]},{b[4]}{v}{b[5]}){b[6]};{b[7]}",
    st.lists(blank, min_size=8, max_size=8),
    quoted,
    valued,
)
bad = st.sampled_from(
    [
        "what;",
        'user_pref("a" 1);',
        'user_pref("a", "\\t");',
        "12x;",
        ";",
        "/;;",
        "(",
        "@",
        'user_pref("b", 99999999999);',
        'user_pref("c", 1)',
        "/* x */",
        "pref('p', 1);",
        "'",
        "/*",
    ]
)
files = st.lists(good | good | bad).map(lambda parts: "".join(parts).encode())
anything = files | st.binary(max_size=200) | texts.map(str.encode)


@many
@given(anything, prefs, st.sets(st.sampled_from(["a", "b", "c", "d", "mail.x"])))
def test_an_edit_does_what_it_says_and_no_more(
    data: bytes, changes: dict[str, PrefValue], drop: set[str]
) -> None:
    assume(b"\0" not in data)
    before = parse(data)
    after = parse(before.edit(changes, drop.__contains__))
    meant = {n: v for n, v in before.items() if n not in drop or n in changes} | changes
    assert dict(after.items()) == meant
    assert all(type(after.get(n)) is type(v) for n, v in meant.items())
    assert len(after.faults) == len(before.faults)


@many
@given(anything, prefs)
def test_what_is_not_ours_stays_byte_for_byte(data: bytes, changes: dict[str, PrefValue]) -> None:
    assume(b"\0" not in data)
    before = parse(data)
    new = {f"ours.{name}": value for name, value in changes.items()}
    done = before.edit(new)
    # Only inserted: what stands before and behind the place of the new lines is the old file.
    assert done.startswith(data[: before.room])
    assert done.endswith(data[before.room :])
    gone = parse(done).edit({}, new.keys().__contains__)
    assert gone in {data, data + b"\n", data + b"\r\n"} or before.room < len(data)
    assert gone.replace(b"\r\n", b"").replace(b"\n", b"") == data.replace(b"\r\n", b"").replace(
        b"\n", b""
    )


@many
@given(prefs)
def test_hostile_text_comes_back_as_plain_text(changes: dict[str, PrefValue]) -> None:
    written = parse(b"").edit(changes)
    assert strict(written) == changes
    assert dict(parse(written).items()) == changes


@many
@given(st.binary() | files)
def test_no_bytes_upset_the_reader(data: bytes) -> None:
    doc = parse(data)
    assert all(parse(data[s.start : s.end]).get(s.name) == s.value for s in doc.statements), (
        "each statement stands for itself"
    )
    assert 0 <= doc.room <= len(data)


@many
@given(prefs, st.integers(0, 2**32))
def test_a_cut_file_never_yields_something_new(changes: dict[str, PrefValue], at: int) -> None:
    # A file that was written half, as by a full disk.
    whole = parse(b"").edit(changes)
    half = parse(whole[: at % (len(whole) + 1)])
    assert all(changes[name] == value for name, value in half.items())


@pytest.mark.parametrize(
    "unit",
    [b'user_pref("a", 1);', b"/*", b'"', b"'\\", b"/", b"user_pref(", b"1", b"\\ud800", b";"],
)
def test_reading_takes_no_more_than_proportional_time(unit: bytes) -> None:
    began = time.process_time()
    parse(unit * (400_000 // len(unit)))
    assert time.process_time() - began < 5, "a second at most; quadratic would be minutes"
