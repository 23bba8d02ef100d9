# SPDX-License-Identifier: MPL-2.0
"""Step 2 where a server could not prove who it is: what it showed, and the safe ways on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from clientcfg.gui.parts.abreast import Abreast
from clientcfg.gui.parts.along import leading
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.field import Field
from clientcfg.gui.parts.frames import Card, column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.mono import mono, wear_fixed
from clientcfg.gui.parts.text import button, flush, text
from clientcfg.gui.setup.ways_model import CertificateFact, OtherName, ToCompare, WaysOut, compared
from clientcfg.gui.theme import theme
from clientcfg.words import _

TOP = Qt.AlignmentFlag.AlignTop


class CertificateView(QWidget):
    """``named`` carries the other name, ``trusted`` the fingerprint that was compared.

    There is no button to ignore it. ``grown``: this widget should be seen whole.
    """

    named = Signal(str)
    trusted = Signal(str)
    grown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(self, 24)
        self.fields: list[FingerprintField] = []
        self.letter: QWidget | None = None
        self.whole: QWidget | None = None

    def tell(self, ways: WaysOut) -> None:
        """Show *ways*."""
        empty(self._layout)
        # What was asked and what is wrong stand there; the rest of the certificate on demand.
        told = [fact for n, fact in enumerate(ways.facts) if n == 0 or fact.bad]
        rest = [fact for fact in ways.facts if fact not in told]
        card = Card()
        card.fill([_fact(fact) for fact in told])
        self._layout.addWidget(card)
        self.whole = None
        if rest:
            self.whole = whole = Card()
            whole.fill([_fact(fact) for fact in rest])
            whole.hide()
            self._layout.addWidget(whole)
        for number, name in enumerate(ways.names):
            self._layout.addWidget(self._name(name, first=number == 0))
        self._layout.addWidget(self._ask(ways))
        self.fields = [FingerprintField(shown) for shown in ways.certificates]
        for field in self.fields:
            field.trusted.connect(self.trusted)
            field.said.connect(lambda field=field: self.grown.emit(field))
            self._layout.addWidget(field)
        self._layout.addStretch(1)

    def _name(self, other: OtherName, *, first: bool) -> QWidget:
        banner = Banner()
        banner.tell(
            "unknown",
            _("Is {name} your provider?").format(name=other.name),
            _(
                "Under that name this server has a valid certificate, until {day}. If it is your "
                "provider, use it."
            ).format(day=other.until),
        )
        if not first:
            # The first one's button stands below, in the bar.
            words = _("Use {name}").format(name=other.name)
            use = button(words, lambda: self.named.emit(other.name), "small")
            banner.buttons.addWidget(use)
        return banner

    def _ask(self, ways: WaysOut) -> QWidget:
        whole = QWidget()
        layout = column(whole, 4)
        title = _("If you don’t know that name") if ways.names else _("Ask your provider")
        layout.addWidget(text("subtitle", title))
        words = _(
            "Send the person who looks after {host} our text: it says what is wrong and what puts "
            "it right, and holds nothing secret. There is no button to ignore this, because nobody "
            "could tell your server from a stranger’s."
        )
        layout.addWidget(text("explain", words.format(host=ways.asked)))
        shown = mono(_("The text for the administrator"), ways.letter)
        shown.show_lines(12)
        shown.hide()
        self.letter = shown
        links = Abreast(24)
        links.add(flush(button(_("&Read the text"), lambda: self._turn(shown, whole), "link")))
        if (rest := self.whole) is not None:
            shows = _("&Show the whole certificate")
            links.add(flush(button(shows, lambda: self._turn(rest, rest), "link")))
        layout.addSpacing(theme().px(8))
        layout.addWidget(links)
        layout.addWidget(shown)
        return whole

    def _turn(self, shown: QWidget, grown: QWidget) -> None:
        """Open what is closed, and the other way round."""
        shown.setHidden(not shown.isHidden())
        self.grown.emit(grown)


class FingerprintField(QWidget):
    """Trust in one certificate, once the fingerprint that somebody passed on is the same."""

    trusted = Signal(str)
    said = Signal()

    def __init__(self, shown: ToCompare) -> None:
        super().__init__()
        self._shown = shown
        layout = column(self, 4)
        layout.addWidget(text("subtitle", _("Or trust exactly this certificate")))
        words = _(
            "Only if your administrator has told you its fingerprint in a way that nobody could "
            "change: on paper, in person, by telephone. We compare it, digit by digit."
        )
        layout.addWidget(text("explain", words))
        layout.addSpacing(theme().px(8))
        self.field = Field(_("Fingerprint (SHA-256) that you were told"), width=560)
        wear_fixed(self.field.edit)
        self.field.edit.returnPressed.connect(self._compare)
        layout.addWidget(self.field)
        layout.addSpacing(theme().px(8))
        end = row()
        self.compare = button(_("&Compare and trust"), self._compare)
        end.addWidget(self.compare)
        end.addStretch(1)
        layout.addLayout(end)

    @property
    def edit(self) -> QLineEdit:
        """The line itself."""
        return self.field.edit

    def _compare(self) -> None:
        problem = compared(self.edit.text(), self._shown)
        self.field.say_problem(problem)
        if problem:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.said.emit()
        else:
            self.trusted.emit(self._shown.sha256)


def _fact(fact: CertificateFact) -> QWidget:
    widget = QWidget()
    worn = theme()
    layout = row(widget, 12)
    layout.setContentsMargins(worn.px(16), worn.px(12), worn.px(16), worn.px(12))
    label = text("caption", fact.name)
    label.setFixedWidth(worn.px(148))
    # In line with the first line of what stands beside it.
    label.setMinimumHeight(worn.px(20))
    label.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
    value = text("body", fact.value)
    wear_fixed(value, 14)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addWidget(Glyph(fact.glyph, "no" if fact.bad else "text-2"), 0, TOP)
    layout.addWidget(label, 0, TOP)
    layout.addWidget(value, 1)
    if fact.bad:
        widget.setAccessibleName(_("{name}: {value}").format(name=fact.name, value=fact.value))
    return widget
