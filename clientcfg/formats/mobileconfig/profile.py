# SPDX-License-Identifier: MPL-2.0
"""The profile itself: a dictionary, written as an XML property list by plistlib alone."""

import plistlib
from dataclasses import replace
from typing import Any, Final

from clientcfg.formats.in_the_clear import in_the_clear
from clientcfg.formats.mobileconfig import text
from clientcfg.formats.mobileconfig.authentication import authentication
from clientcfg.formats.mobileconfig.authorities import Authority
from clientcfg.formats.mobileconfig.identity import MAIL, PROFILE, ROOT, Identity
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.export import Wanted
from clientcfg.model.plan import Content
from clientcfg.model.secret import Hole
from clientcfg.model.trouble import No
from clientcfg.words import _, quoted

_TYPES: Final = {Protocol.IMAP: "EmailTypeIMAP", Protocol.POP3: "EmailTypePOP"}
_PASSWORDS: Final = ("IncomingPassword", "OutgoingPassword")

Payload = dict[str, Any]


def incoming_of(account: Account) -> ServerLogin:
    """Where mail is read. Raises :class:`No`: a profile has to name such a server."""
    if account.incoming is None:
        raise No(
            "no-incoming-server",
            _("A profile for Mail has to name a server to read mail from, and none is known."),
            _("Name it with --imap HOST or --pop3 HOST."),
        )
    return account.incoming


def content_of(account: Account, wanted: Wanted, authorities: tuple[Authority, ...]) -> Content:
    """The file; the same for the same account and wishes, byte for byte.

    Raises a :class:`Trouble` where a profile cannot say what is right.
    """
    domain = text.host(account.address.domain)
    account = replace(account, address=replace(account.address, domain=domain))
    address = text.written(str(account.address), text.USER)
    identity = Identity(account.address)
    mail = _mail(account, address, wanted, identity)
    payloads = (mail, *(_authority(one, identity) for one in authorities))
    whole = _whole(account, wanted, identity, payloads)
    if authorities:
        whole["PayloadDescription"] += " " + _(
            "It brings authorities along to trust: {names}."
        ).format(names=", ".join(quoted(one.name) for one in authorities))
    if not wanted.with_password:
        return (plistlib.dumps(whole),)
    mark = "●"
    while mark.encode() in plistlib.dumps(whole):
        mark += "●"
    mail |= dict.fromkeys(_PASSWORDS, mark)
    before, between, after = plistlib.dumps(whole).split(mark.encode())
    return (before, Hole("password", "xml-text"), between, Hole("password", "xml-text"), after)


def _whole(
    account: Account, wanted: Wanted, identity: Identity, payloads: tuple[Payload, ...]
) -> Payload:
    password = (
        _("It holds the password.")
        if wanted.with_password
        else _("It holds no password; you are asked for it.")
    )
    sets_up = _("Sets up the mail account {address}.").format(address=account.address)
    whole: Payload = {
        "PayloadContent": list(payloads),
        "PayloadDescription": f"{sets_up} {password}",
        "PayloadDisplayName": _("Mail ({address})").format(address=account.address),
        "PayloadIdentifier": identity.profile,
        "PayloadRemovalDisallowed": False,
        "PayloadScope": "User",  # on macOS mail accounts belong to a person
        "PayloadType": PROFILE,
        "PayloadUUID": identity.uuid(PROFILE),
        "PayloadVersion": 1,
    }
    if wanted.organization:
        whole["PayloadOrganization"] = text.written(wanted.organization)
    if wanted.consent:
        whole["ConsentText"] = {"default": text.written(wanted.consent, text.CONSENT, lines=True)}
    return whole


def _mail(account: Account, address: str, wanted: Wanted, identity: Identity) -> Payload:
    incoming, outgoing = incoming_of(account), account.outgoing
    payload: Payload = {
        "EmailAccountDescription": address,
        "EmailAccountType": _TYPES[incoming.endpoint.protocol],
        "EmailAddress": address,
        "OutgoingPasswordSameAsIncomingPassword": incoming.username == outgoing.username,
        "PayloadDescription": _("A mail account with its two servers."),
        "PayloadDisplayName": _("Mail ({address})").format(address=address),
        "PayloadIdentifier": identity.account,
        "PayloadType": MAIL,
        "PayloadUUID": identity.uuid(MAIL),
        "PayloadVersion": 1,
    }
    if account.name:
        payload["EmailAccountName"] = text.written(account.name)
    for which, login in (("Incoming", incoming), ("Outgoing", outgoing)):
        payload |= _server(f"{which}MailServer", login, wanted)
    return payload


def _server(prefix: str, login: ServerLogin, wanted: Wanted) -> Payload:
    endpoint = login.endpoint
    if endpoint.security is Security.PLAIN:
        raise in_the_clear(endpoint.host)
    offered = wanted.mechanisms.get((endpoint.host, endpoint.port), ())
    return {
        f"{prefix}Authentication": authentication(login, offered),
        f"{prefix}HostName": text.host(endpoint.host),
        f"{prefix}PortNumber": endpoint.port,
        # Said always: what is meant without it has changed once, and differs by port.
        f"{prefix}UseSSL": True,
        f"{prefix}Username": text.written(login.username, text.USER),
    }


def _authority(authority: Authority, identity: Identity) -> Payload:
    return {
        "PayloadCertificateFileName": f"{authority.sha256[:16]}.cer",
        "PayloadContent": authority.der,
        "PayloadDescription": _("A certificate authority, SHA-256 {sha256}").format(
            sha256=authority.sha256
        ),
        "PayloadDisplayName": authority.name,
        "PayloadIdentifier": identity.authority(authority.der),
        "PayloadType": ROOT,
        "PayloadUUID": identity.uuid(ROOT, authority.der),
        "PayloadVersion": 1,
    }
