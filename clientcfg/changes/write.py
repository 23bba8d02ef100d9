# SPDX-License-Identifier: MPL-2.0
"""One thing that is written in one step: a file, or one value of a registry key."""

from dataclasses import dataclass, field

from clientcfg.model.place import Place


@dataclass(frozen=True, slots=True)
class Write:
    """One place, what it holds and what it is to hold; None for nothing.

    ``path`` is where it really lies. ``mode`` and ``owner`` count only where
    it is a file, and new.
    """

    place: Place
    path: str
    old: bytes | None = field(repr=False)
    new: bytes | None = field(repr=False)
    mode: int = 0o600
    owner: tuple[int, int] | None = None
