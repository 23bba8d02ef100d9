# SPDX-License-Identifier: MPL-2.0
"""A plan is shown without any secret: not ours, and not what others stored beside."""

import json

from clientcfg.changes.show import Change, changes_of
from clientcfg.model.place import FilePlace, FileState, Snapshot
from clientcfg.model.plan import Coded, Companion, Content, FileStep, Plan
from clientcfg.model.secret import Hole
from tests.support.toy import NOW

FOREIGN = "MDIEEPgAAAAAAAAAAAAAAAAAAAEwFAYIKoZIhvcNAwcECAbC"


def shown(old: bytes | None, content: Content | None, *, sensitive: bool = False) -> str:
    place = FilePlace("/home/ada/file", "/home/ada", sensitive)
    plan = Plan((FileStep(place, "x", content, "the account"),))
    changes = changes_of(plan, Snapshot(NOW, {place: FileState(old)}))
    assert all(c == Change("file", place.path, c.diff, "the account") for c in changes)
    return "".join(c.diff for c in changes)


def test_a_unified_diff_with_dots_in_the_holes() -> None:
    new: Content = (b"a=1\nuser=", Coded("ada", "plain"), b"\npw=", Hole("password"), b"\nb=2\n")
    assert shown(b"a=1\nb=2\n", new).splitlines() == [
        "--- /home/ada/file",
        "+++ /home/ada/file",
        "@@ -1,2 +1,4 @@",
        " a=1",
        "+user=ada",
        "+pw=●●●",
        " b=2",
    ]


def test_new_and_removed_files() -> None:
    assert shown(None, (b"a=1\n",)).splitlines()[:2] == ["--- /dev/null", "+++ /home/ada/file"]
    assert shown(b"a=1\n", None).splitlines()[1:] == ["+++ /dev/null", "@@ -1 +0,0 @@", "-a=1"]
    assert shown(b"secret\n", None, sensitive=True) == "the file is removed"


def test_nothing_is_said_where_nothing_changes() -> None:
    assert shown(b"a=1\n", (b"a=", b"1\n")) == ""
    assert shown(None, None) == ""
    assert shown(b"a=1", (b"a=1\n",)) == "only the ends of lines"


def test_what_is_not_text_is_said_in_words() -> None:
    made = (Companion("nss-sdr", "key4.db"),)
    assert shown(None, made, sensitive=True) == "new file, made by the client’s own library"
    assert shown(b"SQLite\0", made, sensitive=True) == "changed by the client’s own library"
    assert shown(b"\0\1", (b"\0\2",)) == "new content that is not text"


def test_one_long_line_of_json_shows_our_login_and_no_foreign_ciphertext() -> None:
    login = {"hostname": "imap://other.test", "encryptedPassword": FOREIGN, "timesUsed": 1}
    logins = {"nextId": 9, "logins": [login] * 8, "version": 3}
    old = json.dumps(logins, separators=(",", ":")).encode()
    head, tail = old[:-14], old[-14:]
    assert tail == b'],"version":3}'
    new: Content = (
        head + b',{"hostname":"smtp://smtp.example.test","encryptedUsername":"',
        Coded("ada@example.test", "nss-sdr"),
        b'","encryptedPassword":"',
        Hole("password", "nss-sdr"),
        b'"}' + tail,
    )
    diff = shown(old, new, sensitive=True)
    assert FOREIGN not in diff and "other.test" not in diff
    for ours in ("smtp://smtp.example.test", '"ada@example.test"', '"encryptedPassword":"●●●"'):
        assert ours in diff
    assert shown(None, new, sensitive=True).count(FOREIGN) == 0


def test_lines_that_go_from_a_file_with_secrets_are_counted_only() -> None:
    diff = shown(
        b"machine a password hunter2\nmachine b password s3cret\n",
        (b"machine a password hunter2\nmachine b password ", Hole("password"), b"\n"),
        sensitive=True,
    )
    assert "hunter2" not in diff and "s3cret" not in diff
    assert "+machine b password ●●●" in diff


def test_hostile_text_cannot_drive_a_terminal() -> None:
    diff = shown("a=\x1b]0;x\x07\u202e\n".encode(), (b"a=\x1b[2J\xff\tz\n",))
    assert all(c.isprintable() or c in "\n\t" for c in diff)
    assert "+a=\\x1b[2J\\xff\tz" in diff


def test_line_ends_of_windows_do_not_clutter() -> None:
    assert "\\r" not in shown(b"a=1\r\n", (b"a=1\r\nb=2\r\n",))
