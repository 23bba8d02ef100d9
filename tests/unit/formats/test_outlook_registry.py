# SPDX-License-Identifier: MPL-2.0
"""An account that Outlook has: what is changed, what is said of it, and what is refused."""

from datetime import UTC, datetime

import pytest

from clientcfg.clients.catalog import Catalog
from clientcfg.clients.registry.hive import Value
from clientcfg.clients.registry.reg_file import read_reg
from clientcfg.formats.exporters import exporter
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.export import Exported, Wanted
from clientcfg.model.mechanism import LOGIN, XOAUTH2, Mechanism
from clientcfg.model.trouble import No, Refused, Trouble, WrongUsage
from clientcfg.rooms import profile_path
from tests.support import reg_reader
from tests.support.exports import files_of
from tests.support.outlook_keys import (
    DIRECTORY,
    HTTP,
    IMAP,
    POP3,
    SERVICE,
    Tree,
    account,
    imap,
    pop3,
    section,
    tree,
    wide,
)
from tests.support.reg_writer import reg_5
from tests.support.windows_exports import dword, text

ADA = "ada@example.org"
CATALOG = Catalog(profile_path("clients"))
YEAR = {10: "2010", 15: "2013", 16: "2016"}


def login(server: str, user: str = ADA, mechanism: Mechanism = LOGIN) -> ServerLogin:
    return ServerLogin(Endpoint.parse(Protocol.SMTP, server), user, mechanism)


def ada(outgoing: ServerLogin, *, accept_weaker: bool = False) -> Account:
    incoming = ServerLogin(Endpoint.parse(Protocol.IMAP, "imap.example.org:993"), ADA, LOGIN)
    return Account(Address.parse(ADA), "Ada", outgoing, incoming, accept_weaker=accept_weaker)


def exported(
    current: Tree | bytes, outgoing: ServerLogin, year: str = "2016", **more: bool
) -> Exported:
    content = current if isinstance(current, bytes) else reg_5(current)
    client = CATALOG.parse(f"outlook-classic@{year}")
    wanted = Wanted(client, datetime(2026, 11, 28, tzinfo=UTC), content)
    return exporter("outlook-registry").export(ada(outgoing, **more), wanted)


def change(of: Exported) -> dict[str, reg_reader.Value]:
    (values,) = reg_reader.read(files_of(of)["change.reg"]).values()
    return values


STARTTLS = login("smtp.example.org:587")


@pytest.mark.parametrize("office", [10, 15, 16])
def test_the_change_of_an_account_with_usual_values(office: int) -> None:
    done = exported(tree(office), STARTTLS, YEAR[office])
    read = {name: reg_reader.read(content) for name, content in files_of(done).items()}
    key = f"{section(office)}\\00000002"
    assert read == {
        "change.reg": {
            key: {
                "SMTP Port": dword(587),
                "SMTP Use Auth": dword(1),
                "SMTP Secure Connection": dword(2),
                "SMTP Use SSL": dword(1),
            }
        },
        "undo.reg": {
            key: dict.fromkeys(
                ("SMTP Port", "SMTP Use Auth", "SMTP Secure Connection", "SMTP Use SSL")
            )
        },
    }
    assert done.notes == ()
    assert "“SMTP Port”: not set → 587" in done.files[0].about.does


def test_implicit_tls_for_an_imap_account() -> None:
    current = [(f"{section(16)}\\0000000a", imap(16, ADA))]
    assert change(exported(current, login("smtp.example.org:465"))) == {
        "SMTP Port": dword(465),
        "SMTP Use Auth": dword(1),
        "SMTP Secure Connection": dword(1),
        "SMTP Use SSL": dword(1),
    }


@pytest.mark.parametrize(("office", "kind"), [(10, 3), (15, 3), (16, 1)])
def test_texts_keep_their_type(office: int, kind: int) -> None:
    made = change(exported(tree(office), login("mail.example.net:587", "ada-smtp"), YEAR[office]))
    assert made["SMTP Server"] == (kind, wide("mail.example.net"))
    assert made["SMTP User"] == (kind, wide("ada-smtp"))
    assert made["SMTP Auth Method"] == dword(1)


def test_an_upgraded_profile_keeps_the_older_type() -> None:
    older: dict[str, Value] = {
        k: wide(v) if isinstance(v, str) else v for k, v in pop3(16, ADA).items()
    }
    made = change(exported([(f"{section(16)}\\00000006", older)], login("mail.example.net:587")))
    assert made["SMTP Server"] == (3, wide("mail.example.net"))


def test_pop_before_smtp_is_said_and_taken_away_never_written() -> None:
    done = exported(tree(16, SMTP_Auth_Method=2), STARTTLS)
    assert change(done)["SMTP Auth Method"] is None
    assert any("POP before SMTP" in note for note in done.notes)
    (undo,) = reg_reader.read(files_of(done)["undo.reg"]).values()
    assert undo["SMTP Auth Method"] == dword(2)


def test_a_user_name_of_its_own_stays() -> None:
    current = tree(16, SMTP_Auth_Method=1, SMTP_User="ada-smtp")
    made = change(exported(current, login("smtp.example.org:587", "ada-smtp")))
    assert not {"SMTP Auth Method", "SMTP User"} & made.keys()
    done = exported(current, STARTTLS)
    assert change(done)["SMTP Auth Method"] is None
    assert "SMTP User" not in change(done)


