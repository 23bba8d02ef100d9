# SPDX-License-Identifier: MPL-2.0
"""``undo`` and ``history``."""

import click

from clientcfg.cli.answer import TerminalAnswerer
from clientcfg.cli.apply import say_recovered
from clientcfg.cli.options import output_options
from clientcfg.cli.progress import run
from clientcfg.cli.screen import Manner, Screen
from clientcfg.cli.show_plan import show_history, show_pruned, show_undone
from clientcfg.cli.written import told_if_written
from clientcfg.flows.documents import history_document, undo_document
from clientcfg.flows.events import UndoDone
from clientcfg.flows.here import Here
from clientcfg.flows.undo import undo as undo_flow
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _


@click.command()
@click.argument("entry", metavar="[ID]", required=False)
@click.option("--force", is_flag=True, help="Put back also what somebody changed since.")
@click.option("--keep", is_flag=True, help="Leave as it is what somebody changed since.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@output_options
def undo(
    entry: str | None,
    force: bool,
    keep: bool,
    yes: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Take a change back (without ID: the newest one).

    Byte for byte where nobody has written since, else exactly our settings.
    """
    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    if force and keep:
        raise WrongUsage(
            "force-or-keep",
            _("--force and --keep are each other’s opposite; only one of them can be meant."),
        )
    here = Here.real()
    say_recovered(screen, here)
    answerer = TerminalAnswerer(screen, yes=yes)
    with told_if_written(screen, here):
        done = run(screen, undo_flow(entry, answerer, here, force=force, keep=keep), UndoDone)
    if as_json:
        screen.document(undo_document(done))
    else:
        show_undone(screen, done)


@click.command()
@click.option(
    "--prune", is_flag=True, help="Throw the backups away now (else they go after 30 days)."
)
@output_options
def history(prune: bool, as_json: bool, quiet: bool, verbose: bool, no_color: bool) -> None:
    """What was changed here, newest first.

    The old contents of the files are kept for 30 days. Without them a change
    can still be undone, as settings, but no longer byte for byte.
    """
    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    here = Here.real()
    say_recovered(screen, here)
    pruned = here.prune() if prune else ()
    entries = here.history()
    if as_json:
        screen.document(history_document(entries, pruned))
        return
    if prune:
        show_pruned(screen, pruned)
    show_history(screen, entries)
