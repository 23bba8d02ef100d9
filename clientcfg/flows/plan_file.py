# SPDX-License-Identifier: MPL-2.0
"""A plan that somebody else carries out: written here, carried out by whoever may write there.

clientcfg never asks for more rights by itself. Where it may not write, it
leaves a plan and names the command.
"""

import shlex
import subprocess
from collections.abc import AsyncIterator
from typing import Any

from clientcfg.changes.apply import apply
from clientcfg.changes.plan_file import PlanFile, load, load_from_home, save, without_secrets
from clientcfg.changes.replace import make_directories, missing_directories
from clientcfg.changes.show import changes_of
from clientcfg.changes.snapshot import take
from clientcfg.changes.within import changed_meanwhile
from clientcfg.flows.events import Event, PlanCarried, PlanRead, Reviewed
from clientcfg.flows.here import Here
from clientcfg.flows.question import Answerer
from clientcfg.flows.whose import trusted_users
from clientcfg.model.plan import Format
from clientcfg.model.trouble import No, NotFoundOut, Refused, Trouble
from clientcfg.system import WINDOWS
from clientcfg.words import _


class MayNotWrite(No):
    """A place that belongs to somebody else: the plan in full, and how they carry it out."""

    def __init__(self, trouble: Trouble, review: Reviewed, path: str | None) -> None:
        advice: tuple[str, ...] = (_("Leave the password out; the program asks once."),)
        if path is not None:
            advice = (
                _("Whoever may write there can carry this plan out: {command}").format(
                    command=command_for(path)
                ),
            )
        super().__init__("no-permission", trouble.text, *advice)
        self.review = review
        self.path = path

    @property
    def lines(self) -> tuple[str, ...]:
        """The plan: each place, and what would change in it."""
        told: list[str] = []
        for change in self.review.changes:
            told += [f"{change.where} ({change.why})", *change.diff.splitlines()]
        return tuple(told)

    @property
    def facts(self) -> dict[str, Any]:
        """The plan for scripts."""
        return {
            "changes": [
                {"kind": c.kind, "where": c.where, "diff": c.diff} for c in self.review.changes
            ],
            "plan_file": self.path,
        }


def command_for(path: str) -> str:
    """The command that carries the plan at *path* out."""
    words = ("clientcfg", "apply", "--plan", path)
    return subprocess.list2cmdline(words) if WINDOWS else shlex.join(("sudo", *words))


def save_plan(review: Reviewed, path: str, here: Here) -> str:
    """Put the plan of *review* into a new file at *path*; its full path.

    Raises :class:`Refused` ("plan-with-secrets", "already-there").
    """
    full = here.disk.real(path)
    save(_planned(review, here), full, here.disk)
    return full


def may_not_write(trouble: Trouble, review: Reviewed, here: Here) -> MayNotWrite:
    """*trouble* ("no-permission") with its way on; the plan is left in the state directory."""
    path: str | None = here.disk.real(str(here.state)) + "/plan.json"
    assert path is not None  # noqa: S101
    try:
        without_secrets(review.plan)
        make_directories(here.disk, missing_directories(here.disk, path))
        save(_planned(review, here), path, here.disk, over=True)
    except Refused as refused:
        if refused.code != "plan-with-secrets":
            raise
        path = None
    return MayNotWrite(trouble, review, path)


async def carry_plan_out(path: str, answerer: Answerer, here: Here) -> AsyncIterator[Event]:
    """Do what the file at *path* says; yields :class:`PlanRead`, ends with :class:`PlanCarried`.

    Raises :class:`WrongUsage` for a file that is no plan, and :class:`Refused`
    for one that others may have written, that names places its format does not
    have, or whose places have changed since.
    """
    planned = _load(here.disk.real(path), here)
    form = _format_of(planned, here)
    without_secrets(planned.plan)
    _only_its_own_places(planned, form)
    places = tuple(step.place for step in planned.plan.steps)
    snapshot = take(places, here.disk, here.now(), here.registry)
    for step in planned.plan.steps:
        if snapshot.states[step.place].digest != step.before:
            raise changed_meanwhile(step.place)
    read = PlanRead(
        planned.address,
        planned.installation,
        planned.plan,
        changes_of(planned.plan, snapshot),
        planned.by,
        planned.made_at,
    )
    yield read
    if not await answerer.go_on(read):
        raise No("not-wanted", _("Nothing was changed, as you wished."))
    entry = apply(
        planned.plan,
        format_name=form.name,
        installation=planned.installation,
        address=planned.address,
        snapshot=snapshot,
        secrets={},
        journal=here.journal,
        guard=here.guard(planned.installation),
        now=here.now(),
        by=here.by,
    )
    yield PlanCarried(read, entry)


def _load(path: str, here: Here) -> PlanFile:
    trusted = trusted_users(here.environ)
    if trusted is None:
        return load_from_home(path, here.disk.real(str(here.home)), here.disk)
    return load(path, trusted)


def _planned(review: Reviewed, here: Here) -> PlanFile:
    known = here.catalog.at(review.installation.client, None, review.installation.platform)
    return PlanFile(
        made_at=here.now(),
        by=here.by,
        format=known.format or "",
        installation=review.installation,
        address=str(review.account.address),
        plan=review.plan,
    )


def _format_of(planned: PlanFile, here: Here) -> Format:
    form = here.formats.get(planned.format)
    if form is None:
        raise NotFoundOut(
            "no-such-format",
            _("This clientcfg does not know the settings that the plan writes."),
            _("Use the version of clientcfg that made the plan."),
        )
    return form


def _only_its_own_places(planned: PlanFile, form: Format) -> None:
    """A plan is only ever about the settings of the program that it names."""
    own = form.needs(planned.installation)
    if not all(any(place.covers(step.place) for place in own) for step in planned.plan.steps):
        raise Refused(
            "plan-leads-elsewhere",
            _("The plan writes a file that is none of the settings of {name}.").format(
                name=planned.installation.name
            ),
            _("Do not use it. Make the plan again."),
        )
