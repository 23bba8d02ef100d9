# SPDX-License-Identifier: MPL-2.0
"""``clients``: the mail programs that are here, and what they can do."""

from pathlib import Path

import click

from clientcfg.cli.options import output_options
from clientcfg.cli.screen import Manner, Screen
from clientcfg.clients.catalog import said_by
from clientcfg.flows.here import Here
from clientcfg.model.client import ClientVersion, Installation
from clientcfg.model.client_documents import clients_document


@click.command()
@click.argument("name", required=False)
@click.option("--all", "all_known", is_flag=True, help="Every program that clientcfg knows.")
@click.option(
    "--validate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Check a profile file of your own, and show what it says.",
)
@output_options
def clients(
    name: str | None,
    all_known: bool,
    validate: Path | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Mail programs installed here, with version and ability.

    NAME (also NAME@VERSION) shows one in detail, with sources.
    """
    from clientcfg.cli.show_clients import show_client, show_clients  # noqa: PLC0415

    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    if validate is not None:
        versions = said_by(validate)
        if as_json:
            screen.document(clients_document([(v, None) for v in versions], can_apply=()))
        else:
            show_clients(screen, [(v, None) for v in versions], formats=frozenset())
        return
    here = Here.real()
    found: list[tuple[ClientVersion, Installation | None]] = [
        (here.catalog.of(i), i) for i in here.installed()
    ]
    if name is not None:
        wanted = here.catalog.parse(name)
        same = [pair for pair in found if pair[0].id == wanted.id]
        found = same if same and not _names_version(name) else [(wanted, None)]
    elif all_known:
        held = {version.id for version, _i in found}
        found += [(version, None) for version in here.catalog.all() if version.id not in held]
    if as_json:
        screen.document(clients_document(found, can_apply=here.formats))
    elif name is not None:
        for version, installation in found:
            show_client(screen, version, installation)
    else:
        show_clients(screen, found, formats=frozenset(here.formats))


def _names_version(name: str) -> bool:
    """Whether *name* asks for a certain version or platform, not for the program that is here."""
    return "@" in name or ":" in name
