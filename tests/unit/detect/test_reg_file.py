# SPDX-License-Identifier: MPL-2.0
"""Registries read from files: what was written is what is read, and rubbish is one error."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clientcfg.clients.machine import Machine
from clientcfg.clients.registry.hive import MACHINE, USER, Recorded, Value
from clientcfg.clients.registry.reg_file import read_reg
from clientcfg.clients.registry.wine import read_wine, wine_registry
from clientcfg.model.trouble import WrongUsage
from tests.support.reg_writer import reg_5, regedit_4, wine

KEY = f"{USER}\\Software\\Ample"
Tree = list[tuple[str, dict[str, Value]]]


def reg(body: str, header: str = "Windows Registry Editor Version 5.00") -> Recorded:
    return read_reg(f"{header}\r\n\r\n[{KEY}]\r\n{body}\r\n".encode())


def texts(alphabet: str | None = None) -> st.SearchStrategy[str]:
    if alphabet is not None:
        return st.text(alphabet, max_size=30)
    # What UTF-16 can carry. Letters whose other case is more than one letter are left out of
    # names, not of values; a NUL ends a text.
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def trees(text: st.SearchStrategy[str]) -> st.SearchStrategy[Tree]:
    names = st.text(st.sampled_from('abc []\\";=@#%.-é'), max_size=8)
    part = st.text(st.sampled_from('ab []";=@é.'), min_size=1, max_size=6)
    values: st.SearchStrategy[Value] = st.one_of(
        text,
        st.integers(0, 2**64 - 1),
        st.binary(max_size=70),
        st.lists(text.filter(bool), min_size=1, max_size=3).map(tuple),
    )
    keys = st.lists(part, min_size=1, max_size=3).map(lambda p: "\\".join([USER, *p]))
    below = st.dictionaries(names, values, max_size=4)
    return st.lists(st.tuples(keys, below), max_size=4, unique_by=lambda pair: pair[0])


def read_back(found: Recorded, tree: Tree) -> None:
    for key, values in tree:
        assert dict(found.values(key)) == values
        assert key.rpartition("\\")[2] in found.keys(key.rpartition("\\")[0])
    known = {key for key, _values in tree}
    for whole, held in found.walk():
        assert not held or whole in known


@given(trees(texts()), st.sampled_from(["utf-16-le", "utf-8", "utf-8-sig"]), st.booleans())
def test_version_5_reads_back(tree: Tree, encoding: str, unix: bool) -> None:
    content = reg_5(tree, encoding=encoding, line_end="\n" if unix else "\r\n")
    read_back(read_reg(content), tree)


@given(trees(texts("abz äöü€\\\"'[]=;-\t")))
def test_regedit4_reads_back(tree: Tree) -> None:
    read_back(read_reg(regedit_4(tree)), tree)


@given(trees(texts()))
def test_wine_reads_back(tree: Tree) -> None:
    found = Recorded()
    assert read_wine(wine(tree, USER), USER, found)
    read_back(found, tree)


HEADER_5 = b"Windows Registry Editor Version 5.00\r\n"


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"\xff\xfeW\x00i\xd8")
@example(b"REGEDIT4\r\n[a\xff]\r\n")
@example(HEADER_5 + b'[a]\r\n"x"=hex:')
@example(HEADER_5 + b'[a]\r\n"x"=hex:zz,\\')
@example(HEADER_5 + b"[a]\r\n@=dword:\r\n[-a]\r\n[]\r\n[-]\r\n")
def test_arbitrary_bytes_are_a_registry_or_the_one_error(content: bytes) -> None:
    for data in (content, HEADER_5 + b"[k]\r\n" + content, b"\xff\xfe" + content):
        try:
            read_reg(data)
        except WrongUsage as trouble:
            assert trouble.code == "not-a-registry-file"
            assert trouble.text.endswith(".")


@given(st.lists(st.sampled_from(["[", "]", "-", "a\\", '"', "\\", "=", "hex(7):", "0,", "dword:",
                                 "@", ";", "\n", "str(2):", "\\x", " "]), max_size=40))  # fmt: skip
def test_no_line_breaks_a_reader(pieces: list[str]) -> None:
    body = "".join(pieces)
    read_reg(f"REGEDIT4\n[k]\n{body}\n".encode())
    read_wine(f"WINE REGISTRY Version 2\n[k]\n{body}\n".encode(), MACHINE, Recorded())


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ('"x"="a"', "x", "a"),
        ('  "x" = "a" ; remark', "x", "a"),
        ('@="unnamed"', "", "unnamed"),
        (r'"p"="C:\\Program Files\\x \"y\""', "p", 'C:\\Program Files\\x "y"'),
        (r'"q"="\q"', "q", "q"),
        (r'"a\\b\"c"="1"', 'a\\b"c', "1"),
        ('"n"=dword:0000001f', "n", 31),
        ('"n"=DWORD:1F', "n", 31),
        ('"n"=hex(4):01,00,00,00', "n", 1),
        ('"n"=hex(5):00,00,00,01', "n", 1),
        ('"n"=hex(b):00,00,00,00,01,00,00,00', "n", 2**32),
        ('"h"=hex:', "h", b""),
        ('"h"=hex:01,02,\\\r\n  03', "h", b"\x01\x02\x03"),
        ('"h"=hex:01,\\  \r\n\t02,\\\r\n  03', "h", b"\x01\x02\x03"),
        ('"e"=hex(2):25,00,61,00,00,00', "e", "%a"),
        ('"m"=hex(7):61,00,00,00,62,00,00,00,00,00', "m", ("a", "b")),
    ],
)
def test_a_value(line: str, name: str, value: Value) -> None:
    assert dict(reg(line).values(KEY)) == {name: value}


def test_regedit4_has_one_byte_a_character() -> None:
    found = reg('"e"=hex(2):25,61,00\r\n"m"=hex(7):61,00,62,00,00', header="REGEDIT4")
    assert dict(found.values(KEY)) == {"e": "%a", "m": ("a", "b")}


@pytest.mark.parametrize(
    "line",
    ['"x"="a"b"', '"x"="a\\"', '"x"=dword:1g', '"x"=hex:123', '"x"=hex:0g', "x=1", "=", '"x"', "@"],
)
def test_a_line_that_regedit_passes_over(line: str) -> None:
    assert dict(reg(f'{line}\r\n"good"="1"').values(KEY)) == {"good": "1"}


def test_a_line_end_in_quotes_makes_no_key() -> None:
    found = reg('"x"="Bob"\r\n"y"="a\r\n[HKEY_CURRENT_USER\\Injected')
    assert set(found.values(KEY)) == {"x"}


def test_deletions() -> None:
    text = f'"a"="1"\r\n"b"="2"\r\n"a"=-\r\n[{KEY}\\Below\\Deep]\r\n@="x"\r\n[-{KEY}\\Below]'
    found = reg(text)
    assert dict(found.values(KEY)) == {"b": "2"}
    assert found.keys(KEY) == ()


def test_names_are_told_apart_without_case() -> None:
    found = reg('"Name"="1"')
    assert found.values(KEY.upper()) == {"name": "1"}
    assert found.keys(USER.lower()) == ("Software",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"Windows Registry Editor Version 6.00\n",
        b"\xfe\xff\0R",
        "REGEDIT4".encode("utf-16-le"),
        HEADER_5 + b"\xff",
    ],
)
def test_what_is_no_such_file(content: bytes) -> None:
    with pytest.raises(WrongUsage):
        read_reg(content)


def test_a_large_file_takes_no_time(benchmark_seconds: Callable[[], float]) -> None:
    lines = "".join(f'"v{i}"=hex:{"00," * 50}\\\r\n  00\r\n' for i in range(10_000))
    flood = '"x"=hex:\\\r\n' * 50_000
    reg(lines + flood + "[" * 100_000 + "\r\n" + '"' * 100_000 + "\\" * 100_000)
    assert benchmark_seconds() < 20


# What Wine 8.0 had in its system.reg after it was given these values.
WINE_WROTE = r"""WINE REGISTRY Version 2
;; All keys relative to \\Machine

