# SPDX-License-Identifier: MPL-2.0
"""``find`` and ``probe``: asking about servers."""

from typing import Any

import click

from clientcfg.cli.options import account_options, output_options, question_from, server_options
from clientcfg.cli.progress import run
from clientcfg.cli.screen import Manner, Screen
from clientcfg.flows.events import FindDone, ProbeDone
from clientcfg.flows.find import find as find_flow
from clientcfg.flows.letter import text_for_administrator
from clientcfg.flows.probe import probe as probe_flow
from clientcfg.model.documents import find_document, probe_document
from clientcfg.model.endpoint import Protocol
from clientcfg.model.offer import Found, Outcome
from clientcfg.model.report import ServerReport


@click.command()
@click.argument("address")
@click.option("--probe", "go_on", is_flag=True, help="Go on with the probe; settles trust.")
@server_options
@account_options
@output_options
@click.pass_context
def find(
    ctx: click.Context,
    /,
    address: str,
    go_on: bool,
    password_stdin: bool,  # noqa: ARG001 - taken everywhere, needed by no search
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **options: Any,
) -> None:
    """Where this address's servers are, and who says so."""
    from clientcfg.cli.show_found import show_found  # noqa: PLC0415

    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    question = question_from(address, **options)
    if go_on:
        found = run(screen, probe_flow(question), ProbeDone).found
    else:
        found = run(screen, find_flow(question), FindDone).found
    if as_json:
        screen.document(find_document(found))
    else:
        show_found(screen, found)
    ctx.exit(find_status(found))


@click.command()
@click.argument("target", required=False)
@click.option("--host", is_flag=True, help="TARGET is a host: no discovery, seven ports.")
@click.option("--transcript", is_flag=True, help="Show what was said, line by line.")
@click.option(
    "--letter",
    is_flag=True,
    help="Only a text for the administrator: which certificates did not verify, and why.",
)
@server_options
@output_options
@click.pass_context
def probe(
    ctx: click.Context,
    /,
    target: str | None,
    transcript: bool,
    letter: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **options: Any,
) -> None:
    """What the servers really say.

    TARGET is an address, a domain or a host; none where --smtp, --imap or
    --pop3 name the servers.
    """
    from clientcfg.cli.show_report import show_report  # noqa: PLC0415
    from clientcfg.cli.show_ways import show_letter, show_ways  # noqa: PLC0415

    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    done = run(screen, probe_flow(question_from(target, **options)), ProbeDone)
    report = done.report
    if as_json:
        ways = [way.tree() for way in done.ways_on]
        text = text_for_administrator(report.endpoints) or None
        screen.document({**probe_document(report), "ways_on": ways, "letter": text})
    elif letter:
        show_letter(screen, report)
    else:
        show_report(screen, report, transcript=transcript or verbose)
        show_ways(screen, done)
    ctx.exit(probe_status(report))


def find_status(found: Found) -> int:
    """0 with offers, 1 with a definite no, 3 otherwise."""
    if found.offers:
        return 0
    definite = found.sources and all(s.outcome is Outcome.NO for s in found.sources)
    return 1 if definite else 3


def probe_status(report: ServerReport) -> int:
    """0: AUTH inside verified TLS somewhere; 1: servers answered, none does; 3: none answered."""
    submission = report.of(Protocol.SMTP)
    if any(e.trusted and e.auth for e in submission):
        return 0
    return 1 if any(e.reachable for e in report.endpoints) else 3
