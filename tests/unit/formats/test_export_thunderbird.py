# SPDX-License-Identifier: MPL-2.0
"""Files for a Thunderbird on another machine, each read back by somebody else's rules."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.discover.stated import AUTHENTICATION
from clientcfg.model.account import Account, TrustedCertificate
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, SCRAM_SHA_256
from clientcfg.model.trouble import No, Refused, Trouble
from clientcfg.model.user_names import UserNameForm, form_of
from tests.support.for_others import ADA, IMAP, SMTP, exported, files_of, login, wanted
from tests.support.hostile import hostile, hostile_but_printable, ordinary, texts
from tests.support.prefs_reader import prefs as read_prefs

PREFS, POLICIES, CFG, ISP = (
    "thunderbird-prefs",
    "thunderbird-policies",
    "thunderbird-mozilla-cfg",
    "thunderbird-isp",
)
ALL = (PREFS, POLICIES, CFG, ISP)
# What one account may set, and nothing else.
OURS = re.compile(
    r"mail\.(accountmanager\.(accounts|defaultaccount)|account\.(lastKey|KEY\.\w+)"
    r"|identity\.KEY\.\w+|server\.KEY\.\w+|smtpserver\.KEY\.\w+|smtpservers"
    r"|smtp\.defaultserver)"
)
# The keys of an empty profile, and those that no profile has by itself.
KEYS = re.compile(r"\.(account1|id1|server1|smtp1|(account|identity|server|smtpserver)clientcfg)\.")
ONE_CALL = re.compile(r'defaultPref\(("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*"|-?\d+|true|false)\);')

THEIRS = b"""// Mozilla User Preferences
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.account5.server", "server5");
user_pref("mail.account.lastKey", 5);
user_pref("mail.accountmanager.accounts", "account1,account5");
user_pref("mail.accountmanager.defaultaccount", "account1");
user_pref("mail.identity.id1.useremail", "bob@example.org");
user_pref("mail.identity.id1.smtpServer", "smtp1");
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server5.type", "none");
user_pref("mail.smtp.defaultserver", "smtp1");
user_pref("mail.smtpserver.smtp1.authMethod", 1);
user_pref("mail.smtpserver.smtp1.hostname", "old.example.org");
user_pref("mail.smtpserver.smtp1.port", 25);
user_pref("mail.smtpserver.smtp1.try_ssl", 0);
user_pref("mail.smtpservers", "smtp1");
"""


def set_by(name: str, account: Account = ADA, current: bytes | None = None) -> dict[str, object]:
    """What the files of an exporter set, as an independent reader has it."""
    files = files_of(exported(name, account, wanted(current=current)))
    if name == PREFS:
        (content,) = files.values()
        return dict(read_prefs((current or b"") + content))
    if name == POLICIES:
        (content,) = files.values()
        rows = json.loads(content)["policies"]["Preferences"]
        assert all(row.keys() == {"Value", "Status"} for row in rows.values())
        assert {row["Status"] for row in rows.values()} == {"default"}
        return {key: row["Value"] for key, row in rows.items()}
    return cfg(files["fleet/mozilla.cfg"])


def cfg(content: bytes) -> dict[str, object]:
    first, *lines = content.decode("ascii").splitlines()
    assert first.startswith("//")
    found = {}
    for line in lines:
        match = ONE_CALL.fullmatch(line)
        assert match, line
        found[json.loads(match[1])] = json.loads(match[2])
    return found


def servers(content: bytes) -> list[dict[str, str]]:
    """The servers of an autoconfig file, and nothing else may be in it."""
    root = ET.fromstring(content)
    assert (root.tag, root.attrib) == ("clientConfig", {"version": "1.1"})
    (provider,) = root
    tags = [child.tag for child in provider]
    assert tags == ["domain", "displayName", "incomingServer", "outgoingServer"]
    found = []
    for server in provider.iterfind("*[hostname]"):
        assert [child.tag for child in server] == [
            "hostname", "port", "socketType", "authentication", "username",
        ]  # fmt: skip
        found.append({child.tag: child.text or "" for child in server} | dict(server.attrib))
    return found


def plain(values: Mapping[str, object]) -> dict[str, object]:
    """With KEY for every key."""
    return {KEYS.sub(".KEY.", name): value for name, value in values.items()}


@pytest.mark.parametrize("name", [PREFS, POLICIES, CFG])
def test_an_empty_profile_gets_the_whole_account(name: str) -> None:
    values = plain(set_by(name))
    assert values["mail.smtpserver.KEY.hostname"] == "smtp.example.org"
    assert values["mail.smtpserver.KEY.port"] == 465
    assert values["mail.smtpserver.KEY.try_ssl"] == 3
    assert values["mail.smtpserver.KEY.authMethod"] == 3
    assert values["mail.identity.KEY.smtpServer"] == values["mail.smtpservers"]
    assert values["mail.server.KEY.userName"] == "ada@example.org"
    assert all(OURS.fullmatch(key) for key in values)


def test_a_policy_never_has_a_number_that_would_become_a_truth_value() -> None:
    values, defaults = set_by(POLICIES), set_by(CFG)
    assert not any(type(value) is int and value < 2 for value in values.values())
    assert defaults.keys() - values.keys() == {"mail.identity.identityclientcfg.reply_on_top"}


@pytest.mark.parametrize("name", [POLICIES, CFG])
def test_defaults_have_no_key_that_a_persons_own_account_has(name: str) -> None:
    values = set_by(name)
    assert values["mail.accountmanager.accounts"] == "accountclientcfg"
    assert values["mail.smtpservers"] == "smtpserverclientcfg"
    assert not any(re.search(r"\d", key) for key in values)


def test_given_prefs_are_gone_on_with_and_their_accounts_stay() -> None:
    values = set_by(PREFS, current=THEIRS)
    assert values["mail.accountmanager.accounts"] == "account1,account5,account6"
    assert values["mail.account.lastKey"] == 6
    assert values["mail.smtpservers"] == "smtp1,smtp2"
    assert values["mail.smtpserver.smtp2.hostname"] == "smtp.example.org"
    lists = {"mail.accountmanager.accounts", "mail.account.lastKey", "mail.smtpservers"}
    for key, value in read_prefs(THEIRS).items():
        assert key in lists or values[key] == value


def test_of_an_account_that_is_there_only_sending_is_put_right() -> None:
    bob = replace(ADA, address=Address("bob", "example.org"))
    (content,) = files_of(exported(PREFS, bob, wanted(current=THEIRS))).values()
    assert read_prefs(content) == {
        "mail.smtpserver.smtp1.authMethod": 3,
        "mail.smtpserver.smtp1.hostname": "smtp.example.org",
        "mail.smtpserver.smtp1.port": 465,
        "mail.smtpserver.smtp1.try_ssl": 3,
        "mail.smtpserver.smtp1.username": "ada@example.org",
    }
    (file,) = exported(PREFS, bob, wanted(current=THEIRS)).files
    assert "right" in file.about.does[0]
    assert not any("hidden" in text for text in file.about.does_not)


def test_what_is_set_already_makes_no_file_and_says_so() -> None:
    (content,) = files_of(exported(PREFS)).values()
    made = exported(PREFS, ADA, wanted(current=content))
    assert made.files == () and "already" in made.notes[0]


@pytest.mark.parametrize(
    "current",
    [THEIRS + b"\0", THEIRS + b'user_pref("a', THEIRS + b"/* never closed", THEIRS + b"user_pref"],
)
def test_prefs_after_which_ours_would_not_be_read_are_refused(current: bytes) -> None:
    with pytest.raises(Refused) as told:
        exported(PREFS, ADA, wanted(current=current))
    assert told.value.code == "prefs-unreadable"


def test_a_file_without_an_end_of_line_does_not_swallow_ours() -> None:
    values = set_by(PREFS, current=THEIRS + b"// the end")
    assert values["mail.smtpserver.smtp2.hostname"] == "smtp.example.org"


@pytest.mark.parametrize("name", [POLICIES, CFG, ISP])
def test_what_is_for_new_profiles_makes_nothing_for_one_with_settings(name: str) -> None:
    assert exported(name, ADA, wanted(current=THEIRS)).files == ()


def test_the_second_file_names_the_first() -> None:
    files = files_of(exported(CFG))
    namer = files["fleet/defaults/pref/clientcfg.js"].decode("ascii")
    assert 'pref("general.config.filename", "mozilla.cfg");' in namer
    assert 'pref("general.config.obscure_value", 0);' in namer


def test_autoconfig_has_placeholders_where_the_user_name_follows_from_the_address() -> None:
    account = replace(ADA, incoming=replace(IMAP, username="ada"))
    (content,) = files_of(exported(ISP, account)).values()
    assert servers(content) == [
        {
            "type": "imap",
            "hostname": "imap.example.org",
            "port": "993",
            "socketType": "SSL",
            "authentication": "password-cleartext",
            "username": "%EMAILLOCALPART%",
        },
        {
            "type": "smtp",
            "hostname": "smtp.example.org",
            "port": "465",
            "socketType": "SSL",
            "authentication": "password-cleartext",
            "username": "%EMAILADDRESS%",
        },
    ]


def test_a_user_name_of_its_own_is_written_as_it_is_and_the_file_says_whose_it_is() -> None:
    (file,) = exported(ISP, replace(ADA, outgoing=replace(SMTP, username="u4711"))).files
    (content,) = files_of(
        exported(ISP, replace(ADA, outgoing=replace(SMTP, username="u4711")))
    ).values()
    assert [one["username"] for one in servers(content)] == ["%EMAILADDRESS%", "u4711"]
    assert any("ada@example.org only" in text for text in file.about.does_not)


@pytest.mark.parametrize("user", ["%EMAILADDRESS%", "x%emaillocalpart%", "%EMAILDOMAIN%"])
def test_a_user_name_that_would_be_replaced_is_refused(user: str) -> None:
    with pytest.raises(Refused):
        exported(ISP, replace(ADA, outgoing=replace(SMTP, username=user)))


@pytest.mark.parametrize("name", ALL)
def test_what_thunderbird_cannot_do_is_refused(name: str) -> None:
    with pytest.raises(No):
        exported(name, replace(ADA, outgoing=replace(SMTP, mechanism=SCRAM_SHA_256)))
    with pytest.raises(No):
        exported(name, replace(ADA, incoming=None))
    clear = login(Protocol.SMTP, "smtp.example.org", 25, Security.PLAIN)
    with pytest.raises(Refused):
        exported(name, replace(ADA, outgoing=clear))


def test_words_of_autoconfig_are_those_that_our_own_reader_knows() -> None:
    account = replace(ADA, outgoing=replace(SMTP, mechanism=CRAM_MD5))
    (content,) = files_of(exported(ISP, account)).values()
    words = [one["authentication"] for one in servers(content)]
    assert CRAM_MD5 in AUTHENTICATION[words[1]]


@pytest.mark.parametrize("name", [PREFS, POLICIES, CFG])
@given(account=hostile | hostile_but_printable | ordinary)
def test_nothing_is_ever_set_but_this_account(name: str, account: Account) -> None:
    try:
        values = plain(set_by(name, account))
    except Trouble:
        return
    assert all(OURS.fullmatch(key) for key in values)
    assert_account(values, account)


def assert_account(values: Mapping[str, object], account: Account) -> None:
    assert account.incoming is not None
    assert values["mail.identity.KEY.useremail"] == str(account.address)
    assert values.get("mail.identity.KEY.fullName", "") == account.name
    assert values["mail.smtpserver.KEY.username"] == account.outgoing.username
    assert values["mail.smtpserver.KEY.hostname"] == account.outgoing.endpoint.host
    assert values["mail.server.KEY.userName"] == account.incoming.username


@given(account=hostile | hostile_but_printable | ordinary)
def test_autoconfig_never_names_more_than_two_servers(account: Account) -> None:
    try:
        made = files_of(exported(ISP, account))
    except Trouble:
        return
    (content,) = made.values()
    incoming, outgoing = servers(content)
    for login_, found in ((account.incoming, incoming), (account.outgoing, outgoing)):
        assert login_ is not None
        form = form_of(login_.username, account.address)
        assert found["username"] == (login_.username if form is None else form.value)
        assert found["hostname"] == login_.endpoint.host


@pytest.mark.parametrize("name", [PREFS, POLICIES, CFG])
@given(text=texts)
def test_no_name_is_more_than_a_name(name: str, text: str) -> None:
    account = replace(ADA, name=text)
    try:
        values = plain(set_by(name, account))
    except Trouble:
        return
    assert values.keys() - {"mail.identity.KEY.fullName"} <= plain(set_by(name)).keys()
    assert values.get("mail.identity.KEY.fullName", "") == text


@given(st.sampled_from(ALL), st.sampled_from([None, THEIRS]))
def test_every_file_says_what_it_does_and_does_not_and_how_it_is_used(
    name: str, current: bytes | None
) -> None:
    for file in exported(name, ADA, wanted(current=current)).files:
        about = file.about
        assert about.title and about.does and about.does_not and len(about.steps) >= 3


@pytest.mark.parametrize(
    ("client", "lines", "not_there"),
    [
        ("thunderbird:win", "type clientcfg-prefs.js >> prefs.js", "cat "),
        ("thunderbird:mac", "cat clientcfg-prefs.js >> prefs.js", "%APPDATA%"),
        ("thunderbird:linux", "~/.thunderbird", "%APPDATA%"),
    ],
)
def test_the_two_lines_are_those_of_the_other_system(
    client: str, lines: str, not_there: str
) -> None:
    (file,) = exported(PREFS, ADA, wanted(client)).files
    steps = "\n".join(file.about.steps)
    assert lines in steps and not_there not in steps
    assert any("user.js" in text for text in file.about.does_not)


def test_a_pinned_certificate_is_not_in_them_and_they_say_so() -> None:
    pinned = replace(ADA, trusted_certificates=(TrustedCertificate(SMTP.endpoint, "ab" * 32),))
    for name in ALL:
        for file in exported(name, pinned).files:
            if file.name.endswith(("prefs.js", ".json", ".cfg", ".xml")):
                assert any("certificate" in text for text in file.about.does_not), file.name


@pytest.mark.parametrize(
    ("client", "said"),
    [
        ("thunderbird", None),
        ("thunderbird@115.3", "Thunderbird 115.3."),
        ("betterbird", "Betterbird."),
    ],
)
def test_what_was_tried_with_another_version_only_says_so(client: str, said: str | None) -> None:
    (file,) = exported(PREFS, ADA, wanted(client)).files
    tried = [text for text in file.about.does_not if "tried with" in text]
    assert (not tried) if said is None else tried[0].endswith(said)


@given(texts, texts)
def test_a_form_gives_the_user_name_back(local: str, user: str) -> None:
    address = Address(local, "example.org")
    form = form_of(user, address)
    assert form is None or form.of(address) == user
    for each in UserNameForm:
        assert form_of(each.of(address), address) is not None


@pytest.mark.parametrize(
    ("client", "names"),
    [
        ("thunderbird@78.0", {PREFS, CFG, ISP}),
        ("thunderbird@102.15", {PREFS, CFG, ISP}),
        ("thunderbird@115.0", set(ALL)),
        ("thunderbird", set(ALL)),
        ("thunderbird@60.9", set()),
        ("betterbird", {PREFS}),
        ("thunderbird-android", {"thunderbird-android-qr", "thunderbird-android-k9s"}),
        ("thunderbird-android@6.8", set()),
        ("fairemail", {"fairemail-k9s"}),
    ],
)
def test_which_version_gets_which_files(client: str, names: set[str]) -> None:
    assert set(wanted(client).client.exports) == names
