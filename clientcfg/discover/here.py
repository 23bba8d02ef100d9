# SPDX-License-Identifier: MPL-2.0
"""Autoconfig files that an administrator put beside Thunderbird: ``<program>/isp/DOMAIN.xml``.

Thunderbird reads them before it asks anybody. Only who administers this machine
can write there, so they are facts as good as the lists that are carried along.
"""

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from clientcfg.discover.autoconfig_xml import read_autoconfig
from clientcfg.discover.careful_xml import LARGEST
from clientcfg.discover.source import Ask, Source
from clientcfg.model.offer import Outcome, SourceAnswer, Trust
from clientcfg.words import _

NAME: Final = "here"

_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "linux": (
        "/usr/lib/thunderbird/isp",
        "/usr/lib64/thunderbird/isp",
        "/usr/local/lib/thunderbird/isp",
        "/opt/thunderbird/isp",
    ),
    "darwin": ("/Applications/Thunderbird.app/Contents/Resources/isp",),
    "win32": (
        r"%ProgramFiles%\Mozilla Thunderbird\isp",
        r"%ProgramFiles(x86)%\Mozilla Thunderbird\isp",
    ),
}


def folders() -> tuple[Path, ...]:
    """Where such files may lie on this machine."""
    places = (os.path.expandvars(place) for place in _PLACES.get(sys.platform, ()))
    return tuple(Path(place) for place in places if "%" not in place)


def file_for(domain: str) -> Path | None:
    """The first file for *domain* (in A-labels); one that anybody may write to is none."""
    for folder in folders():
        path = folder / f"{domain}.xml"
        try:
            mode = path.stat().st_mode
        except OSError:
            continue
        # Windows has no such bit to say who may write.
        if stat.S_ISREG(mode) and (sys.platform == "win32" or not mode & stat.S_IWOTH):
            return path
    return None


async def ask(question: Ask) -> SourceAnswer:
    """Read the file. One that cannot be read leaves it *unknown*: it was put there for a reason."""
    path = file_for(question.domain)
    if path is None:
        reason = _("no file for {domain} lies beside Thunderbird").format(domain=question.domain)
        return SourceAnswer(NAME, None, Outcome.NO, reason, 0.0)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        why = error.strerror or str(error)
        return SourceAnswer(NAME, path.as_uri(), Outcome.UNKNOWN, f"{path}: {why}", 0.0)
    reading = read_autoconfig(data, question.local, question.domain, NAME, trust=Trust.A3)
    if reading.reason is not None:
        reason = f"{path}: {reading.reason}"
        return SourceAnswer(NAME, path.as_uri(), Outcome.UNKNOWN, reason, 0.0)
    text = _("{place} names {count} servers")
    said = [text.format(place=path, count=len(reading.offers)), *reading.notes]
    return SourceAnswer(NAME, path.as_uri(), Outcome.FOUND, "; ".join(said), 0.0, reading.offers)


HERE: Final = Source(NAME, ask, offline=True)
