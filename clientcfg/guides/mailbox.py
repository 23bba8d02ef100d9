# SPDX-License-Identifier: MPL-2.0
"""The account whose page is made: safe to show, and looked up by the names that profiles use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from clientcfg.guides.phrases import login_words, security_words
from clientcfg.model.account import ServerLogin
from clientcfg.model.endpoint import Protocol
from clientcfg.model.mechanism import Mechanism
from clientcfg.words import _

# They join or part letters in some scripts, and a name may need them.
_JOINERS: Final = "\u200c\u200d"

_KINDS: Final = {
    "PLAIN": "password",
    "LOGIN": "password",
    "CRAM-MD5": "cram-md5",
    "DIGEST-MD5": "digest-md5",
    "NTLM": "ntlm",
    "GSSAPI": "gssapi",
    "XOAUTH2": "oauth2",
    "OAUTHBEARER": "oauth2",
    "EXTERNAL": "certificate",
}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One person's mailbox and its servers. It never holds a password.

    ``address`` None: nobody said whose it is. ``incoming`` None: for sending only.
    """

    address: str | None
    name: str
    outgoing: ServerLogin
    incoming: ServerLogin | None

    def server(self, side: str) -> ServerLogin | None:
        """The server of "incoming" or "outgoing"."""
        return self.outgoing if side == "outgoing" else self.incoming

    def value(self, name: str) -> str | None:
        """The value of that name in our words; None where there is none."""
        side, _dot, what = name.partition(".")
        if not what:
            return self._own(name)
        server = self.server(side)
        return None if server is None else _OF_A_SERVER[what](server)

    def _own(self, name: str) -> str:
        own = {
            "name": clean(self.name) or _("as others shall see it"),
            "address": clean(self.address or "") or _("your e-mail address"),
            "password": _("your password"),
        }
        return own[name]


def clean(text: str) -> str:
    """*text* on one line, with nothing in it that steers a terminal or turns text round."""
    return "".join(
        c if c.isprintable() or c in _JOINERS else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def login_kind(mechanism: Mechanism) -> str:
    """What kind of log-in *mechanism* is, as programs name them."""
    return _KINDS.get(mechanism, "scram" if mechanism.startswith("SCRAM-") else "password")


def _host_port(login: ServerLogin) -> str:
    endpoint = login.endpoint
    host = clean(endpoint.host)
    return f"[{host}]:{endpoint.port}" if ":" in host else f"{host}:{endpoint.port}"


_OF_A_SERVER: Final[dict[str, Callable[[ServerLogin], str]]] = {
    "kind": lambda login: "POP3" if login.endpoint.protocol is Protocol.POP3 else "IMAP",
    "host": lambda login: clean(login.endpoint.host),
    "port": lambda login: str(login.endpoint.port),
    "host-port": _host_port,
    "security": lambda login: security_words(login.endpoint.security),
    "auth": lambda login: login_words(login_kind(login.mechanism)),
    "user": lambda login: clean(login.username) or _("your user name"),
}
