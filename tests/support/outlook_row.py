# SPDX-License-Identifier: MPL-2.0
"""Outlook in the register of formats: registries, what is read back, what may be in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from clientcfg.formats.outlook import Outlook
from clientcfg.formats.plain_text import LONGEST, is_hidden
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import LOGIN
from clientcfg.model.registry import RegistryValue
from clientcfg.model.trouble import WrongUsage
from tests.support.disks import REGISTRY
from tests.support.hostile import printable
from tests.support.readers import Strict
from tests.support.registries import MemoryRegistry, value, values
from tests.support.row import Files, Row, Settings, Start

PROFILES = "HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles"
OLD_PROFILES = (
    "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows NT\\CurrentVersion"
    "\\Windows Messaging Subsystem\\Profiles"
)
SECTION = "9375CFF0413111d3B88A00104B2A6676"
POP3 = "{ED475411-B0D6-11D2-8C3B-00104B2A6676}"
IMAP = "{ED475412-B0D6-11D2-8C3B-00104B2A6676}"
ADDRESS_BOOK = "{4DB5CBF2-3B77-4852-BC8E-BB81908861F3}"
ADA = Account(
    Address("ada", "example.org"),
    "Ada “Countess” Lovelace",
    ServerLogin(Endpoint(Protocol.SMTP, "smtp.example.org", 587, Security.STARTTLS), "ada", LOGIN),
    ServerLogin(Endpoint(Protocol.IMAP, "imap.example.org", 993, Security.TLS), "ada", LOGIN),
)
Values = dict[str, RegistryValue]
# What a value that is not there stands for.
USUAL = {"SMTP Port": 25, "SMTP Use Auth": 0, "SMTP Use SSL": 0, "SMTP Secure Connection": 0,
         "SMTP Auth Method": 0}  # fmt: skip
NUMBERS = {Security.PLAIN: 0, Security.TLS: 1, Security.STARTTLS: 2}


def generation(profile: str) -> int:
    return 16 if profile.startswith(PROFILES) else 14


def typed(profile: str, held: Values) -> Values:
    """Texts as bytes, where that Outlook keeps them so."""
    old = generation(profile) < 15
    return {n: RegistryValue(3, v.data) if old and v.type == 1 else v for n, v in held.items()}


def account(profile: str, address: str, user: str, more: Values) -> Values:
    """An account that sends without a log-in, but for what *more* says."""
    return typed(
        profile,
        values(
            clsid=IMAP,
            Account_Name="work",
            Email=address,
            IMAP_Server="imap.example.org",
            IMAP_User=user,
            IMAP_Password=b"\2SECRET",
            SMTP_Server="old.example.org",
            Delivery_Store_EntryID=bytes(24),
        )
        | more,
    )


def home(profile: str, ada: Values, *, others: Values | None = None) -> Files:
    """A registry with Ada, an address book, and Zoe, who is nobody of the tests."""
    section = f"{profile}\\{SECTION}"
    registry = MemoryRegistry(
        {
            profile: {},
            section: values(NextAccountID=8),
            f"{section}\\00000001": typed(profile, values(clsid=ADDRESS_BOOK, Email="book")),
            f"{section}\\00000006": account(profile, "Ada@Example.org", "ada", ada),
            f"{section}\\00000007": account(profile, "zoe@example.org", "zoe", others or {}),
            f"{profile}\\0a0d020000000000c000000000000046": values(x=b"\0\1\2"),
        }
    )
    return {REGISTRY: registry.dump()}


STARTS = (
    Start("2016, without a log-in", home(f"{PROFILES}\\Outlook", {}), f"{PROFILES}\\Outlook"),
    Start(
        "365, POP before SMTP",
        home(f"{PROFILES}\\Büro", values(SMTP_Auth_Method=2, SMTP_Port=25)),
        f"{PROFILES}\\Büro",
    ),
    Start(
        "2010, encrypted where it can be",
        home(
            f"{OLD_PROFILES}\\Outlook",
            values(SMTP_Secure_Connection=3, SMTP_Use_SSL=1, SMTP_Use_Auth=1, SMTP_User="else"),
        ),
        f"{OLD_PROFILES}\\Outlook",
    ),
)
_smtp = st.fixed_dictionaries(
    {},
    optional={
        "SMTP Port": st.sampled_from([25, 465, 587, 2525]).map(value),
        "SMTP Use Auth": st.integers(0, 1).map(value),
        "SMTP Use SSL": st.integers(0, 1).map(value),
        "SMTP Secure Connection": st.integers(0, 3).map(value),
        "smtp auth method": st.integers(0, 2).map(value),
        "SMTP Server": st.sampled_from(["SMTP.example.org", "", "old.example.org"]).map(value),
        "SMTP User": st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8).map(value),
        "Blob": st.binary(max_size=9).map(value),
    },
)
OLDS = st.builds(
    lambda profile, ada, others: Start("drawn", home(profile, ada, others=others), profile),
    st.sampled_from([start.folder for start in STARTS]),
    _smtp,
    _smtp,
)


def fit(any_account: Account) -> Account:
    """Outlook keeps passwords itself, does LOGIN, and has names and an address that can be seen."""
    address = any_account.address
    try:
        if Address.parse(_seen(str(address))) != address:
            address = ADA.address
    except WrongUsage:
        address = ADA.address
    outgoing, incoming = any_account.outgoing, any_account.incoming
    outgoing = replace(outgoing, mechanism=LOGIN, username=_seen(outgoing.username))
    if incoming is not None:
        incoming = replace(incoming, username=_seen(incoming.username))
    return replace(
        any_account,
        address=address,
        name=_seen(any_account.name),
        outgoing=outgoing,
        incoming=incoming,
        store_password=False,
    )


def _seen(text: str) -> str:
    """Not too long; without marks that nobody sees, and what is no character."""
    return "".join(c for c in text if not is_hidden(c) or not printable(c))[:LONGEST]


def ready(start: Start, any_account: Account) -> Start:
    """The registry with an account of that address."""
    registry = MemoryRegistry.parse(start.files[REGISTRY])
    section = f"{start.folder}\\{SECTION}"
    address = str(any_account.address)
    for key in registry.keys(section):
        email = text(registry.held[f"{section}\\{key}"].get("Email")) or ""
        if email.casefold() == address.casefold():
            return start
    user = (any_account.incoming or any_account.outgoing).username
    if any(0xD800 <= ord(c) <= 0xDFFF for c in address + user):
        return start
    number = max(int(key, 16) for key in registry.keys(section)) + 1
    registry.put(f"{section}\\{number:08x}", account(start.folder, address, user, {}))
    return replace(start, files={**start.files, REGISTRY: registry.dump()})


def text(held: RegistryValue | None) -> str | None:
    return None if held is None else held.data.decode("utf-16-le").split("\0")[0]


def installation(_home: str, start: Start) -> Installation:
    """Outlook, with that profile."""
    root = start.folder.rpartition("\\")[0]
    return Installation(
        "outlook-classic", "Outlook (classic)", f"{generation(start.folder)}.0.1", "win",
        "C:\\Office\\OUTLOOK.EXE", "windows", root, start.folder, running=False,
    )  # fmt: skip


def read(files: Files) -> Settings:
    """Every value of every key with its type: numbers, texts (also those kept as bytes), hex."""
    registry = json.loads(files.get(REGISTRY, b"{}"))
    return {
        f"{key}:{name}": (str(kind), _meant(kind, bytes.fromhex(data)))
        for key, rows in registry.items()
        for name, kind, data in rows
    }


def _meant(kind: int, data: bytes) -> object:
    if kind == 4:
        return int.from_bytes(data, "little")
    if kind == 1 or (len(data) % 2 == 0 and data.endswith(b"\0\0")):
        try:
            return data.decode("utf-16-le")
        except UnicodeDecodeError:
            return data.hex()
    return data.hex()


def added(before: Settings, after: Settings, wanted: Account, _password: str) -> None:
    """The account of that address sends as wanted; whatever else there is stays as it was."""
    key = _key_of(before, str(wanted.address))
    ours = {f"{key}:{name}".casefold() for name in (*USUAL, "SMTP Server", "SMTP User")}
    for one, other in ((before, after), (after, before)):
        assert all(k.casefold() in ours or other.get(k) == held for k, held in one.items())
    held = _held(after, key)
    login = wanted.outgoing
    assert (_text(held, "SMTP Server") or "").casefold() == login.endpoint.host.casefold()
    secure = NUMBERS[login.endpoint.security]
    separate = login.username != _text(held, "IMAP User")
    assert {n: held.get(n.casefold(), ("4", usual))[1] for n, usual in USUAL.items()} == {
        "SMTP Port": login.endpoint.port,
        "SMTP Use Auth": 1,
        "SMTP Use SSL": int(secure > 0),
        "SMTP Secure Connection": secure,
        "SMTP Auth Method": int(separate),
    }
    if separate:
        assert _text(held, "SMTP User") == login.username
    else:
        assert held.get("smtp user") == _held(before, key).get("smtp user")


def _key_of(settings: Settings, address: str) -> str:
    (key,) = {
        name.rpartition(":")[0]
        for name, held in settings.items()
        if name.endswith(":Email") and _decoded(held).casefold() == address.casefold()
    }
    return key


def _held(settings: Settings, key: str) -> dict[str, Strict]:
    return {
        name[len(key) + 1 :].casefold(): held
        for name, held in settings.items()
        if name.startswith(key + ":")
    }


def _text(held: Mapping[str, Strict], name: str) -> str | None:
    found = held.get(name.casefold())
    return None if found is None else _decoded(found)


def _decoded(held: Strict) -> str:
    return str(held[1]).removesuffix("\0")


def used(files: Files, start: Start) -> Files:
    """Outlook counted, and a person added an account and a signature."""
    registry = MemoryRegistry.parse(files[REGISTRY])
    section = f"{start.folder}\\{SECTION}"
    registry.put(section, values(NextAccountID=0x30, LastChangeVer=b"\7"))
    registry.put(f"{section}\\0000002f", account(start.folder, "new@example.org", "new", {}))
    registry.put(f"{section}\\00000006", values(New_Signature="theirs"))
    return {**files, REGISTRY: registry.dump()}


def weak(settings: Settings) -> Sequence[str]:
    """Sending without encryption or with it "if available", and POP before SMTP."""
    bad = {"smtp secure connection": {0, 3}, "smtp use ssl": {0}, "smtp auth method": {2}}
    local = {
        key.rpartition(":")[0]
        for key, held in settings.items()
        if key.endswith(":SMTP Server") and _decoded(held) in {"127.0.0.1", "::1"}
    }
    return [
        key
        for key, held in settings.items()
        if held[1] in bad.get(key.rpartition(":")[2].casefold(), set())
        and key.rpartition(":")[0] not in local
    ]


ROW = Row(
    format=Outlook(),
    client="outlook-classic",
    install=lambda _root: None,
    account=ADA,
    starts=STARTS,
    olds=OLDS,
    installation=installation,
    read=read,
    added=added,
    used=used,
    stays=lambda _key: False,
    weak=weak,
    fit=fit,
    ready=ready,
    exact_though_used=True,
)
