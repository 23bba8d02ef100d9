# SPDX-License-Identifier: MPL-2.0
"""Opening the app from the terminal, where there is a display to open it on."""

import os
import re
import subprocess
import sys

import click

from clientcfg.cli.display import SCREENLESS, surely_opens
from clientcfg.words import _

# Exit status where there is no display.
NO_DISPLAY = 3
# How long the child that opens a QApplication may take (seconds).
TRY_TIMEOUT = 20.0

_TRY = "from PySide6.QtWidgets import QApplication; QApplication(['clientcfg'])"

# A library that Qt misses → the Debian package that has it.
_PACKAGES = {
    "libEGL": "libegl1",
    "libGL": "libgl1",
    "libxkbcommon-x11": "libxkbcommon-x11-0",
    "libxkbcommon": "libxkbcommon0",
    "libdbus-1": "libdbus-1-3",
    "libfontconfig": "libfontconfig1",
    "libxcb-cursor": "libxcb-cursor0",
    "libxcb-icccm": "libxcb-icccm4",
    "libxcb-keysyms": "libxcb-keysyms1",
    "libxcb-shape": "libxcb-shape0",
    "libxcb-image": "libxcb-image0",
    "libxcb-render-util": "libxcb-render-util0",
    "libxcb-randr": "libxcb-randr0",
    "libxcb-xinerama": "libxcb-xinerama0",
}
# How the loader, and Qt itself, name what is missing.
_MISSING = (
    re.compile(r"(lib[A-Za-z0-9+-]+)\.so[.0-9]*: cannot open shared object"),
    re.compile(r"or (libxcb-cursor)0 is needed"),
)


def open_app(ctx: click.Context) -> int:
    """Open the app; without a display print the help, and how to get one."""
    why = why_no_display()
    if why:
        click.echo(ctx.get_help())
        click.echo(why, err=True)
        return NO_DISPLAY
    from clientcfg.gui.app import run  # noqa: PLC0415 - Qt only where it can be shown

    return run()


def display_there() -> bool:
    """Whether a window could be opened here."""
    return not why_no_display()


def open_demo() -> int:
    """Open the app on mail servers of our own, which end with it."""
    from clientcfg.cli.demo_app import demo_world, preset_of  # noqa: PLC0415 - servers, only here
    from clientcfg.gui.app import run  # noqa: PLC0415 - Qt only where it can be shown

    with demo_world() as world:
        return run(preset_of(world))


def why_no_display() -> str:
    """One sentence how to get a display; empty where there is one.

    Qt ends the process when its platform cannot be loaded, so a child tries
    where that is in doubt.
    """
    chosen = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if chosen not in SCREENLESS and not screen and sys.platform not in ("win32", "darwin"):
        return _(
            "There is no display here for the desktop app. Log in with a desktop "
            "(or through “ssh -X”), or use the commands above."
        )
    if surely_opens():
        return ""
    try:
        tried = subprocess.run(
            [sys.executable, "-c", _TRY],
            stdin=subprocess.DEVNULL,
            # With it the plugin's loader says which library it misses.
            env={**os.environ, "QT_DEBUG_PLUGINS": "1"},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TRY_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _("The display does not answer, so the desktop app was not opened.")
    if tried.returncode == 0:
        return ""
    return sentence_about(tried.stdout + tried.stderr)


def sentence_about(said: str) -> str:
    """What helps, from what a failing Qt *said*."""
    if "could not connect to display" not in said:
        for pattern in _MISSING:
            for library in pattern.findall(said):
                if library in _PACKAGES:
                    return _(
                        "The desktop app needs a library that is missing here. Install it with: "
                        "sudo apt install {package}"
                    ).format(package=_PACKAGES[library])
    if "No module named 'PySide6'" in said:
        return _("The desktop app needs Qt. Install it with: pip install PySide6-Essentials")
    return _("The display {display} cannot be opened, so the desktop app was not started.").format(
        display=os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or ""
    )
