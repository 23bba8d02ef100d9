# SPDX-License-Identifier: MPL-2.0
"""Files for Thunderbird and for phones: every key they carry, and what an account is to be there.

Each ``…_meant`` goes with the reader of that name. Readers share nothing with the program.
"""

import io
import json
import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import zxingcpp
from PIL import Image

from clientcfg.model.account import Account, ServerLogin
from tests.support.android_reader import Server, read_code, read_k9s

Read = Mapping[object, object]
Files = Mapping[str, bytes]

_CALL = re.compile(r'defaultPref\(("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*"|-?\d+|true|false)\);')
_SECURITY = {"tls": ("SSL", 3), "starttls": ("STARTTLS", 2)}


def policies(files: Files) -> Read:
    (content,) = files.values()
    document = json.loads(content)
    assert list(document) == ["policies"] and list(document["policies"]) == ["Preferences"]
    rows = document["policies"]["Preferences"]
    assert all(set(row) == {"Value", "Status"} for row in rows.values())
    assert {row["Status"] for row in rows.values()} == {"default"}
    return {name: row["Value"] for name, row in rows.items()}


def policies_meant(account: Account) -> Read:
    # A policy makes truth values of 0 and 1.
    return {
        name: value
        for name, value in mozilla_cfg_meant(account).items()
        if isinstance(value, bool | str) or value not in (0, 1)
    }


def mozilla_cfg(files: Files) -> Read:
    assert set(files) == {"fleet/mozilla.cfg", "fleet/defaults/pref/clientcfg.js"}
    first, *lines = files["fleet/mozilla.cfg"].decode("ascii").splitlines()
    assert first.startswith("//")
    found: dict[object, object] = {}
    for line in lines:
        match = _CALL.fullmatch(line)
        assert match, line
        found[json.loads(match[1])] = json.loads(match[2])
    return found


def mozilla_cfg_meant(account: Account) -> Read:
    incoming, outgoing = account.incoming, account.outgoing
    assert incoming is not None
    protocol = str(incoming.endpoint.protocol)
    scheme = "imap" if protocol == "imap" else "mailbox"
    root = f"{scheme}://{_quoted(incoming.username)}@{_bracketed(incoming.endpoint.host)}"
    prefs: dict[object, object] = {
        "mail.accountmanager.accounts": "accountclientcfg",
        "mail.accountmanager.defaultaccount": "accountclientcfg",
        "mail.account.accountclientcfg.server": "serverclientcfg",
        "mail.account.accountclientcfg.identities": "identityclientcfg",
        "mail.smtpservers": "smtpserverclientcfg",
        "mail.smtp.defaultserver": "smtpserverclientcfg",
    }
    identity: dict[str, object] = {
        "useremail": str(account.address),
        "smtpServer": "smtpserverclientcfg",
        "valid": True,
        "reply_on_top": 1,
        "fcc_folder": f"{root}/Sent",
        "fcc_folder_picker_mode": "0",
        "draft_folder": f"{root}/Drafts",
        "drafts_folder_picker_mode": "0",
        "stationery_folder": f"{root}/Templates",
        "tmpl_folder_picker_mode": "0",
        **({"fullName": account.name} if account.name else {}),
    }
    server: dict[str, object] = {
        "type": protocol,
        **_server(incoming, "socketType", "userName"),
        "login_at_startup": True,
        "check_new_mail": True,
        "name": str(account.address),
    }
    if protocol == "pop3":
        kept = "leave_on_server delete_by_age_from_server delete_mail_left_on_server"
        server |= dict.fromkeys((*kept.split(), "download_on_biff"), True)
        server["num_days_to_leave_on_server"] = 14
    smtp = {
        "type": "smtp",
        **_server(outgoing, "try_ssl", "username"),
        "description": str(account.address),
    }
    for family, values in (("identity", identity), ("server", server), ("smtpserver", smtp)):
        prefs |= {f"mail.{family}.{family}clientcfg.{key}": v for key, v in values.items()}
    return prefs


