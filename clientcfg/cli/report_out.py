# SPDX-License-Identifier: MPL-2.0
"""A probe's report as a page: which form, and where to."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

import click

from clientcfg.cli.screen import YES, Screen, json_text
from clientcfg.flows.events import ProbeDone
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

_FORMS = ("text", "html", "json")
_BY_ENDING = {".html": "html", ".htm": "html", ".json": "json"}


def page_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--format`` and ``--out``."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(_FORMS),
        help="How the report is written; otherwise by the ending of --out, else text.",
    )
    out = click.option(
        "--out",
        metavar="FILE",
        help="Write it to FILE; a file that is no report of clientcfg is never overwritten.",
    )
    return form(out(function))


def page_wanted(form: str | None, out: str | None, *, as_json: bool, alone: bool) -> str:
    """The form that is meant. *alone*: another text was asked for, which is all that is shown.

    Raises :class:`WrongUsage` where two are wanted in one place.
    """
    if alone and (form is not None or out is not None):
        raise WrongUsage(
            "two-formats",
            _("--letter and --ticket are texts of their own, with no --format and no --out."),
            _("Leave one of the two out."),
        )
    if as_json and out is None and form not in (None, "json"):
        raise WrongUsage(
            "two-formats",
            _("--json and --format {form} cannot both go to standard output.").format(form=form),
            _("Leave one of the two out, or name a file with --out FILE."),
        )
    if form is not None:
        return form
    return _BY_ENDING.get(PurePath(out).suffix.casefold(), "text") if out is not None else "text"


def show_page(done: ProbeDone) -> None:
    """The page on standard output."""
    sys.stdout.write(_rendered(done, "html"))


def write_page(screen: Screen, done: ProbeDone, form: str, out: str) -> None:
    """Write the report to *out*, and say so."""
    from clientcfg.changes.this_disk import this_disk  # noqa: PLC0415 - only where a file is wanted
    from clientcfg.flows.guide_file import save_page  # noqa: PLC0415
    from clientcfg.flows.report_page import MARK  # noqa: PLC0415

    path = save_page(_rendered(done, form), out, this_disk(), MARK)
    if not screen.manner.as_json:
        screen.say(_("{mark} The report was written to {path}.").format(mark=YES, path=path))


def _rendered(done: ProbeDone, form: str) -> str:
    from clientcfg.flows.report_file import probe_tree  # noqa: PLC0415 - only what is needed
    from clientcfg.flows.report_page import MARK, report_page  # noqa: PLC0415
    from clientcfg.flows.ticket import ticket_text  # noqa: PLC0415

    if form == "json":
        return json_text(probe_tree(done)) + "\n"
    if form == "html":
        return report_page(done.report, datetime.now(UTC))
    return f"{ticket_text(done.report, masked=False)}\n{MARK}\n"
