# SPDX-License-Identifier: MPL-2.0
"""Accounts and wishes for tests of exporters, and what they made."""

from collections.abc import Callable
from datetime import UTC, datetime

from clientcfg.clients.catalog import Catalog
from clientcfg.formats.exporters import exporter
from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.export import Exported, Wanted
from clientcfg.model.mechanism import PLAIN, Mechanism
from clientcfg.model.plan import Content

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
_CATALOG = Catalog.load()


def login(
    protocol: Protocol,
    host: str,
    port: int,
    security: Security = Security.TLS,
    *,
    mechanism: Mechanism = PLAIN,
    user: str = "ada@example.org",
) -> ServerLogin:
    return ServerLogin(Endpoint(protocol, host, port, security), user, mechanism)


SMTP = login(Protocol.SMTP, "smtp.example.org", 465)
IMAP = login(Protocol.IMAP, "imap.example.org", 993)
ADA = Account(Address("ada", "example.org"), "Ada Lovelace", SMTP, IMAP)


def wanted(client: str = "thunderbird", **wishes: object) -> Wanted:
    return Wanted(client=_CATALOG.parse(client), at=AT, **wishes)  # type: ignore[arg-type]


def exported(name: str, account: Account = ADA, what: Wanted | None = None) -> Exported:
    return exporter(name).export(account, what or wanted())


def bytes_of(content: Content, password: Callable[[str], bytes] | None = None) -> bytes:
    """The content; a hole is what *password* makes of its encoder, and else a fault."""
    return b"".join(
        part if isinstance(part, bytes) else password(part.encoder)  # type: ignore[misc]
        for part in content
    )


def files_of(made: Exported) -> dict[str, bytes]:
    return {file.name: bytes_of(file.content) for file in made.files}
