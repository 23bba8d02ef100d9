# SPDX-License-Identifier: MPL-2.0
"""The canary on real programs: Thunderbird's own password library, Postfix, Dovecot.

What ``tests/unit/secrets`` looks for on a made-up machine is looked for here in
an ordinary user's home in which the real Thunderbird keeps the password.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running.places import CHECKOUT
from tests.support.watched import Seen, files, leaks, watch
from tests.world.options import ALICE, IMAP_HOST, SMTP_HOST, Options
from tests.world.servers import MailWorld
from tests.world.thunderbird import Thunderbird

pytestmark = [pytest.mark.thunderbird, pytest.mark.real_servers]

CANARY = 'Kan4r"ie\\vögel-ä>?zQ7~'


class Household:
    """One person with a Thunderbird, and the servers that know the canary (or do not)."""

    def __init__(self, thunderbird: Thunderbird, world: MailWorld) -> None:
        self.thunderbird = thunderbird
        self.person = thunderbird.person
        self.world = world
        self.profile = thunderbird.new_profile()
        thunderbird.trust(self.profile, world.ca_file)

    def clientcfg(self, *arguments: str | Path) -> Seen:
        """Watched, also in the folders where files are for a moment only."""
        home = self.person.home
        command = [sys.executable, "-m", "clientcfg", *arguments]
        more = {"PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"}
        return watch(
            self.person._as_person(command, may_read=True),
            self.person.environment | more,
            [home / ".tmp", home / ".run"],
            stdin=CANARY + "\n",
        )

    def set_up(self, *more: str) -> Seen:
        servers = ("--smtp", f"{SMTP_HOST}:465/tls", "--imap", f"{IMAP_HOST}:993/tls")
        return self.clientcfg(
            *("apply", ALICE, "--client", "thunderbird", "--password-stdin", "--yes"),
            *("--ca", str(self.world.ca_file), "--verbose", *servers, *more),
        )

    def nowhere(self, seen: Seen) -> None:
        assert seen.leaks(CANARY) == {}
        assert seen.leaks_in_files(CANARY) == {}
        assert leaks(files(self.person.home), CANARY) == {}
        assert "Traceback" not in seen.said


@pytest.fixture
def household(
    new_thunderbird: Callable[[MailWorld], Thunderbird],
    new_mail_world: Callable[[Options], MailWorld],
) -> Callable[[str], Household]:
    def make(password: str) -> Household:
        world = new_mail_world(Options(accounts={ALICE: password}))
        return Household(new_thunderbird(world), world)

    return make


def test_stored_by_the_real_library_and_nowhere_else(
    household: Callable[[str], Household],
) -> None:
    here = household(CANARY)
    for manner in ([], ["--json"]):
        before = files(here.profile)
        seen = here.set_up(*manner)
        assert seen.status == 0, seen.said
        here.nowhere(seen)
        assert any(b"nss_child" in said for said in seen.processes.values()), "its child was seen"
        assert len(files(here.profile).keys() - before.keys()) >= 1
        undone = here.clientcfg("undo", "--verbose", *manner)
        assert undone.status == 0, undone.said
        here.nowhere(undone)
        assert files(here.profile) == before

    # It was the very password: the real program sends with it and asks for nothing.
    assert here.set_up().status == 0
    with here.thunderbird.running():
        here.thunderbird.send(ALICE, "canary")
        here.world.mail_arrives("canary")
        assert here.thunderbird.prompts() == []
    assert leaks(files(here.person.home / ".local"), CANARY) == {}

    pruned = here.clientcfg("history", "--prune", "--json")
    assert pruned.status == 0
    here.nowhere(pruned)
    assert not list(here.person.home.rglob("*clientcfg-2*")), "no copy of the store is left"


def test_refused_by_the_real_servers(household: Callable[[str], Household]) -> None:
    here = household("another one")
    before = files(here.profile)
    for manner in ([], ["--json"]):
        seen = here.set_up(*manner)
        assert seen.status == 1, seen.said
        here.nowhere(seen)
    assert files(here.profile) == before


def test_refused_while_the_real_program_is_open(household: Callable[[str], Household]) -> None:
    here = household(CANARY)
    with here.thunderbird.running():
        seen = here.set_up()
        assert seen.status == 4, seen.said
        here.nowhere(seen)
