# SPDX-License-Identifier: MPL-2.0
"""What is to be done to one key of the registry, and how it is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from clientcfg.model.registry import RegistryValue


@dataclass(frozen=True, slots=True)
class KeyChange:
    """Values to set in *key*, or to take away (None); ``removed``: the key goes, with all below."""

    key: str
    values: Mapping[str, RegistryValue | None] = field(default_factory=dict)
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A change of single values in one key, and what those values were before (None: absent)."""

    key: str
    after: Mapping[str, RegistryValue | None]
    before: Mapping[str, RegistryValue | None]

    @classmethod
    def to(
        cls,
        key: str,
        now: Mapping[str, RegistryValue],
        wanted: Mapping[str, RegistryValue | None],
    ) -> Self:
        """The least change that makes what *key* holds *now* hold what is *wanted*."""
        held = {name.casefold(): value for name, value in now.items()}
        before = {name: held.get(name.casefold()) for name in wanted}
        after = {name: value for name, value in wanted.items() if value != before[name]}
        return cls(key, after, {name: before[name] for name in after})

    @property
    def step(self) -> KeyChange:
        """For a file that makes it."""
        return KeyChange(self.key, self.after)

    @property
    def undo(self) -> KeyChange:
        """For a file that takes it back."""
        return KeyChange(self.key, self.before)
