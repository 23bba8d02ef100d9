# SPDX-License-Identifier: MPL-2.0
"""Thunderbird's list of providers as it is now, over https: only where the person wants it asked.

Its operator learns the domain, never the address. What it says is worth as
much as the copy that is carried along (A3), and is younger.
"""

from typing import Final

from clientcfg.discover.autoconfig import hear, summed_up
from clientcfg.discover.place import Place
from clientcfg.discover.source import Ask, Source
from clientcfg.model.offer import SourceAnswer, Trust
from clientcfg.words import _

NAME: Final = "ispdb"
HOST: Final = "autoconfig.thunderbird.net"


def entry(domain: str) -> Place:
    """Where the entry of *domain* is."""
    return Place(HOST, f"/v1.1/{domain}")


async def ask(question: Ask) -> SourceAnswer:
    """Ask for the domain's entry."""
    heard = await hear(question, entry(question.domain), NAME, Trust.A3)
    nothing = _("{domain} is not in Thunderbird’s list as it is now")
    return summed_up(NAME, [heard], nothing, question.domain)


ISPDB: Final = Source(NAME, ask)