#arch=win64

[Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Claws Mail] 1795835427
#time=1dd7ee6046f193e
@="unnamed"
"Big"=hex(b):00,00,00,00,00,01,00,00
"Bin"=hex:00,01,02,03,04,05,06,07,08,09,0a,0b,0c,0d,0e,0f,10,11,12,13,14,15,16,\
  17,18,19,1a,1b,1c,1d,1e,1f,20,21,22,23,24,25,26,27,28,29,2a,2b,2c,2d,2e,2f,\
  30,31,32,33,34,35,36,37,38,39,3a,3b,3c,3d,3e,3f,40,41,42,43,44,45,46,47,48,\
  49,4a,4b,4c,4d,4e,4f,50,51,52,53,54,55,56,57,58,59,5a,5b,5c,5d,5e,5f,60,61,\
  62,63,64,65,66,67,68,69,6a,6b,6c,6d,6e,6f,70,71,72,73,74,75,76,77,78,79,7a,\
  7b,7c,7d,7e,7f,80,81,82,83,84,85,86,87,88,89,8a,8b,8c,8d,8e,8f,90,91,92,93,\
  94,95,96,97,98,99,9a,9b,9c,9d,9e,9f,a0,a1,a2,a3,a4,a5,a6,a7,a8,a9,aa,ab,ac,\
  ad,ae,af,b0,b1,b2,b3,b4,b5,b6,b7,b8,b9,ba,bb,bc,bd,be,bf,c0,c1,c2,c3,c4,c5,\
  c6,c7,c8,c9,ca,cb,cc,cd,ce,cf,d0,d1,d2,d3,d4,d5,d6,d7,d8,d9,da,db,dc,dd,de,\
  df,e0,e1,e2,e3,e4,e5,e6,e7,e8,e9,ea,eb,ec,ed,ee,ef,f0,f1,f2,f3,f4,f5,f6,f7,\
  f8,f9,fa,fb,fc,fd,fe,ff
