# SPDX-License-Identifier: MPL-2.0
"""``export`` of configuration profiles: signed, with authorities, a QR code, and a password."""

import asyncio
import json
import os
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from clientcfg.demo.machine import DemoMachine, make_machine
from clientcfg.demo.world import World
from clientcfg.formats.mobileconfig.cms import opened
from tests.support.apple_profiles import Chain, chain, issue
from tests.support.apple_schema import faults
from tests.support.markup import Page
from tests.support.openssl import openssl
from tests.support.plist_reader import read_plist
from tests.support.terminal import Terminal

Done = subprocess.CompletedProcess[str]
SERVERS = ("--smtp", "smtp.example.test:465", "--imap", "imap.example.test:993")
ADA = ("export", "ada@example.test", "--no-probe", *SERVERS, "--client", "ios-mail")
FILE = "mail-ada-example.test.mobileconfig"
URL = "https://example.test/~ada/mail.mobileconfig?k=1"


def run(home: Path, *arguments: str, stdin: str = "") -> Done:
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8",
        "CLIENTCFG_STATE_DIR": str(home / "state"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "clientcfg", *arguments],
        capture_output=True, text=True, env=environment, timeout=60, check=False, cwd=home,
        input=stdin,
    )  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Chain:
    return chain("rsa")


@pytest.fixture
def sign(tmp_path: Path, made: Chain) -> tuple[str, ...]:
    """The options, with the files in place."""
    (tmp_path / "chain.pem").write_bytes(made.pem)
    (tmp_path / "key.pem").write_bytes(made.leaf.key_pem())
    (tmp_path / "root.pem").write_bytes(made.root.pem)
    return ("--sign-cert", str(tmp_path / "chain.pem"), "--sign-key", str(tmp_path / "key.pem"))


