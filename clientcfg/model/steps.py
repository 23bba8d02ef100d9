# SPDX-License-Identifier: MPL-2.0
"""How a file is used: sentences in order, some of them lines to type, some for one system only."""

from collections.abc import Iterable


class Step(str):
    """One of them. ``typed``: for a terminal, just as it stands; ``system``: where, "" everywhere.

    Systems have the names that catalogs give them: "win", "mac", "linux".
    """

    typed: bool
    system: str

    def __new__(cls, words: str, *, typed: bool = False, system: str = "") -> "Step":
        """*words* with what is known about them."""
        made = super().__new__(cls, words)
        made.typed, made.system = typed, system
        return made


def typed(*lines: str) -> tuple[Step, ...]:
    """Lines for a terminal."""
    return tuple(Step(line, typed=True) for line in lines)


def told(steps: Iterable[str], system: str = "") -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each sentence with the lines to type below it, in order.

    Where every system has its own, those for *system* stand before those for others.
    """
    found: list[tuple[str, str, list[str]]] = []
    for step in steps:
        of = getattr(step, "system", "")
        if found and getattr(step, "typed", False):
            found[-1][2].append(str(step))
        else:
            found.append((of, str(step), []))
    places = [n for n, (of, _sentence, _lines) in enumerate(found) if of]
    wanted = sorted((found[n] for n in places), key=lambda one: one[0] != system)
    for n, one in zip(places, wanted, strict=True):
        found[n] = one
    return tuple((sentence, tuple(lines)) for _of, sentence, lines in found)
