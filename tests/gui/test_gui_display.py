# SPDX-License-Identifier: MPL-2.0
"""No display, a dead one, a missing library: said before Qt ends the process."""

import os
import subprocess
import sys

import pytest

from clientcfg.cli.app import sentence_about, why_no_display

pytestmark = pytest.mark.gui


def run_without(**environ: str) -> subprocess.CompletedProcess[str]:
    """``clientcfg`` with no arguments and this display."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-m", "clientcfg"],
        env={**kept, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_display_there_is_help_and_a_sentence() -> None:
    done = run_without()
    assert done.returncode == 3
    assert "Usage: clientcfg" in done.stdout
    assert done.stderr.startswith("There is no display here")
    assert done.stderr.count("\n") == 1


def test_a_display_that_does_not_answer_is_named() -> None:
    done = run_without(DISPLAY=":4711")
    assert done.returncode == 3
    assert done.stderr == (
        "The display :4711 cannot be opened, so the desktop app was not started.\n"
    )


def test_a_screenless_platform_counts_as_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert why_no_display() == ""


@pytest.mark.parametrize(
    ("said", "package"),
    [
        (
            "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory",
            "libegl1",
        ),
        (
            "qt.core.library: libqxcb.so cannot load: Cannot load library libqxcb.so: "
            "(libxkbcommon-x11.so.0: cannot open shared object file: No such file or directory)",
            "libxkbcommon-x11-0",
        ),
        (
            "qt.qpa.plugin: From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed to load the Qt "
            "xcb platform plugin.",
            "libxcb-cursor0",
        ),
        ("libGL.so.1: cannot open shared object file", "libgl1"),
    ],
)
def test_a_missing_library_is_named_by_its_package(said: str, package: str) -> None:
    assert sentence_about(said).endswith(f"sudo apt install {package}")


def test_a_missing_qt_is_said() -> None:
    assert "PySide6-Essentials" in sentence_about("ModuleNotFoundError: No module named 'PySide6'")
