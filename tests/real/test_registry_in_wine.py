# SPDX-License-Identifier: MPL-2.0
"""What is written for the Windows registry is what Wine has after importing it, and no more."""

import random
from collections.abc import Iterator

import pytest

from clientcfg.clients.registry.hive import USER, Recorded
from clientcfg.clients.registry.reg_file import read_reg
from clientcfg.clients.registry.wine import read_wine
from clientcfg.formats.reg.change import KeyChange
from clientcfg.formats.reg.write import reg_5, regedit_4
from clientcfg.model.registry import RegistryValue
from clientcfg.model.trouble import Refused
from tests.support.hostile import FRAGMENTS
from tests.world.wine import Prefix, Registry

pytestmark = pytest.mark.wine

ROOT = f"{USER}\\Software\\clientcfg-test"
MORE = ("hex(1):", '"=-', "\r\n[HKEY_CURRENT_USER\\Injected]\r\n\"x\"=\"1", "]", "[-", "\\\\", "@",
        "]]>", "\u200f", "\ufffe", "\uffff", "\ue000", "\xa0", "日本", "x" * 10_000)  # fmt: skip


def text(chance: random.Random) -> str:
    pieces = [*FRAGMENTS, *MORE, chr(chance.randrange(1, 0xD800)), chr(chance.randrange(0x10FFFF))]
    return "".join(chance.choice(pieces) for _ in range(chance.randrange(6)))


def value(chance: random.Random) -> RegistryValue:
    kind = chance.choice([1, 1, 1, 1, 2, 7, 3, 4, 4, 0xB, 0, 5, 0x1234])
    if kind in {1, 2}:
        data = f"{text(chance)}\0".encode("utf-16-le", "surrogatepass")
    elif kind == 7:
        parts = "".join(f"{text(chance)}\0" for _ in range(3)) + "\0"
        data = parts.encode("utf-16-le", "surrogatepass")
    else:
        data = chance.randbytes({4: 4, 5: 4, 0xB: 8}.get(kind, chance.randrange(200)))
    return RegistryValue(kind, data)


def trees(seed: int, count: int) -> Iterator[KeyChange]:
    """Keys of forty values each, the names of which can be written."""
    chance = random.Random(seed)
    for number in range(count):
        values: dict[str, RegistryValue | None] = {}
        folded = {"password"}
        while len(values) < 40:
            name = text(chance)[:200]
            if name.casefold() not in folded and name.upper() not in folded and fits(name):
                folded |= {name.casefold(), name.upper()}
                values[name] = value(chance)
        yield KeyChange(f"{ROOT}\\{number} {part(chance)}", values)


def part(chance: random.Random) -> str:
    return "".join(chance.choice('ab[];="@-% éß😀日') for _ in range(6)) + "x"


def fits(name: str) -> bool:
    try:
        reg_5([KeyChange(ROOT, {name: None})])
    except Refused:
        return False
    return True


def ours(registry: Registry) -> dict[str, dict[str, tuple[int, bytes]]]:
    return {
        key: dict(values)
        for key, values in registry.items()
        if key.startswith(ROOT) and key != ROOT
    }


def meant(changes: list[KeyChange]) -> dict[str, dict[str, tuple[int, bytes]]]:
    return {
        c.key: {n: (v.type, v.data) for n, v in c.values.items() if v is not None} for c in changes
    }


def test_more_than_a_thousand_names_and_values(wine_prefix: Prefix) -> None:
    changes = list(trees(seed=1, count=30))
    assert sum(len(change.values) for change in changes) == 1200
    before = wine_prefix.read()
    wine_prefix.take(*(reg_5(changes[i : i + 10]) for i in range(0, 30, 10)))
    after = wine_prefix.read()
    assert ours(after) == meant(changes)
    assert {k: v for k, v in after.items() if not k.startswith(ROOT)} == before
    own = Recorded()
    assert read_wine(wine_prefix.user_reg(), USER, own)
    assert ours(held(own)) == meant(changes)


def held(found: Recorded) -> dict[str, dict[str, tuple[int, bytes]]]:
    return {
        key: {name: (value.type, value.data) for name, value in values.items()}
        for key, values in found.stored().items()
    }


def printable(changes: list[KeyChange]) -> list[KeyChange]:
    """What Wine's own export can hold: it writes other text as it is."""
    return [
        KeyChange(
            change.key,
            {
                name: value
                for name, value in change.values.items()
                if value is not None and name.isprintable() and is_plain(value)
            },
        )
        for change in changes
    ]


def is_plain(value: RegistryValue) -> bool:
    text = value.data.decode("utf-16-le", "surrogatepass") if value.type in {1, 2, 7} else "\0"
    return (text.replace("\0", "") if value.type == 7 else text[:-1]).isprintable()


def test_what_wine_exports_is_read_back(wine_prefix: Prefix) -> None:
    changes = printable(list(trees(seed=2, count=10)))
    wine_prefix.take(reg_5(changes))
    assert ours(wine_prefix.read()) == meant(changes)
    exported = held(read_reg(wine_prefix.exported(ROOT)))
    assert ours(exported) == meant(changes)


def test_regedit4(wine_prefix: Prefix) -> None:
    """One byte a character; what a Western Windows has of it."""
    values: dict[str, RegistryValue | None] = {
        "plain": RegistryValue.text('C:\\a "b"'),
        "western": RegistryValue.text("Zoë Müller €"),
        "hidden": RegistryValue.text("a\r\n[HKEY_CURRENT_USER\\Injected]"),
        "many": RegistryValue(7, "a\0ö\0\0".encode("utf-16-le")),
        "number": RegistryValue.dword(465),
        "long": RegistryValue(3, bytes(range(256))),
        'n "a" \\': RegistryValue.text(""),
    }
    changes = [KeyChange(f"{ROOT}\\old", values)]
    before = wine_prefix.read()
    wine_prefix.take(regedit_4(changes))
    after = wine_prefix.read()
    assert ours(after) == meant(changes)
    assert {k: v for k, v in after.items() if not k.startswith(ROOT)} == before


def test_values_and_keys_are_taken_away(wine_prefix: Prefix) -> None:
    first = [
        KeyChange(ROOT + "\\a", {"x": RegistryValue.dword(1), "": RegistryValue.text("y")}),
        KeyChange(ROOT + "\\a\\b", {"x": RegistryValue.dword(1)}),
        KeyChange(ROOT + "\\c", {"x": RegistryValue.dword(1)}),
    ]
    then = [KeyChange(ROOT + "\\a", {"x": None, "": None}), KeyChange(ROOT + "\\c", removed=True)]
    wine_prefix.take(reg_5(first), reg_5(then))
    # Wine writes no key without values that has others below it.
    assert ours(wine_prefix.read()) == {f"{ROOT}\\a\\b": {"x": (4, b"\1\0\0\0")}}
