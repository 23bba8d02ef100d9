# SPDX-License-Identifier: MPL-2.0
"""Configuration profiles: what they say, what they are called, and when there is none."""

import plistlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from clientcfg.model.account import Account, ServerLogin, TrustedCertificate
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import (
    CRAM_MD5,
    GSSAPI,
    LOGIN,
    NTLM,
    OAUTHBEARER,
    PLAIN,
    SCRAM_SHA_256,
    XOAUTH2,
    Mechanism,
)
from clientcfg.model.secret import Hole
from clientcfg.model.trouble import No, Refused, Trouble, WrongUsage
from tests.support.apple_profiles import (
    ACCOUNT,
    IMAP,
    SMTP,
    USER,
    export,
    issue,
    mail,
    profile,
    profile_bytes,
    with_servers,
)
from tests.support.apple_schema import faults
from tests.support.hostile import ordinary
from tests.support.plist_reader import read_plist

AT_SMTP, AT_IMAP = (SMTP.host, SMTP.port), (IMAP.host, IMAP.port)


def test_every_setting_is_said() -> None:
    found = mail()
    assert {k: v for k, v in found.items() if not k.startswith("Payload")} == {
        "EmailAccountDescription": USER,
        "EmailAccountName": "Ada",
        "EmailAccountType": "EmailTypeIMAP",
        "EmailAddress": USER,
        "IncomingMailServerAuthentication": "EmailAuthPassword",
        "IncomingMailServerHostName": "imap.example.org",
        "IncomingMailServerPortNumber": 993,
        "IncomingMailServerUseSSL": True,
        "IncomingMailServerUsername": USER,
        "OutgoingMailServerAuthentication": "EmailAuthPassword",
        "OutgoingMailServerHostName": "smtp.example.org",
        "OutgoingMailServerPortNumber": 465,
        "OutgoingMailServerUseSSL": True,
        "OutgoingMailServerUsername": USER,
        "OutgoingPasswordSameAsIncomingPassword": True,
    }


def test_the_whole_belongs_to_a_person_and_may_be_taken_away() -> None:
    found = profile()
    assert (found["PayloadScope"], found["PayloadRemovalDisallowed"]) == ("User", False)
    assert "PayloadOrganization" not in found and "ConsentText" not in found


@given(ordinary)
def test_two_readers_agree_and_apples_schema_has_no_objection(account: Account) -> None:
    data = profile_bytes(account)
    assert plistlib.loads(data) == read_plist(data)
    assert faults(read_plist(data)) == []


def test_without_a_name_there_is_none() -> None:
    assert "EmailAccountName" not in mail(replace(ACCOUNT, name=""))


def test_pop3_and_starttls() -> None:
    pop3 = Endpoint(Protocol.POP3, "pop.example.org", 110, Security.STARTTLS)
    submission = Endpoint(Protocol.SMTP, "smtp.example.org", 587, Security.STARTTLS)
    account = with_servers(submission, pop3)
    found = mail(account)
    assert found["EmailAccountType"] == "EmailTypePOP"
    assert found["IncomingMailServerUseSSL"] is found["OutgoingMailServerUseSSL"] is True
    said = " ".join(export(account).files[0].about.does_not)
    assert "port 110" in said and "port 587" in said and "STARTTLS" in said
    assert "STARTTLS" not in " ".join(export().files[0].about.does_not)


def test_a_port_of_its_own_is_written_and_doubted() -> None:
    account = with_servers(Endpoint(Protocol.SMTP, "smtp.example.org", 4465, Security.TLS))
    assert mail(account)["OutgoingMailServerPortNumber"] == 4465
    assert "port 4465" in " ".join(export(account).files[0].about.does_not)


def test_another_user_for_sending_may_have_another_password() -> None:
    account = replace(ACCOUNT, outgoing=replace(ACCOUNT.outgoing, username="ada-out"))
    assert mail(account)["OutgoingPasswordSameAsIncomingPassword"] is False
    assert any("of each server" in text for text in export(account).files[0].about.does)


# What it is called.


@given(ordinary)
def test_the_same_twice_is_the_same_to_the_byte(account: Account) -> None:
    assert profile_bytes(account) == profile_bytes(account)


def names(found: dict[str, Any]) -> set[str]:
    return {
        one[key]
        for one in (found, *found["PayloadContent"])
        for key in ("PayloadIdentifier", "PayloadUUID")
    }


def test_other_settings_have_the_same_names_so_that_devices_update() -> None:
    other = with_servers(Endpoint(Protocol.SMTP, "new.example.org", 587, Security.STARTTLS))
    assert names(profile(other, organization="Example")) == names(profile())
    louder = replace(ACCOUNT, address=Address.parse("Ada@EXAMPLE.org"))
    assert names(profile(louder)) == names(profile())


def test_other_addresses_share_no_name() -> None:
    authority = issue("Root", ca=True).der
    found = [
        names(profile(replace(ACCOUNT, address=Address.parse(a)), authorities=(authority,)))
        for a in ("ada@example.org", "bob@example.org", "ada@example.net", "a.da@example.org")
    ]
    assert len(set().union(*found)) == sum(map(len, found)) == 4 * 6


