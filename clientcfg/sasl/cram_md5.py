# SPDX-License-Identifier: MPL-2.0
"""CRAM-MD5: a keyed digest of the server's challenge (RFC 2195)."""

import hmac

from clientcfg.model.mechanism import CRAM_MD5
from clientcfg.model.secret import Secret
from clientcfg.sasl.conversation import Conversation, octets
from clientcfg.words import _


class CramMd5(Conversation):
    """The server speaks first; one answer."""

    mechanism = CRAM_MD5

    def __init__(self, username: str, secret: Secret) -> None:
        self._name = octets(username, _("user name"))
        self._key: bytes | None = octets(secret.reveal(), _("password"))

    def answer(self, challenge: bytes, /) -> bytes:
        """``name SP digest``; refused for an empty challenge and for a second one."""
        if self._key is None or not challenge:
            raise self._unexpected()
        key, self._key = self._key, None
        return self._name + b" " + hmac.new(key, challenge, "md5").hexdigest().encode()
