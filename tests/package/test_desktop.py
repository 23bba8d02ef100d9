# SPDX-License-Identifier: MPL-2.0
"""What a desktop is told about the app: accepted by its own tools, and installed where it looks."""

import configparser
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import parse

CHECKOUT = Path(__file__).resolve().parents[2]
ID = "io.github.clientcfg.clientcfg"
DESKTOP = CHECKOUT / "resources" / "desktop" / f"{ID}.desktop"
METAINFO = CHECKOUT / "resources" / "desktop" / f"{ID}.metainfo.xml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INSTALLED = {
    f"share/applications/{ID}.desktop": DESKTOP,
    f"share/metainfo/{ID}.metainfo.xml": METAINFO,
    f"share/icons/hicolor/scalable/apps/{ID}.svg": CHECKOUT / "resources" / "icon.svg",
    f"share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg": (
        CHECKOUT / "resources" / "icon-symbolic.svg"
    ),
}


def accepted(program: str, *words: str | Path) -> str:
    """What a desktop's own tool says; it has to be there with CI=true."""
    if shutil.which(program) is None and os.environ.get("CI") != "true":
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        [program, *map(str, words)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def entry() -> configparser.SectionProxy:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(DESKTOP, "utf-8")
    return read["Desktop Entry"]


def catalog() -> Element:
    root = parse(METAINFO).getroot()
    assert root is not None
    return root


def test_the_desktop_file_is_accepted_without_a_warning() -> None:
    assert accepted("desktop-file-validate", DESKTOP) == ""


def test_the_catalog_entry_is_accepted() -> None:
    said = accepted("appstreamcli", "validate", "--no-net", METAINFO)
    assert "W:" not in said
    assert "E:" not in said


def test_it_claims_no_links_and_no_files() -> None:
    assert "MimeType" not in entry()
    assert "mailto" not in METAINFO.read_text("utf-8")
    assert entry()["Exec"] == "clientcfg"


def test_every_text_is_german_too() -> None:
    for name in ("GenericName", "Comment", "Keywords"):
        assert entry()[f"{name}[de]"] != entry()[name]
    root = catalog()
    for parent in [root, *root.iter("description"), *root.iter("ul")]:
        for tag in ("summary", "p", "li", "developer_name"):
            texts = parent.findall(tag)
            english = [t for t in texts if LANG not in t.attrib]
            german = [t for t in texts if t.attrib.get(LANG) == "de"]
            assert len(english) == len(german), tag


def test_the_entry_and_the_window_go_by_one_name() -> None:
    app = (CHECKOUT / "clientcfg" / "gui" / "app.py").read_text("utf-8")
    assert f'APP_ID = "{ID}"' in app
    assert "setDesktopFileName(APP_ID)" in app
    assert entry()["Icon"] == ID
    root = catalog()
    assert root.findtext("id") == ID
    assert root.findtext("launchable") == DESKTOP.name
    assert root.findtext("icon") == ID


@pytest.mark.package
def test_a_wheel_installs_them_where_desktops_look(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", tmp_path, CHECKOUT],
        capture_output=True,
        timeout=180,
        check=True,
    )
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    assert sum(".data/data/share/" in name for name in names) == len(INSTALLED)
    venv.create(tmp_path / "env", with_pip=True, symlinks=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--no-deps", wheel],
        capture_output=True,
        timeout=180,
        check=True,
    )
    for place, source in INSTALLED.items():
        assert (tmp_path / "env" / place).read_bytes() == source.read_bytes()
