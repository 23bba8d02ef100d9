# SPDX-License-Identifier: MPL-2.0
"""A configuration profile: every key of its mail payload, and what an account is to be there."""

from collections.abc import Mapping

from clientcfg.model.account import Account
from tests.support.plist_reader import read_plist


def mail_payload(files: Mapping[str, bytes]) -> Mapping[object, object]:
    (content,) = files.values()
    profile = read_plist(content)
    (payload,) = profile["PayloadContent"]
    assert payload["PayloadType"] == "com.apple.mail.managed"
    return {key: value for key, value in payload.items() if not key.startswith("Payload")}


def mail_payload_meant(account: Account) -> Mapping[object, object]:
    incoming, outgoing = account.incoming, account.outgoing
    assert incoming is not None
    address = str(account.address)
    kind = "EmailTypePOP" if str(incoming.endpoint.protocol) == "pop3" else "EmailTypeIMAP"
    return {
        "EmailAccountType": kind,
        "EmailAccountDescription": address,
        "EmailAddress": address,
        **({"EmailAccountName": account.name} if account.name else {}),
        **{
            f"{side}MailServer{key}": value
            for side, login in (("Incoming", incoming), ("Outgoing", outgoing))
            for key, value in {
                "Authentication": "EmailAuthPassword",
                "HostName": login.endpoint.host,
                "PortNumber": login.endpoint.port,
                "UseSSL": True,
                "Username": login.username,
            }.items()
        },
        "OutgoingPasswordSameAsIncomingPassword": incoming.username == outgoing.username,
    }
