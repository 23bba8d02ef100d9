# SPDX-License-Identifier: MPL-2.0
"""``python -m tests.gui.person_child CA_FILE``: the app on this person's own machine.

Prints a JSON line for every page as it opens: ``step``, the shape of its
sentence, and where the primary button and the switch are, in pixels of the
screen; in the end the exit status.
"""

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from clientcfg.flows.question import Question
from clientcfg.gui.app import run
from clientcfg.gui.parts.page import Page
from clientcfg.gui.preset import Preset
from clientcfg.gui.window import Window


def _middle(widget: QWidget, *, left: bool = False) -> tuple[int, int] | None:
    """Where to click on it; None where it is not to be seen."""
    if not widget.isVisible() or not widget.isEnabled():
        return None
    there = widget.rect().center()
    if left:
        there.setX(12)
    at = widget.mapToGlobal(there)
    return at.x(), at.y()


def _state() -> dict[str, object] | None:
    window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, Window)), None)
    if window is None or not window.isActiveWindow() or not hasattr(window, "history"):
        return None
    pages = window.set_up
    page = pages.pages.currentWidget()
    assert isinstance(page, Page)
    said = page.banner.sentence.text() if page is pages.review else ""
    return {
        "step": pages.pages.currentIndex(),
        "kind": page.head.kind,
        "primary": _middle(page.primary),
        "keep": _middle(pages.review.keep, left=True),
        "password": pages.review.password.isVisible(),
        "said": said,
    }


def main() -> None:
    app = QApplication(sys.argv[:1])
    told: dict[str, object] | None = None
    seen: dict[str, object] | None = None

    def tell() -> None:
        nonlocal told, seen
        before, seen = seen, _state()
        # Nobody clicks on what has not found its place yet.
        if seen is not None and seen == before and seen != told:
            told = seen
            print(json.dumps(seen), flush=True)

    timer = QTimer()
    timer.timeout.connect(tell)
    timer.start(50)
    status = run(Preset(question=Question(ca_files=(sys.argv[1],))))
    print(json.dumps({"status": status}), flush=True)
    timer.stop()
    app.quit()


if __name__ == "__main__":
    main()
