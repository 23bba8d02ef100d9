# SPDX-License-Identifier: MPL-2.0
"""Preferences: language, colours, who may be asked, and what this clientcfg is."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from clientcfg.flows.here import Here
from clientcfg.flows.preferences import Preferences, keep_preferences
from clientcfg.gui.engine import Engine
from clientcfg.gui.parts.abreast import Abreast
from clientcfg.gui.parts.announce import announce
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.choice import Choice
from clientcfg.gui.parts.frames import Card, Head, TableRow, column, row
from clientcfg.gui.parts.page import SIDE, side_of
from clientcfg.gui.parts.scroll import scrolled
from clientcfg.gui.parts.switch import Switch, explained
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.preferences_model import about, for_ticket, languages, schemes
from clientcfg.gui.preferred import Preferred
from clientcfg.gui.theme import theme
from clientcfg.gui.words import advice_here
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

# As wide as lines are read well, and as a field is.
WIDEST, FIELD = 640, 400


class PreferencesPage(QWidget):
    """Each change holds at once and is written down; *again* opens the window anew."""

    def __init__(
        self, engine: Engine, here: Here, preferred: Preferred, again: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._engine, self._here, self._preferred = engine, here, preferred
        self._spoken = preferred.now.language
        self.head, self.strip = Head(), Banner("strip", beside=True)
        close = button("", self.strip.hide, "icon", "x", name=_("Close this message"))
        self.strip.buttons.addWidget(close)
        self.head.say(
            _("Preferences"),
            _("They hold for this app. Commands in a terminal have options of their own."),
        )
        self._known = about(here, qVersion())
        self.language = Choice()
        for code, words in languages().items():
            self.language.addItem(words, code)
        self.again = button(_("&Open again now"), again, "small")
        self.again.hide()
        self.schemes: dict[str | None, QPushButton] = {}
        self.ispdb = Switch(_("&Thunderbird’s list of providers"))
        self.send_address = Switch(_("Servers of the &domain, with the whole address"))
        self.copy = button(_("&Copy for a ticket"), self._copy, "small", "copy")
        self._lay_out()
        self._show(preferred.now)
        self.language.currentIndexChanged.connect(self._say_language)
        self.ispdb.toggled.connect(lambda on: self._prefer(replace(self._now, ispdb=on)))
        self.send_address.toggled.connect(
            lambda on: self._prefer(replace(self._now, send_address=on))
        )

    @property
    def _now(self) -> Preferences:
        return self._preferred.now

    def _lay_out(self) -> None:
        worn = theme()
        self._content, self._area = scrolled(SIDE, 32)
        whole = column(self)
        whole.addWidget(self._area, 1)
        whole.addWidget(self.strip)
        inside = QWidget()
        inside.setMaximumWidth(worn.px(WIDEST))
        line = row()
        line.addWidget(inside, 1000)
        line.addStretch(1)
        lines = column(inside)
        lines.addWidget(self.head)
        lines.addSpacing(worn.px(24))
        for widgets, below in (
            (self._language_lines(), 24),
            (self._scheme_lines(), 32),
            (self._asked_lines(), 32),
            (self._about_lines(), 0),
        ):
            for widget, gap in widgets:
                lines.addWidget(widget)
                lines.addSpacing(worn.px(gap))
            lines.addSpacing(worn.px(below))
        self._content.addLayout(line)
        self._content.addStretch(1)

    def _language_lines(self) -> list[tuple[QWidget, int]]:
        label = text("label", _("&Language"), wrap=False)
        label.setBuddy(self.language)
        self.language.setAccessibleName(_("Language"))
        self.language.setFixedWidth(theme().px(FIELD))
        beside = Abreast(12)
        beside.add(self.language)
        beside.add(self.again)
        takes = text("caption", _("Another one is used when clientcfg is opened again."))
        return [(label, 6), (beside, 6), (takes, 0)]

    def _scheme_lines(self) -> list[tuple[QWidget, int]]:
        group, chips = QButtonGroup(self), Abreast()
        chips.setAccessibleName(_("Colours"))
        for scheme, words in schemes().items():
            chip = QPushButton(words)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setAccessibleName(_("Colours: {scheme}").format(scheme=words))
            group.addButton(chip)
            chips.add(chip)
            self.schemes[scheme] = chip
        group.buttonClicked.connect(lambda _chip: self._say_scheme())
        return [(text("label", _("Colours"), wrap=False), 6), (chips, 0)]

    def _asked_lines(self) -> list[tuple[QWidget, int]]:
        title = text("subtitle", _("Who else may be asked for your servers"))
        list_note = text(
            "caption",
            _(
                "Its operator (autoconfig.thunderbird.net) learns the part of your address after "
                "the @ and who takes its mail, never the rest. Without it, the copy that came with "
                "clientcfg is used."
            ),
        )
        whole_note = text(
            "caption",
            _(
                "Some answer only to a whole address (Autodiscover, used by many companies). "
                "They learn it over an encrypted connection; your password is never sent along."
            ),
        )
        for switch, note in ((self.ispdb, list_note), (self.send_address, whole_note)):
            switch.setAccessibleDescription(note.text())
        return [
            (title, 12),
            (explained(self.ispdb, list_note), 12),
            (explained(self.send_address, whole_note), 0),
        ]

    def _about_lines(self) -> list[tuple[QWidget, int]]:
        head = QWidget()
        line = row(head, 12)
        line.addWidget(text("subtitle", _("This clientcfg")), 1)
        line.addWidget(self.copy)
        card = Card()
        card.fill([TableRow(k.glyph, k.name, k.value, k.explain) for k in self._known])
        return [(head, 12), (card, 0)]

    def arrive(self) -> None:
        """The page is shown: the focus goes to the title, so that it is read."""
        self.head.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less air at the sides where there is little room."""
        super().resizeEvent(event)
        self._area.set_side(theme().px(side_of(self)))

    def _show(self, preferred: Preferences) -> None:
        self.language.setCurrentIndex(max(0, self.language.findData(preferred.language)))
        self.schemes[preferred.scheme].setChecked(True)
        self.ispdb.setChecked(preferred.ispdb)
        self.send_address.setChecked(preferred.send_address)

    def _say_language(self) -> None:
        chosen = self.language.currentData()
        self.again.setVisible(chosen != self._spoken)
        self._prefer(replace(self._now, language=chosen))

    def _say_scheme(self) -> None:
        chosen = next(s for s, chip in self.schemes.items() if chip.isChecked())
        self._prefer(replace(self._now, scheme=chosen))
        theme().want(chosen)

    def _prefer(self, preferred: Preferences) -> None:
        self._preferred.now = preferred
        self.strip.hide()
        here = self._here
        job = self._engine.start(lambda _answerer: keep_preferences(preferred, here))
        job.failed.connect(self._not_kept)

    def _not_kept(self, trouble: Trouble) -> None:
        said = _("This holds until the window is closed, but could not be written down.")
        self.strip.tell("no", said, " ".join((trouble.text, *advice_here(trouble))))
        announce(self, f"{said} {trouble.text}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(for_ticket(self._known))
        self.strip.tell("ready", _("Copied."))
        announce(self, _("Copied."))
