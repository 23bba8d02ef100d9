# SPDX-License-Identifier: MPL-2.0
"""What a page about servers is made of: picture, times, certificates, sentence, target."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clientcfg.advise.administrator import ToDo, _urgent
from clientcfg.flows.assessment import answered, assess
from clientcfg.flows.faults import fault
from clientcfg.flows.identity import days_left, identities
from clientcfg.flows.picture import OWN, Cell, Mark, picture
from clientcfg.flows.question import Question
from clientcfg.flows.target import question_about
from clientcfg.flows.times import times
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, PLAIN, XOAUTH2
from clientcfg.model.report import (
    Certificate,
    EndpointReport,
    Line,
    Problem,
    ServerReport,
    Speaker,
    Timing,
)
from clientcfg.model.trouble import WrongUsage
from tests.support.servers_said import HOST, server, tls, untrusted

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LEAF = Certificate(
    "CN=mail.example.org", (HOST,), "CN=R12,O=Let's Encrypt", NOW, NOW + timedelta(84), "ab" * 32
)
ISSUER = Certificate("CN=R12", (), "CN=ISRG Root X1", NOW, NOW + timedelta(800), "cd" * 32)
SILENT = EndpointReport(
    Endpoint(Protocol.POP3, HOST, 995, Security.TLS),
    None,
    reachable=False,
    problems=(Problem("no-answer", "There was no answer within 4 seconds."),),
)


def test_the_picture_keeps_before_and_after_apart() -> None:
    report = server(
        tls(587, "AUTH PLAIN CRAM-MD5", before=("PLAIN", "CRAM-MD5")),
        tls(465, "AUTH PLAIN"),
        SILENT,
    )
    drawn = picture(report)
    at = drawn.mechanisms.index
    hello, start, silent = drawn.rows
    assert hello.cells[at(PLAIN)] == Cell(Mark.IN_THE_CLEAR, Mark.OFFERED)
    assert hello.cells[at(CRAM_MD5)] == Cell(Mark.OFFERED, Mark.OFFERED)
    assert hello.cells[at(XOAUTH2)] == Cell(Mark.NOT_OFFERED, Mark.NOT_OFFERED)
    assert start.cells[at(PLAIN)] == Cell(None, Mark.OFFERED)
    assert silent.cells == ()
    assert silent.fault == "There was no answer within 4 seconds."


def test_a_list_that_nobody_saw_is_not_a_no() -> None:
    hidden = replace(tls(587), auth=None)
    assert picture(server(hidden)).rows[0].cells[0].after is Mark.NOT_SEEN


def test_a_protocol_s_own_log_in_has_a_column_where_the_lists_are_silent() -> None:
    pop3 = replace(
        tls(587),
        endpoint=Endpoint(Protocol.POP3, HOST, 110, Security.STARTTLS),
        auth=(), auth_before_tls=(), password_login=True, password_login_before_tls=True,
    )  # fmt: skip
    drawn = picture(server(pop3, tls(465, "AUTH PLAIN")))
    assert drawn.mechanisms[0] == OWN
    sending, fetching = drawn.rows
    assert fetching.cells[0] == Cell(Mark.IN_THE_CLEAR, Mark.OFFERED)
    assert sending.cells[0] == Cell(None, None)
    assert OWN not in picture(server(tls(465, "AUTH PLAIN"))).mechanisms


def test_a_wrong_certificate_is_told_in_its_row() -> None:
    (row,) = picture(server(untrusted(465, "AUTH PLAIN"))).rows
    assert "signed by itself" in row.fault


def test_the_parts_of_a_round_trip_add_up_to_its_last_line() -> None:
    lines = (
        Line(Speaker.EVENT, "connected", False, 23.0),
        Line(Speaker.SERVER, "220 hello", True, 54.0),
        Line(Speaker.SERVER, "250 done", True, 76.0),
    )
    took = replace(tls(465, "AUTH PLAIN"), transcript=lines, timing=Timing(14.0, 5.0, 31.0, 2000.0))
    (found,) = times(server(took, SILENT))
    assert found.parts == (9.0, 14.0, 31.0, 22.0)
    assert found.total == 76.0


def test_a_certificate_once_with_its_chain_and_the_versions_taken() -> None:
    takes = {"1.0": False, "1.1": False, "1.2": True, "1.3": True}
    first = tls(465, "AUTH PLAIN", takes=takes)
    second = tls(587, "AUTH PLAIN")
    assert first.tls is not None
    assert second.tls is not None
    shown = server(
        replace(first, tls=replace(first.tls, certificate=LEAF, chain=(ISSUER,))),
        replace(second, tls=replace(second.tls, certificate=LEAF)),
    )
    (found,) = identities(shown, NOW)
    assert found.chain == ("mail.example.org", "R12", "ISRG Root X1")
    assert found.tls == "1.3, 1.2; refuses older"
    assert (found.until, days_left(found)) == ("14 February 2027", "84 days")
    assert [e.port for e in found.endpoints] == [465, 587]
    (ended,) = identities(shown, NOW + timedelta(85))
    assert days_left(ended) == "ended"


@pytest.mark.parametrize(
    ("takes", "said"),
    [
        (None, "1.3; older ones were not asked for"),
        ({"1.0": True, "1.1": True, "1.2": True, "1.3": True}, "1.3, 1.2, 1.1, 1.0"),
        ({"1.0": False, "1.1": None, "1.2": True, "1.3": True}, "1.3, 1.2; refuses 1.0"),
    ],
)
def test_versions_in_words(takes: dict[str, bool | None] | None, said: str) -> None:
    (found,) = identities(server(tls(465, "AUTH PLAIN", takes=takes)), NOW)
    assert found.tls == said


def test_one_sentence_for_each_kind_of_answer() -> None:
    assert assess(server(tls(465, "AUTH PLAIN"))).kind == "ready"
    clear = assess(server(tls(465, "AUTH PLAIN"), tls(587, "AUTH PLAIN", before=("PLAIN",))))
    assert clear.kind == "warn"
    # The fact first, then what to do, and who is to do it.
    assert clear.title == "One thing to mend: port 587 takes passwords before it encrypts."
    assert clear.text.startswith("For the administrator: Take passwords only inside TLS. Sending")
    assert assess(server(tls(25))).kind == "no"
    assert assess(server(untrusted(465, "AUTH PLAIN"))).kind == "no"
    assert assess(server(SILENT)).kind == "unknown"
    assert assess(ServerReport("x", "host", ())).kind == "unknown"
    assert answered(server(tls(465), SILENT)) == "1 of 2 servers answered"


def test_every_urgent_thing_is_told_as_a_fact() -> None:
    one, two = tls(587).endpoint, tls(110).endpoint
    told = set()
    for code in _urgent():
        found = fault(ToDo(code, "", "", (one,), urgent=True))
        assert "port 587" in found
        assert "ports 587, 110" in fault(ToDo(code, "", "", (one, two, one), urgent=True))
        told.add(found)
    assert len(told) == len(_urgent())
    never = replace(one, security=Security.PLAIN)
    clear = ToDo("passwords-only-inside-tls", "", "", (never,), urgent=True)
    assert fault(clear) == "port 587 takes passwords and never encrypts."


@pytest.mark.parametrize(
    ("typed", "address", "name", "host", "server_"),
    [
        (" Example.org ", None, "example.org", False, ""),
        ("ada@example.org", "ada@example.org", None, False, ""),
        ("192.0.2.1", None, "192.0.2.1", True, ""),
        ("[2001:db8::1]", None, "2001:db8::1", True, ""),
        ("mail.example.org:993", None, None, False, "imap mail.example.org:993/tls"),
        ("mail.example.org:2525/tls", None, None, False, "smtp mail.example.org:2525/tls"),
    ],
)
def test_what_was_typed_is_a_question(
    typed: str, address: str | None, name: str | None, host: bool, server_: str
) -> None:
    asked = question_about(typed, Question(offline=True))
    assert asked.offline
    assert (None if asked.address is None else str(asked.address)) == address
    assert (asked.name, asked.host) == (name, host)
    assert " ".join(f"{e.protocol} {e}" for e in asked.servers) == server_


@pytest.mark.parametrize("typed", ["", "  ", "ada@", "exa mple.org", "mail.example.org:99999"])
def test_what_cannot_be_asked_is_said(typed: str) -> None:
    with pytest.raises(WrongUsage):
        question_about(typed, Question())
