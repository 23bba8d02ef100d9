# SPDX-License-Identifier: MPL-2.0
"""Servers in Thunderbird's numbers: what is written for an endpoint and a mechanism.

``try_ssl`` and ``socketType`` 1 ("if available") is never written: to a current
Thunderbird it means no TLS at all. Nor are the authMethods 1, 2, 7, 8 and 9:
with them SMTP sends no AUTH, or one that the server did not agree to.
"""

from collections.abc import Mapping
from urllib.parse import quote

from clientcfg.formats.in_the_clear import in_the_clear
from clientcfg.formats.prefs_js_text import PrefValue
from clientcfg.model.account import ServerLogin
from clientcfg.model.endpoint import Protocol, Security, is_literal_loopback
from clientcfg.model.mechanism import (
    CRAM_MD5,
    GSSAPI,
    LOGIN,
    NTLM,
    OAUTHBEARER,
    PLAIN,
    XOAUTH2,
    Mechanism,
)
from clientcfg.model.trouble import No
from clientcfg.words import _

_SOCKET = {Security.PLAIN: 0, Security.STARTTLS: 2, Security.TLS: 3}
_AUTH_METHOD: Mapping[Mechanism, int] = {
    PLAIN: 3,
    LOGIN: 3,
    CRAM_MD5: 4,
    GSSAPI: 5,
    NTLM: 6,
    XOAUTH2: 10,
    OAUTHBEARER: 10,
}

# As Thunderbird's own account set-up fills in for POP3.
_POP3_EXTRAS: Mapping[str, PrefValue] = {
    "leave_on_server": True,
    "num_days_to_leave_on_server": 14,
    "delete_by_age_from_server": True,
    "delete_mail_left_on_server": True,
    "download_on_biff": True,
}

# Sent mail, drafts, templates, as Thunderbird names their folders itself.
FOLDERS = ("Sent", "Drafts", "Templates")

TYPES = {Protocol.IMAP: "imap", Protocol.POP3: "pop3"}
_SCHEMES = {Protocol.IMAP: "imap", Protocol.POP3: "mailbox", Protocol.SMTP: "smtp"}


def outgoing_prefs(login: ServerLogin) -> dict[str, PrefValue]:
    """What stands below ``mail.smtpserver.KEY.`` for *login*."""
    return {
        "hostname": login.endpoint.host,
        "port": login.endpoint.port,
        "try_ssl": _socket(login),
        "authMethod": _auth_method(login),
        "username": login.username,
    }


def incoming_prefs(login: ServerLogin) -> dict[str, PrefValue]:
    """What stands below ``mail.server.KEY.`` for *login*."""
    prefs: dict[str, PrefValue] = {
        "type": TYPES[login.endpoint.protocol],
        "hostname": login.endpoint.host,
        "port": login.endpoint.port,
        "socketType": _socket(login),
        "authMethod": _auth_method(login),
        "userName": login.username,
        "login_at_startup": True,
        "check_new_mail": True,
    }
    if login.endpoint.protocol is Protocol.POP3:
        prefs |= _POP3_EXTRAS
    return prefs


def folder_prefs(login: ServerLogin) -> dict[str, PrefValue]:
    """Where sent mail, drafts and templates go, below ``mail.identity.KEY.``."""
    host = f"[{login.endpoint.host}]" if ":" in login.endpoint.host else login.endpoint.host
    # Half a surrogate pair passes here; as a pref of its own the user name is refused then.
    user = quote(login.username, safe="", errors="surrogatepass")
    root = f"{_SCHEMES[login.endpoint.protocol]}://{user}@{host}"
    sent, drafts, templates = (f"{root}/{name}" for name in FOLDERS)
    return {
        "fcc_folder": sent,
        "fcc_folder_picker_mode": "0",
        "draft_folder": drafts,
        "drafts_folder_picker_mode": "0",
        "stationery_folder": templates,
        "tmpl_folder_picker_mode": "0",
    }


def login_origin(protocol: Protocol, host: str) -> str:
    """The origin under which Thunderbird looks a password up: no port, no user."""
    return f"{_SCHEMES[protocol]}://{f'[{host}]' if ':' in host else host}"


def _socket(login: ServerLogin) -> int:
    endpoint = login.endpoint
    if endpoint.security is Security.PLAIN and not is_literal_loopback(endpoint.host):
        raise in_the_clear(endpoint.host)
    return _SOCKET[endpoint.security]


def _auth_method(login: ServerLogin) -> int:
    method = _AUTH_METHOD.get(login.mechanism)
    if method is None:
        raise No(
            "mechanism-not-known",
            _("Thunderbird cannot log in with {mechanism}, which was chosen for {host}.").format(
                mechanism=login.mechanism, host=login.endpoint.host
            ),
            _("Ask the server’s administrator for PLAIN inside TLS."),
        )
    return method
