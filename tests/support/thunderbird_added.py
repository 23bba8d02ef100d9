# SPDX-License-Identifier: MPL-2.0
"""What an account adds to a Thunderbird profile, and nothing else: from a table of its own."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from clientcfg.model.account import Account
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import CRAM_MD5
from tests.support.readers import Strict, strict
from tests.support.row import Settings

ROOT = ".thunderbird"
NEW = f"{ROOT}/clientcfg.default-release"
_OWN = "InstallFDC34C9F024745EB"  # how Thunderbird writes the directory /usr/lib/thunderbird

_NUMBERED = re.compile(r"(account|id|server|smtp)\d+")
_GUID = re.compile(r"\{[0-9a-f-]{36}\}")
_LISTS = ("mail.accountmanager.accounts", "mail.smtpservers")
_DEFAULTS = ("mail.accountmanager.defaultaccount", "mail.smtp.defaultserver")
_SOCKETS = {Security.PLAIN: 0, Security.STARTTLS: 2, Security.TLS: 3}


def added(before: Settings, after: Settings, account: Account, password: str) -> None:
    """The account's prefs and log-ins and nothing else, in the profile or a new one."""
    assert before.keys() <= after.keys()
    changed = {k: v for k, v in after.items() if before.get(k) != v}
    files = sorted({k.partition(":")[0] for k in changed})
    folder = next(f.rpartition("/")[0] for f in files if f.endswith("prefs.js"))
    prefs = {k.rpartition("prefs.js:")[2]: v for k, v in changed.items() if "/prefs.js:" in k}
    old = {k.rpartition("prefs.js:")[2]: v for k, v in before.items() if "/prefs.js:" in k}
    _added_prefs(prefs, old, account)
    rest: dict[str, Strict] = {k: v for k, v in changed.items() if "/prefs.js:" not in k}
    exceptions = {k: rest.pop(k) for k in list(rest) if "/cert_override.txt:" in k}
    _added_exceptions(exceptions, before, f"{folder}/cert_override.txt", account)
    if account.store_password:
        assert f"{folder}/key4.db:" in after
        rest.pop(f"{folder}/key4.db:", None)
        logins = {k: rest.pop(k) for k in list(rest) if k.startswith(f"{folder}/logins.json:")}
        _added_logins({k.partition(".json:")[2]: v for k, v in logins.items()}, account, password)
    if folder == NEW:
        rest = _without_profile_lines(rest, before, after)
    assert not rest


def _added_exceptions(changed: Settings, before: Settings, file: str, account: Account) -> None:
    """Those for sending, and those for reading where the account is new or reads there."""
    wanted: dict[str, Strict] = {}
    for certificate in account.trusted_certificates:
        e = certificate.endpoint
        octets = bytes.fromhex(certificate.sha256)
        place = f"{f'[{e.host}]' if ':' in e.host else e.host}:{e.port}"
        wanted[f"{file}:{place}"] = strict(octets.hex(":").upper())
    assert set(changed) <= set(wanted)
    assert all(wanted[k] == v for k, v in changed.items())
    old = {k.rpartition("prefs.js:")[2]: v for k, v in before.items() if "/prefs.js:" in k}
    if f"{account.address}".casefold() in _addresses(old):
        sending = {account.outgoing.endpoint}
        wanted = dict(
            item for item, c in zip(wanted.items(), account.trusted_certificates, strict=False)
            if c.endpoint in sending
        )  # fmt: skip
    assert {k for k, v in wanted.items() if before.get(k) != v} <= set(changed)


def _added_prefs(prefs: Settings, old: Settings, account: Account) -> None:
    keys = {k: v[1] for k, v in prefs.items()}
    if f"{account.address}".casefold() in _addresses(old):
        allowed = set(_smtp("#", account)) | {*_LISTS, *_DEFAULTS, "mail.identity.id#.smtpServer"}
        assert {_NUMBERED.sub(r"\1#", k) for k in keys} <= allowed
        return
    for name in _LISTS:
        before, after = (_text(s.get(name)) for s in (old, prefs))
        listed = [k.strip() for k in before.split(",") if k.strip()]
        assert after.split(",")[:-1] == list(dict.fromkeys(listed))
        keys[name] = after.split(",")[-1]
    for name in _DEFAULTS:
        assert (name in keys) == (not _text(old.get(name)))
    number = {s: _last(keys[n]) for s, n in zip(("account", "smtp"), _LISTS, strict=True)}
    a = f"mail.account.account{number['account']}"
    number |= {
        "id": _last(keys[f"{a}.identities"]),
        "server": _last(keys[f"{a}.server"]),
    }
    wanted = _whole_account(account, number)
    wanted |= {n: keys[n] for n in _DEFAULTS if n in keys}
    # What was there by chance with the very same value is no change.
    same = {k for k, v in old.items() if k in wanted and strict(wanted[k]) == v}
    assert {k: strict(v) for k, v in keys.items()} == {
        k: strict(v) for k, v in wanted.items() if k not in same
    }


def _last(key: object) -> int:
    found = re.search(r"\d+$", str(key))
    assert found
    return int(found[0])


def _text(value: Strict | None) -> str:
    return str(value[1]) if value and value[0] == "str" else ""


def _addresses(old: Settings) -> set[str]:
    """The addresses of identities that belong to a listed account."""
    found = set()
    for account in _text(old.get(_LISTS[0])).split(","):
        for i in _text(old.get(f"mail.account.{account.strip()}.identities")).split(","):
            found.add(_text(old.get(f"mail.identity.{i.strip()}.useremail")).strip().casefold())
    return found - {""}


