# SPDX-License-Identifier: MPL-2.0
"""Plans, changes and history, for people."""

from clientcfg.changes.changed_since import conflict_table
from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.entry import Entry
from clientcfg.changes.show import Change
from clientcfg.cli.screen import YES, Screen
from clientcfg.flows.events import PlanRead, Reviewed, SetUpDone, UndoDone
from clientcfg.model.mechanism import SIGN_INS
from clientcfg.words import _, ngettext


def show_review(screen: Screen, review: Reviewed) -> None:
    """What will be set, in words, then exactly what changes where."""
    name = f"{review.installation.name} {review.installation.version or ''}".rstrip()
    screen.say(
        _("{name}: settings for {address}").format(name=name, address=review.account.address),
        style="bold",
    )
    for line in review.plan.summary:
        screen.say(f"  {line}")
    for note in review.plan.notes:
        screen.say(f"  ! {note}", style="yellow")
    if review.verdict is None:
        screen.say(_("  ! Nobody was asked, so nothing about these servers is proved."), "yellow")
    elif review.proved:
        screen.say(_("  {mark} Both servers took the password.").format(mark=YES), style="green")
    for change in review.changes:
        screen.say()
        _show_change(screen, change)


def show_plan_read(screen: Screen, read: PlanRead) -> None:
    """The same for a plan from a file."""
    screen.say(
        _("{name}: settings for {address}").format(
            name=read.installation.name, address=shown(read.address)
        ),
        style="bold",
    )
    screen.say(
        _("  This plan was made by {who} at {at}.").format(
            who=shown(read.made_by), at=f"{read.made_at.astimezone():%Y-%m-%d %H:%M}"
        )
    )
    for line in read.plan.summary:
        screen.say(f"  {shown(line)}")
    for note in read.plan.notes:
        screen.say(f"  ! {shown(note)}", style="yellow")
    for change in read.changes:
        screen.say()
        _show_change(screen, change)


def _show_change(screen: Screen, change: Change) -> None:
    screen.say(f"{change.where}", style="bold")
    screen.say(f"  {change.why}", style="dim")
    for line in change.diff.splitlines():
        if line.startswith(("--- ", "+++ ")):
            continue  # the place is named above
        style = {"+": "green", "-": "red"}.get(line[:1])
        screen.say(f"  {line}", style=style)


def show_done(screen: Screen, done: SetUpDone, *, dry_run: bool) -> None:
    """What happened in the end, and what to do next."""
    screen.say()
    if dry_run:
        screen.say(_("This is what would be written; nothing was changed."))
    elif done.entry is None:
        screen.say(_("All of this is set already; nothing had to be changed."))
    else:
        name = done.review.installation.name
        screen.say(_("{mark} Done. Start {name}.").format(mark=YES, name=name), style="green")
        if done.review.account.outgoing.mechanism in SIGN_INS:
            screen.say(_("  It will open a window once, in which you sign in."))
        elif not done.review.account.store_password:
            screen.say(_("  It will ask for the password once."))
        screen.say(_("  Prove that mail goes out: clientcfg verify ADDRESS"))
        screen.say(_("  Take it back: clientcfg undo {id}").format(id=done.entry.id))


def show_undone(screen: Screen, done: UndoDone) -> None:
    """How it was taken back."""
    if done.exact:
        how = _("every file is again as it was, byte for byte")
    elif done.entry.pruned:
        how = _("its backup had been thrown away, so exactly our settings were taken out")
    else:
        how = _("the program had written since, so exactly our settings were taken out")
    screen.say(
        _("{mark} Change {id} was taken back: {how}.").format(mark=YES, id=done.entry.id, how=how),
        style="green",
    )
    if done.conflicts:
        screen.say(_("  These were changed since and were left as they are now:"))
        for line in conflict_table(done.conflicts):
            screen.say(f"    {line}")


def show_pruned(screen: Screen, pruned: tuple[Entry, ...]) -> None:
    """What was thrown away, and what that means."""
    if not pruned:
        screen.say(_("There were no backups to throw away."))
        return
    screen.say(
        ngettext(
            "{mark} The backup of {n} change was thrown away: {ids}.",
            "{mark} The backups of {n} changes were thrown away: {ids}.",
            len(pruned),
        ).format(mark=YES, n=len(pruned), ids=", ".join(e.id for e in pruned)),
        style="green",
    )
    screen.say(_("  They can still be undone, as settings; no longer byte for byte."))
    screen.say()


def show_history(screen: Screen, entries: tuple[Entry, ...]) -> None:
    """One line a change, newest first."""
    if not entries:
        screen.say(_("clientcfg has changed nothing here."))
        return
    screen.table(
        (_("Number"), _("When"), _("Program"), _("Address"), _("State")),
        [
            (
                e.id,
                f"{e.at.astimezone():%Y-%m-%d %H:%M}",
                f"{e.installation.name} {e.installation.version or ''}".rstrip(),
                e.address,
                _state(e),
            )
            for e in entries
        ],
    )


def _state(entry: Entry) -> str:
    if not entry.stands:
        return _("taken back")
    return _("stands, backup thrown away") if entry.pruned else _("stands")
