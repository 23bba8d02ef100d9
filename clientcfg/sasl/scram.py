# SPDX-License-Identifier: MPL-2.0
"""SCRAM-SHA-1 and SCRAM-SHA-256 without channel binding (RFC 5802, RFC 7677).

The server proves that it knows the password too: its signature is checked
before anybody may call the log-in a success.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets

from clientcfg.model.mechanism import SCRAM_SHA_1, SCRAM_SHA_256, Mechanism
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, WrongUsage
from clientcfg.sasl.conversation import Conversation, SaslTrouble, octets
from clientcfg.sasl.saslprep import saslprep
from clientcfg.words import _

LEAST_ITERATIONS = 4096  # RFC 7677 §4
MOST_ITERATIONS = 1_000_000  # a second or so; more is an attack on our processor

_HASH = {SCRAM_SHA_1: "sha1", SCRAM_SHA_256: "sha256"}
_GS2_HEADER = b"n,,"
_NONCE = re.compile(r"[\x21-\x2b\x2d-\x7e]+")
_SERVER_FIRST = re.compile(
    rb"r=(?P<nonce>[\x21-\x2b\x2d-\x7e]+),s=(?P<salt>[A-Za-z0-9+/=]+)"
    rb",i=(?P<count>[1-9][0-9]{0,8})(?:,[A-Za-z]=.*)?",
    re.DOTALL,
)
_SERVER_FINAL = re.compile(rb"(?P<kind>[ve])=(?P<value>[^,]+)(?:,[A-Za-z]=.*)?", re.DOTALL)


class Scram(Conversation):
    """Speaks first; then a proof, then the server's signature."""

    def __init__(
        self, mechanism: Mechanism, username: str, secret: Secret, nonce: str | None
    ) -> None:
        self.mechanism = mechanism
        self._hash = _HASH[mechanism]
        self._password = _prepared(secret.reveal(), _("password"), stored=True)
        self._nonce = secrets.token_urlsafe(24) if nonce is None else nonce
        if not _NONCE.fullmatch(self._nonce):
            raise ValueError("a nonce is printable ASCII without a comma")
        name = _prepared(username, _("user name"), stored=False)
        self._first_bare = b"n=" + sasl_name(name) + b",r=" + self._nonce.encode()
        self.initial = _GS2_HEADER + self._first_bare
        self._signature: bytes | None = None
        self._proof_owed = True

    def answer(self, challenge: bytes, /) -> bytes:
        """The proof, then an empty answer to a signature that is right."""
        if not self._proof_owed:
            raise self._unexpected()
        if self._signature is None:
            return self._prove(challenge)
        self._check(challenge, self._signature)
        return b""

    def _prove(self, challenge: bytes) -> bytes:
        match = _SERVER_FIRST.fullmatch(challenge)
        if match is None:
            raise self._unexpected()
        nonce, count = match["nonce"], int(match["count"])
        ours = self._nonce.encode()
        if not nonce.startswith(ours) or nonce == ours:
            raise self._unexpected()
        try:
            salt = base64.b64decode(match["salt"], validate=True)
        except binascii.Error:
            raise self._unexpected() from None
        if not LEAST_ITERATIONS <= count <= MOST_ITERATIONS:
            raise SaslTrouble(
                "scram-iterations",
                _("The server wants {count} rounds of hashing; {least} to {most} are safe.").format(
                    count=count, least=LEAST_ITERATIONS, most=MOST_ITERATIONS
                ),
                _("Tell whoever runs the server to set a usual number."),
            )
        salted = hashlib.pbkdf2_hmac(self._hash, self._password, salt, count)
        final_bare = b"c=" + base64.b64encode(_GS2_HEADER) + b",r=" + nonce
        said = b",".join((self._first_bare, challenge, final_bare))
        client_key = self._keyed(salted, b"Client Key")
        stored_key = hashlib.new(self._hash, client_key).digest()
        mask = self._keyed(stored_key, said)
        proof = bytes(a ^ b for a, b in zip(client_key, mask, strict=True))
        self._signature = self._keyed(self._keyed(salted, b"Server Key"), said)
        self._password = b""
        return final_bare + b",p=" + base64.b64encode(proof)

    def _check(self, challenge: bytes, signature: bytes) -> None:
        match = _SERVER_FINAL.fullmatch(challenge)
        if match is None:
            raise self._unexpected()
        if match["kind"] == b"e":
            word = match["value"][:60].decode("ascii", "backslashreplace")
            raise No(
                "login-refused",
                _("The server refused the log-in: “{word}”.").format(
                    word="".join(c if c.isprintable() else ascii(c)[1:-1] for c in word)
                ),
                _("Check the user name and the password."),
            )
        try:
            theirs = base64.b64decode(match["value"], validate=True)
        except binascii.Error:
            theirs = b""
        if not hmac.compare_digest(theirs, signature):
            raise SaslTrouble(
                "server-not-proved",
                _("The server does not know your password, although it asks for it."),
                _("Do not use this server before its administrator has explained that."),
            )
        self._proof_owed = False

    def _keyed(self, key: bytes, text: bytes) -> bytes:
        return hmac.digest(key, text, self._hash)


def sasl_name(name: bytes) -> bytes:
    """*name* with "=" and "," written as RFC 5802 §5.1 wants them."""
    return name.replace(b"=", b"=3D").replace(b",", b"=2C")


def _prepared(text: str, what: str, *, stored: bool) -> bytes:
    octets(text, what)
    try:
        return octets(saslprep(text, stored=stored), what)
    except ValueError:
        raise WrongUsage(
            "not-for-scram",
            _("The {what} has a character that SCRAM cannot carry.").format(what=what),
            _("Use PLAIN or another mechanism that the server offers."),
        ) from None
