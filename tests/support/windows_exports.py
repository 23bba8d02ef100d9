# SPDX-License-Identifier: MPL-2.0
"""Files for programs of Windows: read with readers of others, and what has to be in them."""

import configparser
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from defusedxml.ElementTree import fromstring

from clientcfg.clients.registry.hive import USER, Value
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.endpoint import Protocol, Security
from tests.support import outlook_keys, reg_reader
from tests.support.hostile import printable
from tests.support.outlook_keys import wide
from tests.support.reg_writer import reg_5

Read = Mapping[object, object]
Files = Mapping[str, bytes]

MICROSOFT = f"{USER}\\Software\\Microsoft"
OUTLOOK_EXPRESS = f"{MICROSOFT}\\Internet Account Manager\\Accounts"
OUTLOOK_98 = f"{MICROSOFT}\\Office\\8.0\\Outlook\\OMI Account Manager\\Accounts"
OUTLOOK_2000 = f"{MICROSOFT}\\Office\\Outlook\\OMI Account Manager\\Accounts"
ADDRESS = "ada@example.org"


def dword(number: int) -> tuple[int, bytes]:
    return 4, number.to_bytes(4, "little")


def text(value: str) -> tuple[int, bytes]:
    return 1, wide(value)


# --- the registry

_REMOVED: Mapping[str, object] = {"": "the key"}


def registry(files: Files) -> Read:
    """File, key and name → type and bytes; a key that is only removed as such."""
    return {
        (file, key, name): value
        for file, content in files.items()
        for key, values in reg_reader.read(content).items()
        for name, value in (values or _REMOVED).items()
    }


def whose(account: Account) -> str:
    """The address, where a registry can hold it."""
    return str(account.address) if printable(str(account.address)) else ADDRESS


def outlook_key(office: int) -> Callable[[Account], bytes]:
    """The key there, for an account that sends with POP before SMTP and without encryption."""

    def made(account: Account) -> bytes:
        return outlook_keys.pop_before_smtp(office, whose(account))

    return made


def outlook_meant(office: int, *, knows_starttls: bool) -> Callable[[Account], Read]:
    def meant(account: Account) -> Read:
        login = account.outgoing
        secure = {Security.TLS: 1, Security.STARTTLS: 2}[login.endpoint.security]
        own = login.username != str(account.address)
        texts: dict[str, tuple[str, str | None]] = {}
        if login.endpoint.host != "smtp.example.org":
            texts["SMTP Server"] = (login.endpoint.host, "smtp.example.org")
        if own:
            texts["SMTP User"] = (login.username, None)
        kind = 1 if office == 16 else 3
        after: dict[str, object] = {
            **{name: (kind, wide(new)) for name, (new, _old) in texts.items()},
            "SMTP Use Auth": dword(1),
            "SMTP Use SSL": dword(1),
            "SMTP Auth Method": dword(1) if own else None,
        }
        before: dict[str, object] = {
            **{name: (kind, wide(old)) if old else None for name, (_new, old) in texts.items()},
            "SMTP Use Auth": None,
            "SMTP Use SSL": None,
            "SMTP Auth Method": dword(2),
        }
        if knows_starttls:
            after["SMTP Secure Connection"], before["SMTP Secure Connection"] = dword(secure), None
        if login.endpoint.port != 2525:
            after["SMTP Port"], before["SMTP Port"] = dword(login.endpoint.port), dword(2525)
        key = outlook_keys.section(office) + "\\00000002"
        files = (("change.reg", after), ("undo.reg", before))
        return {
            (file, key, name): value for file, values in files for name, value in values.items()
        }

    return meant


def sheet(files: Files) -> Read:
    """The sheet about the key: nothing but numbered lines."""
    (content,) = files.values()
    lines = content.decode("utf-8-sig").splitlines()
    assert [line.partition(". ")[0] for line in lines] == [str(n + 1) for n in range(len(lines))]
    return {}


def no_settings(account: Account) -> Read:
    del account
    return {}


def named(account: Account) -> dict[str, str | int]:
    """A new account in the words of Outlook Express."""
    incoming, outgoing = account.incoming, account.outgoing
    assert incoming is not None
    kind = "IMAP" if incoming.endpoint.protocol is Protocol.IMAP else "POP3"
    own = incoming.username != outgoing.username
    return {
        "Account Name": str(account.address),
        "Connection Type": 3,
        f"{kind} Server": incoming.endpoint.host,
        f"{kind} User Name": incoming.username,
        f"{kind} Port": incoming.endpoint.port,
        f"{kind} Secure Connection": 1,
        f"{kind} Use Sicily": 0,
        f"{kind} Prompt for Password": 1,
        "SMTP Server": outgoing.endpoint.host,
        "SMTP Port": outgoing.endpoint.port,
        "SMTP Secure Connection": 1,
        "SMTP Use Sicily": 3 if own else 2,
        **({"SMTP User Name": outgoing.username} if own else {}),
        "SMTP Display Name": account.name or str(account.address),
        "SMTP Email Address": str(account.address),
    }


