# SPDX-License-Identifier: MPL-2.0
"""What the app begins with, where it is not a person's own machine (the demo, tests)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientcfg.model.secret import Secret

if TYPE_CHECKING:
    from clientcfg.flows.here import Here
    from clientcfg.flows.question import Question


def _nothing_asked() -> "Question":
    from clientcfg.flows.question import Question  # noqa: PLC0415 - not before the first paint

    return Question()


def _real() -> "Here":
    from clientcfg.flows.here import Here  # noqa: PLC0415 - not before the first paint

    return Here.real()


@dataclass(frozen=True, slots=True)
class Preset:
    """``question``: address, name, servers, name server and authorities to begin with.

    ``here``: the machine. ``password``: known already, so nobody has to type
    it. ``note``: one sentence over the first page.
    """

    question: "Question" = field(default_factory=_nothing_asked)
    here: "Callable[[], Here]" = _real
    password: Secret | None = None
    note: str = ""
