# SPDX-License-Identifier: MPL-2.0
"""The journal: private, alone, and clear about what it cannot read."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from clientcfg.changes.disk import RealDisk
from clientcfg.changes.entry import Delivery, from_json, to_json
from clientcfg.changes.history import history
from clientcfg.changes.journal import Journal
from clientcfg.changes.recover import recover
from clientcfg.changes.state import state_directory
from clientcfg.model.answer import Answer
from clientcfg.model.client import BuildFact
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.plan import SetServer
from clientcfg.model.trouble import No, NotFoundOut, Refused
from tests.support.real_disks import of_posix
from tests.support.toy import NOW, Desk

HOLDER = """
import sys
from pathlib import Path
from clientcfg.changes.disk import RealDisk
from clientcfg.changes.journal import Journal
with Journal(Path(sys.argv[1]), RealDisk()).alone():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_processes_exclude_each_other(tmp_path: Path) -> None:
    state = tmp_path / "state"
    journal = Journal(state, RealDisk())
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        began = time.monotonic()
        with pytest.raises(Refused) as refused, journal.alone(deadline=0.2):
            pass
        assert refused.value.code == "another-clientcfg"
        assert 0.2 <= time.monotonic() - began < 2
        # What the other one has begun is not ours to recover.
        assert recover(journal, NOW) == ()
        other.kill()
        other.wait(10)
        with journal.alone(deadline=5):
            pass


def test_two_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    one, two = (Journal(tmp_path, RealDisk()) for _each in range(2))
    with one.alone(), pytest.raises(Refused), two.alone(deadline=0):
        pass
    with two.alone(deadline=0):
        pass


def test_where_it_lies() -> None:
    assert state_directory({"CLIENTCFG_STATE_DIR": "/some/where"}) == Path("/some/where")
    with pytest.raises(NotFoundOut):
        state_directory({"CLIENTCFG_STATE_DIR": "some/where"})


@of_posix
def test_one_that_others_can_read_is_refused(tmp_path: Path, desk: Desk, home: Path) -> None:
    (tmp_path / "state/clientcfg/journal").mkdir(parents=True)
    (tmp_path / "state/clientcfg/journal").chmod(0o755)
    with pytest.raises(Refused) as refused:
        desk.apply({"host": "mail"})
    assert refused.value.code == "state-not-private"
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": "clientcfg/journal-entry/9"}'])
def test_an_entry_that_cannot_be_read(tmp_path: Path, desk: Desk, content: bytes) -> None:
    entry = desk.apply({"host": "mail"})
    assert entry is not None
    (tmp_path / f"state/clientcfg/journal/{entry.id}/entry.json").write_bytes(content)
    with pytest.raises(Refused) as refused:
        history(desk.journal)
    assert refused.value.code == "journal-unreadable"
    assert refused.value.text.isprintable()


@pytest.mark.parametrize("name", ["20261123-9", "", "..", "../../etc", "lock", "x\x1b"])
def test_an_entry_that_is_not_there(desk: Desk, name: str) -> None:
    desk.apply({"host": "mail"})
    with pytest.raises(No) as no:
        desk.journal.entry(name)
    assert no.value.code == "no-such-entry"
    assert no.value.text.isprintable()


def test_an_entry_is_the_same_after_json(desk: Desk) -> None:
    entry = desk.apply({"host": "mail"}, login="ada")
    assert entry is not None
    assert desk.journal.entry(entry.id) == entry
    assert from_json(to_json(entry)).places == entry.places


def test_servers_and_the_test_are_kept_and_older_entries_have_neither(desk: Desk) -> None:
    smtp = Endpoint(Protocol.SMTP, "smtp.example.org", 465, Security.TLS)
    plan = desk.toy.change({"host": "mail"}, desk.look())
    made = desk.apply({}, plan=replace(plan, servers=(SetServer(smtp, "Sending: there"),)))
    assert made is not None
    assert desk.journal.entry(made.id).servers == (SetServer(smtp, "Sending: there"),)
    tested = replace(made, tested=Delivery(NOW, seen=False))
    plain = json.loads(json.dumps(to_json(tested)))
    assert from_json(plain) == tested
    del plain["servers"], plain["tested"]
    assert from_json(plain) == replace(made, servers=(), tested=None)


@pytest.mark.parametrize(
    "held", [[{}], {"at": "x"}, [["smtp"]], [{"protocol": "smtp", "host": 1, "port": 465}]]
)
def test_servers_that_are_none_make_no_entry(desk: Desk, held: object) -> None:
    made = desk.apply({"host": "mail"})
    assert made is not None
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json({**to_json(made), "servers": held})


def test_how_a_program_was_built_is_not_kept(desk: Desk) -> None:
    entry = desk.apply({"host": "mail"})
    assert entry is not None
    fact = BuildFact("SASL", Answer.NO, "mutt -v says -USE_SASL")
    seen = replace(entry, installation=replace(entry.installation, build=(fact,)))
    assert from_json(json.loads(json.dumps(to_json(seen)))) == entry


def test_no_history_yet(desk: Desk, tmp_path: Path) -> None:
    assert history(desk.journal) == ()
    assert not (tmp_path / "state").exists()