def _server(login: ServerLogin, security: str, user: str) -> dict[str, object]:
    return {
        "hostname": login.endpoint.host,
        "port": login.endpoint.port,
        security: _SECURITY[login.endpoint.security][1],
        "authMethod": {"CRAM-MD5": 4}.get(login.mechanism, 3),
        user: login.username,
    }


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _quoted(text: str) -> str:
    plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-~"
    return "".join(
        c if c in plain else "".join(f"%{b:02X}" for b in c.encode("utf-8", "surrogatepass"))
        for c in text
    )


def isp(files: Files) -> Read:
    (content,) = files.values()
    root = ET.fromstring(content)
    assert (root.tag, root.attrib, len(root)) == ("clientConfig", {"version": "1.1"}, 1)
    found: dict[object, object] = {"id": root[0].get("id")}
    for child in root[0]:
        assert child.tag not in found
        found[child.tag] = child.text if len(child) == 0 else _autoconfig_server(child)
    return found


def _autoconfig_server(element: ET.Element) -> dict[str, object]:
    assert len({child.tag for child in element}) == len(element)
    texts: dict[str, object] = {child.tag: child.text or "" for child in element}
    return {**element.attrib, **texts}


def isp_meant(account: Account) -> Read:
    domain = account.address.domain
    assert account.incoming is not None
    return {
        "id": domain,
        "domain": domain or None,
        "displayName": domain or None,
        "incomingServer": _stated(account, account.incoming),
        "outgoingServer": _stated(account, account.outgoing),
    }


def _stated(account: Account, login: ServerLogin) -> dict[str, object]:
    address = account.address
    placeholders = {
        f"{address.local}.{address.domain}": "%EMAILLOCALPART%.%EMAILDOMAIN%",
        address.local: "%EMAILLOCALPART%",
        str(address): "%EMAILADDRESS%",
    }
    encrypted = login.mechanism == "CRAM-MD5"
    return {
        "type": str(login.endpoint.protocol),
        "hostname": login.endpoint.host,
        "port": str(login.endpoint.port),
        "socketType": _SECURITY[login.endpoint.security][0],
        "authentication": "password-encrypted" if encrypted else "password-cleartext",
        "username": placeholders.get(login.username, login.username),
    }


def qr(files: Files) -> Read:
    assert set(files) == {"qr.png", "qr.svg"}
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(files["qr.png"])))
    sequence, (one,) = read_code(code.text)
    assert sequence == (1, 1)
    return dict(vars(one).items())


def k9s(files: Files) -> Read:
    (content,) = files.values()
    return dict(vars(read_k9s(content)).items())


def phone_meant(account: Account) -> Read:
    """For both of them: without a password."""

    def server(login: ServerLogin) -> Server:
        endpoint = login.endpoint
        auth = "encrypted" if login.mechanism == "CRAM-MD5" else "password"
        kind, security = str(endpoint.protocol), str(endpoint.security)
        return Server(kind, endpoint.host, endpoint.port, security, auth, login.username, None)

    assert account.incoming is not None
    return {
        "name": str(account.address),
        "incoming": server(account.incoming),
        "outgoing": server(account.outgoing),
        "identities": ((str(account.address), account.name),),
    }


# Exporter, program, reader, what is meant.
ROWS = (
    ("thunderbird-policies", "thunderbird", policies, policies_meant),
    ("thunderbird-mozilla-cfg", "thunderbird", mozilla_cfg, mozilla_cfg_meant),
    ("thunderbird-isp", "thunderbird", isp, isp_meant),
    ("thunderbird-android-qr", "thunderbird-android", qr, phone_meant),
    ("thunderbird-android-k9s", "thunderbird-android", k9s, phone_meant),
    ("fairemail-k9s", "fairemail", k9s, phone_meant),
)
