# SPDX-License-Identifier: MPL-2.0
"""A list of people is read whole, or every fault in it is named by row and column."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.flows.people import MOST_BYTES, MOST_PEOPLE, FaultyRows, read_people
from clientcfg.model.trouble import WrongUsage
from tests.support.hostile import texts


def faults(data: bytes) -> list[tuple[int, str | None]]:
    with pytest.raises(FaultyRows) as told:
        read_people(data)
    assert all(fault.text for fault in told.value.faults)
    return [(fault.row, fault.column) for fault in told.value.faults]


GOOD = 'address,name,user,smtp_user\nada@example.org,Ada,ada,\nbob@example.org,"B, ob",,b2\n'


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        (GOOD + "\n,,,\n\n").encode(),
        b"address;name;user;smtp_user\nada@example.org;Ada;ada;\nbob@example.org;B, ob;;b2",
        b"Address ; NAME;user;smtp_user;;\n ada@example.org ;Ada;ada\nbob@example.org;B, ob;;b2;;",
        b'smtp_user,user,name,address\n,ada,Ada,ada@example.org\nb2,,"B, ob",bob@example.org\n',
    ],
)
def test_as_spreadsheets_save_it(data: bytes) -> None:
    ada, bob = read_people(data)
    assert (str(ada.address), ada.name, ada.user, ada.smtp_user) == (
        *("ada@example.org", "Ada", "ada", None),
    )
    assert (str(bob.address), bob.name, bob.user, bob.smtp_user) == (
        *("bob@example.org", "B, ob", None, "b2"),
    )


def test_addresses_alone_are_enough() -> None:
    (one,) = read_people(b"address\nada@example.org\n")
    assert (one.row, one.name, one.user) == (2, "", None)


def test_every_fault_is_named_by_row_and_column() -> None:
    data = "\n".join(
        [
            "address,name,user",
            "ada@example.org,Ada,",
            "ada,Ada,",
            "bob@example.org,Bob\u202e,u\x07",
            "ADA@example.org,Ada again,",
            ",nobody,",
            f"eve@example.org,{'E' * 129},",
            "f@example.org,F,,,too,many",
            'g@example.org,"G\nH",',
            "j@127.0.0.1,J,",
        ]
    ).encode()
    assert faults(data) == [
        *((3, "address"), (4, "name"), (4, "user"), (5, "address"), (6, "address")),
        *((7, "name"), (8, None), (9, "name"), (10, "address")),
    ]
    with pytest.raises(FaultyRows) as told:
        read_people(data)
    assert told.value.lines[0].startswith("Row 3, address: ")
    assert "row 2" in told.value.lines[3]
    assert told.value.facts["faults"][0]["row"] == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"address\n",
        b"ada@example.org\n",
        b"name,user\nAda,ada\n",
        b"address,address\na@example.org,b@example.org\n",
        b"address,password\nada@example.org,secret\n",
        GOOD.encode("utf-16"),
        b"address,name\nada@example.org,\xe4\n",
        b'address,name\nada@example.org,"never closed\n',
        b'address,name\nada@example.org,"x"y\n',
        b"address,name\nada@example.org," + b"x" * 140_000,
        b"address\n" + b" " * MOST_BYTES,
        b"address\n" + b"".join(b"u%d@example.org\n" % n for n in range(MOST_PEOPLE + 1)),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(WrongUsage) as told:
        read_people(data)
    assert told.value.text and told.value.advice


@given(st.binary(max_size=200) | texts.map(lambda t: ("address\n" + t).encode("utf-8", "replace")))
def test_any_bytes_are_people_or_a_sentence(data: bytes) -> None:
    try:
        people = read_people(data)
    except WrongUsage:
        return
    assert people


@given(st.lists(texts, min_size=1, max_size=4), st.sampled_from([",", ";"]))
def test_a_name_is_a_name_whatever_is_in_it(names: list[str], delimiter: str) -> None:
    out = io.StringIO()
    rows = [["address", "name"], *([f"u{n}@example.org", one] for n, one in enumerate(names))]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    try:
        people = read_people(out.getvalue().encode("utf-8", "surrogatepass"))
    except WrongUsage:
        return
    assert [one.name for one in people] == [one.strip(" \t") for one in names]
    assert [one.address.local for one in people] == [f"u{n}" for n in range(len(names))]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "../../etc/passwd"])
def test_formulas_and_paths_are_just_names(name: str) -> None:
    (one,) = read_people(f"address,name\nada@example.org,{name}\n".encode())
    assert one.name == name
