# SPDX-License-Identifier: MPL-2.0
"""Thunderbird's own settings are never replaced by weaker ones without a word."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from clientcfg.formats.thunderbird import Thunderbird
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5, LOGIN, PLAIN, XOAUTH2, Mechanism
from clientcfg.model.place import FileState, Place, Snapshot, State
from clientcfg.model.plan import Plan
from clientcfg.model.trouble import Refused

FORMAT = Thunderbird()
HERE = Installation(
    "thunderbird", "Thunderbird", "153.7.0esr", "linux", "/usr/lib/thunderbird", "deb",
    "/home/ada/.thunderbird", "/home/ada/.thunderbird/x.default", False,
)  # fmt: skip
HOST = "smtp.example.org"
OLD: Mapping[str, object] = {
    "mail.accountmanager.accounts": "account1",
    "mail.account.account1.identities": "id1",
    "mail.account.account1.server": "server1",
    "mail.identity.id1.useremail": "ada@example.org",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.smtpservers": "smtp1",
    "mail.smtpserver.smtp1.hostname": HOST,
    "mail.smtpserver.smtp1.port": 587,
    "mail.smtpserver.smtp1.try_ssl": 2,
    "mail.smtpserver.smtp1.authMethod": 3,
    "mail.smtpserver.smtp1.username": "ada@example.org",
}


def planned(
    security: Security = Security.TLS,
    mechanism: Mechanism = PLAIN,
    host: str = HOST,
    *,
    accept: bool = False,
    **old: object,
) -> Plan:
    values = {**OLD, **{f"mail.smtpserver.smtp1.{name}": value for name, value in old.items()}}
    text = "".join(f'user_pref("{k}", {json.dumps(v)});\n' for k, v in values.items())
    outgoing = ServerLogin(Endpoint(Protocol.SMTP, host, 465, security), "ada", mechanism)
    account = Account(Address("ada", "example.org"), "", outgoing, None, accept_weaker=accept)
    states: dict[Place, State] = {place: FileState(None) for place in FORMAT.needs(HERE)}
    for place in states:
        if place.path.endswith("prefs.js"):
            states[place] = FileState(text.encode())
    return FORMAT.plan(account, HERE, Snapshot(datetime(2026, 11, 23, tzinfo=UTC), states))


@pytest.mark.parametrize("try_ssl", [2, 3])
def test_encryption_is_not_taken_away(try_ssl: int) -> None:
    with pytest.raises(Refused) as told:
        planned(Security.PLAIN, host="127.0.0.1", try_ssl=try_ssl)
    assert told.value.code == "weaker-than-before"
    assert HOST in told.value.text
    assert "--accept-weaker 127.0.0.1" in told.value.advice[-1]
    assert planned(Security.PLAIN, host="127.0.0.1", accept=True, try_ssl=try_ssl).steps


@pytest.mark.parametrize("try_ssl", [0, 1])
def test_where_there_was_none_nothing_is_taken_away(try_ssl: int) -> None:
    assert planned(Security.PLAIN, host="127.0.0.1", try_ssl=try_ssl).steps


@pytest.mark.parametrize(("method", "how"), [(5, "Kerberos"), (7, "TLS"), (10, "OAuth 2.0")])
@pytest.mark.parametrize("mechanism", [PLAIN, LOGIN, CRAM_MD5])
def test_a_log_in_without_a_password_is_not_replaced_by_one(
    method: int, how: str, mechanism: Mechanism
) -> None:
    with pytest.raises(Refused) as told:
        planned(mechanism=mechanism, authMethod=method)
    assert told.value.code == "weaker-than-before"
    assert how in told.value.text
    assert planned(mechanism=mechanism, accept=True, authMethod=method).steps


@pytest.mark.parametrize("method", [1, 2, 3, 4, 6, 8, 9, "10", None])
def test_a_password_inside_tls_may_replace_what_says_one_anyway(method: object) -> None:
    """CRAM-MD5 inside TLS → PLAIN inside TLS is fine: its proof stands for the password."""
    assert planned(authMethod=method).steps


def test_the_same_or_better_is_fine() -> None:
    assert planned(try_ssl=0).steps
    assert planned(try_ssl=3).steps
    assert planned(mechanism=XOAUTH2, authMethod=10).steps
    assert planned(host="mail.example.net", authMethod=10).steps, "another server, another log-in"


def test_encryption_at_another_host_counts_no_less() -> None:
    with pytest.raises(Refused):
        planned(Security.PLAIN, host="127.0.0.1", hostname="smtp.elsewhere.test")


def test_what_prefs_hold_is_shown_without_control_characters() -> None:
    with pytest.raises(Refused) as told:
        planned(Security.PLAIN, host="127.0.0.1", hostname="a\u001b[2Jb")
    assert told.value.text.isprintable()
