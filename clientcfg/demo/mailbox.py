# SPDX-License-Identifier: MPL-2.0
"""The demo's one account: a name, a password and a mailbox that lives in memory."""

import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime

from clientcfg.model.address import Address
from clientcfg.model.secret import Secret


@dataclass(slots=True)
class Stored:
    """One message. ``uid`` is never used twice; ``flags`` as IMAP writes them."""

    uid: int
    content: bytes
    arrived: datetime
    flags: set[bytes] = field(default_factory=set)

    @property
    def header(self) -> bytes:
        """The header section with its empty line."""
        head, blank, _body = self.content.partition(b"\r\n\r\n")
        return head + blank


class Mailbox:
    """Messages in the order in which they came. ``next_uid`` was never given away."""

    def __init__(self) -> None:
        self.next_uid = 1
        self.messages: list[Stored] = []
        self.validity = int(datetime.now(UTC).timestamp())
        self.pop3_holds_it = False

    def deliver(self, content: bytes) -> int:
        """Keep a message; its UID."""
        stored = Stored(self.next_uid, content, datetime.now(UTC))
        self.next_uid += 1
        self.messages.append(stored)
        return stored.uid

    def remove(self, uids: set[int]) -> None:
        """Forget these messages for good."""
        self.messages = [m for m in self.messages if m.uid not in uids]


class DemoAccount:
    """Who may log in, and where that person's mail lies."""

    def __init__(self, address: Address, password: Secret) -> None:
        self.address = address
        self.password = password
        self.mailbox = Mailbox()

    def admits(self, name: bytes, password: bytes) -> bool:
        """Whether this is the account's own name and password."""
        right_name = hmac.compare_digest(name, str(self.address).encode())
        return hmac.compare_digest(password, self.password.reveal().encode()) and right_name

    def admits_plain(self, response: bytes) -> bool:
        """The same for a PLAIN response (RFC 4616 §2), without another identity."""
        parts = response.split(b"\0")
        if len(parts) != 3 or parts[0] not in (b"", parts[1]):
            return False
        return self.admits(parts[1], parts[2])