def _smtp(number: object, account: Account) -> dict[str, object]:
    e = account.outgoing.endpoint
    branch = f"mail.smtpserver.smtp{number}."
    values = {
        "type": "smtp", "hostname": e.host, "port": e.port, "try_ssl": _SOCKETS[e.security],
        "authMethod": 4 if account.outgoing.mechanism == CRAM_MD5 else 3,
        "username": account.outgoing.username, "description": str(account.address),
    }  # fmt: skip
    return {branch + name: value for name, value in values.items()}


def _whole_account(account: Account, number: Mapping[str, int]) -> dict[str, object]:
    login = account.incoming
    assert login is not None
    e = login.endpoint
    imap = e.protocol is Protocol.IMAP
    host = f"[{e.host}]" if ":" in e.host else e.host
    root = f"{'imap' if imap else 'mailbox'}://{quote(login.username, safe='')}@{host}"
    server = {
        "type": "imap" if imap else "pop3", "hostname": e.host, "port": e.port,
        "socketType": _SOCKETS[e.security], "authMethod": 4 if login.mechanism == CRAM_MD5 else 3,
        "userName": login.username, "login_at_startup": True, "check_new_mail": True,
        "name": str(account.address),
    }  # fmt: skip
    if not imap:
        server |= {
            "leave_on_server": True, "num_days_to_leave_on_server": 14, "download_on_biff": True,
            "delete_by_age_from_server": True, "delete_mail_left_on_server": True,
        }  # fmt: skip
    identity: dict[str, object] = {
        "useremail": str(account.address), "smtpServer": f"smtp{number['smtp']}", "valid": True,
        "reply_on_top": 1, "fcc_folder": f"{root}/Sent", "fcc_folder_picker_mode": "0",
        "draft_folder": f"{root}/Drafts", "drafts_folder_picker_mode": "0",
        "stationery_folder": f"{root}/Templates", "tmpl_folder_picker_mode": "0",
    }  # fmt: skip
    if account.name:
        identity["fullName"] = account.name
    return {
        "mail.accountmanager.accounts": f"account{number['account']}",
        "mail.account.lastKey": number["account"],
        "mail.smtpservers": f"smtp{number['smtp']}",
        f"mail.account.account{number['account']}.server": f"server{number['server']}",
        f"mail.account.account{number['account']}.identities": f"id{number['id']}",
        **{f"mail.server.server{number['server']}.{k}": v for k, v in server.items()},
        **{f"mail.identity.id{number['id']}.{k}": v for k, v in identity.items()},
        **_smtp(number["smtp"], account),
    }


def _added_logins(changed: Settings, account: Account, password: str) -> None:
    by_guid: dict[str, dict[str, object]] = {}
    for key, (_kind, value) in changed.items():
        guid, _slash, name = key.rpartition("/")
        if guid:
            assert _GUID.fullmatch(guid), guid
            by_guid.setdefault(guid, {})[name] = value
        else:
            assert name in {
                "nextId", "version", "potentiallyVulnerablePasswords",
                "dismissedBreachAlertsByLoginGUID",
            }, name  # fmt: skip
    wanted = [account.outgoing, *([account.incoming] if account.incoming else [])]
    schemes = {Protocol.SMTP: "smtp", Protocol.IMAP: "imap", Protocol.POP3: "mailbox"}
    allowed = []
    for login in wanted:
        host = login.endpoint.host
        at = f"{schemes[login.endpoint.protocol]}://{f'[{host}]' if ':' in host else host}"
        allowed.append((at, at, login.username, password))
    assert by_guid
    for entry in by_guid.values():
        assert set(entry) == {
            "id", "hostname", "httpRealm", "formSubmitURL", "usernameField", "passwordField",
            "guid", "encType", "timeCreated", "timeLastUsed", "timePasswordChanged", "timesUsed",
            "encryptedUsername", "encryptedPassword",
        }  # fmt: skip
        names = ("hostname", "httpRealm", "encryptedUsername", "encryptedPassword")
        assert tuple(entry[name] for name in names) in allowed


def _without_profile_lines(rest: Settings, before: Settings, after: Settings) -> dict[str, Strict]:
    """*rest* without the lines of one new profile, which have to be there."""
    found = {k.partition(".ini:")[2]: v[1] for k, v in rest.items() if k.startswith(f"{ROOT}/p")}
    owned = {k: found.pop(k) for k in list(found) if k in (f"{_OWN}/Default", f"{_OWN}/Locked")}
    assert after[f"{ROOT}/profiles.ini:{_OWN}/Default"][1] == NEW.rpartition("/")[2]
    assert after[f"{ROOT}/profiles.ini:{_OWN}/Locked"][1] == "1"
    made = {k.partition("/")[2]: v for k, v in found.items() if k.startswith("Profile")}
    first = {"Default": "1"} if "Default" in made else {}
    name = NEW.rpartition("/")[2]
    assert made == {"Name": name, "IsRelative": "1", "Path": name, **first}
    general = {k: v for k, v in found.items() if k.startswith("General/")}
    assert not general or not any(k.startswith(f"{ROOT}/profiles.ini:General/") for k in before)
    assert owned and len(found) == len(made) + len(general)
    return {k: v for k, v in rest.items() if not re.match(rf"{ROOT}/(profiles|installs)\.ini:", k)}
