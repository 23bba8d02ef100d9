# SPDX-License-Identifier: MPL-2.0
"""``demo``: the whole job on mail servers of our own, in the terminal or in the app."""

from collections.abc import Callable
from dataclasses import dataclass

import click

from clientcfg.cli import interrupt
from clientcfg.cli.answer import TerminalAnswerer
from clientcfg.cli.options import output_options
from clientcfg.cli.progress import describe, drive
from clientcfg.cli.screen import YES, Manner, Screen
from clientcfg.cli.show_clients import show_clients
from clientcfg.cli.show_found import show_found
from clientcfg.cli.show_plan import show_undone
from clientcfg.cli.show_report import show_report
from clientcfg.cli.show_verdict import show_verdicts
from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.world import World
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.check import check, installed_versions
from clientcfg.flows.events import (
    CheckDone,
    Event,
    FindDone,
    ProbeDone,
    Proved,
    SetUpDone,
    UndoDone,
    VerifyDone,
)
from clientcfg.flows.find import find
from clientcfg.flows.here import Here
from clientcfg.flows.probe import probe
from clientcfg.flows.prove import verify
from clientcfg.flows.question import Question
from clientcfg.flows.set_up import SetUp, set_up
from clientcfg.flows.undo import undo
from clientcfg.model.trouble import Trouble
from clientcfg.model.verdict import VerdictKind
from clientcfg.words import _

OLD = "netscape@4.08:win"


