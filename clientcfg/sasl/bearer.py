# SPDX-License-Identifier: MPL-2.0
"""OAuth 2.0 access tokens: OAUTHBEARER (RFC 7628) and XOAUTH2 (Google's older form)."""

import re
from abc import abstractmethod

from clientcfg.model.mechanism import OAUTHBEARER, XOAUTH2
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import WrongUsage
from clientcfg.sasl.conversation import Conversation, octets
from clientcfg.sasl.scram import sasl_name
from clientcfg.words import _

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # b64token of RFC 6750 §2.1
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")


class _Bearer(Conversation):
    """Speaks first. A challenge can only be the reason of a refusal, as JSON."""

    _acknowledgement: bytes

    def __init__(self, username: str, secret: Secret) -> None:
        name = octets(username, _("user name"))
        token = secret.reveal()
        if _CONTROL.search(name) or not _TOKEN.fullmatch(token):
            # Either could add a field of its own.
            raise WrongUsage(
                "not-a-token", _("The user name or the access token is not written like one.")
            )
        self.initial = self._header(name) + b"auth=Bearer " + token.encode() + b"\x01\x01"
        self._refused = False

    @abstractmethod
    def _header(self, name: bytes) -> bytes:
        """What stands before the token."""

    def answer(self, _challenge: bytes, /) -> bytes:
        """Takes note of the refusal, so that the server can end the exchange."""
        if self._refused:
            raise self._unexpected()
        self._refused = True
        return self._acknowledgement


class OAuthBearer(_Bearer):
    """RFC 7628 §3.1; host and port are left out, the channel says them."""

    mechanism = OAUTHBEARER
    _acknowledgement = b"\x01"

    def _header(self, name: bytes) -> bytes:
        return b"n,a=" + sasl_name(name) + b",\x01"


class XOAuth2(_Bearer):
    """``user=`` instead of a GS2 header; a refusal is answered with nothing."""

    mechanism = XOAUTH2
    _acknowledgement = b""

    def _header(self, name: bytes) -> bytes:
        return b"user=" + name + b"\x01"
