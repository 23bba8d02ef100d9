# SPDX-License-Identifier: MPL-2.0
"""A canary password through every command and every failure: seen nowhere, by nobody.

Looked for raw, in base64, UTF-16 and percent-encoded: in the output, in the
command lines and environments of every process, in every file that was there
at any moment: the home, the journal, backups, temporary files, reports.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.world import World
from clientcfg.model.secret import Secret
from tests.support.fakes.identities import Identities
from tests.support.fakes.server import FakeServer, Script, Session
from tests.support.on_machine import environment
from tests.support.open_client import client_open
from tests.support.watched import Seen, files, forms_in, leaks, watch

CANARY = 'Kan4r"ie\\vögel-ä>?zQ7~'
OTHER = "another one"

# A login that was there before: what stands for the previous password.
PREVIOUS = "MDIEEPgAAAAAAAAAAAAAAAAAAAEwFAYIKoZIhvcNAwcECPrevious1234"
LOGINS = {
    "nextId": 2,
    "logins": [
        {
            "id": 1,
            "hostname": "smtp://old.example.test",
            "httpRealm": "smtp://old.example.test",
            "formSubmitURL": None,
            "usernameField": "",
            "passwordField": "",
            "encryptedUsername": PREVIOUS[::-1],
            "encryptedPassword": PREVIOUS,
            "guid": "{00000000-0000-4000-8000-000000000000}",
            "encType": 1,
            "timeCreated": 1,
            "timeLastUsed": 1,
            "timePasswordChanged": 1,
            "timesUsed": 1,
        }
    ],
    "version": 3,
}


@dataclass(slots=True)
class Place:
    """A made-up machine, servers beside it, and a folder for everything that is written."""

    machine: DemoMachine
    world: World
    folders: tuple[Path, ...] = field(init=False)

    def __post_init__(self) -> None:
        folder = self.machine.home.parent
        for name in ("tmp", "run"):
            (folder / name).mkdir()
        self.folders = (self.machine.home, folder / "tmp", folder / "run")

    @property
    def ask(self) -> list[str]:
        """The options with which the world's servers are found and trusted."""
        host, port = self.world.dns
        return ["--dns", f"{host}:{port}", "--ca", str(self.world.ca_file)]

    @property
    def address(self) -> str:
        return str(self.world.address)

    async def run(self, *arguments: str, what: str = "nothing", stdin: str = CANARY) -> Seen:
        command = [sys.executable, "-m", "tests.support.provoked", what, str(self.machine.root)]
        more = {"XDG_RUNTIME_DIR": str(self.machine.home.parent / "run")}
        return await asyncio.to_thread(
            watch,
            [*command, *arguments],
            environment(self.machine, more),
            self.folders,
            stdin=stdin + "\n",
        )

    def settings(self) -> dict[str, bytes]:
        return {k: v for k, v in self.machine.tree().items() if not k.startswith(".local/")}


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with World(Secret(CANARY)) as world:
        yield Place(make_machine(tmp_path), world)


def nowhere(place: Place, seen: Seen) -> None:
    """Nothing of the canary in anything that was seen, or lies there now."""
    assert seen.leaks(CANARY) == {}
    assert seen.leaks_in_files(CANARY) == {}
    assert leaks(files(*place.folders), CANARY) == {}
    assert "Traceback" not in seen.said
    assert any("cmdline" in name for name in seen.processes), "it was looked at while it ran"


def set_up(place: Place, *more: str) -> list[str]:
    options = ["--client", "thunderbird", "--name", "Ada", "--password-stdin", "--yes"]
    return ["apply", place.address, *place.ask, *options, *more]


MANNERS = {"text": ["--verbose"], "json": ["--json", "--verbose"]}

