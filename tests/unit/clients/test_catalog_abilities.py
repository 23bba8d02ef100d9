# SPDX-License-Identifier: MPL-2.0
"""Every cell of every range in the profiles, against a table; the table against its source."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from clientcfg.clients.catalog import Catalog
from clientcfg.clients.profile import VersionRange
from clientcfg.model.answer import Answer
from clientcfg.model.client import Ability, ClientVersion, Confidence, Mechanisms, StartTlsAbility
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.report import Announcement
from clientcfg.rooms import profile_path

Row = dict[str, str]

TABLE = Path(__file__).parents[2] / "data" / "client_abilities.tsv"
ABILITIES = (
    "smtp_auth",
    "starttls",
    "implicit_tls",
    "custom_port",
    "separate_smtp_user",
    "pop_before_smtp",
)


PLAIN_CELLS = (*ABILITIES, "max_tls", "maintained", "confidence")
REFERENCE_NAMES = {"pop_before_smtp": "pop_before_smtp_option"}
# Seen running since: Thunderbird 153 sent through TLS 1.3.
KNOWN_BETTER = {("Thunderbird", "140", "max_tls")}


def rows() -> list[Row]:
    lines = [x for x in TABLE.read_text().splitlines() if not x.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


ROWS = rows()
CASES = [
    pytest.param(row, row[end], platform, id=f"{row['client']}@{row[end]}:{platform}")
    for row in ROWS
    for end in ("from", "to")
    for platform in row["platforms"].split(",")
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(profile_path("clients"))


def cell(ability: Ability | StartTlsAbility) -> str:
    return f"{ability.reported}?" if ability.reported else str(ability.value)


def mechanisms(known: Mechanisms) -> list[str]:
    if not (known.yes or known.reported or known.either):
        return ["none" if known.complete else "unknown"]
    words = ["|".join(known.either)] if known.either else []
    words += [*known.yes, *(f"{m}?" for m in known.reported)]
    return [*words, *([] if known.complete else ["*"])]


def oauth2(client: ClientVersion) -> list[str]:
    known = client.abilities
    words = [*known.oauth2_providers, *(f"{p}?" for p in known.oauth2_reported)]
    return words or [cell(known.oauth2)]


@pytest.mark.parametrize(("row", "version", "platform"), CASES)
def test_every_cell_at_both_ends_of_every_range(
    catalog: Catalog, row: Row, version: str, platform: str
) -> None:
    client = catalog.at(row["client"], version, platform)
    known = client.abilities
    assert client.covered
    assert client.name == row["name"]
    assert {key: cell(getattr(known, key)) for key in ABILITIES} == {k: row[k] for k in ABILITIES}
    assert sorted(mechanisms(known.mechanisms)) == sorted(row["mechanisms"].split(","))
    assert sorted(oauth2(client)) == sorted(row["oauth2"].split(","))
    most = known.max_tls
    assert (f"{most.reported}?" if most.reported else most.value) == row["max_tls"]
    reported_only = row["maintained"].endswith("?")
    assert client.maintained is (Answer.UNKNOWN if reported_only else Answer(row["maintained"]))
    assert known.smtp_auth.confidence is Confidence(row["confidence"])
    assert known.smtp_auth.source


def test_the_table_has_every_range(catalog: Catalog) -> None:
    ours = {(name, asked(r)) for name in catalog.ids() for r in catalog.profile(name).ranges}
    assert {(row["client"], row["from"]) for row in ROWS} == ours


def test_every_row_of_the_reference_table_is_carried_over(
    catalog: Catalog, test_data: Path
) -> None:
    """Counts and names, against the table that the profiles were made from."""
    lines = (test_data / "facts" / "clients.tsv").read_text().splitlines()
    reference = list(
        csv.DictReader(
            (line for line in lines if not line.startswith("#")),
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
        )
    )
    held = Counter(row["name"] for row in ROWS)
    wanted = Counter(row["client"] for row in reference)
    # One row of it is of two programs, each in its own file here.
    both = "MH 6 / early nmh / exmh on top"
    assert wanted.pop(both) == 1
    wanted.update({"MH": 1, "nmh (exmh front end)": 1})
    # Ours is finer: msmtp's own news tell when each mechanism came.
    assert (wanted.pop("msmtp"), held.pop("msmtp")) == (4, 7)
    assert held == wanted
    assert len(reference) == 231
    compared = 0
    for name in wanted.keys() - {"MH", "nmh (exmh front end)"}:
        ours = [row for row in ROWS if row["name"] == name]
        theirs = [row for row in reference if row["client"] == name]
        for row, source in zip(ours, theirs, strict=True):
            for key in PLAIN_CELLS:
                told = source[REFERENCE_NAMES.get(key, key)].strip()
                meant = "unknown" if told == "varies" else told.replace("port25", "port25-only")
                if (name, row["from"], key) in KNOWN_BETTER:
                    continue
                assert row[key] == meant, (name, row["from"], key)
                compared += 1
    assert compared > 2000


def test_what_is_advised_exists_and_is_not_worse(catalog: Catalog) -> None:
    for name in catalog.ids():
        for one in catalog.profile(name).ranges:
            for line in one.successors:
                later = catalog.at(line.client, line.version, None)
                assert later.covered or line.version is None, (name, line)
                assert later.abilities.smtp_auth.value is not Answer.NO, (name, line)


def asked(one: VersionRange) -> str:
    """How one asks for the beginning of a range."""
    if one.edition is not None:
        return f"{one.first} ({one.edition})" if one.first else one.edition
    return one.first or "1.0"


@pytest.mark.parametrize(
    ("text", "standard", "legacy"),
    [
        pytest.param("netscape@4.08", Answer.NO, Answer.YES, id="Netscape 4.0 sees AUTH= only"),
        pytest.param("netscape@4.7", Answer.UNKNOWN, Answer.UNKNOWN, id="for 4.7 nobody says"),
        pytest.param("outlook-express@4.72", Answer.NO, Answer.YES, id="so does OE 4"),
        pytest.param("outlook-express@5.0:win", Answer.YES, Answer.UNKNOWN, id="OE 5 sees AUTH"),
        pytest.param("thunderbird", Answer.YES, Answer.NO, id="Thunderbird ignores AUTH="),
        pytest.param("mutt@1.5.14", Answer.UNKNOWN, Answer.UNKNOWN, id="no SMTP, nothing to say"),
    ],
)
def test_forms_of_announcement(
    catalog: Catalog, text: str, standard: Answer, legacy: Answer
) -> None:
    known = catalog.parse(text).abilities
    assert known.understands(Announcement.STANDARD) is standard
    assert known.understands(Announcement.LEGACY) is legacy


def test_only_outlook_express_5_and_6_log_in_before_tls(catalog: Catalog) -> None:
    hasty = {
        (name, r.first)
        for name in catalog.ids()
        for r in catalog.profile(name).ranges
        if "auth-before-starttls" in r.abilities.quirks
    }
    assert {one for one in hasty if one[0] in {row["client"] for row in ROWS}} == {
        ("outlook-express", "5.0"),
        ("outlook-express", "6.0"),
    }


def test_what_is_reported_or_one_of_two_is_unknown(catalog: Catalog) -> None:
    known = catalog.parse("netscape@7.1").abilities.mechanisms
    assert known.can(Mechanism("PLAIN")) is Answer.UNKNOWN
    assert known.can(Mechanism("CRAM-MD5")) is Answer.UNKNOWN
    assert known.can(Mechanism("SCRAM-SHA-256")) is Answer.UNKNOWN
    assert catalog.parse("netscape@4.08").abilities.mechanisms.can(Mechanism("PLAIN")) is Answer.NO


def test_every_profile_can_be_used() -> None:
    Catalog(profile_path("clients")).validate()
