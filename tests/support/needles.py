# SPDX-License-Identifier: MPL-2.0
"""Finding a credential in bytes, whatever it was made into on its way."""

import base64
import binascii
import hmac
import re
from urllib.parse import quote

_BASE64_WORD = re.compile(rb"[A-Za-z0-9+/]{4,}={0,2}")
_LOG_IN = re.compile(
    rb"(?im)^(?:[a-z0-9]+ )?(?:AUTH(?:ENTICATE)? [A-Z0-9-]+.*|LOGIN .+|USER .+|PASS .+|APOP .+)\r?$"
)


def credentials_in(data: bytes, password: str, challenges: tuple[bytes, ...] = ()) -> set[str]:
    """What of the credential is in *data*: names of forms; empty where there is nothing.

    *challenges* are those of CRAM-MD5 and APOP that servers have said.
    """
    forms = _forms(password, challenges)
    found = {form for form, needle in forms if needle in data}
    for word in set(_BASE64_WORD.findall(data)):
        said = _decoded(word)
        found |= {f"{form}, in base64" for form, needle in forms if needle in said}
        # The client's first message of SCRAM, and the proof in its last.
        if said.startswith((b"n,,n=", b"y,,n=", b"p=")) or b",p=" in said:
            found.add("SCRAM")
    return found


def log_ins_in(data: bytes) -> list[bytes]:
    """Commands with which a log-in begins."""
    return _LOG_IN.findall(data)


def _forms(password: str, challenges: tuple[bytes, ...]) -> list[tuple[str, bytes]]:
    octets = password.encode()
    forms = [
        ("as it is", octets),
        ("as it is, in Latin-1", password.encode("latin-1", "replace")),
        ("quoted for IMAP", octets.replace(b"\\", b"\\\\").replace(b'"', b'\\"')),
        ("percent-encoded", quote(password).encode()),
        ("in hexadecimal", octets.hex().encode()),
        ("in hexadecimal, upper case", octets.hex().upper().encode()),
        ("in UTF-16", password.encode("utf-16-le")),
    ]
    # Base64 of anything that has it inside, wherever it begins.
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + octets)
        whole = coded[-(-before * 8 // 6) : (before + len(octets)) * 8 // 6]
        forms.append((f"in base64, {before} octets behind", whole))
    forms += [
        (f"a digest ({name})", hmac.new(octets, challenge, name).hexdigest().encode())
        for challenge in challenges
        for name in ("md5", "sha1", "sha256")
    ]
    return forms


def _decoded(word: bytes) -> bytes:
    try:
        return base64.b64decode(word + b"=" * (-len(word) % 4))
    except binascii.Error:
        return b""
