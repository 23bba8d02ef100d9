# SPDX-License-Identifier: MPL-2.0
"""What every mechanism looks like from outside (RFC 4422 §3)."""

from abc import ABC, abstractmethod

from clientcfg.model.mechanism import Mechanism
from clientcfg.model.trouble import Refused, WrongUsage
from clientcfg.words import _


class SaslTrouble(Refused):
    """The server said something that the mechanism forbids, or did not prove who it is."""


class Conversation(ABC):
    """One authentication attempt, without any I/O; used once.

    ``initial`` is what the client says first, None where the server begins.
    It is sent with the command or, where that cannot be, as the answer to an
    empty challenge.
    """

    mechanism: Mechanism
    initial: bytes | None = None
    _proof_owed = False

    @abstractmethod
    def answer(self, challenge: bytes, /) -> bytes:
        """The response to *challenge*, both without base64.

        Raises :class:`SaslTrouble` for a challenge that cannot be; the
        exchange has to be cancelled then.
        """

    def finish(self) -> None:
        """Call when the server reports success.

        Raises :class:`SaslTrouble` where the mechanism makes the server prove
        itself and it has not.
        """
        if self._proof_owed:
            raise SaslTrouble(
                "server-not-proved",
                _("The server said that the log-in succeeded without proving that it knows you."),
                _("Do not use this server before its administrator has explained that."),
            )

    def _unexpected(self) -> SaslTrouble:
        return SaslTrouble(
            "sasl-unexpected-challenge",
            _("The server asked for something that {mechanism} does not have.").format(
                mechanism=self.mechanism
            ),
            _("Nothing more was sent to it. Tell whoever runs the server."),
        )


def octets(text: str, what: str) -> bytes:
    """*text* in UTF-8; *what* names it where it is empty or has a NUL, never its value.

    Raises :class:`WrongUsage` (RFC 4616 §2 forbids both).
    """
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        encoded = b""
    if not encoded or b"\0" in encoded:
        raise WrongUsage(
            "not-for-a-log-in",
            _("The {what} is empty or has a character that no mail server takes.").format(
                what=what
            ),
        )
    return encoded
