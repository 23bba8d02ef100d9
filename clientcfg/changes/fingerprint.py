# SPDX-License-Identifier: MPL-2.0
"""How a journal recognises a content without holding it.

The digest of a file whose text is known except for a short password would let
whoever reads the journal try passwords quickly. So contents that hold secrets
are salted and go through scrypt (RFC 7914).
"""

import hashlib
import hmac
import secrets

ABSENT = "absent"
_COST = 2**14
_BLOCK = 8


def fingerprint(content: bytes | None, *, sensitive: bool) -> str:
    """A text that :func:`matches` *content* alone; "absent" for no file."""
    if content is None:
        return ABSENT
    digest = hashlib.sha256(content)
    if not sensitive:
        return "sha256:" + digest.hexdigest()
    salt = secrets.token_bytes(16)
    return f"scrypt:{_COST}:{salt.hex()}:{_slow(digest.digest(), salt, _COST).hex()}"


def matches(mark: str, content: bytes | None) -> bool:
    """Whether *mark* was made of this very content."""
    kind, *rest = mark.split(":")
    if content is None or kind == ABSENT:
        return content is None and kind == ABSENT
    digest = hashlib.sha256(content)
    if kind == "sha256":
        return hmac.compare_digest(rest[0], digest.hexdigest())
    cost, salt, expected = rest
    found = _slow(digest.digest(), bytes.fromhex(salt), int(cost))
    return hmac.compare_digest(found, bytes.fromhex(expected))


def _slow(digest: bytes, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(digest, salt=salt, n=cost, r=_BLOCK, p=1, dklen=32)
