# SPDX-License-Identifier: MPL-2.0
"""``verify``: prove that mail goes out."""

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
from clientcfg.cli.progress import describe, run
from clientcfg.cli.screen import Manner, Screen
from clientcfg.flows.documents import verify_document
from clientcfg.flows.events import Event, Proved, VerifyDone
from clientcfg.flows.here import Here
from clientcfg.flows.prove import verify as verify_flow
from clientcfg.model.address import Address


@click.command()
@click.argument("address")
@click.option("--keep", is_flag=True, help="Leave the message in the inbox.")
@click.option("--no-send", is_flag=True, help="Log in only, send nothing.")
@server_options
@account_options
@output_options
@click.pass_context
def verify(
    ctx: click.Context,
    /,
    address: str,
    keep: bool,
    no_send: bool,
    password_stdin: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **options: Any,
) -> None:
    """Log in, send one message to yourself, see it arrive, delete that one."""
    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    Address.parse(address)
    question = question_from(address, **options)
    secret = password_from_stdin() if password_stdin else None
    answerer = TerminalAnswerer(screen, secret)

    def watch(event: Event) -> None:
        if isinstance(event, Proved) and event.ok is not None and not as_json:
            screen.say(describe(event) or "")

    here = Here.real()
    flow = verify_flow(
        question,
        answerer,
        here.remembered,
        send=not no_send,
        keep=keep,
        rules_for=here.rules,
    )
    done = run(screen, flow, VerifyDone, None if verbose and as_json else watch)
    if as_json:
        screen.document(verify_document(done))
    ctx.exit(3 if done.seen is False else 0)
