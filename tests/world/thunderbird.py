# SPDX-License-Identifier: MPL-2.0
"""The real Thunderbird, driven unattended.

::

    with MailWorld() as world, Person(world.hosts) as person, Display(person) as display:
        thunderbird = Thunderbird(person, display)
        profile = thunderbird.new_profile()          # what a first start makes of an empty home
        thunderbird.trust(profile, world.ca_file)
        …                                            # somebody writes settings into the profile
        with thunderbird.running():                  # a plain start: it picks the profile itself
            thunderbird.send(ALICE, "hello", "text")
            thunderbird.wait_inbox(ALICE, "hello")
            assert thunderbird.prompts() == []
"""

import configparser
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.running.places import ROOT
from tests.world import thunderbird_scripts as scripts
from tests.world.display import Display, Window
from tests.world.marionette import Marionette
from tests.world.person import Person
from tests.world.waiting import until

PROGRAM = Path("/usr/lib/thunderbird/thunderbird")
_START_SECONDS = 60.0
_PORT_FILE = "MarionetteActivePort"
# For the time of a run only. Without the first, remote control would set a
# hundred prefs of its own, among them one that forgets passwords.
_REMOTE = b"""
// remote control
user_pref("remote.prefs.recommended", false);
user_pref("marionette.port", 0);
"""
# Windows that nobody has to answer.
_ORDINARY_ROLES = frozenset({"3pane", "Msgcompose"})
_PROGRESS = "Sending Message - "
_ORDINARY_TITLE = re.compile(r"^Write: .* - Thunderbird$|(^| - )Mozilla Thunderbird$")


class Asked(Exception):
    """Thunderbird asks something and waits for somebody who is not there; the dialogs' titles."""


