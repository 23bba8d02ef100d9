# SPDX-License-Identifier: MPL-2.0
"""Holes are filled at the moment of writing; what fills them is seen nowhere else."""

import netrc
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.changes.fill import StoreEncoder, fill
from clientcfg.changes.write import Write
from clientcfg.model.place import FilePlace, FileState, Place, Snapshot, State
from clientcfg.model.plan import Coded, Companion, FileStep, Part
from clientcfg.model.secret import Encoder, Hole, Secret
from clientcfg.model.trouble import Refused, WrongUsage
from tests.support.scripted import everything_said
from tests.support.toy import CANARY, NOW

NOTHING = Snapshot(NOW, {})


def step(*parts: Part, path: str = "/p/file") -> FileStep:
    return FileStep(FilePlace(path, "/p"), "absent", parts, "why")


def filled(part: Part, secret: str = CANARY) -> bytes:
    (content,) = fill([step(part)], NOTHING, {"password": Secret(secret)}, {})
    assert content is not None
    return content


def test_plain_is_utf8() -> None:
    assert filled(Hole("password"), "pässwörd") == "pässwörd".encode()
    assert filled(Coded("ada", "plain")) == b"ada"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_netrc_quoting_is_read_back_by_pythons_own_reader(secret: str) -> None:
    quoted = filled(Hole("password", "netrc-quote"), secret)
    with TemporaryDirectory() as name:
        path = Path(name) / "netrc"
        path.write_bytes(b"machine m login u password " + quoted + b"\n")
        found = netrc.netrc(str(path)).authenticators("m")
    assert found is not None and found[2] == secret


@pytest.mark.parametrize("encoder", ["plain", "netrc-quote"])
@pytest.mark.parametrize("bad", ["\n", "\r", "\0", "\x7f", "\ud800"])
def test_what_would_end_the_line_is_refused_without_showing_it(encoder: Encoder, bad: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        filled(Hole("password", encoder), CANARY + bad)
    trouble: BaseException | None = refused.value
    while trouble:
        assert CANARY not in repr(trouble) + str(getattr(trouble, "object", ""))
        trouble = trouble.__context__ if not trouble.__suppress_context__ else None


def test_no_secret_was_given() -> None:
    with pytest.raises(Refused) as refused:
        fill([step(Hole("smtp-password"))], NOTHING, {"password": Secret(CANARY)}, {})
    assert refused.value.code == "secret-missing"


class Store:
    """Remembers its calls; ciphertext number n is "<n>", the key counts the texts."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, bytes | None], tuple[str, ...]]] = []

    def __call__(
        self, store: Mapping[str, bytes | None], texts: Sequence[str]
    ) -> tuple[Sequence[str], Mapping[str, bytes]]:
        self.calls.append((dict(store), tuple(texts)))
        return [f"<{n}>" for n, _text in enumerate(texts)], {"key": b"key%d" % len(texts)}


def test_one_call_a_store_for_all_texts_of_a_plan() -> None:
    places = [FilePlace(f"/p/{name}", "/p") for name in ("a/key", "a/logins", "b/key")]
    olds = map(FileState, (None, b"old", b"bkey"))
    states: dict[Place, State] = dict(zip(places, olds, strict=True))
    store = Store()
    encoders: dict[Encoder, StoreEncoder] = {"nss-sdr": store}
    contents = fill(
        [
            step(Companion("nss-sdr", "key"), path="/p/a/key"),
            step(
                b'{"user":"',
                Coded("ada", "nss-sdr"),
                b'","password":"',
                Hole("password", "nss-sdr"),
                b'"}',
                path="/p/a/logins",
            ),
            step(Coded("bob", "nss-sdr"), b" ", Hole("password"), path="/p/b/logins"),
            FileStep(places[2], "x", None, "gone"),
        ],
        Snapshot(NOW, states),
        {"password": Secret(CANARY)},
        encoders,
    )
    assert contents == (
        b"key2",
        b'{"user":"<0>","password":"<1>"}',
        b"<0> " + CANARY.encode(),
        None,
    )
    assert store.calls == [
        ({"key": None, "logins": b"old"}, ("ada", CANARY)),
        ({"key": b"bkey"}, ("bob",)),
    ]


def test_a_companion_that_the_encoder_left_alone_is_what_it_was() -> None:
    place = FilePlace("/p/cert", "/p")
    (content,) = fill(
        [FileStep(place, "x", (Companion("nss-sdr", "cert"),), "why")],
        Snapshot(NOW, {place: FileState(b"as before")}),
        {},
        {"nss-sdr": Store()},
    )
    assert content == b"as before"


def test_filled_contents_are_not_shown() -> None:
    write = Write(FilePlace("/p/x", "/p"), "/p/x", CANARY.encode(), CANARY.encode())
    assert CANARY not in repr(write)


def test_half_a_surrogate_pair_is_refused_before_any_store_sees_it() -> None:
    store = Store()
    with pytest.raises(WrongUsage) as wrong:
        fill(
            [step(Hole("password", "nss-sdr"))],
            NOTHING,
            {"password": Secret(CANARY + "\udcff")},
            {"nss-sdr": store},
        )
    assert wrong.value.code == "secret-unwritable"
    assert store.calls == []
    assert CANARY not in everything_said(wrong.value)
