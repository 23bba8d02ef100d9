# SPDX-License-Identifier: MPL-2.0
"""macOS applications, from trees of our own; nothing in one can harm who looks at it."""

import plistlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientcfg.clients.found.mac import info
from clientcfg.clients.machine import Machine
from tests.support.program_trees import Tree, catalog

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 50
    + '"><!ENTITY c "'
    + "&b;" * 50
    + '">]><plist version="1.0"><dict><key>CFBundleIdentifier</key>'
    "<string>&c;&c;&c;</string></dict></plist>"
)


def app(
    tree: Tree,
    place: str,
    identifier: object = "org.mozilla.thunderbird",
    version: object = "153.7.0",
    *,
    binary: bool = False,
) -> None:
    about = {"CFBundleIdentifier": identifier, "CFBundleShortVersionString": version}
    kind = plistlib.FMT_BINARY if binary else plistlib.FMT_XML
    tree.write(f"{place}/Contents/Info.plist", plistlib.dumps(about, fmt=kind))


@pytest.mark.parametrize("binary", [False, True])
def test_an_application(tree: Tree, binary: bool) -> None:
    app(tree, "/Applications/Thunderbird.app", binary=binary)
    found = tree.only()
    assert (found.client, found.version, found.platform) == ("thunderbird", "153.7.0", "mac")
    assert (found.program, found.packaging) == ("/Applications/Thunderbird.app", "app")
    assert (found.recorded_only, found.running, found.asks) == (True, None, True)
    assert found.profile_root == f"{tree.home}/Library/Thunderbird"
    assert catalog().of(found).covered


def test_in_the_home_under_another_name(tree: Tree) -> None:
    app(tree, f"{tree.home}/Applications/My Bird.app")
    assert tree.only().program == f"{tree.home}/Applications/My Bird.app"


def test_apple_mail_is_part_of_the_system(tree: Tree) -> None:
    app(tree, "/System/Applications/Mail.app", "com.apple.mail", "16.0")
    found = tree.only()
    assert (found.client, found.version) == ("apple-mail", "16.0")
    assert catalog().of(found).covered


def test_a_name_alone_is_nothing(tree: Tree) -> None:
    app(tree, "/Applications/Thunderbird.app", "org.example.thunderbird")
    app(tree, "/Applications/Thunderbird")
    app(tree, "/Applications/A.app", ["org.mozilla.thunderbird"])
    tree.write("/Applications/Thunderbird 2.app", "a file")
    assert tree.installed() == ()


def test_a_version_that_is_none(tree: Tree) -> None:
    app(tree, "/Applications/Thunderbird.app", version=153)
    assert tree.only().version is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 10_000_000,
        b"<plist><dict>" + b"<key>k</key><string>v</string>" * 350_000 + b"</dict></plist>",
        BOMB.encode(),
        b"<plist><array>" * 100_000,
        b"\xff\xfe<\x00p",
        b"bplist00" + b"\xff" * 200,
        b"bplist00\xa1\x00\x08" + b"\0" * 6 + b"\x01\x01" + b"\0" * 7 + b"\x01" + b"\0" * 8
        + b"\0" * 7 + b"\x0a",
        plistlib.dumps(["CFBundleIdentifier"]),
    ],
    ids=["empty", "10 MB of nothing", "10 MB of XML", "entities", "deep", "half UTF-16", "binary",
         "holds itself", "a list"],
)  # fmt: skip
def test_a_hostile_file_is_passed_over(
    tree: Tree, content: bytes, benchmark_seconds: Callable[[], float]
) -> None:
    tree.write("/Applications/Evil.app/Contents/Info.plist", content)
    app(tree, "/Applications/Thunderbird.app")
    assert tree.only().program == "/Applications/Thunderbird.app"
    assert benchmark_seconds() < 10


def test_links_in_a_circle(tree: Tree) -> None:
    tree.link("/Applications/Loop.app", "/Applications/Pool.app")
    tree.link("/Applications/Pool.app", "Loop.app")
    tree.link("/Applications/Self.app/Contents/Info.plist", "Info.plist")
    assert tree.installed() == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from([b"", b"bplist00", b"<plist>", b"<plist><dict>"]))
def test_arbitrary_bytes_raise_nothing(tmp_path: Path, content: bytes, start: bytes) -> None:
    bundle = tmp_path / "A.app"
    (bundle / "Contents").mkdir(parents=True, exist_ok=True)
    (bundle / "Contents" / "Info.plist").write_bytes(start + content)
    info(Machine(home=tmp_path), str(bundle))