def test_numbers_that_are_kept_as_bytes() -> None:
    made = change(exported(tree(16, SMTP_Port=b"\x19\0\0\0"), STARTTLS))
    assert made["SMTP Port"] == (3, (587).to_bytes(4, "little"))


def test_what_is_right_already() -> None:
    more: dict[str, Value] = {
        "SMTP_Port": 587, "SMTP_Use_Auth": 1, "SMTP_Secure_Connection": 2, "SMTP_Use_SSL": 1,
    }  # fmt: skip
    current = [(f"{section(16)}\\00000002", pop3(16, ADA, **more))]
    done = exported(current, STARTTLS)
    assert done.files == ()
    assert any("already" in note for note in done.notes)


def test_outlook_2003_knows_no_starttls_beyond_port_25() -> None:
    made = change(exported(tree(10), login("smtp.example.org:465"), "2003"))
    assert made == {"SMTP Port": dword(465), "SMTP Use Auth": dword(1), "SMTP Use SSL": dword(1)}
    made = change(exported(tree(10), login("smtp.example.org:25/starttls"), "2003"))
    assert made == {"SMTP Use Auth": dword(1), "SMTP Use SSL": dword(1)}
    with pytest.raises(No) as raised:
        exported(tree(10), STARTTLS, "2003")
    assert raised.value.code == "starttls-on-25-only"


def test_the_account_is_known_by_its_address_in_any_case() -> None:
    made = reg_reader.read(
        files_of(
            exported(
                tree(16, "Ada@Example.ORG", "Büro [alt]"),
                login("smtp.example.org:465", "Ada@Example.ORG"),
            )
        )["change.reg"]
    )
    assert list(made) == [f"{section(16, 'Büro [alt]')}\\00000002"]


def test_no_password_gets_further_than_the_reader() -> None:
    found = read_reg(reg_5(tree(16)))
    assert "SECRET" not in repr(found.stored())
    wanted = Wanted(CATALOG.client("outlook-classic"), datetime(2026, 1, 1, tzinfo=UTC), b"SECRET")
    assert "SECRET" not in repr(wanted)


TOP = section(16)


def one(**named: Value) -> Tree:
    return [(f"{TOP}\\00000002", account(16, **named))]


@pytest.mark.parametrize(
    ("current", "kind", "code"),
    [
        (b"", WrongUsage, "not-a-registry-file"),
        (reg_5([]), WrongUsage, "not-an-outlook-key"),
        (reg_5([(TOP.rpartition("\\")[0], {"x": 1})]), WrongUsage, "not-an-outlook-key"),
        (tree(16, "bob@example.org"), No, "no-such-account"),
        (one(clsid=SERVICE, Service_Name="CONTAB"), No, "no-such-account"),
        (one(clsid=DIRECTORY, Email=ADA), No, "no-such-account"),
        ([(f"{TOP}\\00000002\\below", pop3(16, ADA))], No, "no-such-account"),
        ([(f"{TOP}\\2", pop3(16, ADA))], No, "no-such-account"),
        ([*tree(16), (f"{TOP}\\00000007", imap(16, ADA))], Refused, "several-accounts"),
        ([*tree(16), *tree(16, ADA, "Second")], Refused, "several-accounts"),
        (one(clsid=SERVICE, Account_Name=ADA, Service_Name="MSEMS"), No, "exchange-account"),
        (one(clsid=HTTP, Email=ADA), No, "exchange-account"),
        (one(clsid=IMAP, Email=ADA, IMAP_Server="imap.gmail.com"), No, "oauth2-account"),
        (one(clsid=POP3, Email=ADA, IMAP_OAuth_Token=b"x"), No, "oauth2-account"),
        (tree(15), WrongUsage, "key-of-another-version"),
        (tree(10), WrongUsage, "key-of-another-version"),
    ],
)
def test_what_is_refused(current: Tree | bytes, kind: type[Trouble], code: str) -> None:
    with pytest.raises(kind) as raised:
        exported(current, STARTTLS)
    assert raised.value.code == code
    assert raised.value.text.endswith(".") or code == "key-of-another-version"


def test_servers_that_are_refused() -> None:
    for outgoing, code in (
        (login("smtp.example.org:25/plain"), "in-the-clear"),
        (login("smtp.example.org:587", ADA, XOAUTH2), "oauth2-account"),
        (login("smtp.example.org:587", ADA, Mechanism("SCRAM-SHA-256")), "no-login"),
    ):
        with pytest.raises(Trouble) as raised:
            exported(tree(16), outgoing)
        assert raised.value.code == code


def test_less_encryption_has_to_be_accepted() -> None:
    current = tree(16, SMTP_Secure_Connection=1, SMTP_Use_SSL=1)
    bridge = login("127.0.0.1:2525/plain")
    with pytest.raises(Refused) as raised:
        exported(current, bridge)
    assert raised.value.code == "weaker-than-before"
    made = change(exported(current, bridge, accept_weaker=True))
    assert made["SMTP Secure Connection"] == made["SMTP Use SSL"] == dword(0)
    assert made["SMTP Server"] == text("127.0.0.1")