@click.command()
@click.option("--headless", is_flag=True, help="In the terminal, also where there is a display.")
@output_options
@click.pass_context
def demo(
    ctx: click.Context,
    /,
    headless: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> None:
    """Show the whole job on mail servers of our own, started on this machine.

    Needs no other software and no privileges, and touches no settings of
    yours: the account, the servers and the home are made up and gone behind it.
    """
    screen = Screen(Manner(as_json, quiet, verbose, no_color))
    if not headless and not as_json:
        from clientcfg.cli.app import display_there, open_demo  # noqa: PLC0415

        if display_there():
            ctx.exit(open_demo())
    steps = interrupt.run(_demo(screen))
    if as_json:
        screen.document(
            {
                "schema": "clientcfg/demo/1",
                "steps": [{"step": s.name, "ok": s.ok, "text": s.text} for s in steps],
            }
        )
    ctx.exit(0 if all(step.ok for step in steps) else 1)


class DemoFailed(Trouble):
    """A step of the demo did not do what it says."""

    status = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One step and whether it did what it says."""

    name: str
    ok: bool
    text: str


async def _demo(screen: Screen) -> list[Step]:
    async with World() as world:
        return await _Show(screen, world).run()


class _Show:
    """The steps, in order; each says what it does, does it, and is judged."""

    def __init__(self, screen: Screen, world: World) -> None:
        self._screen = screen
        self._talk = not screen.manner.as_json
        self._world = world
        self._machine: DemoMachine = make_machine(world.home)
        self._here = Here(
            home=self._machine.home,
            root=self._machine.root,
            state=world.home / "state",
            environ={},
        )
        self._answerer = TerminalAnswerer(screen, world.password, yes=True)
        self._question = Question(
            address=world.address,
            real_name="Ada Lovelace",
            nameserver=Nameserver(*world.dns),
            ca_files=(str(world.ca_file),),
        )
        self._before = self._machine.tree()
        self.steps: list[Step] = []

    async def run(self) -> list[Step]:
        """Everything; a step that fails ends it."""
        say = self._say
        say(
            _("clientcfg demo: servers for {address} were started on this machine.").format(
                address=self._world.address
            ),
            "bold",
        )
        for step in (
            self._find, self._probe, self._clients, self._check, self._apply,
            self._verify, self._undo,
        ):  # fmt: skip
            await step()
        say()
        say(
            _("{mark} Every step did what it says. Nothing of it is left on this machine.").format(
                mark=YES
            ),
            "bold green",
        )
        return self.steps

    async def _find(self) -> None:
        self._head(_("Find: where are the servers of this address?"), "find")
        done = await drive(self._screen, find(self._question), FindDone)
        self._show(lambda: show_found(self._screen, done.found))
        self._judge("find", len(done.found.offers) == 6, _("DNS names six servers"))

    async def _probe(self) -> None:
        self._head(_("Probe: what do they really say?"), "probe")
        done = await drive(self._screen, probe(self._question), ProbeDone)
        self._show(lambda: show_report(self._screen, done.report, transcript=False))
        good = all(e.trusted for e in done.report.endpoints)
        settled = all(o.trust == "A4" and not o.confirm for o in done.found.offers)
        self._judge("probe", good and settled, _("all six answered and proved who they are"))

    async def _clients(self) -> None:
        self._head(_("Clients: which programs are here?"), "clients")
        found = self._here.installed()
        pairs = [(self._here.catalog.of(i), i) for i in found]
        formats = frozenset(self._here.formats)
        self._show(lambda: show_clients(self._screen, list(pairs), formats=formats))
        names = [i.client for i in found]
        self._judge("clients", names == ["thunderbird"], _("a Thunderbird in the demo’s own home"))

    async def _check(self) -> None:
        self._head(_("Check: can they send there? And a Netscape of 1998?"), "check")
        here = self._here
        versions = (*installed_versions(here.installed(), here), here.catalog.parse(OLD))
        done = await drive(self._screen, check(self._question, versions, here), CheckDone)
        self._show(lambda: show_verdicts(self._screen, done, here.catalog))
        kinds = [v.kind for v in done.verdicts]
        wanted = [VerdictKind.READY, VerdictKind.UPGRADE]
        self._judge("check", kinds == wanted, _("Thunderbird is ready, Netscape 4.08 is not"))

    async def _apply(self) -> None:
        self._head(_("Apply: write the settings, with a way back"), "apply")
        wish = SetUp(self._question, "thunderbird")
        done = await drive(self._screen, set_up(wish, self._answerer, self._here), SetUpDone)
        prefs = (self._machine.profile / "prefs.js").read_text()
        outgoing = done.review.account.outgoing.endpoint
        written = f'"{outgoing.host}"' in prefs and str(outgoing.port) in prefs
        kept = "mailnews.start_page.enabled" in prefs
        self._judge(
            "apply",
            done.entry is not None and written and kept,
            _("the account is in prefs.js, and everything else is as it was"),
        )

    async def _verify(self) -> None:
        self._head(_("Verify: does mail really go out?"), "verify")

        def watch(event: Event) -> None:
            if isinstance(event, Proved) and event.ok is not None:
                self._say(f"  {describe(event)}")

        flow = verify(self._question, self._answerer, self._here.remembered)
        done = await drive(self._screen, flow, VerifyDone, watch if self._talk else None)
        sent = self._world.log
        proved = bool(done.sent and done.seen and done.deleted and len(sent) == 1)
        self._judge(
            "verify",
            proved,
            _("the server logged one message with a log-in; it arrived and was deleted"),
        )

    async def _undo(self) -> None:
        self._head(_("Undo: take it back"), "undo")
        done = await drive(self._screen, undo(None, self._answerer, self._here), UndoDone)
        self._show(lambda: show_undone(self._screen, done))
        same = self._machine.tree() == self._before
        self._judge("undo", done.exact and same, _("every file is as it was, byte for byte"))

    def _judge(self, name: str, ok: bool, text: str) -> None:
        self.steps.append(Step(name, ok, text))
        if not ok:
            raise DemoFailed(
                "demo-failed",
                _("The demo’s step “{name}” did not do what it says: {text}.").format(
                    name=name, text=text
                ),
            )
        self._say(f"  {YES} {text}", "green")

    def _head(self, text: str, command: str) -> None:
        self._say()
        self._say(f"── {text}", "bold cyan")
        self._say(f"   clientcfg {command} …", "dim")

    def _show(self, show: Callable[[], None]) -> None:
        if self._talk and not self._screen.manner.quiet:
            show()

    def _say(self, text: str = "", style: str | None = None) -> None:
        if self._talk and not self._screen.manner.quiet:
            self._screen.say(text, style)
