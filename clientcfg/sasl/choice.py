# SPDX-License-Identifier: MPL-2.0
"""Which mechanisms we speak, which is best, and how one begins."""

from collections.abc import Callable, Iterable

from clientcfg.model.mechanism import (
    CRAM_MD5,
    LOGIN,
    OAUTHBEARER,
    PLAIN,
    PREFERENCE,
    SCRAM_SHA_1,
    SCRAM_SHA_256,
    XOAUTH2,
    Mechanism,
)
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No
from clientcfg.sasl.bearer import OAuthBearer, XOAuth2
from clientcfg.sasl.conversation import Conversation
from clientcfg.sasl.cram_md5 import CramMd5
from clientcfg.sasl.login import Login
from clientcfg.sasl.plain import Plain
from clientcfg.sasl.scram import Scram
from clientcfg.words import _

_ONE_WAY: dict[Mechanism, Callable[[str, Secret], Conversation]] = {
    PLAIN: Plain,
    LOGIN: Login,
    CRAM_MD5: CramMd5,
    XOAUTH2: XOAuth2,
    OAUTHBEARER: OAuthBearer,
}

SUPPORTED: frozenset[Mechanism] = frozenset({*_ONE_WAY, SCRAM_SHA_1, SCRAM_SHA_256})


def choose(offered: Iterable[Mechanism]) -> Mechanism | None:
    """The best password mechanism of *offered*, None where we have none of them."""
    there = frozenset(offered)
    return next((m for m in PREFERENCE if m in there and m in SUPPORTED), None)


def conversation(
    mechanism: Mechanism, username: str, secret: Secret, *, nonce: str | None = None
) -> Conversation:
    """One log-in attempt by *mechanism*; *secret* is a password or an access token.

    *nonce* is for published examples only; SCRAM makes its own. Raises
    :class:`No` for a mechanism we do not speak and :class:`WrongUsage` for a
    name or secret that it cannot carry.
    """
    if mechanism in (SCRAM_SHA_1, SCRAM_SHA_256):
        return Scram(mechanism, username, secret, nonce)
    if mechanism not in _ONE_WAY:
        raise No(
            "mechanism-not-spoken",
            _("clientcfg cannot log in by {mechanism}.").format(mechanism=mechanism),
            _("Let the mail program itself log in."),
        )
    return _ONE_WAY[mechanism](username, secret)
