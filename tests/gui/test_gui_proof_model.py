# SPDX-License-Identifier: MPL-2.0
"""The four steps of the proof, without a window: in words, and green only where it was seen."""

from dataclasses import replace

import pytest

from clientcfg.flows.events import Proved
from clientcfg.gui.setup.proof_model import Proof, Proofs, in_words
from clientcfg.model.account import ServerLogin
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN
from tests.gui import scripted as s

pytestmark = pytest.mark.gui


def after(*events: Proved) -> Proofs:
    proofs = Proofs()
    for event in events:
        proofs = proofs.after(event)
    return proofs


def lines(proofs: Proofs, *, coming: bool = False) -> list[tuple[str | None, str, str]]:
    return [(p.kind, p.text, p.words) for p in in_words(proofs, s.ACCOUNT, coming=coming)]


TO_COME = [
    ("", "Connect to smtp.example.org", "Port 465, encrypted from the start"),
    ("", "Sign in as ada@example.org", "With your password, mechanism PLAIN"),
    (
        "",
        "Hand over a message to yourself",
        "To: ada@example.org, subject “Your mail program can send: a test by clientcfg”",
    ),
    ("", "Look into your inbox", "imap.example.org, for up to 60 seconds"),
]


def test_before_it_begins_all_four_are_to_come() -> None:
    assert lines(Proofs(), coming=True) == TO_COME
    assert lines(Proofs()) == []


def test_each_step_is_told_with_what_was_seen() -> None:
    assert lines(after(*s.PROOFS)) == [
        ("ready", "Connected to smtp.example.org", "Port 465, TLS 1.3, 48 ms"),
        (
            "ready",
            "Signed in as ada@example.org",
            "The server took the password: 235 2.7.0 Authentication successful",
        ),
        ("ready", "Message accepted", "250 2.0.0 Ok: queued as 4Z1kQx2Rt7"),
        (
            "ready",
            "Arrived in your inbox",
            "Seen at imap.example.org after 2.1 seconds. That one message was deleted again",
        ),
    ]


def test_what_is_at_work_is_told_in_the_present() -> None:
    working = [
        (None, "Connecting to smtp.example.org…"),
        (None, "Signing in as ada@example.org…"),
        (None, "Handing over the message…"),
        (None, "Looking into your inbox…"),
    ]
    begun = [Proved(e.step, None, e.text) for e in s.PROOFS if e.ok is not None][:4]
    for number, event in enumerate(begun):
        told = lines(after(event), coming=True)
        assert told[number][:2] == working[number]
        assert told[number][2] == TO_COME[number][2], "the caption has its room already"
        assert told[number + 1 :] == TO_COME[number + 1 :]


def test_a_step_is_ready_only_when_it_was_seen() -> None:
    proofs = after(*s.PROOFS)
    assert [(p.step, p.kind) for p in proofs.steps] == [
        ("connect", "ready"),
        ("login-smtp", "ready"),
        ("send", "ready"),
        ("seen", "ready"),
        ("deleted", "ready"),
    ]
    assert after(Proved("seen", False, "not seen")).steps[0].kind == "unknown"
    begun = after(Proved("send", None, "Sending"))
    assert begun.steps[0].kind is None
    assert begun.stopped().steps[0].kind == "no"


def test_what_failed_is_neither_done_nor_at_work() -> None:
    failed = after(*s.PROOFS[:2], Proved("login-smtp", None, "Logging in")).stopped("no")
    told = lines(failed)
    assert [kind for kind, _text, _words in told] == ["ready", "no"]
    assert told[1][1:] == TO_COME[1][1:]
    lost = after(Proved("seen", None, "Waiting for it to arrive")).stopped("unknown")
    assert ("unknown", *TO_COME[3][1:]) in lines(lost)


def test_not_seen_is_told_in_the_words_of_the_flow() -> None:
    text = "It was accepted, but not seen within 60 seconds"
    told = lines(after(*s.PROOFS[:5], Proved("seen", False, text)))
    assert told[3] == ("unknown", text, "imap.example.org, for up to 60 seconds")


def test_a_message_that_was_left_is_told() -> None:
    left = "The message could not be deleted alone, and was left"
    told = lines(after(*s.PROOFS[:6], Proved("deleted", False, left)))
    assert len(told) == 4
    assert told[3][2] == f"Seen at imap.example.org after 2.1 seconds. {left}"


def test_without_a_server_for_receiving_nobody_looks() -> None:
    account = replace(s.ACCOUNT, incoming=None)
    assert [p.step for p in in_words(Proofs(), account, coming=True)] == [
        "connect",
        "login-smtp",
        "send",
    ]


def test_what_else_is_told_stands_behind() -> None:
    fault = Proved("noted", False, "The history could not be told of this test: no room")
    told = in_words(after(*s.PROOFS, fault), s.ACCOUNT, coming=False)
    assert told[4] == Proof("noted", "unknown", fault.text, "")


def test_a_password_that_goes_unencrypted_is_told() -> None:
    plain = Endpoint(Protocol.SMTP, "127.0.0.1", 2525, Security.PLAIN)
    account = replace(s.ACCOUNT, outgoing=ServerLogin(plain, "ada", PLAIN))
    done = Proved("login-smtp", True, "Logged in", "235 Ok")
    (told,) = (p for p in in_words(after(done), account, coming=False) if p.kind)
    assert told.words.startswith("The server took the password: 235 Ok. The password goes unenc")
