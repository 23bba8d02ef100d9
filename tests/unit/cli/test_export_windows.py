# SPDX-License-Identifier: MPL-2.0
"""``export`` for programs of Windows, as a helpdesk uses it."""

import json
from pathlib import Path

import pytest

from tests.support.markup import Page
from tests.support.outlook_keys import pop_before_smtp, section, tree
from tests.support.reg_reader import read
from tests.support.reg_writer import reg_5
from tests.unit.cli.test_export_command import Done, run

ADA = (
    "export", "ada@example.org", "--no-probe", "--smtp", "smtp.example.org:587",
    "--imap", "imap.example.org:993", "--name", "Ada", "--out", "files",
)  # fmt: skip


def exported(home: Path, client: str, *more: str) -> Done:
    return run(home, *ADA, "--client", client, *more)


def names(home: Path) -> set[str]:
    return {path.name for path in (home / "files").iterdir()}


ALWAYS = {"read-me.html", "clientcfg-export.json"}
STEERING = {
    "autodiscover-example.org.xml", "steer-autodiscover.reg", "steer-autodiscover-undo.reg",
}  # fmt: skip


@pytest.mark.parametrize(
    ("client", "files"),
    [
        ("outlook-classic", {"get-the-key.txt", "outlook.prf", *STEERING}),
        ("outlook-classic@2016", {"get-the-key.txt", "outlook.prf", *STEERING}),
        ("outlook-classic@16.0", {"get-the-key.txt", "outlook.prf", *STEERING}),
        ("outlook-classic@2007", {"get-the-key.txt", "outlook.prf"}),
        ("outlook-classic@97", set()),
        ("outlook-new", set()),
        ("outlook-mobile", set()),
        ("outlook-mac", set()),
        ("windows-mail-app", set()),
    ],
)
def test_what_there_is_without_the_key(tmp_path: Path, client: str, files: set[str]) -> None:
    done = exported(tmp_path, client)
    assert done.returncode == 0, done.stderr
    assert names(tmp_path) == files | ALWAYS
    assert ("from no file" in done.stdout) == (not files)


def test_the_change_and_its_undo(tmp_path: Path) -> None:
    (tmp_path / "key.reg").write_bytes(pop_before_smtp(16, "ada@example.org"))
    done = exported(tmp_path, "outlook-classic@2016", "--current", "key.reg")
    assert done.returncode == 0, done.stderr
    assert names(tmp_path) == {"change.reg", "undo.reg", *ALWAYS}
    assert "POP before SMTP" in done.stdout
    assert "“SMTP Port”: 2525 → 587" in done.stdout
    for file in ("change.reg", "undo.reg"):
        content = (tmp_path / "files" / file).read_bytes()
        assert list(read(content)) == [f"{section(16)}\\00000002"]
    for path in (tmp_path / "files").iterdir():
        content = path.read_bytes()
        assert b"SECRET" not in content and "SECRET".encode("utf-16-le") not in content
    page = Page((tmp_path / "files/read-me.html").read_text()).text
    assert "Close Outlook" in page


@pytest.mark.parametrize(
    ("client", "content", "status", "code"),
    [
        ("outlook-classic", b"nonsense", 2, "not-a-registry-file"),
        ("outlook-classic", reg_5([]), 2, "not-an-outlook-key"),
        ("outlook-classic", reg_5(tree(16, "bob@example.org")), 1, "no-such-account"),
        ("outlook-classic", reg_5([*tree(16), *tree(16, profile="2")]), 4, "several-accounts"),
        ("outlook-classic", reg_5(tree(10)), 2, "key-of-another-version"),
        ("outlook-classic@2003", reg_5(tree(10)), 1, "starttls-on-25-only"),
    ],
)
def test_what_is_refused(
    tmp_path: Path, client: str, content: bytes, status: int, code: str
) -> None:
    (tmp_path / "key.reg").write_bytes(content)
    done = exported(tmp_path, client, "--current", "key.reg", "--json")
    assert done.returncode == status, done.stdout
    assert json.loads(done.stdout)["code"] == code
    assert not (tmp_path / "files").exists()


def test_what_is_right_already_is_no_failure(tmp_path: Path) -> None:
    right = tree(16, SMTP_Port=587, SMTP_Use_Auth=1, SMTP_Secure_Connection=2, SMTP_Use_SSL=1)
    (tmp_path / "key.reg").write_bytes(reg_5(right))
    done = exported(tmp_path, "outlook-classic", "--current", "key.reg")
    assert done.returncode == 0, done.stderr
    assert names(tmp_path) == ALWAYS
    assert "already" in done.stdout and "from no file" not in done.stdout


def test_a_key_that_nobody_uses_is_said(tmp_path: Path) -> None:
    (tmp_path / "key.reg").write_bytes(reg_5(tree(16)))
    done = exported(tmp_path, "outlook-new", "--current", "key.reg")
    assert "no use for" in done.stdout


def test_the_makers_of_these_learn_the_password(tmp_path: Path) -> None:
    assert "learn your password" in exported(tmp_path, "outlook-new").stdout
    assert "end of 2024" in exported(tmp_path, "windows-mail-app").stdout.replace("\n", " ")
