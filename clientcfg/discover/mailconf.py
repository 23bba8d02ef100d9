# SPDX-License-Identifier: MPL-2.0
"""A TXT record ``mailconf=URL`` at the domain, which names where its configuration lies.

Himalaya reads it. DNS is not signed, so a place outside the domain has to be
confirmed; one inside it has to prove by its certificate that it is there.
"""

from typing import Final

from clientcfg.discover.autoconfig import hear, summed_up
from clientcfg.discover.dns import NoAnswer, NoSuchName
from clientcfg.discover.place import NotAPlace, read_place
from clientcfg.discover.site import inside
from clientcfg.discover.source import Ask, Source
from clientcfg.model.offer import Outcome, SourceAnswer, Trust
from clientcfg.words import _

NAME: Final = "mailconf"
_TAG: Final = "mailconf="


async def ask(question: Ask) -> SourceAnswer:
    """Ask for the record, then for what it names, without the address."""
    domain = question.domain
    url = f"dns:{domain}?type=TXT"
    try:
        records = await question.resolver.txt(domain)
    except NoSuchName:
        records = ()
    except NoAnswer as why:
        return SourceAnswer(NAME, url, Outcome.UNKNOWN, str(why), 0.0)
    named = [r.strip()[len(_TAG) :] for r in records if r.strip().lower().startswith(_TAG)]
    if not named:
        reason = _("{domain} has no TXT record “mailconf”").format(domain=domain)
        return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)
    try:
        place = read_place(named[0])
    except NotAPlace as why:
        reason = _("the TXT record “mailconf” is of no use: {why}").format(why=why)
        return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)
    trust = Trust.A2 if inside(place.host, domain) else Trust.A6
    heard = await hear(question, place, NAME, trust)
    nothing = _("the place that the TXT record “mailconf” names has no configuration")
    return summed_up(NAME, [heard], nothing, domain)


MAILCONF = Source(NAME, ask)
