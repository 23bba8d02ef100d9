# SPDX-License-Identifier: MPL-2.0
"""What a person prefers of the desktop app: its language, its colours, who may be asked.

One small file of the state directory. Commands in a terminal do not look at it:
they have options of their own, and a script must not depend on a window.
"""

import json
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from clientcfg.changes.state import state_directory
from clientcfg.model.trouble import Trouble

if TYPE_CHECKING:
    from clientcfg.flows.here import Here
    from clientcfg.flows.question import Question

FILE = "preferences.json"
# What a file may say of the colours; anything else is as the system has it.
SCHEMES = ("light", "dark")
# More than this was not written by us (bytes).
_MOST = 65_536


@dataclass(frozen=True, slots=True)
class Preferences:
    """``language``: of a catalog ("de"), ``scheme``: "light" or "dark"; None: as the system.

    ``ispdb``, ``send_address``: as in :class:`Question`, for every question of the app.
    """

    language: str | None = None
    scheme: str | None = None
    ispdb: bool = False
    send_address: bool = False

    def of(self, question: "Question") -> "Question":
        """*question* with what is allowed here besides what it allows itself."""
        return replace(
            question,
            ispdb=question.ispdb or self.ispdb,
            send_address=question.send_address or self.send_address,
        )


def read_preferences(environ: Mapping[str, str] = os.environ) -> Preferences:
    """What was kept. What cannot be read, or is none of ours, is as if nobody preferred anything.

    Called before the first paint, so it costs one small file and little else.
    """
    try:
        path = state_directory(environ) / FILE
        with path.open("rb") as file:
            return _understood(_fields(file.read(_MOST)))
    except (Trouble, OSError):
        return Preferences()


async def keep_preferences(preferred: Preferences, here: "Here") -> AsyncIterator[Preferences]:
    """Write them down; what a newer clientcfg put beside them stays. Raises :class:`Trouble`."""
    from clientcfg.flows.state_file import StateFile  # noqa: PLC0415 - not before the first paint

    file = StateFile(here.state, here.disk, FILE)
    with file.alone():
        fields = _fields(file.read() or b"") | {"format": 1, **asdict(preferred)}
        file.write(json.dumps(fields, indent=1).encode("ascii") + b"\n")
    yield preferred


def _fields(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _understood(fields: dict[str, Any]) -> Preferences:
    language, scheme = fields.get("language"), fields.get("scheme")
    return Preferences(
        language=language if isinstance(language, str) else None,
        scheme=scheme if scheme in SCHEMES else None,
        ispdb=fields.get("ispdb") is True,
        send_address=fields.get("send_address") is True,
    )
