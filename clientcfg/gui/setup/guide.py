# SPDX-License-Identifier: MPL-2.0
"""“Show me how”: the configuration page of a program, with a button to copy each value."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from clientcfg.flows.hand_over import HandedOver
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.clip import copy_button
from clientcfg.gui.parts.fold import Fold
from clientcfg.gui.parts.frames import Card, column, empty, row
from clientcfg.gui.parts.mono import mono, wear_fixed
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.setup.files import numbered
from clientcfg.gui.theme import theme
from clientcfg.guides.guide import Group, Guide, Kind, Note, Setting, Step, Value
from clientcfg.guides.words import advice_head, foot, label_of, shown_value, told
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

_TOP = Qt.AlignmentFlag.AlignTop
# Values to be typed just as they stand here.
_EXACT = ("host", "port", "user", "address")


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
        self._lines = column(inside, 12)
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
            self._lines.addWidget(_note(note))
        for group in guide.groups:
            self._lines.addWidget(text("label", group.title))
            self._lines.addWidget(_values(group))
        self._lines.addSpacing(theme().px(12))
        self._lines.addWidget(text("subtitle", _("Step by step")))
        for number, step in enumerate(guide.steps, start=1):
            self._lines.addWidget(_step(number, step))
        self._lines.addWidget(_foot(guide))
        self.area.verticalScrollBar().setValue(0)
        self.arrive()

    def saved(self, path: str) -> None:
        """The page lies in a file."""
        self.banner.tell("ready", _("The page is saved."), path)

    def fail(self, trouble: Trouble) -> None:
        """It was not saved."""
        self.banner.tell("no", trouble.text, " ".join(trouble.advice))


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
    shown = text("strong", value.value)
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
    inside = column(gap=4)
    inside.setContentsMargins(theme().px(28), 0, 0, 0)
    if step.menu:
        way = "  ›  ".join(word.text + ("" if word.sure else "*") for word in step.menu)
        inside.addWidget(text("strong", way))
    for setting in step.settings:
        inside.addWidget(_setting(setting))
    if step.lines:
        shown = mono(step.lead, "\n".join(step.lines))
        shown.show_lines(len(step.lines))
        inside.addWidget(shown)
        copied = "\n".join(step.lines)
        copy = copy_button(_("Copy these lines"), lambda: copied, "link")
        inside.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
    for remark in step.remarks:
        inside.addWidget(text("caption", remark))
    lines.addLayout(inside)
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
        lines.addWidget(text("caption", line))
    return whole
