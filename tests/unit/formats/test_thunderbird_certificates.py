# SPDX-License-Identifier: MPL-2.0
"""A certificate that a person agreed to: put into the profile's exceptions, and taken out."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.formats.cert_override import HEADER, Overrides
from clientcfg.formats.thunderbird import Thunderbird
from clientcfg.model.account import Account, ServerLogin, TrustedCertificate
from clientcfg.model.address import Address
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.place import FileState, Snapshot
from clientcfg.model.plan import Plan
from clientcfg.model.trouble import Refused

FORMAT = Thunderbird()
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = Installation(
    client="thunderbird", name="Thunderbird", version="153", platform="linux",
    program="/usr/lib/thunderbird", packaging="deb", profile_root="/r", profile="/r/p",
    running=False,
)  # fmt: skip
SMTP = Endpoint(Protocol.SMTP, "mail.example.org", 587, Security.STARTTLS)
IMAP = Endpoint(Protocol.IMAP, "mail.example.org", 993, Security.TLS)
HEX, OTHER_HEX = "0a" * 32, "ff" * 32
PRINT, OTHER_PRINT = ":".join(["0A"] * 32), ":".join(["FF"] * 32)
BOTH = (TrustedCertificate(SMTP, HEX), TrustedCertificate(IMAP, HEX))
PLACES = ("mail.example.org:587", "mail.example.org:993")
ADA = Account(
    Address("ada", "example.org"),
    "Ada",
    ServerLogin(SMTP, "ada", PLAIN),
    ServerLogin(IMAP, "ada", PLAIN),
    trusted_certificates=BOTH,
)
BOB = replace(ADA, address=Address("bob", "example.org"))

Files = dict[str, bytes]


def snapshot(files: Files) -> Snapshot:
    return Snapshot(
        NOW, {p: FileState(files.get(p.path.rpartition("/")[2])) for p in FORMAT.needs(HERE)}
    )


def carried_out(plan: Plan, files: Files) -> Files:
    after = dict(files)
    for step in plan.files:
        name = step.place.path.rpartition("/")[2]
        if step.content is None:
            del after[name]
        else:
            after[name] = b"".join(p for p in step.content if isinstance(p, bytes))
    return after


def applied(files: Files, account: Account = ADA) -> tuple[Plan, Files]:
    plan = FORMAT.plan(account, HERE, snapshot(files))
    return plan, carried_out(plan, files)


def reverted(plan: Plan, files: Files, *, force: bool = False) -> tuple[Plan, Files]:
    record = json.loads(json.dumps(plan.record))
    back = FORMAT.revert(HERE, snapshot(files), record, None, force=force)
    return back, carried_out(back, files)


def entries(files: Files) -> dict[str, str]:
    return Overrides.parse(files.get("cert_override.txt")).entries


def test_both_places_are_written_before_the_account_and_said_in_full() -> None:
    plan, after = applied({})
    assert entries(after) == dict.fromkeys(PLACES, PRINT)
    names = [step.place.path.rpartition("/")[2] for step in plan.steps]
    assert names == ["cert_override.txt", "prefs.js"]
    for place in PLACES:
        assert any(place in line and f"sha256:{HEX}" in line for line in plan.summary)


def test_without_a_certificate_agreed_to_nothing_is_written_there() -> None:
    _plan, after = applied({}, replace(ADA, trusted_certificates=()))
    assert "cert_override.txt" not in after


def test_only_the_servers_of_this_account_count() -> None:
    """An account that is there already keeps its own way of reading mail."""
    elsewhere = replace(SMTP, host="other.example.org")
    stray = replace(ADA, trusted_certificates=(TrustedCertificate(elsewhere, HEX), BOTH[0]))
    _plan, after = applied({}, stray)
    assert entries(after) == {PLACES[0]: PRINT}

    _plan, existing = applied({}, replace(ADA, trusted_certificates=()))
    moved = ServerLogin(replace(IMAP, host="new.example.org"), "ada", PLAIN)
    certificates = (BOTH[0], TrustedCertificate(moved.endpoint, HEX))
    _plan, after = applied(
        existing, replace(ADA, incoming=moved, trusted_certificates=certificates)
    )
    assert entries(after) == {PLACES[0]: PRINT}


def test_what_is_trusted_already_is_not_written_again() -> None:
    _plan, once = applied({})
    again, twice = applied(once)
    assert again.steps == ()
    assert twice == once
    assert len(again.summary) == 1


def test_an_account_that_lacks_only_the_exception_gets_it() -> None:
    _plan, bare = applied({}, replace(ADA, trusted_certificates=()))
    plan, after = applied(bare)
    assert [step.place.path for step in plan.steps] == ["/r/p/cert_override.txt"]
    assert any(HEX in line for line in plan.summary)
    assert reverted(plan, after)[1] == bare


def test_after_thunderbird_has_rewritten_the_file_ours_go_and_others_stay() -> None:
    """It keeps an order of its own, and nothing but what it understood."""
    plan, after = applied({})
    theirs = "later.example:465:"
    lines = [f"{PLACES[1]}:", theirs, f"{PLACES[0]}:"]
    body = "".join(f"{p}\tOID.2.16.840.1.101.3.4.2.1\t{PRINT}\t\n" for p in lines)
    after["cert_override.txt"] = HEADER + body.encode()
    after["prefs.js"] += b'user_pref("x.y", 1);\n'
    back, found = reverted(plan, after)
    assert back.conflicts == ()
    assert entries(found) == {theirs[:-1]: PRINT}

    after["cert_override.txt"] = HEADER + body.replace(theirs, "# ").encode()
    assert "cert_override.txt" not in reverted(plan, after)[1], "ours, and nothing is left in it"


def test_a_file_that_was_there_stays() -> None:
    before = {"cert_override.txt": HEADER}
    plan, after = applied(before)
    assert reverted(plan, after)[1]["cert_override.txt"] == HEADER


def test_a_certificate_that_somebody_trusted_since_is_named_and_left() -> None:
    plan, after = applied({})
    after["cert_override.txt"] = after["cert_override.txt"].replace(
        f"{PLACES[0]}:\tOID.2.16.840.1.101.3.4.2.1\t{PRINT}".encode(),
        f"{PLACES[0]}:\tOID.2.16.840.1.101.3.4.2.1\t{OTHER_PRINT}".encode(),
    )
    back, found = reverted(plan, after)
    (conflict,) = back.conflicts
    assert PLACES[0] in conflict.setting
    assert (conflict.before, conflict.ours, conflict.now) == (None, PRINT, OTHER_PRINT)
    assert entries(found) == {PLACES[0]: OTHER_PRINT}
    forced, gone = reverted(plan, after, force=True)
    assert forced.conflicts == ()
    assert entries(gone) == {}


def test_an_exception_that_somebody_took_out_is_no_conflict() -> None:
    plan, after = applied({})
    del after["cert_override.txt"]
    back, found = reverted(plan, after)
    assert back.conflicts == ()
    assert "cert_override.txt" not in found


def test_an_account_that_somebody_made_their_own_keeps_its_exceptions() -> None:
    plan, after = applied({})
    after["prefs.js"] = after["prefs.js"].replace(b'userName", "ada"', b'userName", "eve"')
    back, found = reverted(plan, after)
    assert [c.now for c in back.conflicts] == ["eve"]
    assert entries(found) == dict.fromkeys(PLACES, PRINT)


def test_exceptions_stay_while_another_account_needs_them() -> None:
    """Two people of one family on one small server."""
    first, once = applied({})
    second, both = applied(once, BOB)
    _back, without_ada = reverted(first, both)
    assert b"ada@example.org" not in without_ada["prefs.js"]
    assert entries(without_ada) == dict.fromkeys(PLACES, PRINT)
    _back, without_bob = reverted(second, both)
    assert entries(without_bob) == dict.fromkeys(PLACES, PRINT)
    assert entries(reverted(first, without_bob)[1]) == {}


def test_a_change_made_before_there_were_exceptions_is_taken_out_too() -> None:
    plan, after = applied({}, replace(ADA, trusted_certificates=()))
    record = {name: value for name, value in plan.record.items() if name != "exceptions"}
    after["cert_override.txt"] = HEADER
    found = carried_out(FORMAT.revert(HERE, snapshot(after), record, None), after)
    assert found["cert_override.txt"] == HEADER
    assert b"ada" not in found["prefs.js"]


@given(st.one_of(st.sampled_from(["h\n", "a\tb", "#h", "[h", "", "é", "h\0", "a:b"]), st.text()))
def test_a_host_is_one_entry_or_refused(host: str) -> None:
    endpoint = replace(SMTP, host=host)
    login = ServerLogin(endpoint, "ada", PLAIN)
    account = replace(
        ADA, outgoing=login, trusted_certificates=(TrustedCertificate(endpoint, HEX),)
    )
    try:
        _plan, after = applied({}, account)
    except Refused as refused:
        assert refused.code == "not-a-host-name"
        return
    (entry,) = after["cert_override.txt"].removeprefix(HEADER).splitlines(keepends=True)
    bracketed = f"[{host}]" if ":" in host else host
    assert entry == (f"{bracketed}:587:\tOID.2.16.840.1.101.3.4.2.1\t{PRINT}\t\n".encode())


@pytest.mark.parametrize(
    "host", ["mail.example.org", "xn--bcher-kva.example", "a_b.example", "::1"]
)
def test_hosts_that_there_are_are_written(host: str) -> None:
    endpoint = replace(IMAP, host=host)
    account = replace(
        ADA,
        incoming=ServerLogin(endpoint, "ada", PLAIN),
        trusted_certificates=(TrustedCertificate(endpoint, HEX),),
    )
    place = f"[{host}]:993" if ":" in host else f"{host}:993"
    assert entries(applied({}, account)[1]) == {place: PRINT}


LINES = st.lists(
    st.sampled_from(
        [
            HEADER,
            b"# x\n",
            b"mail.example.org:587:\tOID.2.16.840.1.101.3.4.2.1\tAB\t\n",
            b"mail.example.org:993\tOID.2.16.840.1.101.3.4.2.1\t" + PRINT.encode() + b"\tMU\tk\n",
            b"h.example:1:\tOID.2.16.840.1.101.3.4.2.1\tAB\t\n",
            b"\xff\tjunk\r\n",
        ]
    ),
    max_size=5,
).map(b"".join)


@given(st.one_of(st.none(), LINES))
def test_revert_of_apply_is_what_was(old: bytes | None) -> None:
    before: Files = {"prefs.js": b""} | ({} if old is None else {"cert_override.txt": old})
    plan, after = applied(before)
    assert {entries(after)[place] for place in PLACES} == {PRINT}
    found = reverted(plan, after)[1]
    assert entries(found) == entries(before)
    if old:
        assert found["cert_override.txt"] == old
    elif old is None:
        assert "cert_override.txt" not in found
