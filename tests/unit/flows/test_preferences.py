# SPDX-License-Identifier: MPL-2.0
"""What a person prefers is kept, and nothing that lies in its place can hurt."""

import asyncio
import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.flows.here import Here
from clientcfg.flows.preferences import FILE, Preferences, keep_preferences, read_preferences
from clientcfg.flows.question import Question

PREFERRED = Preferences(language="de", scheme="dark", ispdb=True, send_address=True)


def keep(preferred: Preferences, state: Path) -> None:
    async def work() -> list[Preferences]:
        here = Here(home=state, state=state)
        return [kept async for kept in keep_preferences(preferred, here)]

    assert asyncio.run(work()) == [preferred]


def read(state: Path) -> Preferences:
    return read_preferences({"CLIENTCFG_STATE_DIR": str(state)})


def test_without_a_file_everything_is_as_the_system_has_it(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == Preferences()
    assert not (tmp_path / "none").exists()


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    keep(PREFERRED, tmp_path / "state")
    assert read(tmp_path / "state") == PREFERRED
    assert stat.S_IMODE((tmp_path / "state" / FILE).stat().st_mode) == 0o600


def test_what_a_newer_clientcfg_prefers_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"format": 2, "sound": "none", "scheme": "dark"}')
    keep(Preferences(ispdb=True), tmp_path)
    kept = json.loads((tmp_path / FILE).read_text())
    assert kept["sound"] == "none"
    assert kept["scheme"] is None
    assert kept["ispdb"] is True


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 60_000, b'{"language": 7, "scheme": "pink"}',
     b'{"ispdb": "yes", "send_address": 1}', b" " * 100_000 + b'{"ispdb": true}'],
)  # fmt: skip
def test_what_is_none_of_ours_allows_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert read(tmp_path) == Preferences()


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert read(tmp_path) == Preferences()


def test_no_directory_to_look_in() -> None:
    assert read_preferences({"CLIENTCFG_STATE_DIR": "here"}) == Preferences()


@given(st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["language", "scheme", "ispdb", "send_address"]) | st.text(), inner
    ),
))  # fmt: skip
def test_any_json(tmp_path_factory: pytest.TempPathFactory, content: object) -> None:
    state = tmp_path_factory.getbasetemp()
    (state / FILE).write_text(json.dumps(content))
    found = read(state)
    assert found.scheme in (None, "light", "dark")
    assert isinstance(found.language, str | None)
    said = content if isinstance(content, dict) else {}
    assert found.ispdb is (said.get("ispdb") is True)
    assert found.send_address is (said.get("send_address") is True)


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("preferred", [False, True])
def test_a_question_may_be_allowed_more_never_less(asked: bool, preferred: bool) -> None:
    question = Question(name="example.org", ispdb=asked, send_address=asked)
    allowed = Preferences(ispdb=preferred, send_address=preferred).of(question)
    assert allowed.ispdb is allowed.send_address is (asked or preferred)
    assert allowed.name == "example.org"
