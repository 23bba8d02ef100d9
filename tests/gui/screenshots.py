# SPDX-License-Identifier: MPL-2.0
"""``python -m tests.gui.screenshots DIR [PAGE…]``: every page as pictures.

Each in light, dark, German, narrow, mirrored and in high contrast; pages are named
by how they begin.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from clientcfg.flows.catalog_search import known_programs
from clientcfg.flows.events import (
    Asking,
    EndpointAnswered,
    ProbeDone,
    Probing,
    Proved,
    SourceAnswered,
    VerifyDone,
)
from clientcfg.flows.hand_over import Codes
from clientcfg.flows.past_changes import PastChanges
from clientcfg.gui.history_model import Read, past_of
from clientcfg.gui.parts.page import Page
from clientcfg.gui.setup.by_hand_model import NamedServers, as_typed
from clientcfg.gui.setup.done_model import set_up_here
from clientcfg.gui.setup.program_model import How, cards
from clientcfg.gui.setup.review_model import handing
from clientcfg.gui.setup.servers_model import conclude, trouble
from clientcfg.gui.theme import wear
from clientcfg.gui.window import HISTORY, PREFERENCES, Window
from clientcfg.model.connection import Connection
from clientcfg.model.offer import Outcome, SourceAnswer
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import NotFoundOut
from clientcfg.words import speak
from tests.gui import check_pages
from tests.gui import scripted as s
from tests.gui.shown import place, shown
from tests.gui.still import stand_still

PASSWORD = Secret("twelve chars")


def _address(window: Window) -> None:
    _at(window, 0)


def _at(window: Window, step: int) -> None:
    answers = ("ada@example.org", "smtp.example.org", "Thunderbird 153", "1 file changed")
    window.set_up.path.tell(step, answers[:step])
    window.set_up.pages.setCurrentIndex(step)


def _typo(window: Window) -> None:
    _at(window, 0)
    window.set_up.address.address.edit.setText("ada@gmial.com")


def _no_address(window: Window) -> None:
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
    page.watch(Asking("example.org", ("srv", "autoconfig")))
    for name in ("srv", "autoconfig"):
        unknown = SourceAnswer(name, None, Outcome.UNKNOWN, "no name server answers", 0.0)
        page.watch(SourceAnswered(unknown))
    error = NotFoundOut(
        "servers-unknown",
        "The mail servers of example.org could not be found out: no name server answers.",
        "Try again when the network is back.",
    )
    page.conclude(trouble(error), None, "")


def _refused(window: Window, answer: ProbeDone) -> None:
    _progress(window)
    page = window.set_up.servers
    for report in answer.report.endpoints:
        page.watch(EndpointAnswered(report))
    page.conclude(conclude(s.QUESTION, answer), answer, "")


def _certificate(window: Window) -> None:
    _refused(window, s.refused_for(s.MISMATCH, other_name=True))


def _self_signed(window: Window) -> None:
    _refused(window, s.refused_for(s.SELF_SIGNED, other_name=False))
    field = window.set_up.servers.certificate.fields[0]
    field.edit.setText("12:34")
    field.compare.click()


def _nothing(window: Window) -> None:
    _at(window, 1)
    page = window.set_up.servers
    page.begin("example.org")
    page.watch(Asking("example.org", ("srv", "autoconfig")))
    page.watch(SourceAnswered(SourceAnswer("srv", None, Outcome.NO, "names none", 12.0)))
    reason = "the web server did not answer within 4 seconds"
    page.watch(SourceAnswered(SourceAnswer("autoconfig", None, Outcome.UNKNOWN, reason, 4000.0)))
    error = NotFoundOut(
        "servers-unknown",
        f"The mail servers of example.org could not be found out: {reason}.",
        "Look whether the address is written right.",
    )
    page.conclude(trouble(error, s.QUESTION), None, "")


def _offline(window: Window) -> None:
    window.set_up.servers.network._now = Connection.OFFLINE
    window.set_up.servers.network._watched = True
    _network(window)


def _sign_in(window: Window) -> None:
    _progress(window)
    answer = s.only_sign_in()
    window.set_up.servers.conclude(conclude(s.QUESTION, answer), answer, "")


def _by_hand(window: Window) -> None:
    _servers(window)
    window.set_up.servers.open_form()


def _from_file(window: Window) -> None:
    _at(window, 1)
    page = window.set_up.servers
    smtp, imap = (as_typed(e.protocol, e) for e in (s.SMTP, s.IMAP))
    page.propose("from-the-helpdesk.mobileconfig", NamedServers(smtp, imap, "ada"))


def _program(window: Window) -> None:
    _at(window, 2)
    page = window.set_up.program
    page.tell(cards(s.programs(s.probed())), known_programs(s.CATALOG))


def _program_no(window: Window) -> None:
    _program(window)
    cards_shown = window.set_up.program.cards
    next(w for w in cards_shown if w.card.how is How.NOT).setChecked(True)


def _program_phone(window: Window) -> None:
    _program(window)
    page = window.set_up.program
    for client in ("eudora", "ios-mail", "outlook-classic"):
        page.add(s.looked_at(client, window.set_up._here))


def _program_search(window: Window) -> None:
    _program(window)
    window.set_up.program.search.edit.setText("out")


def _no_program(window: Window) -> None:
    _at(window, 2)
    window.set_up.program.tell((), known_programs(s.CATALOG))


EVERY_WAY = ("file", "guide", "code")


def _review(window: Window) -> None:
    _at(window, 3)
    page = window.set_up.review
    page.begin("Thunderbird", PASSWORD)
    running = s.reviewed(running=True)
    page.tell(replace(running, keeping=s.keeping().keeping), can_bring=True)
    page.offer(EVERY_WAY)
    page.keep.setChecked(True)


def _diff(window: Window) -> None:
    _at(window, 3)
    page = window.set_up.review
    page.begin("Thunderbird", PASSWORD)
    page.tell(s.keeping())
    page.offer(EVERY_WAY)
    page.keep.setChecked(True)
    page.show_exact.click()


def _review_by_hand(window: Window) -> None:
    _at(window, 3)
    here = window.set_up._here
    page = window.set_up.review
    page.begin("iOS Mail", None)
    (shown,) = cards((s.looked_at("ios-mail", here),))
    page.tell_by_hand(handing(shown, s.handed_over("ios-mail", here), codes=True))
    page.offer(("guide", "code"))


def _taken(window: Window, page: Page) -> None:
    window.set_up.path.tell(3, ("ada@example.org", "smtp.example.org", "Thunderbird 153"))
    window.set_up.pages.setCurrentWidget(page)


def _files(window: Window) -> None:
    page = window.set_up.handing.files
    export = s.handed_over("thunderbird", window.set_up._here).export
    _taken(window, page)
    page.tell(export, "/home/ada/Documents/mail for the office")


def _guide(window: Window) -> None:
    page = window.set_up.handing.guide
    _taken(window, page)
    page.tell(s.handed_over("outlook-classic", window.set_up._here))


def _code(window: Window) -> None:
    page = window.set_up.handing.code
    export = s.handed_over("thunderbird", window.set_up._here).export
    _taken(window, page)
    page.tell(Codes((s.picture(),), replace(export, files=(s.code_file(),))))


def _set(window: Window) -> None:
    _at(window, 4)
    window.set_up.done.begin(set_up_here(s.DONE, ("thunderbird",)), codes=True)


def _testing(window: Window) -> None:
    _set(window)
    page = window.set_up.done
    page.testing()
    for event in (*s.PROOFS[:4], Proved("send", None, "Sending a message to ada@example.org")):
        page.watch(event)


def _tested(window: Window) -> None:
    _testing(window)
    page = window.set_up.done
    for event in s.PROOFS:
        page.watch(event)
    page.tested(VerifyDone(True, True, True, True, "<x>", s.SMTP, s.IMAP), str(s.ADDRESS))


def _signing_in(window: Window) -> None:
    _at(window, 4)
    done = replace(s.DONE, review=replace(s.DONE.review, account=s.SIGN_IN_ACCOUNT))
    page = window.set_up.done
    page.begin(set_up_here(done, ("thunderbird",)), codes=True)
    page.guided.buttons[0].click()


def _history(window: Window) -> None:
    window.rail.choose(HISTORY)
    window.parts.setCurrentIndex(HISTORY)
    window.history._tell(Read(tuple(past_of(e, s.AT.date()) for e in s.journal())))
    window.history._tell_changes(PastChanges("20261123-1", s.past_changes()))


def _preferences(window: Window) -> None:
    window.rail.choose(PREFERENCES)
    window.parts.setCurrentIndex(PREFERENCES)
    page = window.preferences
    page.language.setCurrentIndex(2)
    page.ispdb.setChecked(True)
    page.copy.click()


PAGES: dict[str, Callable[[Window], None]] = {
    "setup-1-address": _address,
    "setup-1-address-typo": _typo,
    "setup-1-address-problem": _no_address,
    "setup-2-servers-progress": _progress,
    "setup-2-servers-done": _servers,
    "setup-2-servers-confirm": _confirm,
    "setup-2-error-network": _network,
    "setup-2-error-certificate": _certificate,
    "setup-2-error-self-signed": _self_signed,
    "setup-2-error-nothing-found": _nothing,
    "setup-2-error-offline": _offline,
    "setup-2-servers-sign-in": _sign_in,
    "setup-2-by-hand": _by_hand,
    "setup-2-from-file": _from_file,
    "setup-3-program": _program,
    "setup-3-program-no": _program_no,
    "setup-3-program-phone": _program_phone,
    "setup-3-program-search": _program_search,
    "setup-3-no-program": _no_program,
    "setup-4-review": _review,
    "setup-4-review-diff": _diff,
    "setup-4-review-by-hand": _review_by_hand,
    "setup-4-files": _files,
    "setup-4-guide": _guide,
    "setup-4-code": _code,
    "setup-5-done": _set,
    "setup-5-done-progress": _testing,
    "setup-5-done-tested": _tested,
    "setup-5-done-sign-in": _signing_in,
    **check_pages.PAGES,
    "history": _history,
    "preferences": _preferences,
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How pages are shown in one row of pictures."""

    dark: bool = False
    language: str = "en"
    size: tuple[int, int] = (1100, 720)
    mirrored: bool = False
    contrast: bool = False


