# SPDX-License-Identifier: MPL-2.0
"""Beside the cards: badge, one sentence, which version, why, what to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clientcfg.flows.catalog_search import Known, system_name
from clientcfg.gui.parts.choice import Choice
from clientcfg.gui.parts.drawer import Drawer
from clientcfg.gui.parts.frames import column, empty
from clientcfg.gui.parts.glyph import Badge
from clientcfg.gui.parts.reason import Reason, steps_to_do
from clientcfg.gui.parts.text import button, rule, text
from clientcfg.gui.setup.program_model import Card, headline, what_to_do, why
from clientcfg.gui.theme import theme
from clientcfg.words import _

# In the least window it gives some of it, so that the cards stand beside it.
WIDTH, GIVES = 336, 8

# The shape before each reason; a verdict that is a no rests on noes.
_REASONS = {"ready": "ready", "step": "step", "unknown": None}


class ProgramPanel(Drawer):
    """``asked`` carries id, version and platform where a person names another version.

    ``instead`` is pressed to take the program that is offered in its place.
    """

    asked = Signal(object)
    instead = Signal()

    def __init__(self) -> None:
        super().__init__(_("Why this verdict"), WIDTH, bare=True, gives=GIVES)
        self.version, self.system = Choice(), Choice()
        self.version.setAccessibleName(_("Version"))
        self.system.setAccessibleName(_("System"))
        self.version.activated.connect(lambda _n: self._ask())
        self.system.activated.connect(lambda _n: self._ask(system=True))
        self._card: Card | None = None
        self._known: Known | None = None
        self._foot = QWidget()
        foot = column(self._foot)
        foot.addWidget(rule())
        inside = column()
        margin = theme().px(12)
        inside.setContentsMargins(margin * 2, margin, margin * 2, margin)
        self.take = button(_("Ta&ke {name} instead").format(name=""), self.instead.emit)
        inside.addWidget(self.take)
        foot.addLayout(inside)
        self.lines.addWidget(self._foot)
        self._foot.hide()
        # They stay while all else is built anew.
        self._which = QWidget(self)
        self._which.hide()
        grid = QGridLayout(self._which)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme().px(6))
        self._labels = (text("label", _("Version"), wrap=False), text("label", _("System")))
        for line, (label, choice) in enumerate(
            zip(self._labels, (self.version, self.system), strict=True)
        ):
            choice.setMinimumContentsLength(8)
            choice.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            grid.addWidget(label, 2 * line, 0)
            grid.addWidget(choice, 2 * line + 1, 0)

    def tell(self, card: Card, known: Known | None, instead: Card | None) -> None:
        """Show what *card* rests on. *known*: its versions may be chosen."""
        self._card, self._known = card, known
        self._which.setParent(self)
        empty(self.content)
        self.content.setSpacing(theme().px(12))
        self.content.addWidget(Badge(card.shape, card.word))
        self.content.addWidget(text("subtitle", headline(card)))
        self._tell_which(card, known)
        facts = why(card.program.verdict)
        if facts:
            self.content.addWidget(rule())
            self.content.addWidget(text("label", _("Why")))
        for line, source in facts:
            self.content.addWidget(Reason(_REASONS.get(card.shape, "no"), line, source))
        steps = steps_to_do(what_to_do(card, instead))
        if steps:
            self.content.addWidget(rule())
            self.content.addWidget(text("label", _("What to do")))
        for step in steps:
            self.content.addWidget(step)
        self.content.addStretch(1)
        self._foot.setVisible(instead is not None)
        if instead is not None:
            self.take.setText(_("Ta&ke {name} instead").format(name=instead.name))

    def _tell_which(self, card: Card, known: Known | None) -> None:
        """Only what there is to choose: versions, and systems where there are several."""
        self.version.clear()
        self.system.clear()
        program = card.program.known
        for platform in known.platforms if known is not None else ():
            self.system.addItem(system_name(platform) or platform, platform)
        place = self.system.findData(program.platform) if program.platform else 0
        self.system.setCurrentIndex(max(0, place))
        platform = self.system.currentData()
        versions = known.versions_on(platform) if known is not None else ()
        for choice in versions:
            self.version.addItem(choice.title, choice.version)
            where = self.version.count() - 1
            self.version.setItemData(where, choice.title, 3)  # ToolTipRole: the list may cut it
        asked = self.version.findData(program.version) if program.version else 0
        self.version.setCurrentIndex(max(0, asked))
        for label, one in zip(self._labels, (self.version, self.system), strict=True):
            label.setVisible(one.count() > 1)
            one.setVisible(one.count() > 1)
        shown = self.version.count() > 1 or self.system.count() > 1
        self._which.setVisible(shown)
        if shown:
            self.content.addWidget(self._which)

    def _ask(self, *, system: bool = False) -> None:
        if self._known is None:
            return
        platform = self.system.currentData() if self.system.count() > 1 else None
        version = self.version.currentData()
        if system:
            offered = {v.version for v in self._known.versions_on(platform)}
            version = version if version in offered else None
            if version is None:
                version = next((v.version for v in self._known.versions_on(platform)), None)
        self.asked.emit((self._known.id, version, platform))
