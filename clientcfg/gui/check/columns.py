# SPDX-License-Identifier: MPL-2.0
"""How columns share their room, so that the most of what stands in them is seen whole."""

from bisect import bisect_right
from collections.abc import Iterable

# A name or a version that is cut is worse than a sentence: that stands in the panel, too.
COUNTS = 2


def share(names: Iterable[int], others: Iterable[int], room: int, least: tuple[int, int]) -> int:
    """How wide the column of *names* is; the other gets the rest of *room*.

    Both are the widths that each cell needs. *least*: no column gets narrower.
    """
    return _best(sorted(names), sorted(others), room, least)[1]


def share_three(
    names: Iterable[int],
    versions: Iterable[int],
    others: Iterable[int],
    room: int,
    least: tuple[int, int, int],
) -> tuple[int, int]:
    """The same with *versions* between them: how wide names and versions are."""
    first, middle, last = sorted(names), sorted(versions), sorted(others)

    def with_versions(wide: int) -> tuple[int, int, int]:
        whole, name = _best(first, last, room - wide, (least[0], least[2]))
        return whole + COUNTS * bisect_right(middle, wide), name, wide

    wanted = {max(least[1], wide) for wide in middle} or {least[1]}
    _whole, name, version = max((with_versions(w) for w in sorted(wanted)), key=lambda b: b[0])
    return name, version


def most_of(widths: Iterable[int]) -> int:
    """So wide that nine of ten fit."""
    ordered = sorted(widths)
    return ordered[len(ordered) * 9 // 10] if ordered else 0


def _best(
    first: list[int], second: list[int], room: int, least: tuple[int, int]
) -> tuple[int, int]:
    """How much is whole at best, and how wide *first* is then.

    Where all of *first* is whole, the rest is the other's, else it is its own.
    """
    most = max(least[0], room - least[1])
    wanted = {least[0], most, *first, *(room - other for other in second)}
    tried = sorted(w for w in wanted if least[0] <= w <= most)
    counted = [(COUNTS * bisect_right(first, w) + bisect_right(second, room - w), w) for w in tried]
    whole = max(counted)[0]
    best = [(whole, width) for found, width in counted if found == whole]
    enough = not first or first[-1] <= best[0][1]
    return best[0] if enough else best[-1]
