# SPDX-License-Identifier: MPL-2.0
"""What the window needs only after its first paint, and which thread may load it.

PySide looks up what it knows of a class while it paints, without holding
Python's interpreter. A class of Qt's that another thread defines at that moment
moves that table, and the process ends with a segmentation fault, one start in
thirty. So only what knows nothing of Qt is loaded behind the window; the rest
comes in the window's own thread, one module a turn.
"""

import importlib
import sys
from collections.abc import Iterator
from pkgutil import iter_modules

# What the models ask of flows comes with them.
_FLOWS = (
    "ahead",
    "client_open",
    "password_store",
    "past_changes",
    "prove_change",
    "report_file",
    "start_program",
    "target",
    "undo",
)
# What every page is made of comes before the pages.
_ROOMS = ("parts", "setup", "check")


def load_behind() -> None:
    """Load what knows nothing of Qt, in whatever thread."""
    for flow in _FLOWS:
        importlib.import_module(f"clientcfg.flows.{flow}")
    for name in _names():
        if name.endswith(("_model", ".look")):
            importlib.import_module(name)
    from clientcfg.flows.ahead import load_ahead  # noqa: PLC0415 - not before the first paint

    load_ahead()


def load_in_turn() -> Iterator[None]:
    """Load the rest, in the window's thread; a step loads little."""
    for name in _names():
        if name not in sys.modules:
            importlib.import_module(name)
            yield


def _names() -> Iterator[str]:
    yield "clientcfg.gui.engine"
    for room in _ROOMS:
        package = importlib.import_module(f"clientcfg.gui.{room}")
        yield from (f"{package.__name__}.{found.name}" for found in iter_modules(package.__path__))
    for part in ("history", "preferences"):
        yield from (f"clientcfg.gui.{part}_model", f"clientcfg.gui.{part}")
