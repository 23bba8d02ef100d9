# SPDX-License-Identifier: MPL-2.0
"""``find`` and ``probe``: asking about servers."""

from collections.abc import AsyncIterator
from typing import Any

import click

from clientcfg.cli.options import (
    account_options,
    output_options,
    password_from_stdin,
    question_from,
    server_options,
)
from clientcfg.cli.progress import run
from clientcfg.cli.report_out import page_options, page_wanted, show_page, write_page
from clientcfg.cli.screen import Manner, Screen
from clientcfg.cli.show_report import show_text
from clientcfg.flows.events import Event, FindDone, ProbeDone
from clientcfg.flows.find import find as find_flow
from clientcfg.flows.probe import probe as probe_flow
from clientcfg.flows.question import Question
from clientcfg.flows.report_file import probe_tree
from clientcfg.flows.ticket import ticket_text
from clientcfg.model.address import Address
from clientcfg.model.documents import find_document
from clientcfg.model.endpoint import Protocol
from clientcfg.model.offer import Found, Outcome
from clientcfg.model.report import ServerReport
from clientcfg.probe.extent import BASE


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
    """Where this address’s servers are, and who says so."""
    from clientcfg.cli.show_found import show_found  # noqa: PLC0415

    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    question = question_from(address, **options)
    if go_on:
        # Only offers are shown, so servers are asked no more than those take.
        found = run(screen, probe_flow(question, BASE), ProbeDone).found
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
@click.option(
    "--ticket",
    is_flag=True,
    help="Only a text for a help desk’s ticket; addresses, IPs and user names are masked.",
)
@click.option("--unmasked", is_flag=True, help="With --ticket: mask nothing.")
@page_options
@click.option(
    "--tls-versions",
    is_flag=True,
    help="Ask every server for TLS 1.0 to 1.3, not one for sending and one IMAP server only.",
)
@click.option(
    "--relay-test",
    metavar="ADDRESS",
    help="Ask whether mail to ADDRESS, yours at another provider, is taken without a log-in. "
    "With --password-stdin: before and after a log-in to the mailbox.",
)
@click.option(
    "--control",
    metavar="HOST",
    help="Another server that answers on port 25, to tell a block on the way from a dead server.",
)
@server_options
@account_options
@output_options
@click.pass_context
def probe(
    ctx: click.Context,
    /,
    target: str | None,
    transcript: bool,
    letter: bool,
    ticket: bool,
    unmasked: bool,
    form: str | None,
    out: str | None,
    tls_versions: bool,
    relay_test: str | None,
    control: str | None,
    password_stdin: bool,
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
    page = page_wanted(form, out, as_json=as_json, alone=letter or ticket)
    question = question_from(target, all_tls_versions=tls_versions, control=control, **options)
    flow = probe_flow(question)
    if relay_test is not None:
        flow = _with_relay_test(screen, question, relay_test, compare=password_stdin)
    done = run(screen, flow, ProbeDone)
    report = done.report
    if out is not None:
        write_page(screen, done, page, out)
    if as_json or (page == "json" and out is None):
        screen.document(probe_tree(done))
    elif out is not None:
        pass
    elif page == "html":
        show_page(done)
    elif letter:
        show_letter(screen, report)
    elif ticket:
        names = frozenset(n for n in (question.username, question.smtp_username) if n)
        show_text(screen, ticket_text(report, names=names, masked=not unmasked))
    else:
        show_report(screen, report, transcript=transcript or verbose)
        show_ways(screen, done)
    ctx.exit(probe_status(report))


def _with_relay_test(
    screen: Screen, question: Question, elsewhere: str, *, compare: bool
) -> AsyncIterator[Event]:
    from clientcfg.cli.answer import TerminalAnswerer  # noqa: PLC0415 - only where it is asked
    from clientcfg.flows.here import Here  # noqa: PLC0415
    from clientcfg.flows.relay import RelayTest, TestOfRelaying  # noqa: PLC0415
    from clientcfg.flows.relay_tests import RelayTests  # noqa: PLC0415

    here = Here.real()
    secret = password_from_stdin() if compare else None
    relaying = TestOfRelaying(
        question,
        RelayTest(Address.parse(elsewhere), compare),
        TerminalAnswerer(screen, secret),
        here.remembered,
        RelayTests(here.state, here.disk, here.now),
    )

    async def flow() -> AsyncIterator[Event]:
        probed: ProbeDone | None = None
        async for event in probe_flow(question):
            if isinstance(event, ProbeDone):
                probed = event
            else:
                yield event
        assert probed is not None  # noqa: S101 - probe ends with ProbeDone or raises
        async for event in relaying.run(probed):
            yield event

    return flow()


def find_status(found: Found) -> int:
    """0 with offers, 1 with a definite no, 3 otherwise.

    That a domain is not in the bundled lists says nothing about it.
    """
    if found.offers:
        return 0
    from clientcfg.discover.providers import NAME as BUNDLED  # noqa: PLC0415 - not for probe

    asked = [s.outcome for s in found.sources if s.name != BUNDLED]
    return 1 if asked and all(outcome is Outcome.NO for outcome in asked) else 3


def probe_status(report: ServerReport) -> int:
    """0: AUTH inside verified TLS somewhere; 1: servers answered, none does; 3: none answered."""
    submission = report.of(Protocol.SMTP)
    if any(e.trusted and e.auth for e in submission):
        return 0
    return 1 if any(e.reachable for e in report.endpoints) else 3
