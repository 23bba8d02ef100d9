# SPDX-License-Identifier: MPL-2.0
"""``undo`` and ``history``."""

import click

from clientcfg.cli.answer import TerminalAnswerer
from clientcfg.cli.apply import say_recovered
from clientcfg.cli.options import output_options
from clientcfg.cli.progress import run
from clientcfg.cli.screen import Manner, Screen
from clientcfg.cli.show_plan import show_history, show_undone
from clientcfg.flows.documents import history_document, undo_document
from clientcfg.flows.events import UndoDone
from clientcfg.flows.here import Here
from clientcfg.flows.undo import undo as undo_flow


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
    here = Here.real()
    say_recovered(screen, here)
    answerer = TerminalAnswerer(screen, yes=yes)
    done = run(screen, undo_flow(entry, answerer, here, force=force, keep=keep), UndoDone)
    if as_json:
        screen.document(undo_document(done))
    else:
        show_undone(screen, done)


@click.command()
@output_options
def history(as_json: bool, quiet: bool, verbose: bool, no_color: bool) -> None:
    """What was changed here, newest first."""
    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    here = Here.real()
    say_recovered(screen, here)
    entries = here.history()
    if as_json:
        screen.document(history_document(entries))
    else:
        show_history(screen, entries)
