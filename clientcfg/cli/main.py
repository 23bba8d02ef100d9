# SPDX-License-Identifier: MPL-2.0
"""The command ``clientcfg``. Commands are imported only when they are asked for."""

import importlib
import io
import os
import sys
from typing import Any, NoReturn

import click

from clientcfg import __version__
from clientcfg.cli.fail import fail, interrupted, status_of
from clientcfg.cli.help import Context
from clientcfg.cli.interrupt import came, listen
from clientcfg.words import _, later, speak

# Command → module of clientcfg.cli; each has a click command of the same name.
COMMANDS = {
    "find": "ask",
    "probe": "ask",
    "clients": "clients",
    "check": "check",
    "apply": "apply",
    "undo": "undo",
    "history": "undo",
    "verify": "verify",
    "guide": "guide",
    "export": "export",
    "demo": "demo",
}

HELP = {
    "find": later("Where this address’s servers are, and who says so."),
    "probe": later("What the servers really say."),
    "clients": later("Mail programs installed here, and what they can do."),
    "check": later("Can this program send there with SMTP-Auth?"),
    "apply": later("Set a mail program up: shows the plan, asks, writes with a way back."),
    "undo": later("Take a change back."),
    "history": later("What was changed here, newest first."),
    "verify": later("Log in, send one message to yourself, see it arrive."),
    "guide": later("The configuration page: steps by hand, with this account’s own values."),
    "export": later("Files for another machine, and what each of them does there."),
    "demo": later("Show the whole job on mail servers of our own."),
}

# These look into a home or ask a keyring.
_OF_A_PERSON = {"clients", "check", "apply", "undo", "history", "verify", "guide", "export"}


class _Commands(click.Group):
    """Knows the commands by name, so that help costs no imports."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = getattr(importlib.import_module(f"clientcfg.cli.{module}"), cmd_name)
        assert isinstance(found, click.Command)  # noqa: S101
        found.context_class = Context
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, HELP[name]) for name in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            import difflib  # noqa: PLC0415

            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            said = _("There is no command “{name}”.").format(name=args[0])
            hint = _("Did you mean “{name}”?").format(name=near[0]) if near else ""
            ctx.fail(f"{said} {hint}".rstrip())


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="clientcfg %(version)s")
@click.pass_context
def clientcfg(ctx: click.Context) -> None:
    """From an e-mail address to a mail program that provably sends with SMTP-Auth.

    Without a command it opens the desktop app.
    """
    if ctx.invoked_subcommand is None:
        from clientcfg.cli.app import open_app  # noqa: PLC0415

        ctx.exit(open_app(ctx))
    if "SUDO_USER" in os.environ and ctx.invoked_subcommand in _OF_A_PERSON:
        from clientcfg.flows.whose import home_of, sudo_note  # noqa: PLC0415

        note = sudo_note(os.environ, home_of(os.environ))
        if note is not None:
            click.echo(note, err=True)


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and end the process with the right status."""
    words = sys.argv[1:] if args is None else args
    listen()
    speak()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets an escape, never a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        result: Any = clientcfg.main(words, prog_name="clientcfg", standalone_mode=False)
        status = result if isinstance(result, int) else 0
    except (click.Abort, KeyboardInterrupt):
        status = interrupted(as_json="--json" in words)
    except BrokenPipeError:
        status = status_of(BrokenPipeError())
    except Exception as e:
        as_json = "--json" in words
        status = interrupted(as_json=as_json) if came() else fail(e, as_json=as_json)
    sys.exit(status)
