# SPDX-License-Identifier: MPL-2.0
"""What a page says before its steps: that the program cannot, and what was not proved."""

from dataclasses import replace

import pytest

from clientcfg.guides.guide import Guide, Note
from clientcfg.guides.html import as_html
from clientcfg.guides.markdown import as_markdown
from clientcfg.guides.text import as_text
from clientcfg.model.endpoint import Security
from clientcfg.model.verdict import Advice, Reason, Verdict, VerdictKind
from tests.support.guides import ADA, outgoing, page


def verdict(kind: VerdictKind, missing: str | None = None) -> Verdict:
    reason = Reason("starttls", "It cannot do STARTTLS there.", "a source")
    advice = Advice("switch", "Go to SeaMonkey 2.53.1.", "seamonkey", "2.53.1")
    return Verdict("netscape", "4.08", kind, None, None, (reason,), (advice,), missing)


def note(guide: Guide, code: str) -> Note:
    return next(n for n in guide.notes if n.code == code)


@pytest.mark.parametrize("kind", sorted(set(VerdictKind) - {VerdictKind.READY}))
def test_a_verdict_stands_first_with_reasons_and_advice(kind: VerdictKind) -> None:
    guide = page("netscape@4.08", verdict=verdict(kind))
    first = guide.notes[0]
    assert first.code == f"verdict-{kind}"
    assert first.grave is (kind is not VerdictKind.UNKNOWN)
    assert first.points == ("It cannot do STARTTLS there.",)
    assert first.advice == ("Go to SeaMonkey 2.53.1.",)
    for written in (as_text([guide]), as_markdown([guide]), as_html([guide])):
        assert written.index("SeaMonkey") < written.index("smtp.example.org")
        assert "STARTTLS there" in written


def test_what_is_missing_is_said_where_nothing_is_known() -> None:
    guide = page("netscape@4.08", verdict=verdict(VerdictKind.UNKNOWN, "whether it does TLS"))
    assert guide.notes[0].points == ("What would decide it: whether it does TLS.",)


def test_ready_needs_no_note() -> None:
    assert page("thunderbird", verdict=verdict(VerdictKind.READY)).notes == ()


def test_what_was_not_proved_is_said() -> None:
    guide = page("thunderbird", proved=False)
    assert not guide.proved
    assert "nothing is proved" in note(guide, "not-proved").text


def test_a_host_that_nobody_trustworthy_named_is_grave() -> None:
    told = note(page("thunderbird", unconfirmed=("mx.example.net",)), "host-not-confirmed")
    assert told.grave
    assert "mx.example.net" in told.text


def test_no_encryption_is_grave() -> None:
    assert note(
        page("thunderbird", replace(ADA, outgoing=outgoing(Security.PLAIN))), "in-the-clear"
    ).grave


def test_sending_only_is_said_and_leaves_no_gap() -> None:
    guide = page("thunderbird", replace(ADA, incoming=None))
    assert note(guide, "sending-only")
    assert [group.title for group in guide.groups] == ["Your account", "Outgoing mail (SMTP)"]
    assert len(guide.steps) == len(page("thunderbird").steps) - 1


def test_a_version_nobody_knows_is_said() -> None:
    assert note(page("eudora@9.9:mac"), "version-not-known")


def test_without_an_address_the_page_says_what_belongs_there() -> None:
    guide = page("thunderbird", replace(ADA, address=None, name="", outgoing=outgoing(user="")))
    written = as_text([guide])
    assert "settings by hand" in written
    assert "your e-mail address" in written
    assert "your user name" in written
    assert guide.address is None
