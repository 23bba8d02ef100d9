# SPDX-License-Identifier: MPL-2.0
"""Shared words in the terminal: protocols, securities and sources as people say them."""

import re

from clientcfg.model.endpoint import Protocol, Security
from clientcfg.words import _


def purpose(protocol: Protocol) -> str:
    """What a protocol is for."""
    return {
        Protocol.SMTP: _("Sending (SMTP)"),
        Protocol.IMAP: _("Reading (IMAP)"),
        Protocol.POP3: _("Fetching (POP3)"),
    }[protocol]


def security(value: Security) -> str:
    """How the connection is encrypted."""
    return {
        Security.TLS: _("encrypted from the start"),
        Security.STARTTLS: _("encrypted by STARTTLS"),
        Security.PLAIN: _("not encrypted"),
    }[value]


def encryption(value: Security) -> str:
    """The same as a table has room for."""
    return {
        Security.TLS: _("TLS"),
        Security.STARTTLS: _("STARTTLS"),
        Security.PLAIN: _("none"),
    }[value]


def common_name(name: str) -> str:
    """The CN of a distinguished name (RFC 4514), or all of it where there is none."""
    found = re.search(r"(?:^|,)CN=((?:[^,\\]|\\.)*)", name)
    return re.sub(r"\\(.)", r"\1", found[1]) if found else name


def source(name: str) -> str:
    """Who named a server."""
    return {"srv": _("DNS records (SRV)"), "named": _("You")}.get(name, name)
