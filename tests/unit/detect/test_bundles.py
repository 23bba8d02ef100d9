# SPDX-License-Identifier: MPL-2.0
"""Flatpak, snap, AppImage and .desktop files, on trees of our own."""

from collections.abc import Callable

import pytest

from tests.support.program_trees import Tree, catalog

METAINFO = """\
<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application"><id>org.gnome.Geary</id>
<releases><release type="stable" date="2024-01-01" version="46.0"><p>x</p></release>
<release version="44.1"/></releases></component>
"""


def flatpak(tree: Tree, name: str, metainfo: str | bytes | None, base: str = "/var/lib") -> str:
    app = f"{base}/flatpak/app/{name}"
    deployed = f"{app}/x86_64/stable/0123"
    tree.write(f"{deployed}/files/bin/x", "")
    if metainfo is not None:
        tree.write(f"{deployed}/files/share/metainfo/{name}.metainfo.xml", metainfo)
    for link, target in (("x86_64/stable/active", "0123"), ("current", "x86_64/stable")):
        tree.write(f"{app}/{link}.x", "").with_name(link.rpartition("/")[2]).symlink_to(target)
    return deployed


def test_a_flatpak_and_its_settings(tree: Tree) -> None:
    deployed = flatpak(tree, "org.gnome.Geary", METAINFO)
    found = tree.only()
    assert (found.client, found.version, found.packaging) == ("geary", "46.0", "flatpak")
    assert (found.program, found.recorded_only) == (deployed, True)
    assert found.profile is None
    place = f"{tree.home}/.var/app/org.gnome.Geary/config/geary"
    assert found.profile_root == place
    tree.write(f"{place}/account_01/geary.ini", "")
    assert tree.only().profile == place
    assert catalog().of(found).covered


def test_a_persons_own_flatpak(tree: Tree) -> None:
    own = flatpak(tree, "org.gnome.Geary", METAINFO, f"{tree.home}/.local/share")
    flatpak(tree, "org.gnome.Geary", METAINFO.replace("46.0", "3.36"))
    assert (tree.only().program, tree.only().version) == (own, "46.0")


def test_the_claws_flatpak_shares_the_ordinary_settings(tree: Tree) -> None:
    flatpak(tree, "org.claws_mail.Claws-Mail", None)
    tree.write(f"{tree.home}/.claws-mail/accountrc", "")
    found = tree.only()
    assert (found.version, found.profile) == (None, f"{tree.home}/.claws-mail")


@pytest.mark.parametrize(
    "metainfo",
    [
        b"",
        b"\xff\xfe<\0r",
        b"<release" + b" " * 3_000_000 + b'version="1"',
        b"<release " * 400_000,
        b'<!DOCTYPE x [<!ENTITY a "&a;&a;">]><release version="&a;"/>',
        b'<release version="1.0\x1b[31m"/>',
    ],
)
def test_metadata_that_tells_nothing(
    tree: Tree, metainfo: bytes, benchmark_seconds: Callable[[], float]
) -> None:
    flatpak(tree, "org.gnome.Geary", metainfo)
    assert tree.only().version is None
    assert benchmark_seconds() < 10


@pytest.mark.parametrize("mounts", ["/snap", "/var/lib/snapd/snap"])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_snap(tree: Tree, mounts: str, quote: str) -> None:
    text = f"name: mailspring\nversion: {quote}1.13.3{quote}\nsummary: version 9\n"
    tree.write(f"{mounts}/mailspring/512/meta/snap.yaml", text)
    tree.link(f"{mounts}/mailspring/current", "512")
    found = tree.only()
    assert (found.client, found.version, found.packaging) == ("mailspring", "1.13.3", "snap")
    assert (found.program, found.recorded_only) == (f"{mounts}/mailspring/current", True)


def test_a_snap_in_a_circle(tree: Tree) -> None:
    tree.link("/snap/mailspring/current", "current")
    assert tree.installed() == ()


@pytest.mark.parametrize(
    ("place", "version"),
    [
        ("Applications/betterbird-140.3.1esr-bb12.AppImage", "140.3.1esr"),
        ("Downloads/Betterbird_140.0.AppImage", "140.0"),
        (".local/bin/betterbird.appimage", None),
    ],
)
def test_appimage(tree: Tree, place: str, version: str | None) -> None:
    tree.write(f"{tree.home}/{place}", "")
    found = tree.only()
    assert (found.client, found.version, found.packaging) == ("betterbird", version, "appimage")
    assert (found.program, found.recorded_only) == (f"{tree.home}/{place}", True)


def test_other_files_there(tree: Tree) -> None:
    tree.write(f"{tree.home}/Downloads/betterbird-140.tar.bz2", "")
    tree.write(f"{tree.home}/Downloads/other-1.0.AppImage", "")
    assert tree.installed() == ()


@pytest.mark.parametrize(
    ("line", "program"),
    [
        ("/opt/Mailspring/mailspring %U", "/opt/Mailspring/mailspring"),
        ('"/opt/Mail spring/m" --x', "/opt/Mail spring/m"),
        ("env GDK_BACKEND=x11 /opt/Mailspring/mailspring", "/opt/Mailspring/mailspring"),
        ("mailspring", None),
        ("/opt/not-there", None),
        ('"/opt/unclosed', None),
        ("", None),
    ],
)
def test_a_desktop_file(tree: Tree, line: str, program: str | None) -> None:
    for path in ("/opt/Mailspring/mailspring", "/opt/Mail spring/m"):
        tree.write(path, "")
    entry = f"[Desktop Entry]\nVersion=1.5\nExec={line}\n[Desktop Action x]\nExec=/opt/x\n"
    tree.write("/usr/share/applications/mailspring.desktop", entry)
    found = tree.installed()
    assert [i.program for i in found] == ([program] if program else [])
    assert [i.version for i in found] == ([None] if program else [])


def test_a_desktop_file_of_an_appimage(tree: Tree) -> None:
    path = f"{tree.home}/Apps/Mailspring.AppImage"
    tree.write(path, "")
    tree.write(
        f"{tree.home}/.local/share/applications/mailspring.desktop",
        f"[Desktop Entry]\nExec={path} %u\nX-AppImage-Version=1.13.3\n",
    )
    found = tree.only()
    assert (found.program, found.version, found.packaging) == (path, "1.13.3", "appimage")