def western(account: Account) -> str:
    """The person's name for Windows 9x: with accents, without, or else the address."""
    try:
        account.name.encode("cp1252")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFKD", account.name)
        plain = "".join(c for c in apart if not unicodedata.combining(c))
        return plain if plain and plain.isascii() else str(account.address)
    return account.name


def oe_meant(store: str, *, unicode: bool = False) -> Callable[[Account], Read]:
    """A new account; without *unicode* in letters of Windows 9x."""

    def meant(account: Account) -> Read:
        account = account if unicode else replace(account, name=western(account))
        values = {n: text(v) if isinstance(v, str) else dword(v) for n, v in named(account).items()}
        key = f"{store}\\{number(account)}"
        return {
            **{("add-account.reg", key, name): value for name, value in values.items()},
            ("undo.reg", f"-{key}", ""): "the key",
        }

    return meant


def number(account: Account) -> str:
    from clientcfg.formats.outlook_express.account import number_far_off  # noqa: PLC0415

    far_off = number_far_off(account.address)
    assert re.fullmatch("1[0-9a-f]{7}", far_off)
    return far_off


def oe_key(account: Account) -> bytes:
    """An account of this person between two others, which logs in with NTLM on port 25."""

    def one(address: str) -> dict[str, Value]:
        return {
            "Account Name": "mail", "POP3 Server": "pop.example.org", "POP3 User Name": ADDRESS,
            "POP3 Password2": b"SECRET", "SMTP Server": "smtp.example.org", "SMTP Use Sicily": 1,
            "SMTP Email Address": address,
        }  # fmt: skip

    return reg_5(
        [
            (OUTLOOK_EXPRESS, {"ConnectionSettingsMigrated": 1}),
            (f"{OUTLOOK_EXPRESS}\\Bigfoot", {"LDAP Server": "ldap.example.org"}),
            (f"{OUTLOOK_EXPRESS}\\00000001", one("other@example.org")),
            (f"{OUTLOOK_EXPRESS}\\00000004", one(whose(account))),
            (f"{OUTLOOK_EXPRESS}\\00000005", one("third@example.org")),
        ]
    )


def oe_change_meant(account: Account) -> Read:
    key, login = f"{OUTLOOK_EXPRESS}\\00000004", account.outgoing
    own = login.username != ADDRESS
    after: dict[str, object] = {
        "SMTP Port": dword(login.endpoint.port),
        "SMTP Secure Connection": dword(1),
        "SMTP Use Sicily": dword(3 if own else 2),
    }
    before: dict[str, object] = {**dict.fromkeys(after), "SMTP Use Sicily": dword(1)}
    if login.endpoint.host != "smtp.example.org":
        after["SMTP Server"], before["SMTP Server"] = (
            text(login.endpoint.host),
            text("smtp.example.org"),
        )
    if own:
        after["SMTP User Name"], before["SMTP User Name"] = text(login.username), None
    files = (("change.reg", after), ("undo.reg", before))
    return {(file, key, name): value for file, values in files for name, value in values.items()}


# --- .prf


def prf(files: Files) -> Read:
    """Section and key → value; the values of the account by their properties."""
    (content,) = files.values()
    parser = configparser.ConfigParser(interpolation=None, strict=True, default_section="\0")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
    parser.read_string(content.decode("ascii"))
    (block,) = parser["Internet Account List"].values()
    fixed = {"General", "Service List", "Internet Account List", "Account1", block}
    assert set(parser.sections()) == fixed
    mapping = dict(parser[block])
    found: dict[object, object] = {"AccountType": mapping.pop("AccountType"), "block": block}
    for key, value in parser["Account1"].items():
        if key == "UniqueService":
            assert value == "No"
            continue
        kind, property_ = mapping.pop(key).split(",")  # a key without a mapping would be dropped
        assert property_ not in found
        found[property_] = int(value) if kind == "PT_LONG" else value
    assert not mapping
    assert parser["General"]["OverwriteProfile"] == "Append"
    return found