"DisplayName"="Claws Mail 3.18.0 \"x\" \xfc\x20ac\xd83d\xde00 \\ ;]"
"DisplayVersion"="3.18.0"
"InstallLocation"="C:\\Program Files\\Claws Mail"
"Multi"=str(7):"a\0\xfc\xd83d\xde00\0c\0"
"Num"=dword:0000001f
"Tab"="a\tb\nc"
"x=\"y\\z"="1"
"""
WINE_WAS_GIVEN: dict[str, Value] = {
    "": "unnamed",
    "big": 2**40,
    "bin": bytes(range(256)),
    "displayname": 'Claws Mail 3.18.0 "x" ü€😀 \\ ;]',
    "displayversion": "3.18.0",
    "installlocation": "C:\\Program Files\\Claws Mail",
    "multi": ("a", "ü😀", "c"),
    "num": 31,
    "tab": "a\tb\nc",
    'x="y\\z': "1",
}


def test_what_the_real_wine_wrote() -> None:
    found = Recorded()
    assert read_wine(WINE_WROTE.encode(), MACHINE, found)
    key = f"{MACHINE}\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Claws Mail"
    assert dict(found.values(key)) == WINE_WAS_GIVEN


def test_the_prefix_of_wine(tmp_path: Path) -> None:
    machine = Machine(home=tmp_path / "home", root=tmp_path / "root")
    assert wine_registry(machine) is None
    prefix = tmp_path / "home" / ".wine"
    prefix.mkdir(parents=True)
    (prefix / "user.reg").write_bytes(wine([(KEY, {"path": "C:\\é", "n": 7})], USER))
    found = wine_registry(machine)
    assert found is not None
    assert dict(found.values(KEY)) == {"path": "C:\\é", "n": 7}
    (prefix / "user.reg").write_bytes(b"\xff\xfe something else")
    assert wine_registry(machine) is None
