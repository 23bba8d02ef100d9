# SPDX-License-Identifier: MPL-2.0
"""Text that wants to be more than text never adds a key to a profile, or misleads its reader."""

import plistlib
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.changes.fill import fill_file
from clientcfg.model.account import Account
from clientcfg.model.address import Address
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble, WrongUsage
from tests.support.apple_profiles import ACCOUNT, export, profile, profile_bytes
from tests.support.apple_schema import faults
from tests.support.hostile import hostile, texts
from tests.support.plist_reader import read_plist

MEANT = {
    frozenset(profile()): "plain",
    frozenset(profile(organization="x")): "organization",
    frozenset(profile(consent="x")): "consent",
    frozenset(profile(organization="x", consent="x")): "both",
}
NAMELESS = frozenset(profile(replace(ACCOUNT, name=""))["PayloadContent"][0])
NAMED = frozenset(profile()["PayloadContent"][0])
PASSWORDS = {"IncomingPassword", "OutgoingPassword"}

NASTY = (
    "</string><key>PayloadRemovalDisallowed</key><true/><string>",
    "]]>", "<![CDATA[", "&lt;", "&#0;", "&evil;", "%", "%s", "{address}", "'", '"', "\\", "<!--",
    "-->", "<?xml?>", "\n", "\r", "\r\n", "\0", "\t", "\x1b", "\x7f", "\x85", "\u2028", "\u2029",
    "\ud800", "\udcff", "\ufffe", "\uffff", "\U0001fffe", "\ufdd0", "\u202e", "\u2066", "\u200b",
    "\ufeff", "\u061c", "●", "●●", "x" * 10_000, "ü😀", "שלום",
)  # fmt: skip
nasty = st.lists(st.sampled_from(NASTY) | texts, max_size=3).map("".join)


def checked(data: bytes) -> dict[str, object]:
    """What two readers say alike; no key that was not meant, nothing against the schema."""
    found = read_plist(data)
    assert plistlib.loads(data) == found
    assert faults(found) == []
    assert frozenset(found) in MEANT
    assert frozenset(found["PayloadContent"][0]) - PASSWORDS in {NAMED, NAMELESS}
    shown = str(found)
    assert not any(unicodedata.category(c) in {"Cs", "Zl", "Zp"} for c in shown)
    assert not set(shown) & set("\u202e\u2066\u200b\ufeff\u061c")
    assert isinstance(found, dict)
    return found


def refused_in_a_sentence(trouble: Trouble) -> bool:
    return trouble.text.endswith(".") and trouble.text.isprintable() and len(trouble.text) < 400


@given(hostile | st.builds(replace, st.just(ACCOUNT), name=nasty), nasty, nasty)
def test_no_account_says_more_than_it_is(account: Account, organization: str, consent: str) -> None:
    try:
        data = profile_bytes(account, organization=organization, consent=consent)
    except Trouble as trouble:
        assert refused_in_a_sentence(trouble)
        return
    found = checked(data)
    assert found.get("PayloadOrganization", "") == organization
    text = consent.replace("\r\n", "\n")
    assert found.get("ConsentText", {"default": ""}) == {"default": text}


@pytest.mark.parametrize("field", ["name", "user", "address", "organization", "consent"])
@pytest.mark.parametrize("text", NASTY)
def test_each_is_written_as_it_is_or_refused(field: str, text: str) -> None:
    account, wishes = ACCOUNT, {}
    if field == "name":
        account = replace(ACCOUNT, name=f"A{text}B")
    elif field == "user":
        account = replace(ACCOUNT, outgoing=replace(ACCOUNT.outgoing, username=f"A{text}B"))
    elif field == "address":
        account = replace(ACCOUNT, address=Address(f"A{text}B", "example.org"))
    else:
        wishes = {field: f"A{text}B"}
    try:
        data = profile_bytes(account, **wishes)
    except WrongUsage as trouble:
        assert refused_in_a_sentence(trouble)
        return
    plain = f"A{text}B".replace("\r\n", "\n") if field == "consent" else f"A{text}B"
    assert plain in str(checked(data)) or repr(plain)[1:-1] in str(checked(data))


@given(nasty)
def test_no_password_adds_a_key(password: str) -> None:
    file = export(with_password=True).files[0]
    try:
        data = fill_file(file.content, {"password": Secret(password)})
    except WrongUsage as trouble:
        assert password not in trouble.text or len(password) < 2
        return
    found = read_plist(data)
    assert plistlib.loads(data) == found
    assert set(found["PayloadContent"][0]) == NAMED | PASSWORDS
    assert found["PayloadContent"][0]["IncomingPassword"] == password


@pytest.mark.parametrize("domain", ["a b", "exa\nmple.org", "../x", "", "x" * 300, "a..b", "a_b."])
def test_a_domain_is_a_domain(domain: str) -> None:
    account = replace(ACCOUNT, address=Address("ada", domain))
    try:
        checked(profile_bytes(account))
    except WrongUsage as trouble:
        assert refused_in_a_sentence(trouble)


def test_the_limits_are_those_that_are_said() -> None:
    profile_bytes(replace(ACCOUNT, name="x" * 128), organization="y" * 128, consent="z\n" * 2000)
    for wishes in ({"organization": "y" * 129}, {"consent": "z" * 4001}):
        with pytest.raises(WrongUsage, match="more than"):
            profile_bytes(**wishes)  # type: ignore[arg-type]
