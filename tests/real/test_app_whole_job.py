# SPDX-License-Identifier: MPL-2.0
"""The app with real keys and a real mouse: real servers, a real profile, and the mail arrives."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.running.places import CHECKOUT
from tests.world.options import ALICE, ALICE_PASSWORD, SMTP_HOST
from tests.world.servers import MailWorld
from tests.world.thunderbird import Thunderbird

pytestmark = [pytest.mark.gui, pytest.mark.thunderbird, pytest.mark.real_servers]

WAIT = 60
State = dict[str, Any]


class App:
    """The window on a display, driven from outside."""

    def __init__(self, process: subprocess.Popen[bytes], display: str) -> None:
        self._process, self._display = process, display

    def until(self, wanted: Callable[[State], object]) -> State:
        """Read what the app tells until *wanted* holds."""
        assert self._process.stdout is not None
        seen = []
        for line in self._process.stdout:
            seen.append(line.decode().strip())
            if line.startswith(b"{"):
                state: State = json.loads(line)
                if wanted(state):
                    return state
        pytest.fail("the app ended; it told: " + "\n".join(seen))

    def keys(self, *words: str) -> None:
        """Press keys, or type a text, as xdotool names them."""
        subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self._display},
            timeout=WAIT,
            check=True,
        )

    def write(self, text: str) -> None:
        """Type *text*, as slowly as somebody does.

        A letter that the keyboard lacks is laid on a spare key for that moment (xdotool),
        and it has to be read before that key is another one again.
        """
        self.keys("type", "--delay", "120", text)

    def click(self, at: tuple[int, int]) -> None:
        """Press the mouse there."""
        x, y = (str(n) for n in at)
        self.keys("mousemove", "--sync", x, y, "click", "1")


@contextmanager
def app(thunderbird: Thunderbird, world: MailWorld) -> Iterator[App]:
    """The app as an ordinary user, in the home where Thunderbird lives."""
    environment = {
        **thunderbird.display.environment,
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANGUAGE": "en",
    }
    process = thunderbird.person.start(
        [sys.executable, "-m", "tests.gui.person_child", world.ca_file],
        environment,
        output=subprocess.PIPE,
        may_read=True,
    )
    # A line that never comes ends the test, not the day.
    watchdog = threading.Timer(WAIT, process.kill)
    watchdog.start()
    try:
        yield App(process, environment["DISPLAY"])
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


def test_by_keys_and_mouse_thunderbird_is_set_up_and_sends(
    thunderbird: Thunderbird, mail_world: MailWorld
) -> None:
    profile = thunderbird.new_profile()
    thunderbird.trust(profile, mail_world.ca_file)
    already = len(mail_world.submissions())
    with app(thunderbird, mail_world) as window:
        window.until(lambda now: now["step"] == 0)
        window.write("Alice")
        window.keys("key", "Tab")
        window.write(ALICE)
        window.keys("key", "Return")
        found = window.until(lambda now: now["step"] == 1 and now["kind"] == "ready")
        window.click(found["primary"])
        window.until(lambda now: now["step"] == 2 and now["primary"])
        window.keys("key", "Return")
        review = window.until(lambda now: now["step"] == 3 and now["keep"])
        window.click(review["keep"])
        asked = window.until(lambda now: now["password"])
        window.write(ALICE_PASSWORD)
        window.click(asked["primary"])
        done = window.until(lambda now: now["said"] or (now["step"] == 4 and now["primary"]))
        assert done["step"] == 4, done["said"]
        window.click(done["primary"])
        proved = window.until(lambda now: now["kind"] in ("ready", "no", "unknown"))
        assert proved["kind"] == "ready"
        window.keys("key", "alt+F4")
        assert window.until(lambda now: "status" in now)["status"] == 0

    (test_message,) = mail_world.submissions()[already:]
    assert test_message.sasl_username == ALICE
    assert (test_message.tls or "").startswith("TLSv1.")
    assert SMTP_HOST in (profile / "prefs.js").read_text()
    files = [path for path in thunderbird.person.home.rglob("*") if path.is_file()]
    assert not any(ALICE_PASSWORD.encode() in path.read_bytes() for path in files)

    with thunderbird.running():
        thunderbird.send(ALICE, "set up with the mouse")
        mail_world.mail_arrives("set up with the mouse")
        thunderbird.wait_inbox(ALICE, "set up with the mouse")
        # Our own window is one of those that the display has seen.
        assert [title for title in thunderbird.prompts() if title != "clientcfg"] == []
    sent = mail_world.submissions()[-1]
    assert (sent.sasl_username, sent.door) == (ALICE, "submissions")
