# SPDX-License-Identifier: MPL-2.0
"""Answering a flow's questions from the terminal."""

import getpass
import os
import select
import signal
import sys
from dataclasses import dataclass, field

from clientcfg.cli.options import as_secret
from clientcfg.cli.screen import Screen
from clientcfg.cli.show_plan import show_plan_read, show_review
from clientcfg.flows.events import PlanRead, Reviewed
from clientcfg.flows.password_store import StoreState, kept_password
from clientcfg.flows.question import ClientRuns, HostToConfirm, PasswordWanted
from clientcfg.model.secret import Secret
from clientcfg.words import _


@dataclass(slots=True)
class TerminalAnswerer:
    """Asks on standard error and reads the terminal. ``yes``: never asks for consent."""

    screen: Screen
    password_given: Secret | None = None
    yes: bool = False
    shown: bool = field(default=False, init=False)

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        """From standard input, else the system's keyring, else a prompt."""
        if self.password_given is not None:
            return self.password_given
        kept = await kept_password(wanted.username)
        if kept.secret is not None:
            return kept.secret
        if kept.state is StoreState.LOCKED:
            self.screen.note(kept.said)
        if not self.screen.interactive:
            return None
        self.screen.note(wanted.why)
        prompt = _("Password of {user} at {hosts}: ").format(
            user=wanted.username, hosts=", ".join(wanted.hosts)
        )
        with self.screen.pause():
            return _typed_secret(prompt)

    def passphrase(self, prompt: str) -> Secret | None:
        """Of a key in a file: only a prompt, never from standard input or the keyring."""
        if not self.screen.interactive:
            return None
        with self.screen.pause():
            return _typed_secret(prompt)

    async def accept_host(self, host: HostToConfirm) -> bool:
        """Never by ``--yes`` alone: the name has to be typed or given by --accept-host."""
        if self.yes or not self.screen.interactive:
            return False
        name = host.offer.endpoint.host
        self.screen.note(
            _(
                "{domain} is said to be served by {host}, but anybody on the line could say so."
            ).format(domain=host.domain, host=name)
        )
        return await self._typed(_("Type the server’s name to agree: ")) == name

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        """Wait for Enter; without a person there is nobody to close it."""
        if self.yes or not self.screen.interactive:
            return False
        question = _("{name} is open. Close it, then press Enter (or type n to stop): ")
        return not (await self._typed(question.format(name=runs.installation.name))).startswith("n")

    async def go_on(self, review: object) -> bool:
        """Show the plan and ask; with ``--yes`` only show it."""
        assert isinstance(review, Reviewed | PlanRead)  # noqa: S101 - what flows promise
        if not self.screen.manner.as_json and not self.shown:
            with self.screen.pause():
                if isinstance(review, Reviewed):
                    show_review(self.screen, review)
                else:
                    show_plan_read(self.screen, review)
            self.shown = True
        if self.yes:
            return True
        if not self.screen.interactive:
            return False
        typed = await self._typed(_("Write these settings? [y/N] "))
        return typed.lower() in {"y", "yes", "j", "ja"}

    async def _typed(self, prompt: str) -> str:
        with self.screen.pause():
            self.screen.err.print(prompt, end="", markup=False)
            return _typed_line()


# Both hold everything else up, as they may: nothing goes on while a person is asked.
# A thread of its own would go on reading after Ctrl-C, and keep the program from ending.


def _typed_secret(prompt: str) -> Secret | None:
    try:
        typed = getpass.getpass(prompt)
    except EOFError:
        return None
    return as_secret(typed) if typed else None


def _typed_line() -> str:
    """A line; empty at the end of the input."""
    _wait_for_typing()
    return sys.stdin.readline().strip()


def _wait_for_typing() -> None:
    """Wait until there is something to read; Ctrl-C always ends that.

    A signal that comes just before a read begins to block would otherwise be
    noticed only at the next key. The wake-up pipe leaves no such moment.
    """
    if sys.platform != "win32":  # select takes no console there
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        before = signal.set_wakeup_fd(writer)
        try:
            select.select([sys.stdin, reader], [], [])
        finally:
            signal.set_wakeup_fd(before)
            os.close(reader)
            os.close(writer)
