# SPDX-License-Identifier: MPL-2.0
"""The real Thunderbird, covered by another window: a second start brings it to the front."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from clientcfg.flows.here import Here
from clientcfg.flows.start_program import to_front
from clientcfg.model.client import Installation
from tests.world.display import Display, Window
from tests.world.person import Person
from tests.world.thunderbird import PROGRAM, Thunderbird
from tests.world.waiting import until

pytestmark = pytest.mark.thunderbird


@contextmanager
def session_bus(person: Person) -> Iterator[str]:
    """The address of a bus of the person's own, as every desktop session has one."""
    socket = person.home / ".run" / "bus"
    address = f"unix:path={socket}"
    bus = person.start(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--address", address]
    )
    try:
        until(socket.is_socket, 10, lambda: "no session bus")
        yield address
    finally:
        bus.kill()
        bus.wait()


def test_a_covered_window_comes_to_the_front() -> None:
    with Person() as person, Display(person) as display, session_bus(person) as address:
        profile = Thunderbird(person, display).new_profile()
        environment = {**display.environment, "DBUS_SESSION_BUS_ADDRESS": address}
        started = [person.start([PROGRAM, "--profile", profile], environment)]
        try:
            mail = until(lambda: shown(display, "thunderbird"), 60, lambda: "no window")
            started.append(person.start(["xmessage", "in the way"], environment))
            over = until(lambda: shown(display, "xmessage"), 20, lambda: "no cover")
            until(lambda: display.active() == over.id, 20, lambda: "never covered")
            installation = Installation(
                client="thunderbird",
                name="Thunderbird",
                version=None,
                platform="linux",
                program=str(PROGRAM.parent),
                packaging="deb",
                profile_root=str(profile.parent),
                profile=str(profile),
                running=True,
            )
            here = Here(home=person.home, state=person.home / "state", environ=environment)
            command = to_front(installation, here)
            assert command is not None
            # The second start ends by itself at once, and leaves one window.
            assert person.run(command, environment, seconds=30).returncode == 0
            until(lambda: display.active() == mail.id, 20, display.active)
            assert len([w for w in display.windows() if "thunderbird" in w.classes]) == 1
        finally:
            for process in reversed(started):
                process.kill()
                process.wait()


def shown(display: Display, name: str) -> Window | None:
    return next((w for w in display.windows() if name in w.classes.lower()), None)
