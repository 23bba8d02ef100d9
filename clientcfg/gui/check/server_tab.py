# SPDX-License-Identifier: MPL-2.0
"""The first tab: one sentence, the picture, time and certificate, and what could be better."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from clientcfg.flows.assessment import Assessment, Wish
from clientcfg.gui.check.identity import IdentityPanel
from clientcfg.gui.check.legend import Legend
from clientcfg.gui.check.look import Checked
from clientcfg.gui.check.marks import MarksTable
from clientcfg.gui.check.relay import RelayPanel
from clientcfg.gui.check.times import TimesLegend, TimesTable
from clientcfg.gui.parts.frames import TOP, column, empty, row
from clientcfg.gui.parts.glyph import Glyph
from clientcfg.gui.parts.scroll import scrolled
from clientcfg.gui.parts.sides import SIDE, side_of
from clientcfg.gui.parts.text import rule, text
from clientcfg.gui.theme import theme
from clientcfg.words import _

# The certificate's column; below this width it stands under the time line.
BESIDE, LEAST, NARROW = 344, 280, 700


class ServerTab(QWidget):
    """``copied`` takes a text for the clipboard, ``relay`` an address to ask about."""

    def __init__(
        self, marks: MarksTable, times: TimesTable, relay: RelayPanel, identities: IdentityPanel
    ) -> None:
        super().__init__()
        worn = theme()
        self.content, self._area = scrolled(SIDE, 20)
        self.sentence, self.more = text("subtitle"), text("caption")
        self.sentence.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.when = text("caption", wrap=False)
        self._shape = Glyph("verdict-ready", "ready", 20)
        head = QGridLayout()
        head.setHorizontalSpacing(worn.px(12))
        head.setVerticalSpacing(worn.px(2))
        head.addWidget(self._shape, 0, 0, TOP)
        head.addWidget(self.sentence, 0, 1)
        head.addWidget(self.when, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.more, 1, 1, 1, 2)
        head.setColumnStretch(1, 1)
        self.marks, self._legend = marks, Legend()
        self._lower = QWidget()
        self._sides = row(self._lower, 0)
        self.times, self.relay, self.identities = times, relay, identities
        self.identities.setMaximumWidth(worn.px(BESIDE))
        self._upright = rule("upright")
        self._time = self._time_part()
        self._sides.addWidget(self._time, 1)
        self._sides.addSpacing(worn.px(32))
        self._sides.addWidget(self._upright)
        self._sides.addSpacing(worn.px(32))
        self._sides.addWidget(self.identities, 0)
        self._wishes = column(gap=12)
        self.content.addLayout(head)
        self.content.addSpacing(worn.px(16))
        self.content.addWidget(self.marks)
        self.content.addWidget(rule())
        self.content.addSpacing(worn.px(8))
        self.content.addWidget(self._legend)
        self._between = rule()
        self.content.addSpacing(worn.px(20))
        self.content.addWidget(self._between)
        self.content.addSpacing(worn.px(16))
        self.content.addWidget(self._lower)
        self.content.addLayout(self._wishes)
        self.content.addStretch(1)
        column(self).addWidget(self._area)

    def _time_part(self) -> QWidget:
        whole = QWidget()
        head = row(gap=16)
        head.addWidget(text("subtitle", _("Time"), wrap=False), 1)
        head.addWidget(TimesLegend())
        layout = column(whole, 8)
        layout.addLayout(head)
        layout.addWidget(self.times)
        layout.addSpacing(theme().px(4))
        layout.addWidget(self.relay)
        layout.addStretch(1)
        return whole

    def tell(self, checked: Checked) -> None:
        """Show it."""
        self._say(checked.assessment)
        at = f"{checked.at.astimezone():%H:%M}"
        self.when.setText(
            _("Checked {time}, {answered}").format(time=at, answered=checked.answered)
        )
        self.marks.tell(checked.picture)
        self._legend.tell(checked.picture)
        self.times.tell(checked.times)
        self.relay.tell(checked)
        self.identities.tell(checked.identities, checked.letter)
        answered = bool(checked.times)
        for widget in (self._lower, self._legend, self._between):
            widget.setVisible(answered)
        self._tell_wishes(checked.assessment.wishes)

    def _say(self, assessment: Assessment) -> None:
        if assessment.kind == "warn":
            self._shape.show_icon("danger", "no")
        else:
            self._shape.show_shape(assessment.kind)
        self.sentence.setText(assessment.title)
        self.sentence.setAccessibleName(assessment.title)
        self.more.setText(assessment.text)
        self.more.setVisible(bool(assessment.text))

    def _tell_wishes(self, wishes: tuple[Wish, ...]) -> None:
        empty(self._wishes)
        if not wishes:
            return
        self._wishes.addSpacing(theme().px(12))
        self._wishes.addWidget(rule())
        self._wishes.addWidget(text("subtitle", _("For the administrator")))
        for wish in wishes:
            self._wishes.addWidget(_wish(wish))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Time and certificate below each other where there is little room."""
        super().resizeEvent(event)
        worn = theme()
        side = worn.px(side_of(self))
        self._area.set_side(side)
        least = max(worn.px(LEAST), self.identities.minimumSizeHint().width())
        beside = 2 * side + worn.px(32 + 32) + 1 + least + self._time.minimumSizeHint().width()
        narrow = self.width() < max(worn.px(NARROW), beside)
        way = QBoxLayout.Direction
        self._sides.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._upright.setHidden(narrow)
        most = 16_777_215 if narrow else worn.px(BESIDE)
        self.identities.setMaximumWidth(most)
        self.identities.setMinimumWidth(0 if narrow else worn.px(LEAST))


def _wish(wish: Wish) -> QWidget:
    whole = QWidget()
    mark = Glyph("danger", "no", 16) if wish.urgent else Glyph("right", "text-3", 16)
    words = column(gap=1)
    words.addWidget(text("body", wish.text))
    words.addWidget(text("caption", f"{wish.where} · {wish.standard}"))
    layout = row(whole, 12)
    layout.addWidget(mark, 0, TOP)
    layout.addLayout(words, 1)
    return whole
