# SPDX-License-Identifier: MPL-2.0
"""This machine, as flows see it: whose home, which programs, where the journal is.

Tests make their own; the faces use :meth:`Here.real`.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from clientcfg.advise.advise import advise_each
from clientcfg.changes.disk import Disk
from clientcfg.changes.entry import Entry
from clientcfg.changes.fill import StoreEncoder, nss
from clientcfg.changes.history import KEPT_FOR, history, prune
from clientcfg.changes.journal import Journal
from clientcfg.changes.recover import recover
from clientcfg.changes.registry import NoRegistry, Registry
from clientcfg.changes.state import state_directory
from clientcfg.changes.this_disk import this_disk
from clientcfg.clients.catalog import Catalog
from clientcfg.clients.detect import installed
from clientcfg.clients.found.processes import names_running
from clientcfg.clients.guard import Guard, guard_of, open_now
from clientcfg.clients.machine import Machine
from clientcfg.clients.mozilla.find import program_on_host
from clientcfg.clients.profile import Profile
from clientcfg.flows.question import Question
from clientcfg.flows.remembered import Remembered
from clientcfg.flows.whose import by, home_of, need_home
from clientcfg.flows.windows import Windows, this_windows
from clientcfg.formats.outlook import Outlook
from clientcfg.formats.thunderbird import Thunderbird
from clientcfg.model.client import ClientVersion, Installation
from clientcfg.model.plan import Format
from clientcfg.model.policy import Rules
from clientcfg.model.report import ServerReport
from clientcfg.model.secret import Encoder
from clientcfg.model.trouble import Trouble, WrongUsage
from clientcfg.model.verdict import Verdict
from clientcfg.policies.providers import Providers
from clientcfg.rooms import profile_path
from clientcfg.words import _


class Here:
    """What flows need of the machine, injected. ``now`` is the clock, in UTC."""

    def __init__(
        self,
        *,
        home: Path,
        state: Path,
        root: Path = Path("/"),
        environ: Mapping[str, str] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        disk: Disk | None = None,
        windows: Windows | None = None,
    ) -> None:
        self.home = home
        self.root = root
        self.environ = dict(environ or {})
        self.now = now
        self.disk: Disk = disk or this_disk()
        self.windows = windows
        self.registry: Registry = NoRegistry() if windows is None else windows.registry
        self.state = state

    @classmethod
    def real(cls) -> "Here":
        """The machine and the person that clientcfg runs for."""
        environ = dict(os.environ)
        return cls(
            home=home_of(environ),
            state=state_directory(environ),
            environ=environ,
            windows=this_windows(environ),
        )

    @property
    def by(self) -> str:
        """Who runs clientcfg, for the journal."""
        return by(self.environ)

    @cached_property
    def catalog(self) -> Catalog:
        """Every client that is known, the person's own profile files included."""
        return Catalog.load()

    @cached_property
    def bridges(self) -> tuple[ClientVersion, ...]:
        """Programs that can log in for another."""
        return Catalog(profile_path("bridges")).all()

    @cached_property
    def providers(self) -> Providers:
        """What mail providers have decided about log-ins."""
        return Providers.load()

    @cached_property
    def journal(self) -> Journal:
        """What was changed here, and how it was before."""
        return Journal(self.state, self.disk, self.registry)

    @cached_property
    def remembered(self) -> Remembered:
        """How well earlier log-ins were protected."""
        return Remembered(self.state, self.disk)

    @cached_property
    def formats(self) -> Mapping[str, Format]:
        """The kinds of settings that can be written, by the name profiles use."""
        return {f.name: f for f in (Thunderbird(), Outlook())}

    def each_installed(self) -> Iterator[Installation]:
        """The programs on this machine, one after the other."""
        return installed(
            self.catalog.detectable(),
            home=self.home,
            root=self.root,
            environ=self.environ,
            hive=None if self.windows is None else self.windows.hive,
            running=None if self.windows is None else self.windows.running,
        )

    def installed(self) -> tuple[Installation, ...]:
        """All of them at once."""
        return tuple(self.each_installed())

    def verdict(self, report: ServerReport, client: ClientVersion, question: Question) -> Verdict:
        """What *advise* makes of it, with everything it may look up."""
        return self.verdicts(report, (client,), question)[0]

    def verdicts(
        self, report: ServerReport, clients: tuple[ClientVersion, ...], question: Question
    ) -> tuple[Verdict, ...]:
        """The same for many."""
        return tuple(self.each_verdict(report, clients, question))

    def each_verdict(
        self, report: ServerReport, clients: Iterable[ClientVersion], question: Question
    ) -> Iterator[Verdict]:
        """The same one after the other."""
        return advise_each(
            report,
            clients,
            self.catalog,
            rules=self.rules(report, question),
            bridges=self.bridges,
            clear_allowed=question.trust.named_loopback,
        )

    def rules(self, report: ServerReport, question: Question) -> Rules:
        """What the providers of these servers have decided, as of today."""
        return self.providers.rules(
            self.now().date(),
            (e.endpoint for e in report.endpoints),
            domain=question.domain if not question.host else None,
            named=question.servers,
        )

    def recover(self) -> tuple[str, ...]:
        """Take back what a run that was cut off left half-written; a sentence for each.

        Raises :class:`WrongUsage` where there is no home to work in.
        """
        need_home(self.home)
        said = recover(self.journal, self.now(), lambda entry: self.guard(entry.installation)())
        return (*said, *self._pruned())

    def _pruned(self) -> tuple[str, ...]:
        """Throw away what was kept long enough; what cannot go now goes at a later start."""
        try:
            old = prune(self.journal, self.now(), deadline=0)
        except Trouble as trouble:
            if trouble.code == "another-clientcfg":
                return ()
            return (_("Old backups could not be thrown away: {why}").format(why=trouble.text),)
        return tuple(
            _(
                "The backup of change {id} was thrown away after {days} days. The change can "
                "still be undone, as settings; no longer byte for byte."
            ).format(id=entry.id, days=KEPT_FOR.days)
            for entry in old
        )

    def prune(self) -> tuple[Entry, ...]:
        """Throw away every backup now, however young; the changes it was for."""
        return prune(self.journal, self.now(), older_than=timedelta(0))

    def history(self) -> tuple[Entry, ...]:
        """Every change, newest first."""
        return history(self.journal)

    def encoders(self, installation: Installation) -> Mapping[Encoder, StoreEncoder]:
        """What encrypts for the client's own store: its own library, wherever it lies."""
        machine = Machine(home=self.home, root=self.root, environ=self.environ)
        program = program_on_host(installation, machine) or installation.program
        return {"nss-sdr": nss(program)}

    def guard(self, installation: Installation) -> Guard:
        """What keeps the client from starting while its settings are written."""
        return guard_of(installation, self._known(installation), self.running)

    def is_open(self, installation: Installation) -> bool | None:
        """Whether it is open now; None where there is no telling."""
        return open_now(installation, self._known(installation), self.running)

    def _known(self, installation: Installation) -> Profile | None:
        try:
            return self.catalog.profile(installation.client)
        except WrongUsage:
            return None

    def running(self) -> frozenset[str] | None:
        """The names of the programs that somebody runs now; None where there is no telling."""
        if self.windows is not None:
            return self.windows.running()
        return names_running(Machine(home=self.home, root=self.root, environ=self.environ))
