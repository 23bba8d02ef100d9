# SPDX-License-Identifier: MPL-2.0
"""Known providers by the name servers of the domain: who has the domain there may have mail there.

The weakest of all hints, so a person has to agree (A6), it keeps nobody from
guessing, and it counts only where the MX record does not lead to somebody else.
"""

from typing import Final

from clientcfg.discover.dns import NoAnswer, NoSuchName
from clientcfg.discover.providers import Listed, by_host
from clientcfg.discover.site import inside, same_site
from clientcfg.discover.source import Ask, Source
from clientcfg.model.offer import Outcome, SourceAnswer
from clientcfg.words import _

NAME: Final = "ns"


async def ask(question: Ask) -> SourceAnswer:
    """Look the name servers up in the lists that are carried along."""
    domain = question.domain
    url = f"dns:{domain}?type=NS"
    try:
        hosts = await question.resolver.ns(domain)
        known = next(((h, listed) for h in hosts if (listed := _listed(h, question))), None)
        if known is None:
            reason = _("no known provider answers DNS for {domain}").format(domain=domain)
            return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)
        host, listed = known
        taker = await _taker(question)
    except NoSuchName:
        reason = _("{domain} has no DNS servers of its own").format(domain=domain)
        return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)
    except NoAnswer as why:
        return SourceAnswer(NAME, url, Outcome.UNKNOWN, str(why), 0.0)
    if taker is not None and not inside(taker, domain) and not same_site(taker, host):
        text = _("{host} answers DNS for it, but {taker} takes its mail")
        reason = text.format(host=host, taker=taker or _("nobody"))
        return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)
    reason = _("{host} answers DNS for it, and may not run its mail; {what}")
    reason = reason.format(host=host, what=listed.reason)
    return SourceAnswer(NAME, listed.url, Outcome.FOUND, reason, 0.0, listed.offers)


def _listed(host: str, question: Ask) -> Listed | None:
    listed = by_host(host, question.local, question.domain, source=NAME)
    return listed if listed is not None and listed.offers else None


async def _taker(question: Ask) -> str | None:
    """The host that takes the mail; "" for a null MX, None where no record names one."""
    try:
        return next(iter(await question.resolver.mx(question.domain)), "")
    except NoSuchName:
        return None


NS: Final = Source(NAME, ask)