COMMANDS: dict[str, tuple[Callable[[Place], list[str]], int]] = {
    "find": (lambda p: ["find", p.address, *p.ask, "--password-stdin"], 0),
    "find and probe": (lambda p: ["find", p.address, *p.ask, "--probe", "--password-stdin"], 0),
    "probe": (lambda p: ["probe", p.address, *p.ask], 0),
    "clients": (lambda p: ["clients", "--all"], 0),
    "check": (lambda p: ["check", p.address, *p.ask, "--all", "--password-stdin"], 0),
    "dry run": (lambda p: set_up(p, "--dry-run"), 0),
    "apply": (set_up, 0),
    "verify": (lambda p: ["verify", p.address, *p.ask, "--password-stdin"], 0),
    "log in only": (lambda p: ["verify", p.address, *p.ask, "--no-send", "--password-stdin"], 0),
    "guide": (lambda p: ["guide", p.address, *p.ask, "--password-stdin"], 0),
    "guide in a file": (
        lambda p: ["guide", p.address, *p.ask, "--out", str(p.machine.home / "page.html")],
        0,
    ),
    "plan": (lambda p: set_up(p, "--plan", str(p.machine.home / "plan.json")), 4),
}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", COMMANDS)
async def test_of_every_command(place: Place, name: str, manner: str) -> None:
    arguments, status = COMMANDS[name]
    seen = await place.run(*arguments(place), *MANNERS[manner])
    assert seen.status == status, seen.said
    if manner == "json":
        json.loads(seen.out)
    nowhere(place, seen)


@pytest.mark.parametrize("manner", MANNERS)
async def test_of_apply_and_all_that_comes_after(place: Place, manner: str) -> None:
    """Apply, history, undo, and prune; the password that was there before stays where it was."""
    logins = place.machine.profile / "logins.json"
    logins.write_text(json.dumps(LOGINS))
    (place.machine.profile / "key4.db").write_bytes(b"a key")
    before = place.settings()
    for commands in (("history",), ("undo",)), (("history", "--prune"), ("undo",)):
        applied = await place.run(*set_up(place), *MANNERS[manner])
        assert applied.status == 0, applied.said
        nowhere(place, applied)
        assert len(json.loads(logins.read_text())["logins"]) == 3
        (backup,) = place.machine.profile.glob("logins.json.clientcfg-*")
        assert backup.stat().st_mode & 0o777 == logins.stat().st_mode & 0o777
        assert where_previous(place) == {str(logins), str(backup)}
        for command in commands:
            seen = await place.run(*command, *MANNERS[manner])
            assert seen.status == 0, seen.said
            nowhere(place, seen)
            assert PREVIOUS not in seen.out + seen.said
            if command != ("history",):
                assert where_previous(place) == {str(logins)}
        assert json.loads(logins.read_text())["logins"] == LOGINS["logins"]
    assert set(place.settings()) == set(before)


def where_previous(place: Place) -> set[str]:
    return {path for path, content in files(*place.folders).items() if PREVIOUS.encode() in content}


async def test_of_the_demo(place: Place) -> None:
    """Its own made-up account has a password, too."""
    for more in ([], ["--json"]):
        seen = await place.run("demo", "--headless", "--verbose", *more, what="demo-canary")
        assert seen.status == 0, seen.said
        nowhere(place, seen)


PROVOKED = {
    "defect": 70,
    "defect-in-log-in": 70,
    "full": 1,
    "input-output": 1,
    "ctrl-c": 130,
    "no-library": 3,
}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("what", PROVOKED)
async def test_of_what_goes_wrong_while_writing(place: Place, what: str, manner: str) -> None:
    before = place.settings()
    seen = await place.run(*set_up(place), *MANNERS[manner], what=what)
    assert seen.status == PROVOKED[what], seen.said
    nowhere(place, seen)
    assert place.settings() == before
    reports = [path for path in files(*place.folders) if "defect" in path]
    assert len(reports) == (1 if seen.status == 70 else 0)


@pytest.mark.parametrize("command", ["verify", "apply"])
async def test_of_a_wrong_password(tmp_path: Path, command: str) -> None:
    async with World(Secret(OTHER)) as world:
        place = Place(make_machine(tmp_path), world)
        before = place.settings()
        words = set_up(place) if command == "apply" else ["verify", place.address, *place.ask]
        seen = await place.run(*words, "--password-stdin", "--verbose")
        assert seen.status == 1
        assert "refused the log-in" in seen.said
        nowhere(place, seen)
        assert place.settings() == before


async def test_of_servers_that_nobody_vouches_for(place: Place) -> None:
    dns = place.ask[:2]
    for command in ("verify", "apply"):
        words = ["verify", place.address, "--password-stdin"]
        if command == "apply":
            words = [word for word in set_up(place) if word not in place.ask[2:]]
        for manner in MANNERS.values():
            seen = await place.run(*words, *([] if command == "apply" else dns), *manner)
            assert seen.status == 4, seen.said
            nowhere(place, seen)


