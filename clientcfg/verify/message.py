# SPDX-License-Identifier: MPL-2.0
"""The one message to oneself (RFC 5322, RFC 3834 §5)."""

import secrets
from dataclasses import dataclass
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import localtime

from clientcfg.model.address import Address
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Message:
    """``data`` as it goes over the wire; ``message_id`` with its angle brackets."""

    message_id: str
    data: bytes


def subject() -> str:
    """What stands above it."""
    return _("Your mail program can send: a test by clientcfg")


def message_to_oneself(address: Address, name: str = "") -> Message:
    """A message that says what it is, with a Message-ID that never was before."""
    policy = SMTP if address.local.isascii() else SMTPUTF8
    message = EmailMessage(policy=policy)
    message_id = f"<clientcfg.{secrets.token_hex(16)}@{address.domain}>"
    shown = "".join(c if c.isprintable() else " " for c in name).strip()
    mailbox = Mailbox(shown, address.local, address.domain)
    message["From"] = mailbox
    message["To"] = mailbox
    message["Subject"] = subject()
    message["Date"] = localtime()
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        _(
            "clientcfg sent this message from you to you, to see that sending\n"
            "with SMTP-Auth works. Nothing is to be done; you may delete it.\n"
        ),
        cte="quoted-printable",
    )
    return Message(message_id, message.as_bytes())
