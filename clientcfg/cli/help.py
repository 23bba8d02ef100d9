# SPDX-License-Identifier: MPL-2.0
"""Help in the chosen language: click's own texts are translated as they are written out.

Commands and options say their help in plain English, so that importing them
translates nothing.
"""

from collections.abc import Iterable
from typing import Any

import click

from clientcfg.words import _, later

# Click's own words, as it hands them to its formatter.
_CLICKS = (
    later("Options"),
    later("Commands"),
    later("Show this message and exit."),
    later("Show the version and exit."),
)


class Formatter(click.HelpFormatter):
    """Translates each text before it is folded."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, _("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """The name of a section."""
        super().write_heading(_(heading))

    def write_text(self, text: str) -> None:
        """What a command is for."""
        super().write_text(_(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], *more: Any, **options: Any) -> None:
        """A list of options or commands."""
        super().write_dl([(term, _row(text)) for term, text in rows], *more, **options)


class Context(click.Context):
    """What a command runs in; its help is in the chosen language."""

    formatter_class = Formatter


def usage_error(error: click.ClickException) -> str:
    """What was wrong on the command line; rarer things are said in click's own words."""
    match error:
        case click.NoSuchOption(option_name=option, possibilities=near):
            said = _("There is no option {option}.").format(option=option)
            hint = _("Did you mean {names}?").format(names=", ".join(near)) if near else ""
            return f"{said} {hint}".rstrip()
        case click.MissingParameter(param=click.Parameter() as parameter):
            return _("{name} is missing.").format(name=parameter.human_readable_name.upper())
        case _:
            return error.format_message()


def _row(text: str) -> str:
    """A help text in the list of options; what click adds in brackets stays as it is."""
    said, bracket, added = text.partition("  [")
    return _(said) + bracket + added
