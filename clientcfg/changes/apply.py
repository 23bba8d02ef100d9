# SPDX-License-Identifier: MPL-2.0
"""Carrying a plan out."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from clientcfg.changes.carry import carry_out, writes_of
from clientcfg.changes.entry import Entry, State
from clientcfg.changes.fill import Secrets, StoreEncoder, nss
from clientcfg.changes.journal import Journal
from clientcfg.changes.recover import need_recovered
from clientcfg.model.client import Installation
from clientcfg.model.place import Snapshot
from clientcfg.model.plan import Plan
from clientcfg.model.secret import Encoder

Guard = Callable[[], AbstractContextManager[None]]
"""Held while the client's files are written; entering it is refused while the client runs."""


def apply(  # noqa: PLR0913 - one name for each thing that is injected
    plan: Plan,
    *,
    format_name: str,
    installation: Installation,
    address: str,
    snapshot: Snapshot,
    secrets: Secrets,
    journal: Journal,
    guard: Guard,
    now: datetime,
    encoders: Mapping[Encoder, StoreEncoder] | None = None,
    by: str | None = None,
) -> Entry | None:
    """Write what *plan* says, with a way back; the journal's entry, None if nothing changed.

    *snapshot* is what the plan was computed from; a place that is different by
    now is refused ("changed-meanwhile"). *format_name* is under which
    :func:`clientcfg.changes.undo.undo` finds the format again. *encoders* are
    for stores; without them the installation's own NSS is "nss-sdr". *by* is who runs clientcfg.

    Raises :class:`Trouble`; every place is then as it was.
    """
    if not plan.steps:
        return None
    with journal.alone():
        need_recovered(journal)
        with guard():
            own: Mapping[Encoder, StoreEncoder] = {"nss-sdr": nss(installation.program)}
            writes = writes_of(plan.steps, snapshot, secrets, encoders or own, journal)
            if not writes:
                return None
            entry_id, order, mark = journal.next_name(now)
            draft = Entry(
                id=entry_id,
                order=order,
                mark=mark,
                at=now,
                state=State.BEGUN,
                changed_at=now,
                format=format_name,
                installation=installation,
                address=address,
                summary=plan.summary,
                record=plan.record,
                servers=plan.servers,
                by=by,
            )
            return carry_out(draft, writes, journal, now)
