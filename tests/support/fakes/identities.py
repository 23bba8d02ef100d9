# SPDX-License-Identifier: MPL-2.0
"""Certificates good and bad, all from one throw-away authority."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.world.authority import Authority, Issued

NAME = "mail.fake.test"


class Identities:
    """Server contexts by what is wrong with their certificate; ``good`` has nothing wrong.

    ``ca_file`` is the authority's certificate, PEM, for whoever is to trust it.
    """

    def __init__(self, folder: Path) -> None:
        authority = Authority()
        self.ca_file = str(folder / "ca.pem")
        Path(self.ca_file).write_bytes(authority.certificate)
        past, stranger = timedelta(days=-2), Authority("a stranger")
        self._folder = folder
        self._issued = {
            "good": authority.issue([NAME, "127.0.0.1"]),
            "expired": authority.issue([NAME], past),
            "wrong-name": authority.issue(["other.fake.test"]),
            "all-wrong": stranger.issue(["other.fake.test"], past),
            "stranger": stranger.issue([NAME]),
            "self-signed": self_signed(NAME),
            "weak-key": authority.issue([NAME], key=rsa.generate_private_key(65537, 1024)),
            "no-names": authority.issue([], common_name=NAME),
        }
        # Its authority's certificate is not sent along.
        alone = stranger.issue([NAME])
        self._issued["alone"] = Issued(first(alone.certificate), alone.key)

    def context(self, kind: str) -> ssl.SSLContext:
        """What a server needs to show the certificate *kind*."""
        issued = self._issued[kind]
        chain = self._folder / f"{kind}.pem"
        chain.write_bytes(issued.certificate + issued.key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if kind.startswith("weak"):
            context.set_ciphers("ALL:@SECLEVEL=0")
        context.load_cert_chain(chain)
        return context

    def leaf(self, kind: str) -> bytes:
        """The server's own certificate, DER."""
        return ssl.PEM_cert_to_DER_cert(first(self._issued[kind].certificate).decode())


def first(pem: bytes) -> bytes:
    """The first of several certificates."""
    end = b"-----END CERTIFICATE-----\n"
    return pem[: pem.index(end) + len(end)]


def self_signed(name: str) -> Issued:
    """A certificate that nobody but itself vouches for, and that is not valid before tomorrow."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(tomorrow)
        .not_valid_after(tomorrow + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Issued(
        certificate=certificate.public_bytes(Encoding.PEM),
        key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
