# SPDX-License-Identifier: MPL-2.0
"""Which servers were asked lately whether they relay, so that none is asked twice in a row.

Servers, and programs that guard them, count refused recipients; five in ten
minutes may shut the asker out of his own mailbox.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from clientcfg.changes.disk import Disk
from clientcfg.flows.state_file import StateFile
from clientcfg.model.relay import Regime, Relay, RelayReplies, Reply
from clientcfg.model.trouble import Trouble

KEPT_FOR: Final = timedelta(minutes=10)


class RelayTests:
    """What each host answered, for ten minutes. *now* is the clock, in UTC.

    A file that cannot be read or written is as good as none: it holds nothing
    that anybody's safety rests on.
    """

    def __init__(self, directory: Path, disk: Disk, now: Callable[[], datetime]) -> None:
        self._file = StateFile(directory, disk, "relay-tests.json")
        self._now = now

    def of(self, host: str) -> Relay | None:
        """The answer of the last ten minutes, if there is one."""
        return self._read().get(host)

    def keep(self, host: str, relay: Relay) -> None:
        """Note down what *host* answered just now."""
        try:
            with self._file.alone():
                rows = {**self._read(), host: relay}
                tree = {name: _row(kept) for name, kept in sorted(rows.items())}
                self._file.write(json.dumps({"format": 1, "hosts": tree}, indent=1).encode())
        except Trouble:
            return

    def _read(self) -> dict[str, Relay]:
        try:
            content = self._file.read()
            rows = json.loads(content)["hosts"] if content is not None else {}
            kept = {str(host): _relay(row) for host, row in rows.items()}
        except (Trouble, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return {}
        oldest = self._now() - KEPT_FOR
        return {h: r for h, r in kept.items() if r.at is not None and r.at > oldest}


def _row(relay: Relay) -> dict[str, Any]:
    row = asdict(relay)
    return {**row, "at": relay.at.isoformat() if relay.at is not None else None}


def _relay(row: dict[str, Any]) -> Relay:
    mail, rcpt = row["replies"]["mail"], row["replies"]["rcpt"]
    replies = RelayReplies(
        Reply(int(mail["code"]), str(mail["text"])) if mail else None,
        Reply(int(rcpt["code"]), str(rcpt["text"])) if rcpt else None,
    )
    kept = Relay(
        Regime(row["regime"]),
        str(row["text"]),
        tested=bool(row["tested"]),
        tested_from=row["tested_from"] and str(row["tested_from"]),
        evidence=tuple(str(line) for line in row["evidence"]),
        replies=replies,
    )
    return replace(kept, at=datetime.fromisoformat(row["at"]))
