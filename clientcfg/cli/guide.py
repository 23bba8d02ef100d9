# SPDX-License-Identifier: MPL-2.0
"""``guide``: the configuration page, steps by hand with this account's own values."""

import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from clientcfg.cli.options import account_options, output_options, question_from, server_options
from clientcfg.cli.progress import run
from clientcfg.cli.screen import YES, Manner, Screen, json_text
from clientcfg.flows.check import installed_versions
from clientcfg.flows.events import GuideDone
from clientcfg.flows.guide import guide as guide_flow
from clientcfg.flows.here import Here
from clientcfg.model.trouble import No, WrongUsage
from clientcfg.model.verdict import VerdictKind
from clientcfg.words import _, language

if TYPE_CHECKING:
    from clientcfg.guides.guide import Guide

FORMATS = ("text", "markdown", "html", "json")
_BY_ENDING = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}
_CAN = frozenset({None, VerdictKind.READY, VerdictKind.UNKNOWN})


@click.command()
@click.argument("address", required=False)
@click.option(
    "--client",
    "clients",
    multiple=True,
    metavar="NAME[@VERSION][:PLATFORM]",
    help="For this program (repeatable); without it, all installed ones.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How the page is written; otherwise by the ending of --out, else text.",
)
@click.option(
    "--out",
    metavar="FILE",
    help="Write it to FILE; a file that is no page of clientcfg is never overwritten.",
)
@click.option(
    "--no-probe",
    is_flag=True,
    help="Take the named servers as they are, ask nobody; the page says so.",
)
@server_options
@account_options
@output_options
@click.pass_context
def guide(
    ctx: click.Context,
    /,
    address: str | None,
    clients: tuple[str, ...],
    form: str | None,
    out: str | None,
    no_probe: bool,
    password_stdin: bool,  # noqa: ARG001 - taken everywhere, needed by no page
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **options: Any,
) -> None:
    """The configuration page of a program: steps by hand with this account's own values.

    ADDRESS may be left out when --smtp names the server. The page never holds a
    password. Exit status 1 where the page says that the program cannot send
    there as it is.
    """
    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    chosen = _format(form, out, as_json=as_json)
    here = Here.real()
    if clients:
        versions = tuple(here.catalog.parse(text) for text in clients)
    else:
        versions = installed_versions(here.installed(), here)
    if not versions:
        raise No(
            "no-client-found",
            _("No mail program that clientcfg knows is installed here."),
            _("Name one with --client NAME@VERSION."),
        )
    question = question_from(address, probe=not no_probe, **options)
    done = run(screen, guide_flow(question, versions, here), GuideDone)
    if out is not None:
        _write(screen, rendered(done.guides, chosen), out, here)
    elif not as_json:
        sys.stdout.write(rendered(done.guides, chosen))
    if as_json:
        from clientcfg.guides.document import guide_document  # noqa: PLC0415

        screen.document(guide_document(done.guides))
    ctx.exit(0 if all(page.verdict in _CAN for page in done.guides) else 1)


def rendered(guides: "tuple[Guide, ...]", form: str) -> str:
    """The pages in one of :data:`FORMATS`."""
    from clientcfg.guides.document import guide_document  # noqa: PLC0415 - only what is needed
    from clientcfg.guides.html import as_html  # noqa: PLC0415
    from clientcfg.guides.markdown import as_markdown  # noqa: PLC0415
    from clientcfg.guides.text import as_text  # noqa: PLC0415

    if form == "json":
        return json_text(guide_document(guides)) + "\n"
    if form == "html":
        return as_html(guides, language())
    return as_markdown(guides) if form == "markdown" else as_text(guides)


def _format(form: str | None, out: str | None, *, as_json: bool) -> str:
    """The format to write; raises :class:`WrongUsage` where two are wanted in one place."""
    if as_json and out is None and form not in (None, "json"):
        raise WrongUsage(
            "two-formats",
            _("--json and --format {form} cannot both go to standard output.").format(form=form),
            _("Leave one of the two out, or name a file with --out FILE."),
        )
    if form is not None:
        return form
    return _BY_ENDING.get(PurePath(out).suffix.casefold(), "text") if out is not None else "text"


def _write(screen: Screen, page: str, out: str, here: Here) -> None:
    from clientcfg.flows.guide_file import save_page  # noqa: PLC0415

    path = save_page(page, out, here.disk)
    if not screen.manner.as_json:
        screen.say(_("{mark} The page was written to {path}.").format(mark=YES, path=path))