def test_the_names_never_change() -> None:
    found = profile()
    assert found["PayloadIdentifier"] == "org.example.clientcfg.mail.92f20a82268754ea"
    assert found["PayloadUUID"] == "0069F51E-3D05-58D1-B89A-2AAF2CA88B40"


# The password.


def test_a_password_only_where_it_was_asked_for() -> None:
    assert not any("Password" in k and "Same" not in k for k in mail())
    content = export(with_password=True).files[0].content
    assert [(p.name, p.encoder) for p in content if isinstance(p, Hole)] == [
        ("password", "xml-text")
    ] * 2


@pytest.mark.parametrize("password", ["s3cret", "<&>\"']]>", "●●●", "ü😀 x ", "{name}%s"])
def test_the_password_comes_out_as_it_is(password: str) -> None:
    account = replace(ACCOUNT, name="●●")
    data = profile_bytes(account, password, with_password=True)
    found = read_plist(data)
    assert found == plistlib.loads(data)
    assert faults(found) == []
    payload = found["PayloadContent"][0]
    assert payload["IncomingPassword"] == payload["OutgoingPassword"] == password
    assert payload["EmailAccountName"] == "●●"


@pytest.mark.parametrize("password", ["a\nb", "a\0b", "\ud800", "\ufffe", "\uffff", "\x1b"])
def test_a_password_that_xml_cannot_hold_is_refused(password: str) -> None:
    with pytest.raises(WrongUsage) as told:
        profile_bytes(password=password, with_password=True)
    assert told.value.code == "secret-unwritable"


# Mechanisms.

OFFERED = {
    (PLAIN,): "Password",
    (LOGIN,): "Password",
    (SCRAM_SHA_256, PLAIN): "Password",
    (CRAM_MD5, LOGIN): "Password",
    (XOAUTH2, PLAIN): "Password",
    (CRAM_MD5,): "CRAMMD5",
    (NTLM, CRAM_MD5): "CRAMMD5",
    (GSSAPI, NTLM): "NTLM",
}


@pytest.mark.parametrize("offered", OFFERED)
def test_what_a_server_takes_in_apples_words(offered: tuple[Mechanism, ...]) -> None:
    account = replace(ACCOUNT, outgoing=replace(ACCOUNT.outgoing, mechanism=offered[0]))
    if offered[0] is XOAUTH2:
        account = ACCOUNT  # a sign-in that was chosen stays one
    found = mail(account, mechanisms={AT_SMTP: offered, AT_IMAP: (CRAM_MD5, PLAIN)})
    assert found["OutgoingMailServerAuthentication"] == f"EmailAuth{OFFERED[offered]}"
    assert found["IncomingMailServerAuthentication"] == "EmailAuthPassword"


@pytest.mark.parametrize(
    "mechanisms",
    [(SCRAM_SHA_256,), (GSSAPI,), (Mechanism("DIGEST-MD5"),), (Mechanism("EXTERNAL"), GSSAPI)],
)
def test_what_no_profile_can_say(mechanisms: tuple[Mechanism, ...]) -> None:
    account = replace(ACCOUNT, outgoing=replace(ACCOUNT.outgoing, mechanism=mechanisms[0]))
    with pytest.raises(No) as told:
        export(account, mechanisms={AT_SMTP: mechanisms})
    assert told.value.code == "no-profile-for-mechanism"
    assert all(m in told.value.text for m in mechanisms) and told.value.advice


@pytest.mark.parametrize("mechanism", [XOAUTH2, OAUTHBEARER])
def test_a_sign_in_is_never_made_a_password(mechanism: Mechanism) -> None:
    account = replace(ACCOUNT, outgoing=replace(ACCOUNT.outgoing, mechanism=mechanism))
    with pytest.raises(No, match=r"OAuth 2\.0") as told:
        export(account, mechanisms={AT_SMTP: (LOGIN, mechanism)})
    assert told.value.code == "no-profile-for-sign-in"


# When there is none.


@pytest.mark.parametrize("host", ["smtp.example.org", "127.0.0.1"])
def test_never_without_tls(host: str) -> None:
    with pytest.raises(Refused) as told:
        export(with_servers(Endpoint(Protocol.SMTP, host, 25, Security.PLAIN)))
    assert told.value.code == "no-encryption"
    with pytest.raises(Refused):
        export(with_servers(incoming=Endpoint(Protocol.IMAP, host, 143, Security.PLAIN)))


def test_never_without_a_server_to_read_from() -> None:
    with pytest.raises(No) as told:
        export(with_servers(incoming=None))
    assert told.value.code == "no-incoming-server"


@pytest.mark.parametrize("program", ["apple-mail@4.5", "ios-mail@3.1"])
def test_never_before_there_were_profiles(program: str) -> None:
    with pytest.raises(No, match="takes no profiles"):
        export(program=program)


