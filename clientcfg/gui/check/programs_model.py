# SPDX-License-Identifier: MPL-2.0
"""The table of programs without Qt: rows in words, and which of them are shown."""

from dataclasses import dataclass
from enum import Enum

from clientcfg.flows.compare import Compared, Held, why_words
from clientcfg.gui.check.why_model import short_why
from clientcfg.gui.words import SHAPES
from clientcfg.model.phrases import verdict_word
from clientcfg.words import _, ngettext


class Shown(Enum):
    """Which rows are wanted."""

    MAINTAINED = "maintained"
    CHANGES = "changes"
    INSTALLED = "installed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``today`` and ``then``: a verdict's shape and its word.

    ``short``: the reason in a few words, ``why`` the whole of it.
    """

    held: Held
    name: str
    versions: str
    today: tuple[str, str]
    then: tuple[str, str]
    why: str
    short: str
    haystack: str

    @property
    def changes(self) -> bool:
        """Whether it stands out."""
        return self.held.changes

    @property
    def title(self) -> str:
        """Program and versions, unless its name says them."""
        named = all(word in self.name.split() for word in self.versions.split(" / "))
        return self.name if named else f"{self.name} {self.versions}"

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        if self.changes:
            verdicts = _("today {today}, then {then}").format(
                today=self.today[1], then=self.then[1]
            )
        else:
            verdicts = self.then[1]
        return f"{self.title}: {verdicts}. {self.why}"


def rows(compared: Compared) -> tuple[Row, ...]:
    """All of them by name, each program's newest versions first."""
    made = (_row(held) for held in compared.held)
    return tuple(sorted(made, key=lambda row: row.held.span.known.id))


def fits(row: Row, shown: Shown, typed: str) -> bool:
    """Whether *row* is wanted; every word typed has to stand in it somewhere."""
    wanted = {
        Shown.MAINTAINED: row.held.maintained,
        Shown.CHANGES: row.changes,
        Shown.INSTALLED: row.held.installed,
        Shown.ALL: True,
    }[shown]
    return wanted and all(word in row.haystack for word in typed.casefold().split())


def count_words(shown: int, total: int) -> str:
    """How many are shown."""
    return ngettext("{n} of {total} version", "{n} of {total} versions", total).format(
        n=shown, total=total
    )


def chip_words(compared: Compared | None) -> dict[Shown, str]:
    """What the filters are called, with how much each holds where that is of interest."""
    changes = sum(h.changes for h in compared.held) if compared is not None else 0
    counted = _("What chan&ges {n}").format(n=changes) if changes else _("What chan&ges")
    return {
        Shown.MAINTAINED: _("&Maintained"),
        Shown.CHANGES: counted,
        Shown.INSTALLED: _("I&nstalled here"),
        Shown.ALL: _("&All"),
    }


def nothing_words(shown: Shown, typed: str) -> str:
    """Why the table is empty."""
    if typed.strip():
        return _("No program here is called “{typed}”.").format(typed=typed.strip())
    return {
        Shown.CHANGES: _("Nothing changes for any program."),
        Shown.INSTALLED: _("No mail program that clientcfg knows is installed here."),
    }.get(shown, "")


def _row(held: Held) -> Row:
    known = held.span.known
    today = SHAPES[held.today.kind], verdict_word(held.today.kind)
    then = SHAPES[held.then.kind], verdict_word(held.then.kind)
    why = why_words(held)
    stands = f"{known.name} {known.id} {held.span.versions} {known.version or ''} {then[1]}"
    return Row(
        held=held,
        name=known.name,
        versions=held.span.versions,
        today=today,
        then=then,
        why=why,
        short=short_why(held, why),
        haystack=stands.casefold(),
    )
