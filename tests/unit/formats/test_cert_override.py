# SPDX-License-Identifier: MPL-2.0
"""``cert_override.txt``: what the client reads there, and that nothing else of it changes."""

from hypothesis import given
from hypothesis import strategies as st

from clientcfg.formats.cert_override import HEADER, Overrides, fingerprint_of, place_of
from tests.support.readers import cert_override

OID = b"OID.2.16.840.1.101.3.4.2.1"
A, B = ":".join(["AA"] * 32), ":".join(["0B"] * 32)
SEEN_IN_153 = (
    HEADER
    + b"old.example:465:\t" + OID + b"\t" + A.encode() + b"\t\n"
    + b"UPPER.example:465:\t" + OID + b"\t" + B.encode() + b"\t\n"
    + b"attr.example:465:^privateBrowsingId=1\t" + OID + b"\t" + A.encode() + b"\t\n"
    + b"[::1]:465:\t" + OID + b"\t" + B.encode() + b"\t\n"
)  # fmt: skip


def read(data: bytes) -> dict[str, object]:
    """As the client itself was seen to read it."""
    return {place: value for place, (_type, value) in cert_override(data).items()}


def test_a_file_as_thunderbird_writes_it() -> None:
    assert Overrides.parse(SEEN_IN_153).entries == {
        "old.example:465": A,
        "UPPER.example:465": B,
        "[::1]:465": B,
    }


def test_what_thunderbird_was_seen_to_skip_is_kept_and_means_nothing() -> None:
    skipped = (
        b"# a comment of mine\n\ngarbage line\n"
        b"sha1.example:465:\tOID.1.3.14.3.2.26\t" + A.encode() + b"\t\n"
        b"notab.example:465:\t" + OID + b"\t" + A.encode() + b"\n"
    )
    overrides = Overrides.parse(skipped)
    assert overrides.entries == {}
    assert overrides.with_entry("h.example:993", A).data.startswith(skipped)


def test_older_forms_are_read() -> None:
    held = b"h.example:465\t" + OID + b"\t" + A.encode() + b"\tMU\tAAAAdbkey\n"
    assert Overrides.parse(held).entries == {"h.example:465": A}
    changed = Overrides.parse(held).with_entry("h.example:465", B)
    assert changed.data == held.replace(A.encode(), B.encode())


def test_the_last_line_of_a_place_counts_and_is_the_one_that_changes() -> None:
    line = b"h.example:465:\t" + OID + b"\t%s\t\n"
    twice = line % A.encode() + line % A.encode()
    assert Overrides.parse(twice).with_entry("h.example:465", B).data == (
        line % A.encode() + line % B.encode()
    )
    assert Overrides.parse(twice).without_entry("h.example:465").data == b""


def test_a_new_file_has_the_clients_own_header_and_line() -> None:
    made = Overrides.parse(None).with_entry(place_of("h.example", 587), fingerprint_of("aa" * 32))
    assert made.data == HEADER + b"h.example:587:\t" + OID + b"\t" + A.encode() + b"\t\n"
    assert place_of("::1", 465) == "[::1]:465"


def test_a_last_line_without_an_end_gets_one() -> None:
    held = b"# no end"
    assert Overrides.parse(held).with_entry("h.example:1", A).data.startswith(b"# no end\nh.")


PLACES = st.sampled_from(["h.example:465", "h.example:587", "[::1]:465", "127.0.0.1:993"])
FINGERPRINTS = st.sampled_from([A, B, A.lower(), ""])
ENTRY = st.builds(
    lambda place, colon, print_, rest, end: (
        place.encode() + colon + b"\t" + OID + b"\t" + print_.encode() + b"\t" + rest + end
    ),
    PLACES,
    st.sampled_from([b":", b"", b":^userContextId=2"]),
    FINGERPRINTS,
    st.sampled_from([b"", b"MU\tkey", b"\r", b"\xff"]),
    st.just(b"\n"),
)
ANY_LINE = st.one_of(
    ENTRY, st.binary(max_size=40), st.sampled_from([b"# c\n", b"\n", b"x:1:\t" + OID + b"\tAA\n"])
)
FILES = st.lists(ANY_LINE, max_size=6).map(b"".join)
NEW = st.sampled_from([A, B])


@given(FILES)
def test_any_file_is_read_as_the_client_reads_it_and_kept(data: bytes) -> None:
    overrides = Overrides.parse(data)
    assert overrides.data == data
    assert overrides.entries == read(data)


@given(FILES, PLACES, NEW)
def test_only_that_entry_changes(data: bytes, place: str, fingerprint: str) -> None:
    before = Overrides.parse(data)
    after = before.with_entry(place, fingerprint)
    assert read(after.data) == {**before.entries, place: fingerprint}
    # At most one line is another one; a missing end of the last line is no difference.
    there = {line.rstrip(b"\n") for line in after.lines}
    assert sum(line.rstrip(b"\n") not in there for line in before.lines) <= 1
    gone = after.without_entry(place)
    assert read(gone.data) == {k: v for k, v in before.entries.items() if k != place}


@given(FILES, PLACES, NEW)
def test_there_and_back_is_what_was(data: bytes, place: str, fingerprint: str) -> None:
    before = Overrides.parse(data)
    after = before.with_entry(place, fingerprint)
    held = before.entries.get(place)
    if held is not None:
        assert after.with_entry(place, held).data == data
    else:
        left = after.without_entry(place).data
        assert left in {data, data + b"\n", HEADER}