def prf_meant(account: Account) -> Read:
    incoming, outgoing = account.incoming, account.outgoing
    assert incoming is not None
    pop3 = incoming.endpoint.protocol is Protocol.POP3
    apart = unicodedata.normalize("NFKD", account.name)
    plain = "".join(c for c in apart if not unicodedata.combining(c)).strip()
    own = incoming.username != outgoing.username
    return {
        "AccountType": "POP3" if pop3 else "IMAP",
        "block": "I_Mail" if pop3 else "IMAP_I_Mail",
        "0x0002": str(account.address),
        "0x000B": plain if plain and plain.isascii() else str(account.address),
        "0x000C": str(account.address),
        "0x000F": 0,
        "0x0100": incoming.endpoint.host,
        "0x0101": incoming.username,
        "0x0104": incoming.endpoint.port,
        "0x0105": 1,
        "0x0108": 0,
        "0x0200": outgoing.endpoint.host,
        "0x0201": outgoing.endpoint.port,
        "0x0202": 1,
        "0x0203": 1,
        "0x0207": 0,
        "0x0208": int(own),
        "0x0209": 60,
        "0x020A": {Security.TLS: 1, Security.STARTTLS: 2}[outgoing.endpoint.security],
        **({"0x0204": outgoing.username} if own else {}),
        **({"0x1000": 1} if pop3 else {}),
    }


# --- Autodiscover

_OUTER = "{http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006}"
_INNER = "{http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a}"


def steering(files: Files) -> Read:
    """The answer by protocol and element, and every value of both ``.reg`` files."""
    (name,) = (file for file in files if file.endswith(".xml"))
    root = fromstring(files[name], forbid_dtd=True)
    assert root.tag == f"{_OUTER}Autodiscover" and not root.attrib
    (response,) = root
    found: dict[object, object] = {"xml": name}
    assert response.tag == f"{_INNER}Response"
    for element in response.iter():
        assert element.tag.startswith(_INNER) and not element.attrib
    elements = list(response)
    if elements[0].tag == f"{_INNER}User":
        (shown,) = elements.pop(0)
        found["name"] = shown.text
    (account,) = elements
    kind, action, *protocols = account
    assert (kind.text, action.text) == ("email", "settings")
    for protocol in protocols:
        said = {child.tag.removeprefix(_INNER): child.text or "" for child in protocol}
        assert len(said) == len(protocol) and not any(len(child) for child in protocol)
        found[said.pop("Type")] = said
    return {**found, **registry({f: c for f, c in files.items() if f.endswith(".reg")})}


def _said(login: ServerLogin) -> dict[str, str]:
    tls = login.endpoint.security is Security.TLS
    return {
        "Server": login.endpoint.host,
        "Port": str(login.endpoint.port),
        "LoginName": login.username,
        "DomainRequired": "off",
        "SPA": "off",
        "AuthRequired": "on",
        **({"SSL": "on"} if tls else {"Encryption": "TLS"}),
    }


def steering_meant(office: str) -> Callable[[Account], Read]:
    def meant(account: Account) -> Read:
        incoming, outgoing = account.incoming, account.outgoing
        assert incoming is not None
        same = incoming.username == outgoing.username
        domain, outlook = account.address.domain, f"{MICROSOFT}\\Office\\{office}\\Outlook"
        path = f"C:\\ProgramData\\clientcfg\\autodiscover-{domain}.xml"
        there: dict[tuple[str, str], object] = {
            (f"{outlook}\\AutoDiscover", domain): text(path),
            (f"{outlook}\\AutoDiscover", "PreferLocalXML"): dword(1),
        }
        if office == "16.0":
            name = "DisableOffice365SimplifiedAccountCreation"
            there[f"{outlook}\\Setup", name] = dword(1)
        return {
            "xml": f"autodiscover-{domain}.xml",
            **({"name": account.name} if account.name else {}),
            incoming.endpoint.protocol.upper(): _said(incoming),
            "SMTP": {
                **_said(outgoing), "UsePOPAuth": "on" if same else "off", "SMTPLast": "off",
            },
            **{("steer-autodiscover.reg", *place): value for place, value in there.items()},
            **{("steer-autodiscover-undo.reg", *place): None for place in there},
        }  # fmt: skip

    return meant


# --- .oeaccount


def oeaccount(files: Files) -> Read:
    (name, content), = files.items()  # fmt: skip
    assert re.fullmatch(r"account\{[0-9A-F-]{36}\}\.oeaccount", name)
    assert content.startswith(b"\xff\xfe<\0?\0x\0m\0l\0")
    root = fromstring(content, forbid_dtd=True)
    assert root.tag == "MessageAccount" and not root.attrib
    found: dict[object, object] = {}
    for element in root:
        assert not len(element) and element.attrib.keys() == {"type"} and element.tag not in found
        kind, shown = element.attrib["type"], element.text or ""
        assert kind in {"SZ", "DWORD"} and (kind == "SZ" or re.fullmatch("[0-9a-f]{8}", shown))
        found[element.tag] = int(shown, 16) if kind == "DWORD" else shown
    return found


def oeaccount_meant(account: Account) -> Read:
    return {name.replace(" ", "_"): value for name, value in named(account).items()}
