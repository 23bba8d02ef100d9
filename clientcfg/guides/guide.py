# SPDX-License-Identifier: MPL-2.0
"""A configuration page as a value, before anything is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clientcfg.clients.guide_row import Word
from clientcfg.model.client import Confidence
from clientcfg.model.verdict import VerdictKind


class Kind(StrEnum):
    """What is done with a setting: type its value, choose it, tick a box or not, press."""

    TYPE = "type"
    CHOOSE = "choose"
    TICK = "tick"
    UNTICK = "untick"
    PRESS = "press"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting in a step. ``sure`` is about the value, where that is the program's word."""

    kind: Kind
    label: Word
    value: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``lead`` is one sentence of ours; ``file`` is where ``lines`` go."""

    lead: str
    menu: tuple[Word, ...] = ()
    settings: tuple[Setting, ...] = ()
    file: str | None = None
    lines: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One of the account's values. ``label``: what the program calls it, where that is known."""

    id: str
    what: str
    value: str
    label: Word | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Values that belong together, under one heading."""

    title: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know before the steps. ``grave``: without it the steps mislead."""

    code: str
    text: str
    grave: bool = False
    points: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """The page of one account in one program.

    ``wording``: how well the program's words are known, None where they are
    not known at all. ``proved``: the servers were asked. ``verdict`` None:
    nobody looked whether the program can.
    """

    client: str
    name: str
    version: str | None
    platform: str | None
    address: str | None
    made_on: date
    notes: tuple[Note, ...]
    groups: tuple[Group, ...]
    steps: tuple[Step, ...]
    wording: Confidence | None
    sources: tuple[str, ...]
    local: bool
    proved: bool
    verdict: VerdictKind | None

    @property
    def program(self) -> str:
        """Name and version, the version once."""
        if self.version is None or self.version in self.name:
            return self.name
        return f"{self.name} {self.version}"

    @property
    def stars(self) -> bool:
        """Whether single words are marked as not confirmed."""
        return not all(word.sure for word in self._words())

    def _words(self) -> Sequence[Word | Setting]:
        labels = [s.label for step in self.steps for s in step.settings]
        menus = [word for step in self.steps for word in step.menu]
        return (*labels, *menus, *(s for step in self.steps for s in step.settings))
