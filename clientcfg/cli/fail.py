# SPDX-License-Identifier: MPL-2.0
"""How a failure is told: sentences, an exit status, never a traceback."""

import os
import sys

import click

from clientcfg.cli.help import usage_error
from clientcfg.cli.interrupt import INTERRUPTED
from clientcfg.cli.screen import json_text
from clientcfg.model.trouble import Trouble, WrongUsage
from clientcfg.words import _


class _Defect(Trouble):
    """A fault of clientcfg itself."""


class _Interrupted(Trouble):
    """The person pressed Ctrl-C."""

    status = INTERRUPTED


def fail(error: Exception, *, as_json: bool) -> int:
    """Tell the person about *error* and give the exit status."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    trouble = _as_trouble(error)
    if as_json:
        from clientcfg.model.documents import error_document  # noqa: PLC0415 - 40 ms

        click.echo(json_text(error_document(trouble)))
    click.echo(trouble.text, err=True)
    for line in trouble.lines:
        click.echo(f"  {line}".rstrip(), err=True)
    for line in trouble.advice:
        click.echo(f"  → {line}", err=True)
    return trouble.status


def interrupted(*, as_json: bool) -> int:
    """Tell that Ctrl-C ended it, and give the exit status."""
    click.echo(err=True)
    if not as_json:
        return INTERRUPTED
    return fail(_Interrupted("interrupted", _("Interrupted.")), as_json=True)


def status_of(error: Exception) -> int:
    """The exit status for an error that needs no words (the reader went away)."""
    if isinstance(error, BrokenPipeError):
        # Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _as_trouble(error: Exception) -> Trouble:
    if isinstance(error, Trouble):
        return error
    if isinstance(error, click.ClickException):
        advice: tuple[str, ...] = ()
        if isinstance(error, click.UsageError) and error.ctx is not None:
            advice = (_("See: {command} --help").format(command=error.ctx.command_path),)
        return WrongUsage("usage", usage_error(error), *advice)
    if isinstance(error, ExceptionGroup):
        troubles = [e for e in error.exceptions if isinstance(e, Trouble)]
        if troubles:
            return troubles[0]
    report = _report(error)
    told = _("No report could be written. Please tell the authors what you did.")
    if report is not None:
        told = _(
            "A report without any password lies in {file}; please send it to the authors."
        ).format(file=report)
    return _Defect(
        "defect",
        _("clientcfg has a defect and stopped ({kind}).").format(kind=type(error).__name__),
        told,
    )


def _report(error: Exception) -> str | None:
    """Where the trace was written: code lines and types only, so no value can be in it."""
    import tempfile  # noqa: PLC0415 - only where something went wrong
    import traceback  # noqa: PLC0415

    lines = ["clientcfg defect report\n", f"{type(error).__name__}\n"]
    lines += [
        f"{frame.filename}:{frame.lineno} {frame.name}\n"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="clientcfg-defect-", suffix=".txt", delete=False, errors="backslashreplace"
        ) as file:
            file.writelines(lines)
    except OSError:
        return None
    return file.name
