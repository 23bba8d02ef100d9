# SPDX-License-Identifier: MPL-2.0
"""Whether Qt will surely find its display, asked of the same libraries without Qt.

A child that opens a QApplication knows for sure but takes as long as the app
itself; so it is started only where this is in doubt.
"""

import ctypes
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

# Qt's platforms that need no screen.
SCREENLESS = frozenset({"offscreen", "minimal", "vnc"})


def surely_opens(environ: Mapping[str, str] = os.environ) -> bool:
    """True only where Qt's platform can be loaded and its display answers; no Qt is imported."""
    system: str = sys.platform
    if system != "linux" or "QT_QPA_PLATFORM_PLUGIN_PATH" in environ:
        return False
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    wayland = environ.get("XDG_SESSION_TYPE") == "wayland" or "WAYLAND_DISPLAY" in environ
    if chosen in SCREENLESS:
        return _loads(chosen)
    if chosen == "wayland" or (not chosen and wayland):
        return _loads("wayland") and _answers(_wayland)
    if chosen == "xcb" or (not chosen and "DISPLAY" in environ):
        return _loads("xcb") and _answers(_x11)
    return False


def _loads(platform: str) -> bool:
    """Whether the plugin and every library that it needs can be loaded."""
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return False
    folder = Path(found.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms"
    try:
        ctypes.CDLL(str(folder / f"libq{platform}.so"))
    except OSError:
        return False
    return True


def _answers(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except (OSError, AttributeError):
        return False


def _x11() -> bool:
    """As xcb_connect(3) says it, cookie and all."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    line = ctypes.c_void_p(xcb.xcb_connect(None, None))
    fine = bool(xcb.xcb_connection_has_error(line) == 0)
    xcb.xcb_disconnect(line)
    return fine


def _wayland() -> bool:
    """As wl_display_connect says it."""
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    line = wayland.wl_display_connect(None)
    if line is None:
        return False
    wayland.wl_display_disconnect(ctypes.c_void_p(line))
    return True
