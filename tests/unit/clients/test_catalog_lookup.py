# SPDX-License-Identifier: MPL-2.0
"""From what a person types to one version of one client."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.clients.catalog import Catalog
from clientcfg.clients.covering import NOTHING_KNOWN
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion
from clientcfg.model.trouble import WrongUsage
from clientcfg.rooms import profile_path

LOCAL = """\
name = "House Mail"
vendor = "The house"
aliases = ["hausmail"]
platforms = ["linux"]
current = "1.0"
[sources]
own = "the house's own page"
[[versions]]
from = "1.0"
to = "current"
smtp_auth = "yes"
source = ["own"]
confidence = "documented"
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(profile_path("clients"))


def seen(client: ClientVersion) -> tuple[str, str | None, str | None, bool]:
    return client.id, client.version, client.platform, client.covered


@pytest.mark.parametrize(
    ("text", "id_", "version", "platform"),
    [
        ("thunderbird", "thunderbird", "153.7.0", None),
        ("Thunderbird", "thunderbird", "153.7.0", None),
        (" thunderbird@153.7.0esr ", "thunderbird", "153.7.0esr", None),
        ("thunderbird@current", "thunderbird", "153.7.0", None),
        ("thunderbird@128.1esr:win", "thunderbird", "128.1esr", "win"),
        ("mozilla-thunderbird@78", "thunderbird", "78", None),
        ("netscape-messenger@4.08", "netscape", "4.08", None),
        ("Netscape Messenger@4.08:unix", "netscape", "4.08", "unix"),
        ("netscape@4.08:mac", "netscape", "4.08", "mac"),
        ("oe@6.0 SP1", "outlook-express", "6.0 SP1", "win"),
        ("outlook-express@6.00.2900.5512", "outlook-express", "6.00.2900.5512", "win"),
        ("outlook-express@5.50.4807.1700", "outlook-express", "5.50.4807.1700", "win"),
        ("outlook-express", "outlook-express", "6.0 SP3", "win"),
        ("outlook-express:mac-classic", "outlook-express", "5.0.6", "mac-classic"),
        ("outlook-express@5.0.2:mac-classic", "outlook-express", "5.0.2", "mac-classic"),
        ("mutt:unix", "mutt", "2.4.1", "unix"),
        ("seamonkey", "seamonkey", None, None),
    ],
)
def test_name_version_platform(
    catalog: Catalog, text: str, id_: str, version: str | None, platform: str | None
) -> None:
    assert seen(catalog.parse(text)) == (id_, version, platform, True)


def test_the_same_number_is_another_program_on_another_platform(catalog: Catalog) -> None:
    assert catalog.parse("outlook-express@5.0:win").name == "Outlook Express (Win)"
    assert catalog.parse("outlook-express@5.0:mac-classic").name == "Outlook Express (Mac)"
    assert catalog.parse("outlook-express@5.0").name == "Outlook Express (Win)", "the usual one"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("netscape@8.0", id="between two ranges"),
        pytest.param("netscape@1.1", id="before the first"),
        pytest.param("netscape@4.08:android", id="not on that platform"),
        pytest.param("thunderbird@nightly", id="no number"),
        pytest.param("mutt@2.4.1:win", id="a platform it does not run on"),
    ],
)
def test_what_no_range_covers_is_all_unknown(catalog: Catalog, text: str) -> None:
    client = catalog.parse(text)
    assert not client.covered
    assert client.abilities == NOTHING_KNOWN
    assert client.maintained is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("thunderbrid", "thunderbird"),
        ("netscpae@4.08", "netscape"),
        ("msntp", "msmtp"),
        ("outlook expres", "outlook-express"),
    ],
)
def test_a_slip_of_the_hand_gets_the_nearest_names(
    catalog: Catalog, text: str, nearest: str
) -> None:
    with pytest.raises(WrongUsage) as trouble:
        catalog.parse(text)
    assert trouble.value.code == "unknown-client"
    assert nearest in trouble.value.advice[0]


def test_an_unknown_platform_gets_the_known_ones(catalog: Catalog) -> None:
    with pytest.raises(WrongUsage) as trouble:
        catalog.parse("netscape@4.08:macintosh")
    assert trouble.value.code == "unknown-platform"
    assert "mac" in trouble.value.advice[0]


@given(text=st.text(max_size=80))
def test_any_text_is_a_client_or_wrong_usage_and_safe_to_show(catalog: Catalog, text: str) -> None:
    try:
        client = catalog.parse(text)
    except WrongUsage as trouble:
        assert trouble.text.isprintable()
    else:
        assert client.id in catalog.ids()


def test_later_versions_ascend_on_the_same_platform(catalog: Catalog) -> None:
    later = catalog.later("netscape", "4.08", "win")
    assert [v.version for v in later] == ["4.5", "6.0", "7.0", "9.0a1"]
    assert [v.version for v in catalog.later("netscape", "4.08", "unix")] == ["4.5"]
    assert catalog.later("thunderbird", "153.7.0esr", "linux") == ()
    assert catalog.later("thunderbird", None, None) == ()
    assert catalog.later("thunderbird", "nightly", None) == ()


def test_a_personal_profile_is_marked_local(tmp_path: Path) -> None:
    (tmp_path / "house-mail.toml").write_text(LOCAL)
    catalog = Catalog(profile_path("clients"), tmp_path)
    assert catalog.parse("hausmail@1.2").local
    assert not catalog.parse("thunderbird").local
    assert "house-mail" in catalog.ids()
    assert {c.id for c in catalog.all() if c.local} == {"house-mail"}


def test_a_personal_profile_stands_for_ours_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "mutt.toml").write_text(LOCAL)
    client = Catalog(profile_path("clients"), tmp_path).parse("mutt")
    assert (client.name, client.local) == ("House Mail", True)


def test_a_personal_profile_cannot_name_a_program_to_run(tmp_path: Path) -> None:
    (tmp_path / "house-mail.toml").write_text('command = ["sh"]\n' + LOCAL)
    with pytest.raises(WrongUsage) as trouble:
        Catalog(profile_path("clients"), tmp_path).parse("house-mail")
    assert "not a key" in trouble.value.text


def test_no_personal_folder_is_no_fault(tmp_path: Path) -> None:
    catalog = Catalog(profile_path("clients"), tmp_path / "absent")
    assert catalog.ids() == Catalog(profile_path("clients")).ids()
