# SPDX-License-Identifier: MPL-2.0
"""The server's side of SCRAM, written from RFC 5802 on its own: shares nothing with ours."""

import base64
import hashlib
import hmac
import unicodedata

from clientcfg.model.mechanism import SCRAM_SHA_1, SCRAM_SHA_256, Mechanism

HASHES = {SCRAM_SHA_1: hashlib.sha1, SCRAM_SHA_256: hashlib.sha256}


class ScramServer:
    """Knows the salted password, as servers do; decodes the fields itself."""

    def __init__(self, mechanism: Mechanism, password: str, salt: bytes, rounds: int) -> None:
        self.make = HASHES[mechanism]
        self.salt, self.rounds = salt, rounds
        self.salted = hashlib.pbkdf2_hmac(
            self.make().name, unicodedata.normalize("NFKC", password).encode(), salt, rounds
        )
        self.name = ""

    def mac(self, key: bytes, text: bytes) -> bytes:
        return hmac.new(key, text, self.make).digest()

    def first(self, message: bytes) -> bytes:
        assert message.startswith(b"n,,")
        self.bare = message[3:]
        name, nonce = self.bare.split(b",")
        assert name.startswith(b"n=")
        assert nonce.startswith(b"r=")
        decoded, rest = "", name[2:].decode()
        while rest:
            if rest[0] == "=":
                decoded += {"=2C": ",", "=3D": "="}[rest[:3]]
                rest = rest[3:]
            else:
                decoded, rest = decoded + rest[0], rest[1:]
        self.name = decoded
        self.nonce = nonce[2:] + b"SERVER~part"
        self.reply = b"r=%s,s=%s,i=%d" % (self.nonce, base64.b64encode(self.salt), self.rounds)
        return self.reply

    def final(self, message: bytes) -> bytes:
        without_proof, proof64 = message.rsplit(b",p=", 1)
        assert without_proof == b"c=biws,r=" + self.nonce
        auth = self.bare + b"," + self.reply + b"," + without_proof
        client_key = self.mac(self.salted, b"Client Key")
        signature = self.mac(self.make(client_key).digest(), auth)
        proof = base64.b64decode(proof64)
        recovered = bytes(a ^ b for a, b in zip(proof, signature, strict=True))
        if recovered != client_key:
            return b"e=invalid-proof"
        return b"v=" + base64.b64encode(self.mac(self.mac(self.salted, b"Server Key"), auth))
