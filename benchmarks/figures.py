# SPDX-License-Identifier: MPL-2.0
"""One measured figure beside what it is held against, and the table of many."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

_TITLES = ("figure", "measured", "beside", "ratio", "target", "met")


@dataclass(frozen=True, slots=True)
class Figure:
    """``beside`` is the floor or the peer; ``met`` None where there is no target or no figure."""

    name: str
    measured: str
    beside: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None


def at_most(limit: float, value: float) -> tuple[str, bool]:
    """The target and whether it is met."""
    return f"≤ {limit:g}", value <= limit


def at_least(limit: float, value: float) -> tuple[str, bool]:
    """The target and whether it is met."""
    return f"≥ {limit:g}", value >= limit


def missing(name: str, why: str) -> Figure:
    """A figure that could not be had here."""
    return Figure(name, "not measured", why)


def table(figures: Iterable[Figure]) -> str:
    """All of them as text, one a line."""
    words = {True: "yes", False: "NO", None: ""}
    rows: list[Sequence[str]] = [_TITLES]
    for it in figures:
        ratio = "" if it.ratio is None else f"{it.ratio:.2f}"
        rows.append((it.name, it.measured, it.beside, ratio, it.target, words[it.met]))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_TITLES))]
    rows.insert(1, ["-" * width for width in widths])
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def tell(measure: Callable[[], list[Figure]]) -> None:
    """Measure and print: the table, or with ``--json`` what :func:`read` reads."""
    figures = measure()
    as_json = "--json" in sys.argv[1:]
    text = json.dumps([asdict(figure) for figure in figures]) if as_json else table(figures)
    sys.stdout.write(text + "\n")


def read(text: str) -> list[Figure]:
    """What :func:`tell` wrote with ``--json``."""
    return [Figure(**values) for values in json.loads(text)]
