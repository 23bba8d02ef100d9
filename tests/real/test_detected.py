# SPDX-License-Identifier: MPL-2.0
"""The real programs of Debian are found, with the versions and builds they really have."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from clientcfg.clients.detect import installed
from clientcfg.model.answer import Answer
from clientcfg.model.client import Installation
from tests.support.program_trees import catalog

pytestmark = pytest.mark.client_programs

# Client → its package, and how it tells its version itself.
PROGRAMS = {
    "alpine": ("alpine", ("alpine", "-v")),
    "claws-mail": ("claws-mail", ("claws-mail", "--version")),
    "git-send-email": ("git", ("git", "--version")),
    "msmtp": ("msmtp", ("msmtp", "--version")),
    "mutt": ("mutt", ("mutt", "-v")),
    "neomutt": ("neomutt", ("neomutt", "-v")),
    "s-nail": ("s-nail", ("s-nail", "-:/", "-Xversion", "-Xx")),
    "sylpheed": ("sylpheed", ("sylpheed", "--version")),
}
THUNDERBIRD = ("thunderbird", ("/usr/lib/thunderbird/thunderbird", "--version"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def found(home: Path) -> Mapping[str, Installation]:
    clients = catalog().detectable()
    all_of_them = installed(clients, home=home, environ={"PATH": "/usr/bin:/bin"})
    packaged = [i for i in all_of_them if i.packaging == "deb"]
    assert len({i.client for i in packaged}) == len(packaged), "each is there once"
    return {i.client: i for i in packaged}


def output(*command: str) -> str:
    environ = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C"}
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environ,
        timeout=30,
        check=True,
    ).stdout


def build(installation: Installation) -> dict[str, Answer]:
    return {fact.feature: fact.value for fact in installation.build}


@pytest.mark.parametrize("client", PROGRAMS)
def test_the_version_is_the_true_one(client: str, found: Mapping[str, Installation]) -> None:
    package, command = PROGRAMS[client]
    version = found[client].version
    assert version is not None
    assert version in output(*command)
    upstream = output("dpkg-query", "-W", "-f", "${source:Upstream-Version}", package)
    assert upstream.replace("~", "").startswith(version)
    assert found[client].program == shutil.which(command[0], path="/usr/bin:/bin")
    assert catalog().of(found[client]).covered


@pytest.mark.thunderbird
def test_thunderbird(found: Mapping[str, Installation]) -> None:
    package, command = THUNDERBIRD
    version = found["thunderbird"].version
    assert output(*command).strip() == f"Mozilla Thunderbird {version}"
    assert f":{version}-" in output("dpkg-query", "-W", "-f", "${Version}", package)


def test_mutt_is_as_its_flags_say(found: Mapping[str, Installation]) -> None:
    flags = output("mutt", "-v").split()
    assert build(found["mutt"]) == {
        "SASL": Answer.YES if {"+USE_SASL", "+USE_GSASL"} & set(flags) else Answer.NO,
        "TLS": Answer.YES if {"+USE_SSL_OPENSSL", "+USE_SSL_GNUTLS"} & set(flags) else Answer.NO,
        "SMTP": Answer.YES if "+USE_SMTP" in flags else Answer.NO,
    }


def test_neomutt_is_as_its_flags_say(found: Mapping[str, Installation]) -> None:
    flags = output("neomutt", "-v").split()
    assert build(found["neomutt"]) == {
        "SASL": Answer.YES if {"+sasl", "+gsasl"} & set(flags) else Answer.NO,
        "TLS": Answer.YES if {"+openssl", "+gnutls"} & set(flags) else Answer.NO,
        "SMTP": Answer.YES if "+smtp" in flags else Answer.NO,
    }


def test_s_nail_is_as_its_flags_say(found: Mapping[str, Installation]) -> None:
    flags = output("s-nail", "-:/", "-Xversion", "-Xx").split()
    assert build(found["s-nail"]) == {
        word.upper(): Answer.YES if f"+{word}" in flags else Answer.NO
        for word in ("smtp", "tls", "md5")
    }


def test_msmtp_can_do_what_it_lists(found: Mapping[str, Installation]) -> None:
    lines = output("msmtp", "--version").splitlines()
    listed = lines[lines.index("Supported authentication methods:") + 1].upper().split()
    mechanisms = catalog().of(found["msmtp"]).abilities.mechanisms
    assert list(mechanisms.yes) == listed
    assert mechanisms.complete
    assert build(found["msmtp"])["TLS"] is Answer.YES


def test_git_can_do_what_its_perl_modules_can(found: Mapping[str, Installation]) -> None:
    modules = {"SASL": "Authen::SASL", "SMTP": "Net::SMTP", "TLS": "IO::Socket::SSL"}
    there = {
        feature: subprocess.run(
            ["/usr/bin/perl", f"-M{module}", "-e1"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=30,
            check=False,
        ).returncode
        == 0
        for feature, module in modules.items()
    }
    git = found["git-send-email"]
    assert build(git) == {f: Answer.YES if is_there else Answer.NO for f, is_there in there.items()}
    smtp_auth = catalog().of(git).abilities.smtp_auth.value
    assert smtp_auth == ("yes" if there["SASL"] and there["SMTP"] else "no")


def test_alpine_does_not_tell(found: Mapping[str, Installation]) -> None:
    assert build(found["alpine"]) == {"TLS": Answer.UNKNOWN}
    assert catalog().of(found["alpine"]).abilities.smtp_auth.value is Answer.YES


def test_looking_leaves_no_trace(home: Path, found: Mapping[str, Installation]) -> None:
    assert found
    assert list(home.iterdir()) == []


def test_one_that_runs(home: Path, found: Mapping[str, Installation], tmp_path: Path) -> None:
    assert found["mutt"].running is False
    screen = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "TERM": "xterm"}
    # script(1) gives it a terminal; it opens an empty mailbox and waits for a key.
    (tmp_path / "box").write_text("")
    with subprocess.Popen(
        ["script", "-qec", f"mutt -n -F /dev/null -f {tmp_path}/box", "/dev/null"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=screen,
        start_new_session=True,
    ) as child:
        try:
            clients = [c for c in catalog().detectable() if c.id == "mutt"]
            assert any(
                i.running
                for _attempt in range(100)
                for i in installed(clients, home=home, environ={"PATH": "/usr/bin:/bin"})
                if i.client == "mutt"
            )
        finally:
            os.killpg(child.pid, 9)
