# SPDX-License-Identifier: MPL-2.0
"""``python -m tests.gui.first_paint [empty]``: a window from nothing to its first paint.

Either ``clientcfg`` as a person starts it, or an empty PySide6 window. Says
"painted" on standard output and ends.
"""

import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_WINDOW = "clientcfg.gui.window"


class _Watch(MetaPathFinder):
    """Says so when the app's window has painted; the app is loaded as ever."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _WINDOW:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        assert spec is not None
        assert spec.loader is not None
        load = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            load(module)
            module.Window.paintEvent = _painted

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def _painted(_window: object, _event: object) -> None:
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - loaded by now
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    def told() -> None:
        os.write(1, b"painted\n")
        QApplication.closeAllWindows()
        QApplication.quit()

    # The children are painted in the same turn.
    QTimer.singleShot(0, told)


def _empty() -> None:
    from PySide6.QtWidgets import QApplication, QWidget  # noqa: PLC0415 - this is what is timed

    class Empty(QWidget):
        paintEvent = _painted  # noqa: N815

    app = QApplication(["empty"])
    window = Empty()
    window.resize(1100, 720)
    window.show()
    app.exec()


def main() -> None:
    if sys.argv[1:] == ["empty"]:
        _empty()
        return
    sys.meta_path.insert(0, _Watch())
    from clientcfg.__main__ import run  # noqa: PLC0415 - this is what is timed

    sys.argv = ["clientcfg"]
    run()


if __name__ == "__main__":
    main()
