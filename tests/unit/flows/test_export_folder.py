# SPDX-License-Identifier: MPL-2.0
"""Exported files in a folder: safe names, nobody else's files, modes, the record."""

import json
import stat
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.changes.disk import RealDisk
from clientcfg.clients.catalog import Catalog
from clientcfg.flows.export_folder import RECORD, write_folder
from clientcfg.flows.export_names import file_name
from clientcfg.flows.exported import ClientExport, MadeFile
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.export import About
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.trouble import Refused, WrongUsage

SMTP = ServerLogin(Endpoint(Protocol.SMTP, "smtp.example.test", 465, Security.TLS), "ada", PLAIN)


def about(name: str) -> About:
    return About(name, "A file", ("It does.",), ("It does not.",), ("Use it.",))


def export(
    content: bytes = b"settings",
    *,
    client: str = "thunderbird",
    address: str = "ada@example.test",
    name: str = "settings.txt",
    secret: bool = False,
) -> ClientExport:
    account = Account(Address.parse(address), "Ada", SMTP, None)
    version = Catalog.load().parse(client)
    page = MadeFile(about("read-me.html"), b"page")
    file = MadeFile(about(name), content, secret)
    return ClientExport(account, version, (file,), page, (), (), None)


def test_one_program_lies_in_the_folder_itself_and_the_record_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    document = write_folder([export()], str(out), RealDisk())
    assert sorted(p.name for p in out.iterdir()) == [RECORD, "read-me.html", "settings.txt"]
    assert [f["path"] for f in document["files"]] == [f"{out}/settings.txt", f"{out}/read-me.html"]
    assert document["files"][0]["sha256"] == sha256(b"settings").hexdigest()
    record = json.loads((out / RECORD).read_text())
    assert record["schema"] == "clientcfg/export/1"
    assert [f["path"] for f in record["files"]] == ["settings.txt", "read-me.html"]


def test_several_programs_and_people_have_a_folder_each(tmp_path: Path) -> None:
    exports = [
        export(address=who, client=what)
        for who in ("ada@example.test", "bob/etc/x@example.test")
        for what in ("thunderbird", "ios-mail")
    ]
    write_folder(exports, str(tmp_path), RealDisk(), folder_each=True)
    found = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("settings.txt")}
    assert found == {
        f"{who}/{what}/settings.txt"
        for who in ("ada@example.test", "bob%2Fetc%2Fx@example.test")
        for what in ("thunderbird", "ios-mail")
    }


def test_what_holds_a_password_is_its_owners_alone(tmp_path: Path) -> None:
    write_folder([export(secret=True)], str(tmp_path), RealDisk())
    assert stat.S_IMODE((tmp_path / "settings.txt").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "read-me.html").stat().st_mode) == 0o644


def test_an_earlier_export_is_replaced_and_what_a_person_changed_is_not(tmp_path: Path) -> None:
    write_folder([export(b"old")], str(tmp_path), RealDisk())
    write_folder([export(b"other", name="other.txt")], str(tmp_path), RealDisk())
    write_folder([export(b"new")], str(tmp_path), RealDisk())
    assert (tmp_path / "settings.txt").read_bytes() == b"new"
    (tmp_path / "settings.txt").write_bytes(b"mine")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(Refused) as told:
        write_folder([export(b"newer")], str(tmp_path), RealDisk())
    assert told.value.code == "already-there"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize("record", [b"", b"[]", b"{", b'{"files": [3]}', b"[" * 90_000, b"\xff"])
def test_a_record_that_is_none_gives_no_leave_to_replace(tmp_path: Path, record: bytes) -> None:
    (tmp_path / RECORD).write_bytes(record)
    (tmp_path / "settings.txt").write_bytes(b"mine")
    with pytest.raises(Refused):
        write_folder([export()], str(tmp_path), RealDisk())
    assert (tmp_path / "settings.txt").read_bytes() == b"mine"


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    out = tmp_path / "out"
    out.mkdir()
    (out / "settings.txt").symlink_to(target)
    with pytest.raises(Refused):
        write_folder([export()], str(out), RealDisk())
    assert not target.exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WrongUsage, match="no folder"):
        write_folder([export()], str(tmp_path / "file"), RealDisk())


@given(st.text(min_size=0, max_size=40).filter(lambda t: t.encode("utf-8", "ignore").decode() == t))
def test_a_name_is_one_safe_name_on_every_system(text: str) -> None:
    name = file_name(text)
    assert name.isascii() and name
    assert PurePosixPath(name).parts == (name,)
    windows = PureWindowsPath(name)
    assert windows.parts == (name,) and not windows.is_reserved()
    assert not name.startswith((".", "-")) and not name.endswith((".", " "))


@given(st.text(max_size=20), st.text(max_size=20))
def test_other_texts_have_other_names(one: str, other: str) -> None:
    try:
        same = file_name(one) == file_name(other)
    except UnicodeEncodeError:
        return
    assert same == (one == other)
