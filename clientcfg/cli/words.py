# SPDX-License-Identifier: MPL-2.0
"""Shared words in the terminal: protocols, securities and sources as people say them."""

from clientcfg.model.endpoint import Protocol
from clientcfg.words import _


def purpose(protocol: Protocol) -> str:
    """What a protocol is for."""
    return {
        Protocol.SMTP: _("Sending (SMTP)"),
        Protocol.IMAP: _("Reading (IMAP)"),
        Protocol.POP3: _("Fetching (POP3)"),
    }[protocol]
