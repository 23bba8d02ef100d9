# SPDX-License-Identifier: MPL-2.0
"""Text that wants to be more than text, and accounts made of it."""

import unicodedata
from dataclasses import replace

from hypothesis import strategies as st

from clientcfg.model.account import Account, ServerLogin, TrustedCertificate
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import (
    CRAM_MD5,
    GSSAPI,
    LOGIN,
    NTLM,
    OAUTHBEARER,
    PLAIN,
    SCRAM_SHA_256,
    XOAUTH2,
    Mechanism,
)

# What ends a string, a statement, a line, a section or a document in some grammar.
FRAGMENTS = (
    '"', "'", "\\", "\\\\", '\\"', "\n", "\r", "\r\n", "\0", "\t", "\x1b[2J", ";", ",", "#", "//",
    "/*", "*/", "=", ":", "[", "]", "{", "}", "%", "%n", "$HOME", "`id`", "|", "<", ">", "&", "@",
    "..", "/", " ", "\\u0022", "\\x22", "\\ud83d", "\u2028", "\u202e", "\ufeff", "\x85", "\x7f",
    "\ud800", "\udcff", "😀", "ü", "\u0301",
    '"); user_pref("mail.evil", true); //', "\nuser_pref(\"mail.evil\", true);\n",
    '","evil":"', '"}],"evil":[{"', "\n[Install0]\nDefault=evil\n", "account1", "smtp1,smtp2",
    "\n.\nset evil=yes\n", "machine evil login", "-----BEGIN", "${evil}", "x" * 300,
)  # fmt: skip

texts = st.lists(st.sampled_from(FRAGMENTS) | st.characters(), max_size=6).map("".join)
"""Anything at all, control characters and half surrogates too."""

MECHANISMS = (
    PLAIN, LOGIN, CRAM_MD5, GSSAPI, NTLM, XOAUTH2, OAUTHBEARER, SCRAM_SHA_256,
    Mechanism("EXTERNAL"), Mechanism("ANONYMOUS"),
)  # fmt: skip


def printable(text: str) -> bool:
    """Without control characters and half surrogates: text that no format may refuse."""
    return not any(unicodedata.category(c) in {"Cc", "Cs"} for c in text)


printables = texts.map(lambda text: "".join(c for c in text if printable(c)))

_labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
_hosts = st.lists(_labels, min_size=1, max_size=3).map(".".join) | st.sampled_from(
    ["2001:db8::25", "192.0.2.25"]
)
_ports = st.integers(1, 65535)


def _logins(
    protocols: tuple[Protocol, ...],
    text: st.SearchStrategy[str],
    hosts: st.SearchStrategy[str],
    securities: tuple[Security, ...],
    mechanisms: tuple[Mechanism, ...],
) -> st.SearchStrategy[ServerLogin]:
    endpoints = st.builds(
        Endpoint, st.sampled_from(protocols), hosts, _ports, st.sampled_from(securities)
    )
    return st.builds(ServerLogin, endpoints, text, st.sampled_from(mechanisms))


_fingerprints = st.none() | st.binary(min_size=32, max_size=32).map(bytes.hex)


def _trusting(account: Account, *fingerprints: str | None) -> Account:
    """*account* with certificates for sending and for reading, where there are fingerprints."""
    logins = (account.outgoing, account.incoming)
    certificates = tuple(
        TrustedCertificate(login.endpoint, sha256)
        for login, sha256 in zip(logins, fingerprints, strict=True)
        if login is not None and sha256 is not None
    )
    return replace(account, trusted_certificates=certificates)


def accounts(
    text: st.SearchStrategy[str],
    *,
    hosts: st.SearchStrategy[str] | None = None,
    securities: tuple[Security, ...] = (Security.TLS, Security.STARTTLS),
    mechanisms: tuple[Mechanism, ...] = (PLAIN, LOGIN, CRAM_MD5),
    stores: st.SearchStrategy[bool] | None = None,
) -> st.SearchStrategy[Account]:
    """Accounts whose every name is *text*; *hosts* too where they are to be hostile."""

    def logins(*protocols: Protocol) -> st.SearchStrategy[ServerLogin]:
        return _logins(protocols, text, _hosts if hosts is None else hosts, securities, mechanisms)

    bare = st.builds(
        Account,
        st.builds(Address, text, _hosts if hosts is None else hosts),
        text,
        logins(Protocol.SMTP),
        logins(Protocol.IMAP, Protocol.POP3),
        stores or st.booleans(),
    )
    return st.builds(_trusting, bare, _fingerprints, _fingerprints)


ordinary = accounts(st.from_regex(r"[A-Za-z]{1,8}(\.[a-z]{1,8})?", fullmatch=True))
hostile = accounts(texts, hosts=texts)
hostile_but_printable = accounts(printables)
any_strength = accounts(
    st.just("ada"),
    hosts=st.sampled_from(["mail.example.org", "127.0.0.1", "::1", "localhost", "192.0.2.1"]),
    securities=tuple(Security),
    mechanisms=MECHANISMS,
)
