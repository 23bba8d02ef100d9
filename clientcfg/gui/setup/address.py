# SPDX-License-Identifier: MPL-2.0
"""Step 1: name and address, nothing else."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.field import Field
from clientcfg.gui.parts.frames import column, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.text import button, flush, rule, text
from clientcfg.gui.setup.address_model import Typed, domain_so_far, read, suggestion
from clientcfg.gui.theme import theme
from clientcfg.words import _


class AddressPage(Page):
    """``typed`` carries a :class:`Typed` whose address is one; so does ``has_file``."""

    typed = Signal(object)
    has_file = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.head.say(
            _("Which e-mail address do you want to use?"),
            _("Name and address are enough. The password comes later, and only if it is needed."),
        )
        self.note = Banner()
        self.name = Field(_("Your name"), _("People see it beside your address."))
        self.address = Field(_("E-mail address"))
        self.gap(16)
        self.content.addWidget(self.note)
        self.gap(16)
        self.content.addWidget(self.name)
        self.gap(20)
        self.content.addWidget(self.address)
        self.gap(6)
        self.meant = Banner()
        self.meant.setMaximumWidth(theme().px(400))
        self.take_meant = button(_("&Yes"), self._take_meant, "small")
        self.meant.buttons.addWidget(self.take_meant)
        beside = row()
        beside.addWidget(self.meant, 1000)
        beside.addStretch(1)
        self.content.addLayout(beside)
        self.gap(8)
        self.file = flush(button(_("I have a file from my &administrator"), self._ask_file, "link"))
        line = row()
        line.addWidget(self.file)
        line.addStretch(1)
        self.content.addLayout(line)
        self.content.addStretch(1)
        self.gap(12)
        self._ask = text("strong", wrap=False)
        self.content.addLayout(self._what_next())
        self.primary = button(_("&Find my servers"), self._go_on, "primary")
        self.bar_end.addWidget(self.primary)
        self.address.edit.textChanged.connect(self._say_domain)
        self.address.edit.textChanged.connect(self._say_meant)
        self._say_domain("")

    def begin(self, name: str, address: str) -> None:
        """What is known before a person has typed anything."""
        self.name.edit.setText(name)
        self.address.edit.setText(address)

    def arrive(self) -> None:
        """Focus to the first field that is empty, else to the address."""
        field = self.address if self.name.edit.text() else self.name
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        found = self._read()
        if found is not None:
            self.typed.emit(found)

    def _ask_file(self) -> None:
        found = self._read()
        if found is not None:
            self.has_file.emit(found)

    def _read(self) -> Typed | None:
        """What was typed; None where that is no address, which is said."""
        found: Typed = read(self.name.edit.text(), self.address.edit.text())
        self.address.say_problem(found.problem)
        if found.address is None:
            self.address.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return found

    def _say_meant(self, words: str) -> None:
        meant = suggestion(words)
        self.meant.setVisible(meant is not None)
        if meant is not None:
            sentence = _("Did you mean {domain}?").format(domain=meant.domain)
            self.meant.tell("update", sentence)
            self.take_meant.setText(_("&Use {domain}").format(domain=meant.domain))

    def _take_meant(self) -> None:
        meant = suggestion(self.address.edit.text())
        if meant is not None:
            self.address.edit.setText(str(meant))
            self.address.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_domain(self, words: str) -> None:
        domain = domain_so_far(words)
        self._ask.setText(_("Ask {domain}").format(domain=domain) if domain else _("Ask who knows"))

    def _what_next(self) -> QVBoxLayout:
        whole = column(gap=16)
        whole.addWidget(text("label", _("What happens next")))
        beside = row(gap=16)
        steps = (
            (
                "globe",
                self._ask,
                _("Where are your mail servers? Only the part after @ leaves this computer."),
            ),
            (
                "lock",
                text("strong", _("Look at the servers"), wrap=False),
                _("What do they accept? Is the line encrypted?"),
            ),
            (
                "laptop",
                text("strong", _("Look at your programs"), wrap=False),
                _("Which ones are here? What can they do?"),
            ),
        )
        for number, (glyph, title, words) in enumerate(steps):
            inside = row(gap=12)
            inside.addWidget(Glyph(glyph, "accent"), 0, Qt.AlignmentFlag.AlignTop)
            lines = column(gap=4)
            line = row(gap=12)
            line.addWidget(title)
            if number < len(steps) - 1:
                line.addWidget(rule(), 1)
            else:
                line.addStretch(1)
            lines.addLayout(line)
            lines.addWidget(text("caption", words))
            lines.addStretch(1)
            inside.addLayout(lines, 1)
            beside.addLayout(inside, 1)
        whole.addLayout(beside)
        return whole