def test_with_everything(tmp_path: Path, sign: tuple[str, ...], made: Chain) -> None:
    (tmp_path / "root.der").write_bytes(issue("Another Root", ca=True).der)
    done = run(
        tmp_path, *ADA, "--name", "Ada Ü", "--out", "files", *sign, "--url", URL,
        "--organization", "Example & Söhne", "--consent", "Ja?\nWirklich?",
        "--root-cert", "root.pem", "--root-cert", "root.der", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    signed = opened((tmp_path / "files" / FILE).read_bytes())
    profile = read_plist(signed.content)
    assert faults(profile) == []
    assert profile["PayloadOrganization"] == "Example & Söhne"
    assert profile["ConsentText"] == {"default": "Ja?\nWirklich?"}
    assert [p["PayloadType"].rpartition(".")[2] for p in profile["PayloadContent"]] == [
        "managed", "root", "root",
    ]  # fmt: skip
    assert signed.certificates == (made.leaf.der, made.between[0].der)
    document = json.loads(done.stdout)
    file = next(f for f in document["files"] if f["path"].endswith(FILE))
    assert any("signed by" in text for text in file["does"])
    assert file["holds_password"] is False


def test_the_picture_gives_the_address_back_and_the_page_shows_it(tmp_path: Path) -> None:
    done = run(tmp_path, *ADA, "--out", "files", "--url", URL)
    assert done.returncode == 0, done.stderr
    with Image.open(tmp_path / "files/profile-qr.png") as picture:
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [URL]
    html = (tmp_path / "files/read-me.html").read_text()
    page = Page(html)
    sources = [dict(a)["src"] or "" for tag, a in page.elements if tag == "img"]
    assert [s.partition(",")[0] for s in sources] == ["data:image/svg+xml;base64"]
    assert URL in page.text and "x-apple-aspen-config" in page.text and "Safari" in page.text


def test_twice_is_the_same_file(tmp_path: Path) -> None:
    contents = []
    for _time in range(2):
        assert run(tmp_path, *ADA, "--out", "files").returncode == 0
        contents.append((tmp_path / "files" / FILE).read_bytes())
    assert contents[0] == contents[1]


USAGE: dict[str, tuple[str, ...]] = {
    "a certificate without its key": ("--sign-cert", "chain.pem"),
    "a key without its certificate": ("--sign-key", "key.pem"),
    "no such certificate": ("--sign-cert", "nowhere.pem", "--sign-key", "key.pem"),
    "no such key": ("--sign-cert", "chain.pem", "--sign-key", "nowhere.pem"),
    "the key as certificate": ("--sign-cert", "key.pem", "--sign-key", "key.pem"),
    "the certificate as key": ("--sign-cert", "chain.pem", "--sign-key", "chain.pem"),
    "a leaf as authority": ("--root-cert", "chain.pem"),
    "no such authority": ("--root-cert", "nowhere.pem"),
    "a URL without TLS": ("--url", "http://example.test/x"),
    "a URL with a password": ("--url", "https://ada:secret@example.test/x"),
    "no URL": ("--url", "example.test"),
    "a URL with a line break": ("--url", "https://example.test/\nx"),
    "a long URL": ("--url", "https://example.test/" + "x" * 1000),
    "a long organisation": ("--organization", "x" * 129),
    "an organisation backwards": ("--organization", "x\u202ey"),
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage_is_two_and_writes_nothing(
    tmp_path: Path, sign: tuple[str, ...], name: str
) -> None:
    done = run(tmp_path, *ADA, "--out", "files", *USAGE[name], "--json")
    assert done.returncode == 2, done.stdout
    error = json.loads(done.stdout)
    assert error["schema"] == "clientcfg/error/1" and error["advice"]
    assert not (tmp_path / "files").exists()


def test_one_signed_by_itself_is_refused(tmp_path: Path) -> None:
    alone = issue("mail.example.org")
    (tmp_path / "chain.pem").write_bytes(alone.pem)
    (tmp_path / "key.pem").write_bytes(alone.key_pem())
    done = run(
        tmp_path, *ADA, "--out", "files", "--sign-cert", "chain.pem", "--sign-key", "key.pem"
    )
    assert done.returncode == 4, done.stderr
    assert not (tmp_path / "files").exists()


def test_a_mail_program_of_before_is_told_so(tmp_path: Path) -> None:
    done = run(tmp_path, *ADA[:-1], "ios-mail@3.1", "--out", "files", "--json")
    assert done.returncode == 0, done.stdout
    assert [Path(f["path"]).name for f in json.loads(done.stdout)["files"]] == ["read-me.html"]
    done = run(tmp_path, *ADA[:-1], "apple-mail@4.5", "--out", "other", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["code"] == "no-profiles-yet"


# The passphrase of the key.


def test_without_a_terminal_nobody_answers(tmp_path: Path, made: Chain) -> None:
    (tmp_path / "chain.pem").write_bytes(made.pem)
    (tmp_path / "key.pem").write_bytes(made.leaf.key_pem("open sesame"))
    options = ("--sign-cert", "chain.pem", "--sign-key", "key.pem", "--password-stdin", "--json")
    done = run(tmp_path, *ADA, "--out", "files", *options, stdin="open sesame\n")
    assert done.returncode == 1, done.stdout
    assert json.loads(done.stdout)["code"] == "no-passphrase"
    assert not (tmp_path / "files").exists()


@pytest.fixture
def machine(tmp_path: Path) -> DemoMachine:
    return make_machine(tmp_path / "home")


def test_it_is_asked_for_in_the_terminal_without_an_echo(machine: DemoMachine, made: Chain) -> None:
    home = machine.home
    (home / "chain.pem").write_bytes(made.pem)
    (home / "key.pem").write_bytes(made.leaf.key_pem("open sesame"))
    options = ("--sign-cert", str(home / "chain.pem"), "--sign-key", str(home / "key.pem"))
    terminal = Terminal(machine, *ADA, "--out", str(home / "files"), *options)
    terminal.wait_for("key.pem: ")
    assert not terminal.echoes()
    terminal.type(b"open door\n")
    terminal.wait_for("not the passphrase")
    terminal.type(b"open sesame\n")
    assert terminal.end(30) == 0, terminal.said
    assert "open " not in terminal.said.replace("open it", "")
    assert opened((home / "files" / FILE).read_bytes()).certificates[0] == made.leaf.der


# Against servers.


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as servers:
        yield servers


async def asked(world: World, *options: str, stdin: str = "") -> Any:
    dns = ("--dns", ":".join(map(str, world.dns)), "--ca", str(world.ca_file))
    words = ("export", str(world.address), *dns, *options, "--out", "files", "--json")
    done = await asyncio.to_thread(run, world.home, *words, stdin=stdin)
    assert done.returncode == 0, done.stdout
    return json.loads(done.stdout)


async def test_for_a_mac_and_a_phone_signed(
    world: World, tmp_path: Path, sign: tuple[str, ...], made: Chain
) -> None:
    document = await asked(world, "--client", "apple-mail", "--client", "ios-mail", *sign)
    assert [e["asked"] for e in document["exports"]] == [True, True]
    profiles = [Path(f["path"]) for f in document["files"] if f["path"].endswith(".mobileconfig")]
    assert [p.parent.name for p in profiles] == ["apple-mail", "ios-mail"]
    for path in profiles:
        done = openssl(
            "cms", "-verify", "-binary", "-inform", "DER", "-in", path, "-purpose", "any",
            "-CAfile", tmp_path / "root.pem", "-no-CApath", "-no-CAstore",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        profile = read_plist(done.stdout)
        assert faults(profile) == []
        assert profile["PayloadContent"][0]["EmailAddress"] == str(world.address)


async def test_the_password_is_in_the_profile_alone(world: World) -> None:
    password = world.password.reveal()
    document = await asked(
        world, "--client", "ios-mail", "--with-password", "--password-stdin", "--url", URL,
        stdin=f"{password}\n",
    )  # fmt: skip
    files = {Path(f["path"]).name: Path(f["path"]) for f in document["files"]}
    holding = {name for name, path in files.items() if password.encode() in path.read_bytes()}
    assert holding == {
        f["path"].rpartition("/")[2] for f in document["files"] if f["holds_password"]
    }
    (name,) = holding
    assert stat.S_IMODE(files[name].stat().st_mode) == 0o600
    profile = read_plist(files[name].read_bytes())
    assert faults(profile) == []
    assert profile["PayloadContent"][0]["IncomingPassword"] == password
    assert password not in json.dumps(document)
