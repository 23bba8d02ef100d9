# SPDX-License-Identifier: MPL-2.0
"""A sample account, and its page in any program of the catalog."""

from datetime import date
from functools import cache

from clientcfg.clients.catalog import Catalog
from clientcfg.clients.guide_choice import guide_for
from clientcfg.clients.guide_row import GuideRow
from clientcfg.guides.guide import Guide
from clientcfg.guides.mailbox import Mailbox
from clientcfg.guides.subject import Subject
from clientcfg.guides.write import write
from clientcfg.model.account import ServerLogin
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN, Mechanism
from clientcfg.model.verdict import Verdict
from clientcfg.rooms import profile_path

DAY = date(2026, 11, 28)


def outgoing(
    security: Security = Security.STARTTLS,
    *,
    user: str = "ada@example.org",
    host: str = "smtp.example.org",
    mechanism: Mechanism = PLAIN,
) -> ServerLogin:
    port = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}[security]
    return ServerLogin(Endpoint(Protocol.SMTP, host, port, security), user, mechanism)


def incoming(
    protocol: Protocol = Protocol.IMAP,
    security: Security = Security.TLS,
    *,
    user: str = "ada@example.org",
    host: str | None = None,
) -> ServerLogin:
    port = {"imap": {"tls": 993}, "pop3": {"tls": 995}}[protocol].get(
        security, 143 if protocol is Protocol.IMAP else 110
    )
    named = host or f"{protocol}.example.org"
    return ServerLogin(Endpoint(protocol, named, port, security), user, PLAIN)


ADA = Mailbox("ada@example.org", "Ada Lovelace", outgoing(), incoming())


@cache
def catalog() -> Catalog:
    """The shipped profiles, and nobody's own."""
    return Catalog(profile_path("clients"))


def row_for(spec: str) -> GuideRow | None:
    client = catalog().parse(spec)
    return guide_for(catalog().profile(client.id), client.version, client.platform)


def page(
    spec: str,
    mailbox: Mailbox = ADA,
    *,
    verdict: Verdict | None = None,
    proved: bool = True,
    unconfirmed: tuple[str, ...] = (),
) -> Guide:
    client = catalog().parse(spec)
    subject = Subject(mailbox, client, row_for(spec), proved, verdict, unconfirmed)
    return write(subject, DAY)


def all_specs() -> list[str]:
    """Every program in its current version, and in the first version of each of its guides."""
    found: list[str] = []
    for name in catalog().ids():
        found.append(name)
        for row in catalog().profile(name).guides:
            platform = f":{row.platforms[0]}" if row.platforms else ""
            version = row.first or row.last
            found += [f"{name}@{version}{platform}"] if version else []
    return list(dict.fromkeys(found))