class Thunderbird:
    """Thunderbird for one person on one display."""

    def __init__(self, person: Person, display: Display) -> None:
        self.person = person
        self.display = display
        self._remote: Marionette | None = None
        self._answers: dict[str, str] = {}
        self._answered: set[str] = set()

    @property
    def root(self) -> Path:
        """The folder of ``profiles.ini``."""
        return self.person.home / ".thunderbird"

    def profiles(self) -> list[Path]:
        """The profiles that ``profiles.ini`` names."""
        ini = configparser.ConfigParser(interpolation=None)
        ini.read(self.root / "profiles.ini")
        return [self.root / ini[name]["Path"] for name in ini if name.startswith("Profile")]

    def new_profile(self) -> Path:
        """Start once in an empty home, and end again; returns the profile it made and used."""
        process = self.person.start([PROGRAM, "--headless"], self.display.environment)
        try:
            used = until(
                lambda: next(iter(self.root.glob("*.default-default/prefs.js")), None),
                _START_SECONDS,
                lambda: "Thunderbird made no profile",
            )
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        return used.parent

    def trust(self, profile: Path, ca_file: Path) -> None:
        """Make a profile trust an authority (``certutil``, as an administrator would)."""
        libraries = sorted(ROOT.glob("usr/lib/*-linux-gnu"))
        found = shutil.which("certutil")
        done = self.person.run(
            [
                *(found or ROOT / "usr/bin/certutil", "-A", "-d", f"sql:{profile}"),
                *("-n", "clientcfg test CA", "-t", "C,,", "-i", ca_file, "-f", "/dev/null"),
            ],
            {} if found else {"LD_LIBRARY_PATH": ":".join(f"{one}:{one}/nss" for one in libraries)},
            may_read=True,
        )
        if done.returncode:
            raise RuntimeError(f"certutil: {done.stderr}")

    @contextmanager
    def running(
        self, profile: Path | None = None, answers: Mapping[str, str] = MappingProxyType({})
    ) -> Iterator[None]:
        """Start it, with remote control, and quit it properly at the end.

        Without ``profile`` it is a plain start and Thunderbird chooses.
        ``answers`` maps a part of a dialog's title to what is typed there;
        a dialog without an answer raises :class:`Asked` where the test waits.
        """
        self._answers = dict(answers)
        self._answered.clear()  # the numbers of windows come again with the next start
        candidates = [profile] if profile else self.profiles()
        before = [(place / "user.js", _content(place / "user.js")) for place in candidates]
        for file, content in before:
            file.write_bytes((content or b"") + _REMOTE)
            (file.parent / _PORT_FILE).unlink(missing_ok=True)
            self.person.own(file)
        command: list[str | Path] = [PROGRAM, "--marionette", "--remote-allow-system-access"]
        command += ["--profile", profile] if profile else []
        process = self.person.start(command, self.display.environment)
        try:
            port = until(
                lambda: self._port(candidates, process), _START_SECONDS, self._nothing_but_windows
            )
            with Marionette(port, self._look_up) as self._remote:
                self._remote.open_session(_START_SECONDS)
                yield
                self._quit(process)
        finally:
            self._remote = None
            process.kill()
            process.wait()
            for file, content in before:
                file.unlink() if content is None else file.write_bytes(content)

    def profile_in_use(self) -> Path:
        """The profile that the running program has opened."""
        return Path(self._script(scripts.PROFILE))

    def send(self, to: str, subject: str, body: str = "Sent by a test.\n") -> None:
        """Write a message and press *Send*; returns when its window has closed itself.

        Raises :class:`TimeoutError` with the open windows if it does not.
        """
        self._script(scripts.SEND, to, subject, body)

    def open_inbox(self, user: str) -> str:
        """Show the inbox of the incoming account with this user name; returns its URI."""
        return str(self._script(scripts.OPEN_INBOX, user))

    def wait_inbox(self, user: str, subject: str, seconds: float = 20) -> None:
        """Wait until Thunderbird itself shows a message with this subject in the inbox."""
        uri = self.open_inbox(user)
        until(
            lambda: subject in self._script(scripts.SUBJECTS, uri),
            seconds,
            lambda: f"{subject!r} is not in the inbox; {self._nothing_but_windows()}",
        )

    def accounts(self) -> dict[str, list[str]]:
        """The accounts as Thunderbird sees them: ``incoming`` and ``outgoing`` URIs."""
        return dict(self._script(scripts.ACCOUNTS))

    def find_servers(self, address: str) -> dict[str, Any]:
        """What its own account set-up finds for an address, and where (``source``)."""
        return dict(self._script(scripts.FIND_SERVERS, address))

    def set_up(self, address: str, name: str) -> None:
        """Make the account as its own set-up does, with the servers in its folder ``isp``."""
        self._script(scripts.SET_UP, address, name)

    def qr_codes(self) -> list[str]:
        """The texts of the codes with which it hands its accounts to a phone."""
        return list(self._script(scripts.QR_CODES))

    def pref(self, name: str) -> Any:
        """The value of a pref in the running program."""
        return self._script(scripts.PREF, name)

    def set_pref(self, name: str, text: str) -> None:
        """Set a pref, as a person does in its settings."""
        self._script(scripts.SET_PREF, name, text)

    def except_certificate(self, host: str, port: int, file: Path) -> None:
        """Have it trust a certificate (PEM) there, as a person does in its own dialog."""
        self._script(scripts.EXCEPT_CERTIFICATE, host, port, file.read_text())

    def prompts(self) -> list[str]:
        """Everything that asked something since the display came up: titles of dialogs.

        Windows of any time, and what is open in Thunderbird's own windows now.
        """
        inside = self._script(scripts.DIALOGS) if self._remote else []
        return inside + [window.title for window in self.display.seen() if asks(window)]

    def _look_up(self) -> None:
        """Answer the dialogs on the screen that have an answer; raises for others."""
        for window in filter(asks, self.display.windows()):
            if window.id not in self._answered:
                part = next((part for part in self._answers if part in window.title), None)
                if part is None:
                    raise Asked(window.title)
                self.display.write(self._answers[part], window)
                self._answered.add(window.id)

    def _script(self, body: str, *arguments: Any) -> Any:
        if self._remote is None:
            raise RuntimeError("Thunderbird is not running")
        try:
            return self._remote.script(body, *arguments)
        except TimeoutError:
            raise TimeoutError(self._nothing_but_windows()) from None

    def _port(self, candidates: list[Path], process: subprocess.Popen[bytes]) -> int | None:
        if process.poll() is not None:
            raise RuntimeError(f"Thunderbird ended with {process.returncode}")
        self._look_up()
        texts = (_content(place / _PORT_FILE) for place in candidates)
        return next((int(text) for text in texts if text), None)

    def _quit(self, process: subprocess.Popen[bytes]) -> None:
        assert self._remote
        self._remote.command("Marionette:Quit", {"flags": ["eAttemptQuit"]}, 20)
        process.wait(20)

    def _nothing_but_windows(self) -> str:
        titles = [window.title for window in self.display.windows()]
        return f"Thunderbird does not go on; its windows: {titles}"


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def asks(window: Window) -> bool:
    """Whether a window of Thunderbird waits for an answer."""
    # A window is there a moment before its role is; then its title has to tell.
    opening = not window.role and not window.dialog and _ORDINARY_TITLE.search(window.title)
    progress = window.title.startswith(_PROGRESS)
    return not (window.role in _ORDINARY_ROLES or opening or progress)
