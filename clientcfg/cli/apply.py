# SPDX-License-Identifier: MPL-2.0
"""``apply``: set a program up."""

from typing import Any

import click

from clientcfg.cli.answer import TerminalAnswerer
from clientcfg.cli.options import (
    account_options,
    output_options,
    password_from_stdin,
    question_from,
    server_options,
)
from clientcfg.cli.plan import carry_out, need_no_password, write_plan
from clientcfg.cli.progress import run
from clientcfg.cli.screen import Manner, Screen
from clientcfg.cli.show_plan import show_done, show_review
from clientcfg.cli.written import told_if_written
from clientcfg.flows.documents import apply_document
from clientcfg.flows.events import SetUpDone
from clientcfg.flows.here import Here
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.model.address import Address
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _


@click.command()
@click.argument("address", required=False)
@click.option("--client", metavar="NAME", help="The program to set up.")
@click.option("--profile", metavar="PATH", help="Its settings directory, if not the usual one.")
@click.option(
    "--store-password",
    is_flag=True,
    help="Try the password and put it into the program’s own store (also: --password-stdin).",
)
@click.option("--dry-run", is_flag=True, help="Show what would be changed; write nothing.")
@click.option(
    "--plan",
    "plan_file",
    metavar="FILE",
    help="With ADDRESS: write the plan to FILE, change nothing. Without: carry out that plan.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--no-probe", is_flag=True, help="Take the named servers as they are, ask nobody.")
@server_options
@account_options
@output_options
def apply(
    address: str | None,
    client: str | None,
    profile: str | None,
    store_password: bool,
    dry_run: bool,
    plan_file: str | None,
    yes: bool,
    no_probe: bool,
    password_stdin: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **options: Any,
) -> None:
    """Set a mail program up: shows the plan, asks, writes with a way back."""
    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    here = Here.real()
    say_recovered(screen, here)
    stores = store_password or password_stdin
    if plan_file is not None and address is None:
        given = {"client": client, "profile": profile, "store_password": stores, "dry_run": dry_run}
        carry_out(screen, plan_file, here, yes=yes, given={**given, **options})
        return
    if address is None or client is None:
        raise WrongUsage(
            "what-to-set-up",
            _("To set a program up, clientcfg needs an e-mail address and the program."),
            _("For example: clientcfg apply ada@example.org --client thunderbird"),
        )
    Address.parse(address)
    question = question_from(address, probe=not no_probe, **options)
    if plan_file is not None:
        need_no_password(store_password=stores)
    secret = password_from_stdin() if password_stdin else None
    answerer = TerminalAnswerer(screen, secret, yes=yes)
    wish = SetUp(
        question,
        here.catalog.parse(client).id,
        profile,
        store_password=stores,
        dry_run=dry_run or plan_file is not None,
    )
    with told_if_written(screen, here):
        done = run(screen, set_up(wish, answerer, here), SetUpDone)
    if not as_json and not answerer.shown:
        show_review(screen, done.review)
    written: str | None = None
    if plan_file is not None and done.review.plan.steps:
        written = write_plan(screen, done.review, plan_file, here)
    if as_json:
        screen.document(apply_document(done, dry_run=wish.dry_run, plan_file=written))
    elif written is None:
        show_done(screen, done, dry_run=dry_run)


def say_recovered(screen: Screen, here: Here) -> None:
    """Take back what an interrupted run left half-written, and say so."""
    for sentence in here.recover():
        screen.note(sentence, style="yellow")
