# SPDX-License-Identifier: MPL-2.0
"""Which mail servers were asked in the last ten minutes, from one run to the next.

Somebody who asks the same servers again and again would otherwise be taken for
an attacker by some of them. Nothing rests on it, so a file that cannot be read
or written is no trouble.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clientcfg.changes.disk import Disk
from clientcfg.flows.state_file import StateFile
from clientcfg.model.trouble import Trouble
from clientcfg.probe.manners import RECENTLY, Recently, Service


@contextmanager
def asked_lately(directory: Path, disk: Disk, recently: Recently = RECENTLY) -> Iterator[None]:
    """What is asked in the block counts together with what earlier runs have asked."""
    try:
        file = StateFile(directory, disk, "asked-lately.json")
        recently.take(_read(file))
    except Trouble:
        yield
        return
    try:
        yield
    finally:
        if recently.changed:
            with suppress(Trouble), file.alone():
                file.write(_text(recently))


def _read(file: StateFile) -> dict[Service, tuple[float, ...]]:
    try:
        rows = json.loads(file.read() or b"{}")
        return {
            (str(address), int(port)): tuple(float(time) for time in times)
            for address, port, times in rows.get("services", ())
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _text(recently: Recently) -> bytes:
    rows = [[address, port, times] for (address, port), times in sorted(recently.times().items())]
    return json.dumps({"format": 1, "services": rows}).encode("ascii")
