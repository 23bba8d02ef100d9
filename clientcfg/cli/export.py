# SPDX-License-Identifier: MPL-2.0
"""``export``: files for another machine."""

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
from clientcfg.cli.progress import run
from clientcfg.cli.screen import Manner, Screen
from clientcfg.cli.show_export import show_export, show_people
from clientcfg.flows.events import ExportDone
from clientcfg.flows.export import export as export_flow
from clientcfg.flows.export_extras import authorities_from, read_named, signer_from
from clientcfg.flows.export_folder import write_folder
from clientcfg.flows.export_people import export_people
from clientcfg.flows.export_settled import Extras
from clientcfg.flows.here import Here
from clientcfg.flows.people import read_people
from clientcfg.model.address import Address
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _


@click.command()
@click.argument("address", required=False)
@click.option(
    "--client",
    "clients",
    multiple=True,
    metavar="NAME[@VERSION][:PLATFORM]",
    help="For this program (repeatable).",
)
@click.option("--out", metavar="DIR", help="The folder to write to; made where there is none.")
@click.option(
    "--current",
    metavar="FILE",
    help="The program’s settings as they are there: an exported .reg key, a prefs.js.",
)
@click.option(
    "--users",
    metavar="FILE.csv",
    help="For many people, a folder each: address,name,user,smtp_user; the first row says so.",
)
@click.option(
    "--with-password",
    is_flag=True,
    help="Write the password into the files that can hold one. Whoever has them has it.",
)
@click.option("--organization", metavar="NAME", help="Whom the files come from, as shown there.")
@click.option("--consent", metavar="TEXT", help="What a person has to agree to first (Apple).")
@click.option("--url", metavar="URL", help="Where the profile will be fetched from (Apple).")
@click.option(
    "--root-cert",
    multiple=True,
    metavar="FILE",
    help="An authority that the devices shall trust, PEM or DER (Apple; repeatable).",
)
@click.option(
    "--sign-cert",
    metavar="FILE",
    help="Sign with this certificate; the intermediate ones are in the same file, PEM (Apple).",
)
@click.option("--sign-key", metavar="FILE", help="Its private key, PEM (Apple).")
@click.option("--no-probe", is_flag=True, help="Take the named servers as they are, ask nobody.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@server_options
@account_options
@output_options
@click.pass_context
def export(
    ctx: click.Context,
    /,
    address: str | None,
    clients: tuple[str, ...],
    out: str | None,
    current: str | None,
    users: str | None,
    with_password: bool,
    organization: str | None,
    consent: str | None,
    url: str | None,
    root_cert: tuple[str, ...],
    sign_cert: str | None,
    sign_key: str | None,
    no_probe: bool,
    yes: bool,
    password_stdin: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **options: Any,
) -> None:
    """Files for another machine, and a page that says what each does and does not.

    None of them holds a password, unless --with-password asks for it.
    """
    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    if (address is None and users is None) or not clients or out is None:
        raise WrongUsage(
            "what-to-export",
            _("An export needs an e-mail address, the program and a folder to write to."),
            _("For example: clientcfg export ada@example.org --client apple-mail --out files"),
        )
    for_one = (address, current, options["user"], options["smtp_user"], options["real_name"])
    if users is not None and (any(for_one) or with_password or password_stdin):
        raise WrongUsage(
            "for-one-person",
            _(
                "--users is for many people; an address, names, a password and --current are for "
                "one."
            ),
            _("Write addresses and names into the list, and leave the others out."),
        )
    if address is not None:
        Address.parse(address)
    here = Here.real()
    versions = tuple(dict.fromkeys(here.catalog.parse(text) for text in clients))
    secret = password_from_stdin() if password_stdin else None
    answerer = TerminalAnswerer(screen, secret, yes=yes)
    signer = signer_from(sign_cert, sign_key, here.disk, here.now(), answerer.passphrase)
    extras = Extras(
        current=None if current is None else read_named(current, here.disk),
        with_password=with_password,
        organization=organization,
        consent=consent,
        authorities=authorities_from(root_cert, here.disk),
        url=url,
        sign=None if signer is None else signer.sign,
        signature=None if signer is None else signer.signature,
    )
    if users is not None:
        people = read_people(read_named(users, here.disk))
        question = question_from(str(people[0].address), probe=not no_probe, **options)
        flow = export_people(question, people, versions, extras, answerer, here)
    else:
        question = question_from(address, probe=not no_probe, **options)
        flow = export_flow(question, versions, extras, answerer, here)
    done = run(screen, flow, ExportDone)
    document = write_folder(done.exports, out, here.disk, folder_each=users is not None)
    if as_json:
        screen.document(document)
    elif users is not None:
        show_people(screen, done.exports, out)
    else:
        show_export(screen, done.exports, document)
    ctx.exit(1 if any(export.refused for export in done.exports) else 0)
