# SPDX-License-Identifier: MPL-2.0
"""A profile's steps filled with the account's values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from clientcfg.clients.guide_row import Entry, GuideRow, StepRow, Word
from clientcfg.clients.guide_rows import PLACE
from clientcfg.guides.conditions import all_hold, true_of
from clientcfg.guides.guide import Kind, Setting, Step
from clientcfg.guides.mailbox import Mailbox, login_kind
from clientcfg.guides.quoting import STYLES
from clientcfg.guides.sayings import saying
from clientcfg.words import _

_ACTIONS: Final = {"on": Kind.TICK, "off": Kind.UNTICK, "press": Kind.PRESS}


@dataclass(frozen=True, slots=True)
class Filled:
    """The steps for one account, and what the program calls each value in them."""

    steps: tuple[Step, ...]
    labels: Mapping[str, Word]


@dataclass(frozen=True, slots=True)
class _Filling:
    row: GuideRow
    mailbox: Mailbox
    holds: frozenset[str]

    def step(self, row: StepRow) -> Step | None:
        """*row* filled in; None where nothing of it is about this account."""
        if not all_hold(row.when, self.holds):
            return None
        settings = tuple(self._settings(row.entries))
        lines = tuple(self._lines(row))
        if (row.entries and not settings) or (row.lines and not lines):
            return None
        menu = tuple(self._menu_word(one) for one in row.menu)
        remarks = tuple(saying(one) for one in row.say)
        lead = _lead(bool(menu), bool(settings), bool(lines), row.file)
        if not lead:
            lead, *rest = remarks
            remarks = tuple(rest)
        return Step(lead, menu, settings, row.file, lines, remarks)

    def _menu_word(self, one: Word) -> Word:
        if one.text == "{account}":
            return Word(_("(your account)"))
        if one.text == "{address}":
            return Word(self.mailbox.value("address") or "")
        return one

    def _settings(self, entries: Iterable[Entry]) -> Iterable[Setting]:
        for entry in entries:
            if all_hold(entry.when, self.holds):
                found = self._setting(entry)
                if found is not None:
                    yield found

    def _setting(self, entry: Entry) -> Setting | None:
        if entry.value in _ACTIONS:
            return Setting(_ACTIONS[entry.value], entry.label)
        if entry.value.startswith("="):
            return self._written_out(entry)
        value = self.mailbox.value(entry.value)
        if value is None:
            return None
        own = program_word(self.row, self.mailbox, entry.value)
        if own is not None and own.text in ("on", "off"):
            return Setting(_ACTIONS[own.text], entry.label, sure=own.sure)
        if own is not None:
            return Setting(Kind.CHOOSE, entry.label, own.text, sure=own.sure)
        choose = entry.value.endswith((".security", ".auth", ".kind"))
        return Setting(Kind.CHOOSE if choose else Kind.TYPE, entry.label, value)

    def _written_out(self, entry: Entry) -> Setting | None:
        text = self._with_values(entry.value[1:], "plain")
        kind = Kind.TYPE if PLACE.search(entry.value) else Kind.CHOOSE
        return None if text is None else Setting(kind, entry.label, text)

    def _lines(self, row: StepRow) -> Iterable[str]:
        for line in row.lines:
            if all_hold(line.when, self.holds):
                text = self._with_values(line.text, row.quote)
                if text is not None:
                    yield text

    def _with_values(self, text: str, quote: str) -> str | None:
        """*text* with the account's values in their places; None where one is not there."""
        values = {place[1]: self._raw(place[1]) for place in PLACE.finditer(text)}
        if None in values.values():
            return None
        return PLACE.sub(lambda p: STYLES[p[2] or quote](values[p[1]] or ""), text)

    def _raw(self, name: str) -> str | None:
        own = program_word(self.row, self.mailbox, name)
        return self.mailbox.value(name) if own is None else own.text


def fill(row: GuideRow, mailbox: Mailbox) -> Filled:
    """The steps of *row* for *mailbox*."""
    filling = _Filling(row, mailbox, true_of(mailbox))
    steps = tuple(step for step in map(filling.step, row.steps) if step is not None)
    labels: dict[str, Word] = {}
    for step in row.steps:
        if all_hold(step.when, filling.holds):
            for entry in step.entries:
                if all_hold(entry.when, filling.holds):
                    labels.setdefault(entry.value, entry.label)
    return Filled(steps, labels)


def program_word(row: GuideRow, mailbox: Mailbox, name: str) -> Word | None:
    """The program's own word for a value that is chosen from a list."""
    side, _dot, what = name.partition(".")
    server = mailbox.server(side) if what in ("security", "auth") else None
    if server is None:
        return None
    if what == "auth":
        return row.auth.get(login_kind(server.mechanism))
    return row.security.get(server.endpoint.security)


def _lead(menu: bool, settings: bool, lines: bool, file: str | None) -> str:
    if lines:
        return _("Write this into {file}:").format(file=file) if file else _("Write these lines:")
    if menu:
        return _("Open, and set there:") if settings else _("Open:")
    return _("Set there:") if settings else ""
