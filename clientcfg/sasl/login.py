# SPDX-License-Identifier: MPL-2.0
"""LOGIN: asked for the name, then for the password. No RFC, but everywhere."""

from clientcfg.model.mechanism import LOGIN
from clientcfg.model.secret import Secret
from clientcfg.sasl.conversation import Conversation, octets
from clientcfg.words import _


class Login(Conversation):
    """Two answers in order; what the prompts say differs by server and does not count."""

    mechanism = LOGIN

    def __init__(self, username: str, secret: Secret) -> None:
        self._answers = [
            octets(secret.reveal(), _("password")),
            octets(username, _("user name")),
        ]

    def answer(self, _challenge: bytes, /) -> bytes:
        """The name, then the password; nothing for a third question."""
        if not self._answers:
            raise self._unexpected()
        return self._answers.pop()
