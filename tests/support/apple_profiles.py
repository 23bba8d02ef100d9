# SPDX-License-Identifier: MPL-2.0
"""Accounts, wishes, authorities and signers for tests of configuration profiles."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from clientcfg.changes.fill import fill_file
from clientcfg.clients.catalog import Catalog
from clientcfg.formats.mobileconfig.export import MobileConfig
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.export import Exported, Wanted
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.secret import Secret
from tests.support.plist_reader import read_plist

NOW = datetime.now(UTC).replace(microsecond=0)
SMTP = Endpoint(Protocol.SMTP, "smtp.example.org", 465, Security.TLS)
IMAP = Endpoint(Protocol.IMAP, "imap.example.org", 993, Security.TLS)
USER = "ada@example.org"
ACCOUNT = Account(
    Address.parse(USER), "Ada", ServerLogin(SMTP, USER, PLAIN), ServerLogin(IMAP, USER, PLAIN)
)

_CATALOG = Catalog.load()


def client(text: str = "ios-mail") -> ClientVersion:
    return _CATALOG.parse(text)


def wanted(program: str = "ios-mail", **wishes: Any) -> Wanted:
    return Wanted(client(program), NOW, **wishes)


def export(account: Account = ACCOUNT, program: str = "ios-mail", **wishes: Any) -> Exported:
    return MobileConfig().export(account, wanted(program, **wishes))


def profile_bytes(account: Account = ACCOUNT, password: str | None = None, **wishes: Any) -> bytes:
    """The profile itself, its holes filled with *password*."""
    file = export(account, **wishes).files[0]
    return fill_file(file.content, {} if password is None else {"password": Secret(password)})


def profile(account: Account = ACCOUNT, **wishes: Any) -> dict[str, Any]:
    found = read_plist(profile_bytes(account, **wishes))
    assert isinstance(found, dict)
    return found


def mail(account: Account = ACCOUNT, **wishes: Any) -> Mapping[str, Any]:
    """The payload with the mail account."""
    found = profile(account, **wishes)["PayloadContent"][0]
    assert isinstance(found, dict)
    return found


def with_servers(
    outgoing: Endpoint = SMTP, incoming: Endpoint | None = IMAP, **more: Any
) -> Account:
    return replace(
        ACCOUNT,
        outgoing=replace(ACCOUNT.outgoing, endpoint=outgoing, **more),
        incoming=None if incoming is None else ServerLogin(incoming, USER, PLAIN),
    )


Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Holder:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def key_pem(self, passphrase: str | None = None) -> bytes:
        how: KeySerializationEncryption = NoEncryption()
        if passphrase is not None:
            how = BestAvailableEncryption(passphrase.encode())
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)


def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def issue(
    name: str,
    issuer: Holder | None = None,
    *,
    ca: bool = False,
    key: Key | None = None,
    days: int = 300,
    starts: int = -1,
    constraints: bool = True,
) -> Holder:
    """A certificate that *issuer* signed, itself where there is none; *days* from now."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=min(starts, days - 1)))
        .not_valid_after(NOW + timedelta(days=days))
    )
    if constraints:
        builder = builder.add_extension(x509.BasicConstraints(ca, None), critical=True)
    if not ca:
        server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(server, critical=False)
    signed_by = key if issuer is None else issuer.key
    return Holder(builder.sign(signed_by, hashes.SHA256()), key)


@dataclass(frozen=True, slots=True)
class Chain:
    """A root, what it issued, and a signer at the end."""

    root: Holder
    between: Sequence[Holder]
    leaf: Holder

    @property
    def pem(self) -> bytes:
        """As ``--sign-cert`` wants it."""
        return b"".join(one.pem for one in (self.leaf, *reversed(self.between)))


def chain(kind: str = "ec", intermediates: int = 1) -> Chain:
    """A chain whose keys are all of *kind*, "ec" or "rsa"."""

    def key() -> Key:
        return rsa_key() if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())

    root = issue(f"Root {os.urandom(4).hex()}", ca=True, key=key())
    between: list[Holder] = []
    for number in range(intermediates):
        above = between[-1] if between else root
        between.append(issue(f"Intermediate {number}", above, ca=True, key=key()))
    return Chain(root, between, issue("mail.example.org", (between or [root])[-1], key=key()))
