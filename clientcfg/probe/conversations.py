# SPDX-License-Identifier: MPL-2.0
"""The conversation that an endpoint's protocol wants."""

import socket
from functools import lru_cache

from clientcfg.model.address import host_name
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.relay import RelayQuestion
from clientcfg.model.trouble import WrongUsage
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.imap import ImapConversation
from clientcfg.probe.pop3 import Pop3Conversation
from clientcfg.probe.smtp import SmtpConversation
from clientcfg.probe.transcript import Clock


def conversation(
    endpoint: Endpoint,
    clock: Clock,
    *,
    stay: bool = False,
    brief: bool = False,
    relay: RelayQuestion | None = None,
) -> Conversation:
    """A new one; see :class:`Conversation`. *relay* is for SMTP."""
    match endpoint.protocol:
        case Protocol.SMTP:
            name = _own_name()
            return SmtpConversation(
                endpoint, clock, stay=stay, brief=brief, own_name=name, relay=relay
            )
        case Protocol.IMAP:
            return ImapConversation(endpoint, clock, stay=stay, brief=brief)
        case Protocol.POP3:
            return Pop3Conversation(endpoint, clock, stay=stay, brief=brief)


@lru_cache(maxsize=1)
def _own_name() -> str:
    """This machine's name in full, without asking the network for it."""
    try:
        name = host_name(socket.gethostname())
    except WrongUsage:
        name = "localhost"
    return name if "." in name else f"{name}.localdomain"
