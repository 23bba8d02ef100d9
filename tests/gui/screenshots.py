# SPDX-License-Identifier: MPL-2.0
"""``python -m tests.gui.screenshots DIR [PAGE…]``: every page as pictures.

Each in light, dark, German, narrow and mirrored; pages are named by how they begin.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from clientcfg.flows.events import Asking, EndpointAnswered, Probing, SourceAnswered, VerifyDone
from clientcfg.flows.here import Here
from clientcfg.gui.history_model import Past, Read
from clientcfg.gui.preset import Preset
from clientcfg.gui.setup.program_model import cards
from clientcfg.gui.setup.servers_model import conclude, trouble
from clientcfg.gui.theme import wear
from clientcfg.gui.window import Window
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import NotFoundOut
from clientcfg.words import speak
from tests.gui import check_pages
from tests.gui import scripted as s

PASSWORD = Secret("twelve chars")


def _address(window: Window) -> None:
    _at(window, 0)


def _at(window: Window, step: int) -> None:
    answers = ("ada@example.org", "smtp.example.org", "Thunderbird 153", "1 file changed")
    window.set_up.path.tell(step, answers[:step])
    window.set_up.pages.setCurrentIndex(step)


def _typo(window: Window) -> None:
    _at(window, 0)
    page = window.set_up.address
    page.address.edit.setText("ada@")
    page.primary.click()


def _progress(window: Window) -> None:
    _at(window, 1)
    page = window.set_up.servers
    page.begin("example.org")
    page.watch(Asking("example.org", ("srv",)))
    page.watch(SourceAnswered(s.probed().found.sources[0]))
    page.watch(Probing(s.ENDPOINTS))
    page.watch(EndpointAnswered(s.report(s.SMTP)))
    page.watch(EndpointAnswered(s.report(s.IMAP)))
    page.watch(EndpointAnswered(s.silent(s.POP3)))


def _servers(window: Window) -> None:
    _progress(window)
    page = window.set_up.servers
    page.conclude(conclude(s.QUESTION, s.probed()), s.probed(), "")
    page.why.click()


def _confirm(window: Window) -> None:
    _progress(window)
    answer = s.elsewhere()
    window.set_up.servers.conclude(conclude(s.QUESTION, answer), answer, "")


def _network(window: Window) -> None:
    _at(window, 1)
    page = window.set_up.servers
    page.begin("example.org")
    error = NotFoundOut(
        "servers-unknown",
        "The mail servers of example.org could not be found out: no name server answers.",
        "Try again when the network is back.",
    )
    page.conclude(trouble(error), None, "")


def _certificate(window: Window) -> None:
    _progress(window)
    answer = s.probed(s.report(s.SMTP, s.BAD_TLS), s.report(s.IMAP, s.BAD_TLS))
    page = window.set_up.servers
    for report in answer.report.endpoints:
        page.watch(EndpointAnswered(report))
    page.conclude(conclude(s.QUESTION, answer), answer, "")


def _by_hand(window: Window) -> None:
    _servers(window)
    window.set_up.servers.open_form()


def _program(window: Window) -> None:
    _at(window, 2)
    page = window.set_up.program
    page.tell(cards(s.programs(s.probed())))


def _program_no(window: Window) -> None:
    _program(window)
    window.set_up.program.cards[-1].setChecked(True)


def _no_program(window: Window) -> None:
    _at(window, 2)
    window.set_up.program.tell(())


def _review(window: Window) -> None:
    _at(window, 3)
    page = window.set_up.review
    page.begin("Thunderbird", PASSWORD)
    page.tell(s.reviewed(running=True))
    page.keep.setChecked(True)


def _diff(window: Window) -> None:
    _at(window, 3)
    page = window.set_up.review
    page.begin("Thunderbird", None)
    page.tell(s.reviewed())
    page.show_exact.click()


def _set(window: Window) -> None:
    _at(window, 4)
    window.set_up.done.begin(s.DONE)


def _tested(window: Window) -> None:
    _set(window)
    page = window.set_up.done
    page.testing()
    for event in s.PROOFS:
        page.watch(event)
    page.tested(VerifyDone(True, True, True, True, "<x>", s.SMTP, s.IMAP), str(s.ADDRESS))


def _history(window: Window) -> None:
    window.rail.choose(2)
    window.parts.setCurrentIndex(2)
    summary = s.reviewed().plan.summary
    first = Past(
        id="2",
        title="Thunderbird set up",
        day="2026-11-23",
        time="10:41",
        caption="ada@example.org, 1 file",
        state="",
        undoable=True,
        summary=summary,
        files=(s.PREFS,),
    )
    undone = replace(
        first, id="1", day="2026-11-20", undoable=False, caption="alan@example.org, undone"
    )
    entries = (first, undone)
    window.history._tell(Read(entries))


PAGES: dict[str, Callable[[Window], None]] = {
    "setup-1-address": _address,
    "setup-1-address-typo": _typo,
    "setup-2-servers-progress": _progress,
    "setup-2-servers-done": _servers,
    "setup-2-servers-confirm": _confirm,
    "setup-2-error-network": _network,
    "setup-2-error-certificate": _certificate,
    "setup-2-by-hand": _by_hand,
    "setup-3-program": _program,
    "setup-3-program-no": _program_no,
    "setup-3-no-program": _no_program,
    "setup-4-review": _review,
    "setup-4-review-diff": _diff,
    "setup-5-done": _set,
    "setup-5-done-tested": _tested,
    **check_pages.PAGES,
    "history": _history,
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How pages are shown in one row of pictures."""

    dark: bool = False
    language: str = "en"
    size: tuple[int, int] = (1100, 720)
    mirrored: bool = False


MANNERS = {
    "light": Manner(),
    "dark": Manner(dark=True),
    "german": Manner(language="de"),
    "narrow": Manner(size=(800, 600)),
    "mirrored": Manner(mirrored=True),
}


def pictures(
    folder: Path,
    pages: dict[str, Callable[[Window], None]] | None = None,
    manners: dict[str, Manner] | None = None,
) -> list[Path]:
    """Write them; needs a QApplication."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    font = QFont("Inter")
    font.setPixelSize(14)
    app.setFont(font)
    theme = wear(app)
    written = []
    for word, manner in (manners or MANNERS).items():
        theme.wear(dark=manner.dark)
        speak([manner.language])
        way = Qt.LayoutDirection.RightToLeft if manner.mirrored else Qt.LayoutDirection.LeftToRight
        app.setLayoutDirection(way)
        for name, show in (pages or PAGES).items():
            path = folder / f"{name}.{word}.png"
            _picture(app, show, manner, path)
            written.append(path)
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    speak(["en"])
    theme.wear(dark=False)
    return written


def _picture(app: QApplication, show: Callable[[Window], None], manner: Manner, path: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        here = Here(home=Path(home), state=Path(home) / "state", root=Path(home))
        window = Window(Preset(question=s.QUESTION), here)
        window.resize(*manner.size)
        window.complete()
        window.show()
        app.processEvents()
        show(window)
        for _turn in range(3):
            app.processEvents()
        window.grab().save(str(path))
        window.close()
        delete(window)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = tuple(sys.argv[2:])
    some = {name: show for name, show in PAGES.items() if not wanted or name.startswith(wanted)}
    for path in pictures(folder, some):
        print(path)
    app.quit()


if __name__ == "__main__":
    main()
