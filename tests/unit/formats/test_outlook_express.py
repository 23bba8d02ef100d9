# SPDX-License-Identifier: MPL-2.0
"""Accounts of Outlook Express and its kin: numbers, identities, and what they cannot do."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clientcfg.clients.catalog import Catalog
from clientcfg.formats.exporters import exporter
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.export import Exported, Wanted
from clientcfg.model.mechanism import LOGIN
from clientcfg.model.trouble import No, Refused, Trouble, WrongUsage
from clientcfg.rooms import profile_path
from tests.support import reg_reader
from tests.support.exports import files_of
from tests.support.outlook_keys import Tree
from tests.support.reg_writer import reg_5
from tests.support.windows_exports import MICROSOFT, OUTLOOK_EXPRESS, dword, oe_key

CATALOG = Catalog(profile_path("clients"))
IDENTITY = (
    "HKEY_CURRENT_USER\\Identities\\{0B1C2D3E-0000-1111-2222-333344445555}\\Software\\Microsoft"
    "\\Internet Account Manager\\Accounts"
)


def server(protocol: Protocol, text: str) -> ServerLogin:
    return ServerLogin(Endpoint.parse(protocol, text), "ada@example.org", LOGIN)


ADA = Account(
    Address.parse("ada@example.org"),
    "Ada",
    server(Protocol.SMTP, "smtp.example.org:465"),
    server(Protocol.POP3, "pop.example.org:995"),
)


def exported(
    account: Account = ADA,
    client: str = "outlook-express",
    current: bytes | None = None,
    offered: tuple[str, ...] | None = None,
) -> Exported:
    found = CATALOG.parse(client)
    mechanisms = {} if offered is None else {("smtp.example.org", 465): offered}
    wanted = Wanted(found, datetime(2026, 1, 1, tzinfo=UTC), current, mechanisms=mechanisms)
    return exporter(found.exports[0]).export(account, wanted)


def key(of: Exported, file: str = "add-account.reg") -> str:
    (found,) = reg_reader.read(files_of(of)[file])
    return found


def test_the_number_of_a_new_account_is_its_own_and_far_from_the_others() -> None:
    other = replace(ADA, address=Address.parse("bob@example.org"))
    keys = {key(exported(account)) for account in (ADA, other)}
    assert len(keys) == 2
    for one in keys:
        store, _slash, number = one.rpartition("\\")
        assert store == OUTLOOK_EXPRESS
        assert 0x10000000 <= int(number, 16) < 0x20000000
    assert key(exported()) == key(exported())


def test_beside_others_it_is_the_next_one() -> None:
    other = replace(ADA, address=Address.parse("new@example.org"))
    current = oe_key(ADA)
    assert key(exported(other, current=current)) == f"{OUTLOOK_EXPRESS}\\00000006"


def test_in_the_only_other_identity() -> None:
    current: Tree = [(IDENTITY, {}), (f"{IDENTITY}\\0000000a", {"POP3 Server": "x"})]
    assert key(exported(current=reg_5(current))) == f"{IDENTITY}\\0000000b"


def test_the_account_of_an_identity_is_changed_there() -> None:
    values = {"SMTP Server": "smtp.example.org", "SMTP Email Address": "ada@example.org"}
    current = reg_5([(f"{IDENTITY}\\00000001", dict(values))])
    done = exported(current=current)
    (changed,) = reg_reader.read(files_of(done)["change.reg"]).items()
    assert changed[0] == f"{IDENTITY}\\00000001"
    assert changed[1]["SMTP Use Sicily"] == dword(2)
    twice = reg_5([(f"{store}\\00000001", dict(values)) for store in (IDENTITY, OUTLOOK_EXPRESS)])
    with pytest.raises(Refused) as raised:
        exported(current=twice)
    assert raised.value.code == "several-accounts"


def test_ntlm_is_said() -> None:
    assert any("NTLM" in note for note in exported(current=oe_key(ADA)).notes)


@pytest.mark.parametrize(
    "current", [b"", reg_5([]), reg_5([(f"{MICROSOFT}\\Internet Account Manager", {"x": 1})])]
)
def test_what_is_no_key_of_it(current: bytes) -> None:
    with pytest.raises(WrongUsage):
        exported(current=current)


@pytest.mark.parametrize("client", ["outlook-express@5.5", "outlook-classic@2000", "windows-mail"])
def test_servers_that_it_cannot_speak_to(client: str) -> None:
    for outgoing, offered, code in (
        ("smtp.example.org:587", None, "starttls-on-25-only"),
        ("smtp.example.org:25/tls", None, "starttls-on-25-only"),
        ("smtp.example.org:25/plain", None, "in-the-clear"),
        ("smtp.example.org:465", ("PLAIN", "SCRAM-SHA-256"), "no-login"),
    ):
        account = replace(ADA, outgoing=server(Protocol.SMTP, outgoing))
        with pytest.raises(Trouble) as raised:
            exported(account, client, offered=offered)
        assert raised.value.code == code
    with pytest.raises(No):
        exported(replace(ADA, incoming=None), client)
    incoming = server(Protocol.IMAP, "imap.example.org:143/starttls")
    with pytest.raises(No):
        exported(replace(ADA, incoming=incoming), client)


def test_starttls_on_port_25() -> None:
    outgoing = server(Protocol.SMTP, "smtp.example.org:25/starttls")
    done = exported(replace(ADA, outgoing=outgoing))
    (values,) = reg_reader.read(files_of(done)["add-account.reg"]).values()
    assert values["SMTP Port"] == dword(25)
    assert values["SMTP Secure Connection"] == dword(1)


@pytest.mark.parametrize(
    ("client", "name", "starts"),
    [
        ("outlook-express@4.0", "Zoë", b"REGEDIT4"),
        ("outlook-express@6.0", "Zoe", b"REGEDIT4"),
        ("outlook-express@6.0", "Zoë", b"\xff\xfe"),
        ("outlook-classic@98", "Zoë", b"REGEDIT4"),
    ],
)
def test_the_form_that_its_windows_reads(client: str, name: str, starts: bytes) -> None:
    files = files_of(exported(replace(ADA, name=name), client))
    assert files["add-account.reg"].startswith(starts)


def test_outlook_2000_says_for_which_mode_it_is() -> None:
    about = exported(client="outlook-classic@2000").files[0].about
    assert any("Internet Mail Only" in text for text in about.does_not)
