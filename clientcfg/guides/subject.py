# SPDX-License-Identifier: MPL-2.0
"""What a page is about."""

from dataclasses import dataclass

from clientcfg.clients.guide_row import GuideRow
from clientcfg.guides.mailbox import Mailbox
from clientcfg.model.client import ClientVersion
from clientcfg.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Subject:
    """The account, the program, and what was found out about both.

    ``row`` None: the program's wording is not known. ``verdict`` None: nobody
    looked whether the program can. ``proved``: the servers were asked.
    ``unconfirmed``: hosts that nobody trustworthy named.
    """

    mailbox: Mailbox
    client: ClientVersion
    row: GuideRow | None
    proved: bool
    verdict: Verdict | None = None
    unconfirmed: tuple[str, ...] = ()
