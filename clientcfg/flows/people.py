# SPDX-License-Identifier: MPL-2.0
"""A list of people in a file: ``address,name,user,smtp_user``, checked whole before it is used.

CSV (RFC 4180) in UTF-8, with commas or semicolons, as spreadsheets save it. The
first row names the columns; only ``address`` has to be there. What is in a cell
is text and never a formula, and no cell becomes a path.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clientcfg.formats.written_text import refuse_unwritable
from clientcfg.model.address import Address
from clientcfg.model.trouble import Trouble, WrongUsage
from clientcfg.words import _, ngettext, quoted

COLUMNS: Final = ("address", "name", "user", "smtp_user")
MOST_PEOPLE: Final = 5_000
MOST_BYTES: Final = 2_000_000
_LONGEST: Final = {"address": 320, "name": 128, "user": 320, "smtp_user": 320}
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Person:
    """One row. ``row`` counts from 1, which is the row with the names of the columns.

    ``user`` and ``smtp_user`` None: what follows from the servers and the address.
    """

    row: int
    address: Address
    name: str = ""
    user: str | None = None
    smtp_user: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row; ``column`` None: with the row as a whole."""

    row: int
    column: str | None
    text: str

    def __str__(self) -> str:
        where = _("Row {row}").format(row=self.row)
        return f"{where}{f', {self.column}' if self.column else ''}: {self.text}"


class FaultyRows(WrongUsage):
    """Rows that cannot be used. Nothing was written for anybody."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            "faulty-rows",
            ngettext(
                "{count} row of the list cannot be used, so nothing was written.",
                "{count} rows of the list cannot be used, so nothing was written.",
                len({fault.row for fault in faults}),
            ).format(count=len({fault.row for fault in faults})),
            _("Correct them in the list and run this again."),
        )
        self.faults = tuple(faults)

    @property
    def lines(self) -> tuple[str, ...]:
        """The first faults, one a line."""
        rest = len(self.faults) - _SHOWN
        more = (_("… and {count} more").format(count=rest),) if rest > 0 else ()
        return (*map(str, self.faults[:_SHOWN]), *more)

    @property
    def facts(self) -> dict[str, Any]:
        """All of them, for scripts."""
        return {
            "faults": [
                {"row": one.row, "column": one.column, "text": one.text} for one in self.faults
            ]
        }


def read_people(data: bytes) -> tuple[Person, ...]:
    """The people in a file, in its order.

    Raises :class:`FaultyRows` with every fault, and :class:`WrongUsage` where it
    is no such file.
    """
    rows = _rows(_text(data))
    _row, head = next(rows, (1, []))
    columns = _columns(head)
    people: list[Person] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for row, cells in rows:
        if not any(cells):
            continue
        found, wrong = _person(row, columns, cells)
        faults += wrong
        if found is None:
            continue
        key = str(found.address).casefold()
        if key in seen:
            again = _("The same address is in row {row}.").format(row=seen[key])
            faults.append(Fault(row, "address", again))
        seen.setdefault(key, row)
        people.append(found)
        if len(people) > MOST_PEOPLE:
            raise _too_much()
    if faults:
        raise FaultyRows(faults)
    if not people:
        raise _not_a_list(_("nobody is in it"))
    return tuple(people)


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise _too_much()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _not_a_list(_("line {line} is not in UTF-8").format(line=line)) from None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, cells without blanks around them."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _not_a_list(
                _("row {row} is no row of a CSV file: {why}").format(row=row, why=error)
            ) from None
        if cells is None:
            return
        yield row, [cell.strip(" \t") for cell in cells]


def _columns(head: list[str]) -> list[str]:
    while head and not head[-1]:
        head = head[:-1]
    names = [name.lower() for name in head]
    if "address" not in names or set(names) - set(COLUMNS) or len(set(names)) < len(names):
        raise _not_a_list(
            _("its first row has to name the columns, of these: {columns}").format(
                columns=", ".join(COLUMNS)
            )
        )
    return names


def _person(row: int, columns: list[str], cells: list[str]) -> tuple[Person | None, list[Fault]]:
    if any(cells[len(columns) :]):
        text = _("It has more cells than there are columns.")
        return None, [Fault(row, None, text)]
    values = dict(zip(columns, cells, strict=False))
    faults = [Fault(row, name, why) for name, text in values.items() if (why := _wrong(name, text))]
    if not faults and not values.get("address"):
        faults = [Fault(row, "address", _("There is none."))]
    if faults:
        return None, faults
    try:
        address = Address.parse(values["address"])
    except Trouble as trouble:
        return None, [Fault(row, "address", trouble.text)]
    user, smtp_user = values.get("user") or None, values.get("smtp_user") or None
    return Person(row, address, values.get("name", ""), user, smtp_user), []


def _wrong(column: str, text: str) -> str | None:
    if len(text) > _LONGEST[column]:
        return _("It is longer than {count} characters.").format(count=_LONGEST[column])
    try:
        refuse_unwritable(text)
    except Trouble as trouble:
        return trouble.text
    return None


def _not_a_list(why: str) -> WrongUsage:
    return WrongUsage(
        "not-a-list-of-people",
        _("This is no list of people: {why}.").format(why=why),
        _("Save it as “CSV UTF-8”, with a first row {head}").format(head=quoted(",".join(COLUMNS))),
    )


def _too_much() -> WrongUsage:
    return WrongUsage(
        "too-many-people",
        _("The list is longer than {count} people or {bytes} bytes.").format(
            count=MOST_PEOPLE, bytes=MOST_BYTES
        ),
        _("Take it apart into several files."),
    )
