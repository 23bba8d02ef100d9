# SPDX-License-Identifier: MPL-2.0
"""What is written for the registry is what is read: by our reader, and by one of the tests' own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.clients.registry.hive import USER
from clientcfg.clients.registry.reg_file import read_reg
from clientcfg.formats.reg.change import Change, KeyChange
from clientcfg.formats.reg.write import fits_everywhere, reg_5, regedit_4
from clientcfg.model.registry import RegistryValue, holds_password
from clientcfg.model.trouble import Refused
from tests.support import hostile, reg_reader

KEY = f"{USER}\\Software\\Ample"


def _values(text: st.SearchStrategy[str]) -> st.SearchStrategy[RegistryValue]:
    wide = text.map(lambda t: f"{t}\0".encode("utf-16-le", "surrogatepass"))
    return (
        st.builds(RegistryValue, st.sampled_from([1, 2, 7]), wide)
        | st.builds(RegistryValue, st.sampled_from([0, 3, 5, 0xB, 0x1234]), st.binary())
        | st.builds(RegistryValue.dword, st.integers(0, 2**32 - 1))
        | st.builds(RegistryValue, st.just(4), st.binary(max_size=8))
    )


def _names(text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return text.filter(lambda name: not holds_password(name))


def _changes(text: st.SearchStrategy[str]) -> st.SearchStrategy[list[KeyChange]]:
    part = st.text(st.sampled_from("ab []=;-%é日"), min_size=1, max_size=5)
    keys = st.lists(part, min_size=1, max_size=2).map(lambda p: "\\".join([KEY, *p]))
    values = st.dictionaries(_names(text), st.none() | _values(text), max_size=5)
    one = st.builds(KeyChange, keys, values)
    unique = lambda c: c.key.casefold()  # noqa: E731
    return st.lists(one, max_size=3, unique_by=unique)


def _expected(changes: list[KeyChange]) -> reg_reader.Registry:
    return {
        c.key: {n: None if v is None else (v.type, v.data) for n, v in c.values.items()}
        for c in changes
    }


def cannot_be_seen(character: str) -> bool:
    """Control and format characters, ends of lines, half surrogates, and what is none."""
    category = unicodedata.category(character)
    return category in {"Cc", "Cf", "Cs", "Zl", "Zp"} or (
        category == "Cn" and ord(character) & 0xFFFE in {0xFFFE, *range(0xFDD0, 0xFDF0)}
    )


@given(_changes(hostile.texts))
def test_version_5(changes: list[KeyChange]) -> None:
    try:
        content = reg_5(changes)
    except Refused as refused:
        names = "".join(name for change in changes for name in change.values)
        assert any(map(cannot_be_seen, names)), refused.text
        return
    assert reg_reader.read(content) == _expected(changes)
    found = read_reg(content).stored()
    for change in changes:
        folded: dict[str, RegistryValue] = {}
        for name, value in change.values.items():
            if value is None:
                folded.pop(name.casefold(), None)
            else:
                folded[name.casefold()] = value
        held = {name.casefold(): value for name, value in found[change.key].items()}
        assert held == folded


@given(_changes(st.text(st.sampled_from('az äöü€"\\[]\t\r\n;='), max_size=20)))
def test_regedit4(changes: list[KeyChange]) -> None:
    western = [KeyChange(c.key.replace("日", "x"), c.values) for c in changes]
    try:
        content = regedit_4(western)
    except Refused:
        assert not all(n.isprintable() for c in changes for n in c.values)
        return
    assert reg_reader.read(content) == _expected(western)
    assert fits_everywhere(western) == content.isascii()


def test_what_regedit4_has_no_letters_for() -> None:
    change = KeyChange(KEY, {"x": RegistryValue.text("日本")})
    assert not fits_everywhere([change])
    with pytest.raises(Refused, match="日本"):
        regedit_4([change])


def test_the_form_to_the_byte() -> None:
    change = KeyChange(
        KEY,
        {
            "": RegistryValue.text("unnamed"),
            'a "b" \\c': RegistryValue.text('C:\\x "y"'),
            "hidden": RegistryValue.text("a\n"),
            "n": RegistryValue.dword(465),
            "gone": None,
            "bytes": RegistryValue(3, bytes(30)),
        },
    )
    head, *lines = (
        reg_5([change, KeyChange(KEY + "\\b", removed=True)]).decode("utf-16").split("\r\n")
    )
    assert head == "Windows Registry Editor Version 5.00"
    assert lines == [
        "",
        f"[{KEY}]",
        '@="unnamed"',
        '"a \\"b\\" \\\\c"="C:\\\\x \\"y\\""',
        '"hidden"=hex(1):61,00,0a,00,00,00',
        '"n"=dword:000001d1',
        '"gone"=-',
        '"bytes"=hex:' + "00," * 22 + "\\",
        "  " + "00," * 7 + "00",
        "",
        f"[-{KEY}\\b]",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "key",
    [
        "Software\\x",
        f"{USER}",
        f"{USER}\\",
        f"{KEY}\\\\b",
        f"{KEY}\r\n[HKEY_CURRENT_USER\\x]",
        f"{KEY}\0",
    ],
)
def test_what_is_no_key(key: str) -> None:
    with pytest.raises(Refused):
        reg_5([KeyChange(key)])


def test_the_least_change_and_its_undo() -> None:
    one, two = RegistryValue.dword(1), RegistryValue.dword(2)
    change = Change.to(KEY, {"A": one, "b": one}, {"a": two, "B": one, "c": None, "d": two})
    assert change.step == KeyChange(KEY, {"a": two, "d": two})
    assert change.undo == KeyChange(KEY, {"a": one, "d": None})


def test_passwords_are_not_even_read() -> None:
    content = reg_reader_file(
        '"POP3 Password"=hex:02,01,\\\r\n  03\r\n"POP3 Password2"="s"\r\n"x"="1"'
    )
    found = read_reg(content)
    assert found.stored()[KEY] == {"x": RegistryValue.text("1")}
    assert list(found.values(KEY)) == ["x"]


def reg_reader_file(body: str) -> bytes:
    return f"Windows Registry Editor Version 5.00\r\n\r\n[{KEY}]\r\n{body}\r\n".encode()