# Authorities.


def test_authorities_come_along_and_are_said() -> None:
    root = issue("Example Root", ca=True)
    exported = export(authorities=(root.der, root.der))
    found = profile(authorities=(root.der, root.der))
    assert faults(found) == []
    payload = found["PayloadContent"][1]
    assert len(found["PayloadContent"]) == 2
    assert payload["PayloadType"] == "com.apple.security.root"
    assert payload["PayloadContent"] == root.der
    assert "Example Root" in found["PayloadDescription"]
    about = exported.files[0].about
    assert any("Example Root" in text and "SHA-256" in text for text in about.does)
    assert any("Certificate Trust Settings" in step for step in about.steps)
    assert not any("Trust Settings" in step for step in export().files[0].about.steps)


@pytest.mark.parametrize(
    ("der", "code"),
    [
        (issue("mail.example.org").der, "not-an-authority"),
        (issue("Old", constraints=False).der, "not-an-authority"),
        (issue("Gone", ca=True, days=-1).der, "authority-expired"),
        (b"0\x03\x02\x01\x01", "not-a-certificate"),
        (b"", "not-a-certificate"),
    ],
)
def test_what_no_device_could_trust(der: bytes, code: str) -> None:
    with pytest.raises(WrongUsage) as told:
        export(authorities=(der,))
    assert told.value.code == code


def test_an_authority_with_an_odd_name_goes_by_its_digest() -> None:
    found = profile(authorities=(issue("Apple\u202e Root", ca=True).der,))
    name = found["PayloadContent"][1]["PayloadDisplayName"]
    assert len(name) == 16 and name.isalnum()


def test_a_certificate_agreed_to_is_not_silently_lost() -> None:
    account = replace(ACCOUNT, trusted_certificates=(TrustedCertificate(SMTP, "0" * 64),))
    assert any(SMTP.host in note for note in export(account).notes)


# What it says of itself.


def said(program: str, **wishes: Any) -> str:
    about = export(program=program, **wishes).files[0].about
    return "\n".join((*about.does, *about.does_not, *about.steps))


STEPS = {
    "apple-mail@5.0": (["double click"], ["Profiles.prefPane", "x-apple"]),
    "apple-mail@13.4": (["double click"], ["Profiles.prefPane", "x-apple", "macOS 13"]),
    "apple-mail@14.0": (["Profiles.prefPane mail-ada"], ["x-apple", "System Settings"]),
    "apple-mail@15.0": (["Profiles.prefPane mail-ada"], ["x-apple", "System Settings"]),
    "apple-mail@16.0": (["System Settings", "x-apple.systempreferences"], ["prefPane"]),
    "ios-mail@12.1": (["at once", "Remove Profile"], ["Profile Downloaded", "VPN &"]),
    "ios-mail@13": (["Profile Downloaded", "General → Profile,"], ["at once", "VPN &"]),
    "ios-mail@18.2": (["Profile Downloaded", "VPN & Device"], ["at once", "iOS 14"]),
    "ios-mail": (["iOS 12.1 and earlier: ", "iOS 15 and later: "], []),
    "apple-mail": (["macOS 11 and 12: ", "macOS 13 and later: "], []),
    "apple-mail@6.0": (["OS X 10.8"], ["iPhone"]),
}


@pytest.mark.parametrize("program", STEPS)
def test_the_steps_are_those_of_the_version(program: str) -> None:
    there, elsewhere = STEPS[program]
    text = said(program)
    assert [t for t in there if t not in text] == []
    assert [t for t in elsewhere if t in text] == []


@pytest.mark.parametrize("program", ["apple-mail", "ios-mail"])
def test_what_it_does_not(program: str) -> None:
    text = said(program)
    assert "takes the account away" in text and "not signed" in text
    assert ("8 minutes" in text) is ("Safari" in text) is (program == "ios-mail")
    assert "has the password" in said(program, with_password=True)


def test_file_names_are_plain() -> None:
    account = replace(ACCOUNT, address=Address.parse("/o'hara+x{y}@exämple.org"))
    assert export(account).files[0].name == "mail--o-hara-x-y-xn--exmple-cua.org.mobileconfig"


@pytest.mark.parametrize(
    ("account", "wishes"),
    [
        (with_servers(incoming=None), {}),
        (ACCOUNT, {"program": "ios-mail@3.1"}),
        (ACCOUNT, {"organization": "x" * 129}),
    ],
)
def test_troubles_are_sentences(account: Account, wishes: dict[str, Any]) -> None:
    with pytest.raises(Trouble) as told:
        export(account, **wishes)
    assert told.value.text.endswith(".") and told.value.advice


def test_a_literal_address_stands_without_brackets() -> None:
    literal = Endpoint(Protocol.IMAP, "2001:db8::1", 993, Security.TLS)
    account = replace(ACCOUNT, incoming=ServerLogin(literal, USER, PLAIN))
    assert mail(account)["IncomingMailServerHostName"] == "2001:db8::1"
