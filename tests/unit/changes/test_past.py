# SPDX-License-Identifier: MPL-2.0
"""What a change of the past did: its lines where they can be told, else why not, never a secret."""

from pathlib import Path

from clientcfg.changes.history import history, prune
from clientcfg.changes.past import past_changes
from tests.support.toy import CANARY, NOW, Desk


def told(desk: Desk, number: int = 0) -> dict[str, str]:
    entry = history(desk.journal)[number]
    return {Path(c.where).name: c.diff for c in past_changes(entry, desk.journal)}


def test_lines_of_files_and_no_secret(desk: Desk, home: Path) -> None:
    (home / "app.conf").write_bytes(b"name=Ada\n")
    desk.apply({"host": "mail"}, login="ada")
    said = told(desk)
    assert "+host=mail" in said["app.conf"].splitlines()
    assert "secrets" in said["logins"]
    assert CANARY not in str(said)


def test_what_was_written_since_is_not_called_ours(desk: Desk, home: Path) -> None:
    desk.apply({"host": "mail"})
    (home / "app.conf").write_bytes(b"host=mail\nname=x\n")
    assert "since" in told(desk)["app.conf"]


def test_what_was_thrown_away_or_taken_back_is_said(desk: Desk, home: Path) -> None:
    (home / "app.conf").write_bytes(b"name=Ada\n")
    desk.apply({"host": "mail"})
    prune(desk.journal, NOW, older_than=NOW - NOW)
    assert "thrown away" in told(desk)["app.conf"]


def test_a_damaged_backup_is_a_sentence(desk: Desk, home: Path) -> None:
    (home / "app.conf").write_bytes(b"name=Ada\n")
    entry = desk.apply({"host": "mail"})
    assert entry is not None
    backup = next(kept.backup for kept in entry.places if kept.path.endswith("app.conf"))
    assert backup is not None
    Path(backup).write_bytes(b"other")
    assert "backup" in told(desk)["app.conf"]