def black_and_yellow() -> QPalette:
    """High contrast, as a system might have it: two colours, and a few for special things."""
    palette, role = QPalette(), QPalette.ColorRole
    for ground in (role.Window, role.Base, role.AlternateBase, role.Button, role.ToolTipBase):
        palette.setColor(ground, QColor("black"))
    for ink in (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.Link):
        palette.setColor(ink, QColor("yellow"))
        palette.setColor(QPalette.ColorGroup.Disabled, ink, QColor("lime"))
    palette.setColor(role.Highlight, QColor("green"))
    palette.setColor(role.HighlightedText, QColor("white"))
    return palette


MANNERS = {
    "light": Manner(),
    "dark": Manner(dark=True),
    "german": Manner(language="de"),
    "narrow": Manner(size=(800, 600)),
    "mirrored": Manner(mirrored=True),
    "contrast": Manner(contrast=True),
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
    stand_still(app)
    written = []
    for word, manner in (manners or MANNERS).items():
        theme.wear(dark=manner.dark, contrast=black_and_yellow() if manner.contrast else None)
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
    with tempfile.TemporaryDirectory() as home, shown(place(Path(home))) as window:
        window.resize(*manner.size)
        app.processEvents()
        show(window)
        for _turn in range(12):
            app.processEvents()
        window.grab().save(str(path))


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
