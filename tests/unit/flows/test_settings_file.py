# SPDX-License-Identifier: MPL-2.0
"""A file from an administrator: its servers are proposed, and whatever else it is is said."""

import asyncio
import os
import plistlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientcfg.discover.apple_profile import read_apple_profile
from clientcfg.discover.careful_xml import LARGEST, NotReadable
from clientcfg.flows.settings_file import FoundInFile, servers_in_file
from clientcfg.formats.mobileconfig.cms import sign
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.trouble import WrongUsage
from tests.support.apple_profiles import chain, profile_bytes

ADA = Address.parse("ada@example.org")
SHEET = """<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="example.org">
<domain>example.org</domain>
<incomingServer type="pop3"><hostname>pop.%EMAILDOMAIN%</hostname><port>995</port>
<socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
<incomingServer type="imap"><hostname>imap.example.org</hostname><port>993</port>
<socketType>SSL</socketType><username>{user}</username></incomingServer>
<outgoingServer type="smtp"><hostname>{smtp}</hostname><port>587</port>
<socketType>STARTTLS</socketType><username>{user}</username></outgoingServer>
</emailProvider></clientConfig>"""
MAIL: dict[str, Any] = {
    "PayloadType": "com.apple.mail.managed",
    "EmailAccountType": "EmailTypePOP",
    "IncomingMailServerHostName": "pop.example.org",
    "IncomingMailServerPortNumber": 110,
    "IncomingMailServerUseSSL": True,
    "OutgoingMailServerHostName": "smtp.example.org",
    "OutgoingMailServerPortNumber": 465,
    "OutgoingMailServerUseSSL": True,
    "OutgoingMailServerUsername": "ada.l",
    "OutgoingPassword": "never taken",
}


def in_file(path: Path, address: Address = ADA) -> FoundInFile:
    async def work() -> list[FoundInFile]:
        return [found async for found in servers_in_file(str(path), address)]

    (found,) = asyncio.run(work())
    return found


def profile(**payload: object) -> bytes:
    return plistlib.dumps({"PayloadType": "Configuration", "PayloadContent": [payload]})


def end(protocol: Protocol, text: str) -> Endpoint:
    return Endpoint.parse(protocol, text)


def test_thunderbirds_file(tmp_path: Path) -> None:
    file = tmp_path / "config-v1.1.xml"
    file.write_text(SHEET.format(user="%EMAILADDRESS%", smtp="smtp.%EMAILDOMAIN%"))
    assert in_file(file) == FoundInFile(
        "config-v1.1.xml",
        end(Protocol.SMTP, "smtp.example.org:587/starttls"),
        end(Protocol.IMAP, "imap.example.org:993/tls"),
        None,
    )
    file.write_text(SHEET.format(user="%EMAILLOCALPART%", smtp="smtp.example.org"))
    assert in_file(file).username == "ada"


def test_an_apple_profile_and_its_password_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "mail.mobileconfig"
    file.write_bytes(profile(**MAIL))
    found = in_file(file)
    assert found.sending == end(Protocol.SMTP, "smtp.example.org:465/tls")
    assert found.receiving == end(Protocol.POP3, "pop.example.org:110/starttls")
    assert found.username == "ada.l"
    assert "never taken" not in repr(found)


def test_our_own_profile_signed_or_not(tmp_path: Path) -> None:
    plain, made = profile_bytes(), chain("ec")
    signed = sign(plain, made.leaf.key, [made.leaf.certificate])
    found = []
    for name, content in (("plain", plain), ("signed", signed)):
        file = tmp_path / f"{name}.mobileconfig"
        file.write_bytes(content)
        found.append(in_file(file))
    assert found[0].sending == found[1].sending
    assert found[0].receiving == found[1].receiving


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"<!DOCTYPE html><html></html>", "it is a web page"),
        (b"\x89PNG\r\n", "cannot be used"),
        (b"<clientConfig/>", "cannot be used"),
        (b" " * (LARGEST + 1), "it is larger than 256 KiB"),
        (SHEET.format(user="x", smtp="127.0.0.1").encode(), "no server for sending"),
        (profile(PayloadType="com.apple.wifi.managed"), "it sets no mail account up"),
        (b'<?xml version="1.0"?><plist>PayloadType', "it is no profile"),
        (b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "b">]><plist><string>PayloadType &a;'
         b"</string></plist>", "it is no profile"),
    ],
)  # fmt: skip
def test_what_is_none_is_said(content: bytes, why: str, tmp_path: Path) -> None:
    file = tmp_path / "file.xml"
    file.write_bytes(content)
    with pytest.raises(WrongUsage) as told:
        in_file(file)
    assert told.value.code == "not-a-settings-file"
    assert "“file.xml”" in told.value.text
    assert why in told.value.text
    assert told.value.advice


@pytest.mark.parametrize("kind", ["missing", "folder", "fifo"])
def test_what_is_no_file_keeps_nobody_waiting(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "thing"
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    with pytest.raises(WrongUsage, match="no ordinary file"):
        in_file(path)


def test_its_name_is_shown_with_what_hides_in_it(tmp_path: Path) -> None:
    file = tmp_path / "a\u202elmx.exe\nb.xml"
    file.write_text(SHEET.format(user="x", smtp="smtp.example.org"))
    name = in_file(file).name
    assert "\u202e" not in name and "\n" not in name
    file.write_bytes(b"")
    with pytest.raises(WrongUsage) as told:
        in_file(file)
    assert "\u202e" not in told.value.text and "\n" not in told.value.text


VALUES = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=40)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(sorted(MAIL)) | st.text(max_size=8), VALUES.filter(
    lambda value: value is not None
), max_size=12))  # fmt: skip
def test_any_payload_is_read_or_refused(payload: dict[str, Any]) -> None:
    try:
        data = plistlib.dumps({"PayloadContent": [{**MAIL, **payload}]})
    except (ValueError, OverflowError):
        return
    try:
        servers = read_apple_profile(data)
    except NotReadable:
        return
    assert all(0 < one.port < 65_536 and one.host == one.host.strip() for one in servers)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(junk: bytes) -> None:
    for data in (junk, b"<?xml" + junk + b"</plist>", profile(**MAIL)[:-40] + junk):
        try:
            read_apple_profile(data)
        except NotReadable:
            continue
