# SPDX-License-Identifier: MPL-2.0
"""What the app begins with, where it is not a person's own machine (the demo, tests)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.model.secret import Secret


@dataclass(frozen=True, slots=True)
class Preset:
    """``question``: address, name, servers, name server and authorities to begin with.

    ``here``: the machine. ``password``: known already, so nobody has to type
    it. ``note``: one sentence over the first page.
    """

    question: Question = field(default_factory=Question)
    here: Callable[[], Here] = Here.real
    password: Secret | None = None
    note: str = ""
