# SPDX-License-Identifier: MPL-2.0
"""The type checker says no wherever a credential would go to anything but a trusted channel."""

import re
import subprocess
import sys

import pytest

from tests.running.places import CHECKOUT

BEFORE = """
from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import Proof, Seal, TrustedChannel, Wire, take_seal
from clientcfg.model.report import EndpointReport
from clientcfg.model.secret import Secret
from clientcfg.probe.channel import ChannelWire
from clientcfg.probe.driver import open_channel, probe_endpoint
from clientcfg.probe.trust import Trust
from clientcfg.verify import imap, pop3, smtp
from clientcfg.verify.talk import Talk
"""
GIVEN = (
    "login: ServerLogin, secret: Secret, wire: Wire, report: EndpointReport, proof: Proof,"
    " channel: TrustedChannel, connection: ChannelWire, seal: Seal"
)

RIGHT = {
    "a channel that the probe opened": (
        "opened = await open_channel(login.endpoint, trust=Trust(), timeout=1)\n"
        "await smtp.log_in(opened, login, secret)\n"
        "await imap.log_in(opened, login, secret)\n"
        "await pop3.log_in(opened, login, secret)"
    ),
    "looking into the inbox": (
        "await imap.look(channel, login, secret, 'id', delete=True)\n"
        "await pop3.look(channel, login, secret, 'id', delete=True)"
    ),
    "what the probe does": "TrustedChannel(wire, report, Proof('verified-tls', wire, seal))",
}

# What is wrong, and the code of mypy's complaint.
WRONG = {
    **{
        f"{what} given to {protocol}": (
            f"await {protocol}.log_in({what}, login, secret)",
            "arg-type",
        )
        for protocol in ("smtp", "imap", "pop3")
        for what in ("wire", "connection", "report", "proof", "login.endpoint", "None")
    },
    "what a probe found": (
        "await smtp.log_in(await probe_endpoint(login.endpoint, trust=Trust(), timeout=1),"
        " login, secret)",
        "arg-type",
    ),
    "a wire to look with": ("await imap.look(wire, login, secret, 'i', delete=True)", "arg-type"),
    "a wire to poll with": ("await pop3.look(wire, login, secret, 'i', delete=True)", "arg-type"),
    "a wire to talk over": ("Talk(wire, login)", "arg-type"),
    "a password that is a text": ("await smtp.log_in(channel, login, 'text')", "arg-type"),
    "a channel that may be missing": (
        "maybe: TrustedChannel | None = channel if secret else None\n"
        "await smtp.log_in(maybe, login, secret)",
        "arg-type",
    ),
    "a kind of channel of one's own": ("class Mine(TrustedChannel): pass", "misc"),
    "a kind of proof of one's own": ("class Mine(Proof): pass", "misc"),
    "a kind of seal of one's own": ("class Mine(Seal): pass", "misc"),
    "what looks like a channel": (
        "class Like:\n"
        "    def __init__(self) -> None:\n"
        "        self.wire, self.report, self.proof = wire, report, proof\n"
        "await smtp.log_in(Like(), login, secret)",
        "arg-type",
    ),
    "a proof without the seal": ("Proof('verified-tls', wire)", "call-arg"),
    "a proof with another seal": ("Proof('verified-tls', wire, object())", "arg-type"),
    "a proof for a reason of one's own": ("Proof('trust me', wire, seal)", "arg-type"),
    "a seal of one's own": ("Seal()", "call-arg"),
    "a seal from something": ("Seal(None)", "arg-type"),
    "a channel without a proof": ("TrustedChannel(wire, report)", "call-arg"),
    "a channel by one's word": ("TrustedChannel(wire, report, 'verified-tls')", "arg-type"),
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What mypy says to each snippet, all of them in one run."""
    folder = tmp_path_factory.mktemp("snippets")
    codes = {**RIGHT, **{name: code for name, (code, _complaint) in WRONG.items()}}
    files = {f"snippet_{number}": name for number, name in enumerate(codes)}
    for stem, name in files.items():
        body = "".join(f"    {line}\n" for line in codes[name].splitlines())
        (folder / f"{stem}.py").write_text(f"{BEFORE}\nasync def go({GIVEN}) -> None:\n{body}")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--config-file", str(CHECKOUT / "pyproject.toml")),
            *("--no-incremental", "--follow-imports=silent", "--no-warn-unreachable"),
            *sorted(str(folder / f"{stem}.py") for stem in files),
        ],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    said: dict[str, set[str]] = {name: set() for name in codes}
    for stem, code in re.findall(
        r"(snippet_\d+)\.py:\d+: error: .*\[([a-z-]+)\]$", done.stdout, re.M
    ):
        said[files[stem]].add(code)
    assert sum(map(len, said.values())), done.stdout
    return said


@pytest.mark.parametrize("name", RIGHT)
def test_the_right_thing_is_no_error(name: str, complaints: dict[str, set[str]]) -> None:
    assert complaints[name] == set()


@pytest.mark.parametrize("name", WRONG)
def test_the_wrong_thing_is_an_error(name: str, complaints: dict[str, set[str]]) -> None:
    assert complaints[name] == {WRONG[name][1]}
