# SPDX-License-Identifier: MPL-2.0
"""Which sources are asked for one question, best first, and with what."""

from functools import partial

from clientcfg.discover.autoconfig import AUTOCONFIG
from clientcfg.discover.autodiscover import AUTODISCOVER
from clientcfg.discover.dns import Resolver
from clientcfg.discover.here import HERE, file_for
from clientcfg.discover.ispdb import ISPDB
from clientcfg.discover.mailconf import MAILCONF
from clientcfg.discover.mx import MX
from clientcfg.discover.not_asked import SPECIAL
from clientcfg.discover.ns import NS
from clientcfg.discover.pacc import PACC
from clientcfg.discover.providers import PROVIDERS
from clientcfg.discover.source import Ask, Source
from clientcfg.discover.special import why_not_asked
from clientcfg.discover.srv import SRV
from clientcfg.flows.question import Question
from clientcfg.probe.contexts import verifying

# Facts that came with the program: no question leaves this machine.
BUNDLED: tuple[Source, ...] = (PROVIDERS,)

# The domain's own word stands before ours, and that before what DNS alone says.
OWN: tuple[Source, ...] = (PACC, AUTOCONFIG, MAILCONF)
BY_DNS: tuple[Source, ...] = (SRV, MX, NS)


def sources_for(question: Question) -> tuple[Source, ...]:
    """Whom this question may be put to; the order counts between offers of one class of trust."""
    domain = question.domain
    here = (HERE,) if domain is not None and file_for(domain) is not None else ()
    if question.offline:
        return (*here, *BUNDLED)
    if domain is not None and why_not_asked(domain) is not None:
        return (SPECIAL, *here, *BUNDLED)
    may_tell = question.send_address and question.address is not None
    live = (ISPDB,) if question.ispdb else ()
    return (*OWN, *here, *live, *BUNDLED, *((AUTODISCOVER,) if may_tell else ()), *BY_DNS)


def ask_for(question: Question, domain: str, resolver: Resolver) -> Ask:
    """The question as sources see it; web servers are verified as mail servers are."""
    return Ask(
        domain,
        resolver,
        question.address.local if question.address is not None else None,
        send_address=question.send_address,
        allow_http=question.allow_http,
        ispdb=question.ispdb,
        context=partial(verifying, question.ca_files),
    )