async def test_of_a_profile_that_is_open(place: Place) -> None:
    # In a process of its own: the search opens every file, and would drop a lock of this one.
    with client_open(place.machine.profile):
        seen = await place.run(*set_up(place), "--verbose")
        assert seen.status == 4, seen.said
        nowhere(place, seen)


async def test_of_a_state_directory_that_cannot_be_made(place: Place) -> None:
    (place.machine.home / ".local").write_text("in the way")
    seen = await place.run(*set_up(place), "--verbose")
    assert seen.status in {1, 3, 4}, seen.said
    nowhere(place, seen)


# --- servers that prove who they are, take the log-in, and then behave badly


@dataclass(slots=True)
class Rude:
    """A submission server inside TLS; *answers* are given to the lines from AUTH on."""

    answers: tuple[Callable[[bytes], bytes | None], ...]

    async def __call__(self, session: Session) -> None:
        left = list(self.answers)
        await session.say(b"220 mail.fake.test ESMTP")
        while line := await session.line():
            verb = line.split(b" ")[0].upper()
            if verb == b"EHLO":
                await session.say(b"250-mail.fake.test", b"250 AUTH PLAIN")
            elif verb == b"QUIT":
                await session.say(b"221 bye")
                return
            else:
                answer = left.pop(0)(line) if left else None
                if answer is None:
                    session.hang_up()
                    return
                await session.send(answer)


def hangs_up(_line: bytes) -> None:
    return None


def repeats(line: bytes) -> bytes:
    return b"535 5.7.8 no such log-in: " + line + b"\r\n"


def repeats_decoded(line: bytes) -> bytes:
    import base64  # noqa: PLC0415

    said = base64.b64decode(line.split(b" ")[-1]).replace(b"\0", b" ")
    return b"535 5.7.8 wrong: " + said + b"\r\n"


def repeats_on_success(line: bytes) -> bytes:
    return b"235 welcome, " + line + b"\r\n"


def repeats_later(_line: bytes) -> bytes:
    return b"550 your password is " + CANARY.encode() + b"\r\n"


def many_lines(line: bytes) -> bytes:
    return b"535-" + line + b"\r\n535 " + line[:40] + b"\r\n"


def nonsense(line: bytes) -> bytes:
    return line + b"\r\n"


def endless(line: bytes) -> bytes:
    return b"535 " + line * 4000 + b"\r\n"


RUDE: dict[str, Rude] = {
    "hangs up in AUTH": Rude((hangs_up,)),
    "repeats it": Rude((repeats,)),
    "repeats it decoded": Rude((repeats_decoded,)),
    "repeats it on success": Rude((repeats_on_success, hangs_up)),
    "repeats it later": Rude((lambda _l: b"235 ok\r\n", repeats_later)),
    "repeats it in many lines": Rude((many_lines,)),
    "says it back": Rude((nonsense,)),
    "says it back without end": Rude((endless,)),
}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", RUDE)
async def test_of_a_server_that_behaves_badly(place: Place, name: str, manner: str) -> None:
    identities = Identities(place.machine.home.parent)
    script: Script = RUDE[name]
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(
            FakeServer(script, identities.context("good"), implicit_tls=True)
        )
        seen = await place.run(
            *("verify", "ada@example.test", "--smtp", f"127.0.0.1:{server.port}/tls"),
            *("--ca", identities.ca_file),
            *("--timeout", "5", "--password-stdin", *MANNERS[manner]),
        )
        assert seen.status in {1, 3, 4}, seen.said
        heard = server.everything_heard
    assert forms_in(heard, CANARY), "the server was told, inside TLS"
    nowhere(place, seen)


def test_the_search_finds_what_it_should() -> None:
    """A search that cannot find anything would prove nothing."""
    import base64  # noqa: PLC0415
    from urllib.parse import quote, quote_plus  # noqa: PLC0415

    octets = CANARY.encode()
    for content in (
        b"x" + octets + b"y",
        base64.b64encode(octets),
        base64.b64encode(b"\0ada@demo.clientcfg.test\0" + octets),
        base64.b64encode(b"ab" + octets + b"more"),
        CANARY.encode("utf-16"),
        CANARY.encode("utf-16-be"),
        quote(CANARY).encode(),
        quote_plus(CANARY).encode(),
        json.dumps({"x": CANARY}).encode(),
        repr(CANARY).encode(),
        octets.hex().encode(),
    ):
        assert forms_in(content, CANARY), content
    assert not forms_in(b"nothing of it " * 100, CANARY)
