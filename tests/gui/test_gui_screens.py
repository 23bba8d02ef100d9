# SPDX-License-Identifier: MPL-2.0
"""The app on real screens, X11 and Wayland, and where a library for them is missing."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.gui.screens import wayland, x11

pytestmark = pytest.mark.gui

SURE = "from clientcfg.cli.display import surely_opens; print(surely_opens())"
PLATFORM = (
    "import os; from PySide6.QtWidgets import QApplication; a = QApplication(['x']); "
    "print(a.platformName(), flush=True); os._exit(0)"
)


def child(environ: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        env=environ,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.mark.timeout(150)
def test_a_whole_set_up_on_wayland() -> None:
    with wayland() as environ:
        assert child(environ, "-c", SURE).stdout == "True\n"
        assert child(environ, "-c", PLATFORM).stdout == "wayland\n"
        assert set(child(environ, "-m", "tests.gui.first_paint").stdout.split()) == {"painted"}
        whole = child({**environ, "QT_QPA_PLATFORM": "wayland"}, "-m", "tests.gui.full_run")
        assert whole.returncode == 0, whole.stderr
        assert "undoing" in json.loads(whole.stdout)


def test_the_command_opens_its_window_on_x11() -> None:
    with x11() as environ:
        assert child(environ, "-c", SURE).stdout == "True\n"
        assert child(environ, "-c", PLATFORM).stdout == "xcb\n"
        assert set(child(environ, "-m", "tests.gui.first_paint").stdout.split()) == {"painted"}


def test_a_wayland_that_is_gone_is_no_display(tmp_path: Path) -> None:
    with x11() as environ:
        gone = {k: v for k, v in environ.items() if k != "DISPLAY"}
        gone |= {"WAYLAND_DISPLAY": "gone", "XDG_RUNTIME_DIR": str(tmp_path)}
        done = child(gone, "-m", "clientcfg")
    assert done.returncode == 3
    assert done.stderr == (
        "The display gone cannot be opened, so the desktop app was not started.\n"
    )


def test_a_library_that_qt_misses_is_named_by_its_package(tmp_path: Path) -> None:
    found = importlib.util.find_spec("PySide6")
    assert found is not None
    assert found.submodule_search_locations
    libraries = Path(found.submodule_search_locations[0]) / "Qt" / "lib"
    name = "libQt6XcbQpa.so.6"
    # Qt's own part for X11, but for a version of a library that nobody has.
    spoilt = (libraries / name).read_bytes().replace(b"libxcb-cursor.so.0", b"libxcb-cursor.so.9")
    (tmp_path / name).write_bytes(spoilt)
    with x11() as screen:
        environ = {**screen, "LD_LIBRARY_PATH": str(tmp_path)}
        assert child(environ, "-c", SURE).stdout == "False\n"
        done = child(environ, "-m", "clientcfg")
    assert done.returncode == 3
    assert done.stderr == (
        "The desktop app needs a library that is missing here. Install it with: "
        "sudo apt install libxcb-cursor0\n"
    )
