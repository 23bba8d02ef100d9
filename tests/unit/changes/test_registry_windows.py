# SPDX-License-Identifier: MPL-2.0
"""The registry of Windows does what the one of the tests does, on a stand-in for ``winreg``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.changes.registry_windows import from_winreg, to_winreg
from clientcfg.model.registry import RegistryValue, holds_password
from clientcfg.model.trouble import No
from tests.support.fake_winreg import windows_registry
from tests.support.registries import MemoryRegistry, value, values

KEY = "HKEY_CURRENT_USER\\Software\\Toy"
HELD = {
    **values(a="text", b=587, c=b"\0\1", d=2**40, e=("one", "two"), POP3_Password=b"\2secret"),
    "f": RegistryValue(0, b""),
    "": value("unnamed"),
    "g": RegistryValue(2, "%APPDATA%\0".encode("utf-16-le")),
}
texts = st.text(st.characters(exclude_characters="\0"), max_size=20)
said = st.one_of(
    st.tuples(st.sampled_from([1, 2]), texts),
    st.tuples(st.just(4), st.integers(0, 2**32 - 1)),
    st.tuples(st.just(11), st.integers(0, 2**64 - 1)),
    st.tuples(st.just(7), st.lists(texts.filter(bool), max_size=4)),
    st.tuples(st.sampled_from([0, 3, 5, 8]), st.binary(max_size=20)),
)


@given(said)
def test_what_winreg_says_is_the_same_after_being_bytes(pair: tuple[int, object]) -> None:
    kind, plain = pair
    assert to_winreg(from_winreg(kind, plain)) == plain


@pytest.mark.parametrize(
    "odd",
    [
        RegistryValue(1, "no NUL".encode("utf-16-le")),
        RegistryValue(4, b"\1"),
        RegistryValue(4, b"\1\2\3\4\5"),
        RegistryValue(7, b""),
    ],
)
def test_what_it_would_write_otherwise_is_refused(odd: RegistryValue) -> None:
    with pytest.raises(ValueError, match="winreg"):
        to_winreg(odd)


def test_it_is_a_registry_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = MemoryRegistry({KEY: HELD, KEY + "\\x\\y": {}, KEY + "\\Z": {}})
    registry = windows_registry(memory, monkeypatch)
    assert registry.keys(KEY) == ("x", "Z") and registry.keys(KEY + "\\none") == ()
    assert registry.values(KEY.lower().replace("hkey_current_user", "HKEY_CURRENT_USER")) == {
        name: held for name, held in HELD.items() if not holds_password(name)
    }
    assert registry.values(KEY + "\\none") is None
    registry.set(KEY, "B", value(25))
    registry.set(KEY, "new", value("new"))
    registry.delete(KEY, "a")
    registry.delete(KEY, "a")
    registry.delete(KEY + "\\none", "a")
    registry.flush(KEY)
    registry.flush(KEY + "\\none")
    left = {name: held for name, held in HELD.items() if name != "a"}
    assert memory.held[KEY] == memory.safe[KEY] == {**left, "b": value(25), "new": value("new")}


def test_what_windows_refuses_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = windows_registry(MemoryRegistry({KEY + "\\Forbidden": {}}), monkeypatch)
    with pytest.raises(No) as forbidden:
        registry.set(KEY + "\\Forbidden", "a", value(1))
    assert forbidden.value.code == "no-permission" and forbidden.value.advice
    with pytest.raises(No) as gone:
        registry.set(KEY + "\\none", "a", value(1))
    assert gone.value.code == "registry-trouble"
