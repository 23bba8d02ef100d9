# SPDX-License-Identifier: MPL-2.0
"""Files that an administrator put beside Thunderbird."""

from pathlib import Path

import pytest

from clientcfg.discover.here import file_for, folders
from clientcfg.flows.events import FindDone
from clientcfg.flows.find import find
from clientcfg.model.offer import Found, Outcome, Trust
from tests.support.net import Net, config

DOMAIN = "example.test"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "isp"
    made.mkdir()
    monkeypatch.setattr("clientcfg.discover.here.folders", lambda: (tmp_path / "none", made))
    return made


async def offline(net: Net) -> Found:
    question = net.question(offline=True)
    (done,) = [e async for e in find(question) if isinstance(e, FindDone)]
    return done.found


async def test_it_is_read_without_asking_anybody(net: Net, folder: Path) -> None:
    (folder / f"{DOMAIN}.xml").write_text(config())
    answer = await offline(net)
    assert {(o.source, o.trust, o.confirm) for o in answer.offers} == {("here", Trust.A3, False)}
    assert {o.username for o in answer.offers} == {"ada@example.test"}
    assert str(folder) in answer.sources[0].reason
    assert net.looked_up == []


async def test_where_there_is_none_nothing_is_said_of_it(net: Net) -> None:
    assert [s.name for s in (await offline(net)).sources] == ["providers"]


async def test_what_is_no_configuration_is_told(net: Net, folder: Path) -> None:
    (folder / f"{DOMAIN}.xml").write_text("<html></html>")
    told = (await offline(net)).sources[0]
    assert (told.outcome, "web page" in told.reason) == (Outcome.UNKNOWN, True)


@pytest.mark.skipif("os.name == 'nt'")
def test_what_anybody_may_write_to_is_none(folder: Path) -> None:
    path = folder / f"{DOMAIN}.xml"
    path.write_text(config())
    path.chmod(0o666)
    assert file_for(DOMAIN) is None
    path.unlink()
    path.mkdir()
    assert file_for(DOMAIN) is None


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "other"])
def test_every_system_has_its_places(
    monkeypatch: pytest.MonkeyPatch, platform: str, tmp_path: Path
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert all("%" not in str(place) for place in folders())
    assert bool(folders()) == (platform in {"linux", "darwin"})
