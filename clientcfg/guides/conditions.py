# SPDX-License-Identifier: MPL-2.0
"""Which steps, settings and lines of a profile are about this account."""

from collections.abc import Iterable

from clientcfg.guides.mailbox import Mailbox, login_kind
from clientcfg.model.endpoint import Protocol


def true_of(mailbox: Mailbox) -> frozenset[str]:
    """Every condition (``clients.guide_row.CONDITIONS``) that holds for *mailbox*."""
    out, incoming = mailbox.outgoing, mailbox.incoming
    holds = {str(out.endpoint.security), f"port-{out.endpoint.port}", login_kind(out.mechanism)}
    if incoming is None:
        return frozenset({*holds, "other-user"})
    pop3 = incoming.endpoint.protocol is Protocol.POP3
    holds |= {"incoming", "pop3" if pop3 else "imap", f"in-{incoming.endpoint.security}"}
    holds.add("same-user" if incoming.username == out.username else "other-user")
    return frozenset(holds)


def all_hold(when: Iterable[str], holds: frozenset[str]) -> bool:
    """Whether all of *when* hold; "!" before one means that it must not."""
    return all((one.removeprefix("!") in holds) is not one.startswith("!") for one in when)
