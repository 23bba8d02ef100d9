# SPDX-License-Identifier: MPL-2.0
"""``profiles/servers`` is what the importer makes of the public lists, and nothing else."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from clientcfg.discover.bundle import DOMAINS, UPSTREAMS, Bundle
from clientcfg.rooms import profile_path
from tests.support.autoconfig_files import IMAP, SMTP, config, server
from tools.import_providers import main

BOAT = """\
---
name: '⛵ Boat'
status: BROKEN
domains:  # two of them
- '*.boat.test.net'
- Boat.net
- example.org
server:
  - type: IMAP
    socket: SSL
    hostname: imap.boat.net
    port: 1143
    username_pattern: emaillocalpart
  # - type: smtp
  - {type: smtp, socket: PLAIN, hostname: smtp.boat.net, port: 25}
before_login_hint: |
  A sentence of theirs: not taken over.
last_checked: 2020-01
---
# Prose
"""


def tree(folder: Path) -> Mapping[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Two small lists, and a folder with ``upstreams.toml`` to import them into."""
    for name in ("ispdb", "db", "into"):
        (tmp_path / name).mkdir()
    shutil.copy(profile_path("servers") / UPSTREAMS, tmp_path / "into")
    more = "<restriction>client-IP-address</restriction>"
    hint = "<enable visiturl='x'><instruction>A sentence of theirs.</instruction></enable>"
    (tmp_path / "ispdb/ample.xml").write_bytes(config(IMAP, server("smtp", more=more), hint))
    (tmp_path / "ispdb/LICENSE").write_text("not an entry")
    shared = config("<domain>boat.net</domain><domain>xn--mple-koa.net</domain>", IMAP, SMTP)
    (tmp_path / "ispdb/both.net.xml").write_bytes(shared.replace(b"ample.example", b"ample.net"))
    (tmp_path / "db/boat.md").write_text(BOAT)
    return tmp_path


def imported(lists: Path) -> Mapping[str, bytes]:
    main([str(lists / "ispdb"), str(lists / "db"), "--into", str(lists / "into")])
    return tree(lists / "into")


def test_what_is_committed_is_what_it_makes(test_data: Path, tmp_path: Path) -> None:
    shutil.copy(profile_path("servers") / UPSTREAMS, tmp_path)
    main([str(test_data / "ispdb"), str(test_data / "provider-db"), "--into", str(tmp_path)])
    assert tree(tmp_path) == tree(profile_path("servers"))


def test_what_it_makes_is_read(lists: Path) -> None:
    imported(lists)
    bundle = Bundle(lists / "into")
    first, second = bundle.of_domain("boat.net")
    assert (first.upstream.id, first.entry.file) == ("ispdb", "both.net.xml")
    assert first.entry.domains == ("ample.net", "boat.net", "xn--mple-koa.net")
    entry = second.entry
    assert second.upstream.url(entry.file).endswith("/blob/5c14381/_providers/boat.md")
    assert (entry.name, entry.broken, entry.checked) == ("⛵ Boat", True, "2020-01")
    assert entry.domains == ("*.boat.test.net", "boat.net")
    assert [str(s.host) for s in entry.servers] == ["imap.boat.net", "smtp.boat.net"]
    assert [s.username for s in entry.servers] == ["%EMAILLOCALPART%", "%EMAILADDRESS%"]
    assert [s.security for s in entry.servers] == ["tls", "plain"]


def test_a_list_of_reserved_names_alone_is_left_out(
    lists: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = imported(lists)
    assert "ispdb/ample.toml" not in made
    assert "ispdb/ample.xml: no domain" in capsys.readouterr().out


def test_no_sentence_is_taken_over(lists: Path) -> None:
    for content in imported(lists).values():
        assert b"theirs" not in content
        assert b"Prose" not in content


def test_each_file_says_where_it_is_from(lists: Path) -> None:
    for name, content in imported(lists).items():
        assert b"SPDX-License-" + b"Identifier: MPL-2.0" in content
        if name not in {UPSTREAMS, DOMAINS}:
            assert b"_providers/boat.md at 5c14381" in content or b"at c6ad796" in content


def test_again_is_the_same_and_what_is_gone_goes(lists: Path) -> None:
    first = imported(lists)
    assert imported(lists) == first
    (lists / "db/boat.md").unlink()
    again = imported(lists)
    assert first.keys() - again.keys() == {"provider-db/boat.toml"}
    assert b"provider-db" not in again[DOMAINS]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: IMAP", "type: jmap"),
        ("port: 1143", "port: many"),
        ("socket: SSL", "socket: quantum"),
        ("username_pattern: emaillocalpart", "username_pattern: nick"),
        (BOAT, "no front matter"),
    ],
)
def test_what_it_does_not_understand_stops_it(lists: Path, old: str, new: str) -> None:
    (lists / "db/boat.md").write_text(BOAT.replace(old, new))
    with pytest.raises(SystemExit, match=r"boat\.md"):
        imported(lists)
