# SPDX-License-Identifier: MPL-2.0
"""“Show me how”: the configuration page of a program, with a button to copy each value."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from clientcfg.flows.hand_over import HandedOver
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.clip import copy_button
from clientcfg.gui.parts.fold import Fold
from clientcfg.gui.parts.frames import Card, column, empty, row
from clientcfg.gui.parts.mono import wear_fixed
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.setup.files import indented, numbered, to_type
from clientcfg.gui.theme import theme
from clientcfg.guides.guide import Group, Guide, Kind, Note, Setting, Step, Value
from clientcfg.guides.phrases import star
from clientcfg.guides.words import STAR, advice_head, foot, label_of, shown_value, told
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

_TOP = Qt.AlignmentFlag.AlignTop
# Values to be typed just as they stand here.
_EXACT = ("host", "port", "user", "address")
_TYPED = (*_EXACT, "name")


class GuidePage(Page):
    """``save`` and ``print`` ask for the page as a file and on paper; ``done``: it was followed."""

    save = Signal()
    print = Signal()
    done = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.handed: HandedOver | None = None
        self.banner = Banner()
        inside = QWidget()
        self._lines = column(inside)
        self.gap(16)
        self.content.addWidget(self.banner)
        self.gap(8)
        self.content.addWidget(inside)
        self.content.addStretch(1)
        self.bar_start.addWidget(button(_("&Back"), self.back.emit))
        self.save_button = button(_("Sa&ve as HTML"), self.save.emit, "quiet", "save")
        self.print_button = button(_("&Print"), self.print.emit, "quiet", "file")
        self.primary = button(_("&It is set up"), self.done.emit, "primary")
        for widget in (self.save_button, self.print_button, self.primary):
            self.bar_end.addWidget(widget)
        Fold(self.primary, (self.save_button, self.print_button))

    def tell(self, handed: HandedOver) -> None:
        """Show the page of one program."""
        self.handed = handed
        guide = handed.guide
        self.head.say(
            _("{program}, by hand").format(program=guide.program),
            _("Open {name} beside this window and go through it line by line.").format(
                name=guide.name
            ),
        )
        self.banner.hide()
        empty(self._lines)
        for note in guide.notes:
            self._add(_note(note), 8)
        told_first = " ".join(_about_words(guide))
        if told_first:
            self._add(text("caption", told_first), 16)
        for group in guide.groups:
            self._add(text("label", group.title), 24)
            self._add(_values(group), 8)
        self._add(text("subtitle", _("Step by step")), 32)
        for number, step in enumerate(guide.steps, start=1):
            self._add(_step(number, step), 12)
        self._add(_foot(guide), 24)
        self.area.verticalScrollBar().setValue(0)
        self.arrive()

    def _add(self, widget: QWidget, above: int) -> None:
        """The next thing, with this much air above it where it is not the first."""
        if self._lines.count():
            self._lines.addSpacing(theme().px(above))
        self._lines.addWidget(widget)

    def saved(self, path: str) -> None:
        """The page lies in a file."""
        self.banner.tell("ready", _("The page is saved."), path)

    def fail(self, trouble: Trouble) -> None:
        """It was not saved."""
        self.banner.tell("no", trouble.text, " ".join(trouble.advice))


def _about_words(guide: Guide) -> Iterator[str]:
    """What the words between quotes are, and what a star behind one means."""
    if any(label_of(value) for group in guide.groups for value in group.values):
        yield _("Below each value stands what {name} calls it.").format(name=guide.name)
    if guide.stars:
        yield _star()


def _star() -> str:
    return f"{STAR} {star()}"


def _shown(value: Value) -> str:
    """What is typed stays as it is; what is chosen begins like a sentence."""
    if value.id.endswith(_TYPED):
        return value.value
    return value.value[:1].upper() + value.value[1:]


def _note(note: Note) -> QWidget:
    banner = Banner()
    more = [*note.points, *((advice_head(note),) if note.advice else ()), *note.advice]
    banner.tell("no" if note.grave else "unknown", note.text, "\n".join(more))
    return banner


def _values(group: Group) -> QWidget:
    card = Card()
    card.fill([_value(value) for value in group.values])
    return card


def _value(value: Value) -> QWidget:
    whole = QWidget()
    worn = theme()
    layout = row(whole, 12)
    layout.setContentsMargins(worn.px(16), worn.px(6), worn.px(8), worn.px(6))
    what = text("explain", value.what)
    what.setFixedWidth(worn.px(150))
    words = column(gap=1)
    shown = text("strong", _shown(value))
    if value.id.endswith(_EXACT):
        wear_fixed(shown, 14, QFont.Weight.DemiBold)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.addWidget(shown)
    if label_of(value):
        words.addWidget(text("caption", label_of(value)))
    layout.addWidget(what)
    layout.addLayout(words, 1)
    name = _("Copy “{what}”").format(what=value.what)
    layout.addWidget(copy_button("", lambda: value.value, "icon", name=name))
    return whole


def _step(number: int, step: Step) -> QWidget:
    whole = QWidget()
    lines = column(whole, 4)
    lines.addWidget(numbered(number, step.lead))
    below = QWidget()
    inside = column(below, 4)
    if step.menu:
        way = "  ›  ".join(word.text + ("" if word.sure else "*") for word in step.menu)
        inside.addWidget(text("strong", way))
    for setting in step.settings:
        inside.addWidget(_setting(setting))
    if step.lines:
        inside.addWidget(to_type(step.lead, step.lines))
    for remark in step.remarks:
        inside.addWidget(text("caption", remark))
    if inside.count():
        lines.addWidget(indented(below))
    return whole


def _setting(setting: Setting) -> QWidget:
    whole = QWidget()
    layout = row(whole, 12)
    label = told(setting.label)
    if setting.kind is Kind.PRESS:
        layout.addWidget(text("body", _("Press {label}").format(label=label)), 1)
        return whole
    marks = {Kind.TICK: _("tick it"), Kind.UNTICK: _("leave it empty")}
    layout.addWidget(text("explain", label), 2, _TOP)
    layout.addWidget(text("strong", marks.get(setting.kind, shown_value(setting))), 3, _TOP)
    return whole


def _foot(guide: Guide) -> QWidget:
    whole = QWidget()
    lines = column(whole, 2)
    for line in foot(guide):
        # That one stands before the values.
        if line != _star():
            lines.addWidget(text("caption", line))
    return whole
