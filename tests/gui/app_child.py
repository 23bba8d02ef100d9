# SPDX-License-Identifier: MPL-2.0
"""``python -m tests.gui.app_child``: the app on the demo's servers, telling what happens in it.

Prints each page as it opens, and in the end what the servers and the files say.
"""

import json
import sys
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from clientcfg.cli.demo_app import demo_world, preset_of
from clientcfg.gui.app import run
from clientcfg.gui.window import Window


def _window() -> Window | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, Window)), None)


def _state() -> str:
    """Which page is open, and how its sentence reads once there is an answer."""
    window = _window()
    if window is None or not window.isActiveWindow():
        return ""
    pages = window.set_up
    step = pages.pages.currentIndex()
    head = pages.pages.currentWidget().head  # type: ignore[union-attr]
    if step == 3 and pages.review.review is None:
        return ""
    return f"{step} {head.kind or '-'}"


def main() -> None:
    app = QApplication(sys.argv[:1])
    told = [""]

    def tell() -> None:
        now = _state()
        if now not in ("", told[0]):
            told[0] = now
            print(now, flush=True)

    timer = QTimer()
    timer.timeout.connect(tell)
    timer.start(50)
    with demo_world() as world:
        preset = preset_of(world)
        print(world.address, flush=True)
        blank = replace(preset.question, address=None, real_name=None)
        status = run(replace(preset, question=blank))
        prefs = next(world.home.rglob("prefs.js")).read_text()
        said = {"status": status, "sent": len(world.log), "set": "mail.smtpservers" in prefs}
        print(json.dumps(said), flush=True)
    timer.stop()
    app.quit()


if __name__ == "__main__":
    main()
