# SPDX-License-Identifier: MPL-2.0
"""Screens that nobody sees, for tests that run programs on them: X11 and Wayland."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

WAIT = 30.0
_OF_A_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE")


def needed(program: str) -> None:
    """Leave the test out where *program* is not installed; with CI=true it has to be."""
    if shutil.which(program) is None and os.environ.get("CI") != "true":
        pytest.skip(f"{program} is not installed")


def without_a_screen() -> dict[str, str]:
    """The environment, and no screen in it."""
    return {k: v for k, v in os.environ.items() if k not in _OF_A_SCREEN}


@contextmanager
def x11() -> Iterator[Mapping[str, str]]:
    """The environment of an X server."""
    needed("Xvfb")
    with subprocess.Popen(
        ["Xvfb", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-displayfd", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            yield {**without_a_screen(), "DISPLAY": f":{server.stdout.readline().strip()}"}
        finally:
            server.terminate()


@contextmanager
def wayland() -> Iterator[Mapping[str, str]]:
    """The environment of a Wayland compositor, and no X server behind it."""
    needed("weston")
    with tempfile.TemporaryDirectory() as folder:
        environ = {**without_a_screen(), "XDG_RUNTIME_DIR": folder}
        command = ["weston", "--backend=headless-backend.so", "--no-config", "--idle-time=0"]
        with subprocess.Popen(
            [*command, "--socket=clientcfg", "--width=1280", "--height=800"],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as compositor:
            try:
                over = time.monotonic() + WAIT
                while not (Path(folder) / "clientcfg").exists():
                    assert compositor.poll() is None, "weston ended"
                    assert time.monotonic() < over, "weston did not start"
                    time.sleep(0.05)
                yield {**environ, "WAYLAND_DISPLAY": "clientcfg", "XDG_SESSION_TYPE": "wayland"}
            finally:
                compositor.terminate()
