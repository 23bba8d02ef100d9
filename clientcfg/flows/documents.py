# SPDX-License-Identifier: MPL-2.0
"""The JSON of what was done here: apply, undo, history, verify."""

from collections.abc import Iterable
from typing import Any

from clientcfg.changes.changed_since import conflict_document
from clientcfg.changes.entry import Entry
from clientcfg.flows.events import PlanCarried, SetUpDone, UndoDone, VerifyDone
from clientcfg.model.documents import Document, when


def apply_document(done: SetUpDone, *, dry_run: bool, plan_file: str | None = None) -> Document:
    """*apply*: what was (or would be) changed; secrets as kind and place only.

    *plan_file* is where the plan was put for somebody else to carry out.
    """
    review = done.review
    return {
        "schema": "clientcfg/apply/1",
        "id": None if done.entry is None else done.entry.id,
        "client": review.installation.client,
        "dry_run": dry_run,
        "changes": [{"kind": c.kind, "where": c.where, "diff": c.diff} for c in review.changes],
        "summary": list(review.plan.summary),
        "notes": list(review.plan.notes),
        "proved": review.proved,
        "plan_file": plan_file,
    }


def plan_carried_document(done: PlanCarried, path: str) -> Document:
    """*apply --plan FILE*: what somebody's plan changed."""
    read = done.read
    return {
        "schema": "clientcfg/apply/1",
        "id": None if done.entry is None else done.entry.id,
        "client": read.installation.client,
        "dry_run": False,
        "changes": [{"kind": c.kind, "where": c.where, "diff": c.diff} for c in read.changes],
        "summary": list(read.plan.summary),
        "notes": list(read.plan.notes),
        "proved": False,
        "plan_file": path,
    }


def undo_document(done: UndoDone) -> Document:
    """*undo*: what was taken back, and how."""
    return {
        "schema": "clientcfg/undo/1",
        **_entry(done.entry),
        "exact": done.exact,
        "conflicts": [conflict_document(c) for c in done.conflicts],
    }


def history_document(entries: Iterable[Entry], pruned: Iterable[Entry] = ()) -> Document:
    """*history*: newest first; *pruned* are those whose backups were thrown away just now."""
    return {
        "schema": "clientcfg/history/1",
        "entries": [_entry(e) for e in entries],
        "pruned": [e.id for e in pruned],
    }


def verify_document(done: VerifyDone) -> Document:
    """*verify*: what was proved; None where it was not tried."""
    return {
        "schema": "clientcfg/verify/1",
        "logged_in": done.logged_in,
        "sent": done.sent,
        "seen": done.seen,
        "deleted": done.deleted,
        "message_id": done.message_id,
        "outgoing": None if done.outgoing is None else str(done.outgoing),
        "incoming": None if done.incoming is None else str(done.incoming),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "client": entry.installation.client,
        "address": entry.address,
        "at": when(entry.at),
        "state": entry.state,
        "pruned": entry.pruned,
        "by": entry.by,
        "places": [str(kept.place) for kept in entry.places],
    }
