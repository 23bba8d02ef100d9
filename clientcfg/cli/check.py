# SPDX-License-Identifier: MPL-2.0
"""``check``: can this program send there with SMTP-Auth?"""

from typing import Any

import click

from clientcfg.cli.options import account_options, output_options, question_from, server_options
from clientcfg.cli.progress import run
from clientcfg.cli.screen import Manner, Screen
from clientcfg.flows.check import check as check_flow
from clientcfg.flows.check import installed_versions
from clientcfg.flows.events import CheckDone
from clientcfg.flows.here import Here
from clientcfg.model.documents import check_document
from clientcfg.model.trouble import No
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.words import _


@click.command()
@click.argument("address", required=False)
@click.option(
    "--client",
    "clients",
    multiple=True,
    metavar="NAME[@VERSION][:PLATFORM]",
    help="This program (repeatable); without it, all installed ones.",
)
@click.option("--all", "all_known", is_flag=True, help="Every program that clientcfg knows.")
@server_options
@account_options
@output_options
@click.pass_context
def check(
    ctx: click.Context,
    /,
    address: str | None,
    clients: tuple[str, ...],
    all_known: bool,
    password_stdin: bool,  # noqa: ARG001 - taken everywhere, needed by no check
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **options: Any,
) -> None:
    """Can this program send there with SMTP-Auth? Verdict, reasons, advice.

    ADDRESS (or a domain) may be left out when --smtp names the server.
    """
    from clientcfg.cli.show_verdict import show_verdicts  # noqa: PLC0415

    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    here = Here.real()
    if clients:
        versions = tuple(here.catalog.parse(text) for text in clients)
    elif all_known:
        versions = here.catalog.all()
    else:
        versions = installed_versions(here.installed(), here)
    if not versions:
        raise No(
            "no-client-found",
            _("No mail program that clientcfg knows is installed here."),
            _("Name one with --client NAME@VERSION, or ask about all with --all."),
        )
    done = run(screen, check_flow(question_from(address, **options), versions, here), CheckDone)
    if as_json:
        screen.document(check_document(done.verdicts))
    else:
        show_verdicts(screen, done, here.catalog)
    if all_known:
        ctx.exit(0 if any(e.reachable for e in done.report.endpoints) else 3)
    ctx.exit(check_status(done.verdicts))


def check_status(verdicts: tuple[Verdict, ...]) -> int:
    """Ready 0, unknown 3, everything else 1; with several, 3 goes before 1 before 0."""
    statuses = {
        {VerdictKind.READY: 0, VerdictKind.UNKNOWN: 3}.get(verdict.kind, 1) for verdict in verdicts
    }
    return next(status for status in (3, 1, 0) if status in statuses)
