# SPDX-License-Identifier: MPL-2.0
"""PLAIN: the name and the password, once (RFC 4616)."""

from clientcfg.model.mechanism import PLAIN
from clientcfg.model.secret import Secret
from clientcfg.sasl.conversation import Conversation, octets
from clientcfg.words import _


class Plain(Conversation):
    """Speaks first and only once; no authorization identity."""

    mechanism = PLAIN

    def __init__(self, username: str, secret: Secret) -> None:
        # Not prepared: RFC 4616 §2 leaves that to the server, and one that
        # compares octets would see another password.
        name = octets(username, _("user name"))
        self.initial = b"\0" + name + b"\0" + octets(secret.reveal(), _("password"))

    def answer(self, _challenge: bytes, /) -> bytes:
        """There is no second step."""
        raise self._unexpected()
