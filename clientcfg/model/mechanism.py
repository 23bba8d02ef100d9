# SPDX-License-Identifier: MPL-2.0
"""SASL mechanism names (RFC 4422 §3.1), upper case, as servers print them."""

import re
from typing import Final, NewType

Mechanism = NewType("Mechanism", str)

PLAIN: Final = Mechanism("PLAIN")
LOGIN: Final = Mechanism("LOGIN")
CRAM_MD5: Final = Mechanism("CRAM-MD5")
SCRAM_SHA_1: Final = Mechanism("SCRAM-SHA-1")
SCRAM_SHA_256: Final = Mechanism("SCRAM-SHA-256")
XOAUTH2: Final = Mechanism("XOAUTH2")
OAUTHBEARER: Final = Mechanism("OAUTHBEARER")
GSSAPI: Final = Mechanism("GSSAPI")
NTLM: Final = Mechanism("NTLM")
EXTERNAL: Final = Mechanism("EXTERNAL")

# Mechanisms that prove a password which the person knows.
PASSWORD_MECHANISMS: Final = frozenset(
    {PLAIN, LOGIN, CRAM_MD5, SCRAM_SHA_1, SCRAM_SHA_256, Mechanism("DIGEST-MD5"), NTLM}
)

# Mechanisms that prove a sign-in at an OAuth 2.0 provider (RFC 7628, and its forerunner).
SIGN_INS: Final = (OAUTHBEARER, XOAUTH2)

# Best first, inside TLS: what proves most and fails least. A CRAM-MD5 that is
# announced but not backed by a plain-text store is the commonest false
# announcement, so PLAIN inside TLS stands before it.
PREFERENCE: Final = (SCRAM_SHA_256, PLAIN, LOGIN, SCRAM_SHA_1, CRAM_MD5)

_NAME = re.compile(r"[A-Z0-9_-]{1,20}")


def mechanism(word: str) -> Mechanism | None:
    """The mechanism that *word* names, or None where it cannot be a name (RFC 4422 §3.1)."""
    upper = word.upper()
    return Mechanism(upper) if _NAME.fullmatch(upper) else None
