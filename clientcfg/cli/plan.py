# SPDX-License-Identifier: MPL-2.0
"""``apply --plan FILE``: a plan that is written here and carried out by whoever may."""

from typing import Any

from clientcfg.cli.answer import TerminalAnswerer
from clientcfg.cli.progress import run
from clientcfg.cli.screen import YES, Screen
from clientcfg.cli.show_plan import show_plan_read
from clientcfg.cli.written import told_if_written
from clientcfg.flows.documents import plan_carried_document
from clientcfg.flows.events import PlanCarried, Reviewed
from clientcfg.flows.here import Here
from clientcfg.flows.plan_file import carry_plan_out, command_for, save_plan
from clientcfg.model.trouble import Refused, WrongUsage
from clientcfg.words import _


def need_no_password(*, store_password: bool) -> None:
    """A plan file never holds one, so none is asked for."""
    if store_password:
        raise Refused(
            "plan-with-secrets",
            _("A plan that writes a password cannot be put into a file."),
            _("Leave the password out; the program asks once."),
        )


def write_plan(screen: Screen, review: Reviewed, path: str, here: Here) -> str:
    """Put the plan into the file at *path* and say how it is carried out; its full path."""
    full = save_plan(review, path, here)
    if not screen.manner.as_json:
        screen.say()
        screen.say(_("Nothing was changed. The plan was written to {path}.").format(path=full))
        screen.say(
            _("  Whoever may write there carries it out with: {command}").format(
                command=command_for(full)
            )
        )
    return full


def carry_out(screen: Screen, path: str, here: Here, *, yes: bool, given: dict[str, Any]) -> None:
    """Show what the plan in the file at *path* does, ask, and do it."""
    beside = sorted(name.replace("_", "-") for name, value in given.items() if value)
    if beside:
        raise WrongUsage(
            "plan-says-all",
            _("The plan says all that is to be done, so --{option} cannot be given, too.").format(
                option=beside[0]
            ),
            _("Carry it out: {command}").format(command=command_for(path)),
        )
    answerer = TerminalAnswerer(screen, yes=yes)
    with told_if_written(screen, here):
        done = run(screen, carry_plan_out(path, answerer, here), PlanCarried)
    if screen.manner.as_json:
        screen.document(plan_carried_document(done, path))
        return
    if not answerer.shown:
        show_plan_read(screen, done.read)
    screen.say()
    if done.entry is None:
        screen.say(_("All of this is set already; nothing had to be changed."))
        return
    name = done.read.installation.name
    screen.say(_("{mark} Done. Start {name}.").format(mark=YES, name=name), style="green")
    sudo = "sudo " if "SUDO_USER" in here.environ else ""
    screen.say(_("  Take it back: {sudo}clientcfg undo {id}").format(sudo=sudo, id=done.entry.id))
