# SPDX-License-Identifier: MPL-2.0
"""The configuration that whoever takes the domain's mail publishes, found by the MX record.

draft-ietf-mailmaint-autoconfig-06, method 3. DNS has named the operator and
nobody signed that, so a person has to agree to every server (A6), unless the
operator's name is inside the domain. The operator learns that somebody looks,
never which domain or address.
"""

from typing import Final

from clientcfg.discover.autoconfig import FILE, first_of, summed_up
from clientcfg.discover.dns import NoAnswer, NoSuchDomain, NoSuchName
from clientcfg.discover.place import Place
from clientcfg.discover.providers import by_mx
from clientcfg.discover.site import inside, suffixes_of
from clientcfg.discover.source import Ask, Source
from clientcfg.discover.special import NotAServer, published_host
from clientcfg.discover.web import NotThere
from clientcfg.model.offer import Outcome, SourceAnswer, Trust
from clientcfg.words import _

NAME: Final = "mx"
# More labels than this between a mail server and its operator are not asked one by one.
MOST: Final = 4


def operators(host: str, domain: str) -> tuple[str, ...]:
    """The domains to ask about the MX *host*, nearest first; none that are *domain* itself.

    With ``mx1.mail.example.net`` these are ``mail.example.net`` (MXFULL),
    ``example.net`` (MXBASE, by the Public Suffix List) and, last, the host
    itself, which one desktop asks.
    """
    suffixes = suffixes_of(host)
    nearest = suffixes[1:] or suffixes
    kept = (*nearest[-MOST:], *suffixes[:1])
    return tuple(name for name in dict.fromkeys(kept) if name != domain)


async def ask(question: Ask) -> SourceAnswer:
    """Look the best MX up in the lists that are carried along, else ask its operator."""
    domain = question.domain
    url = f"dns:{domain}?type=MX"
    try:
        host = await _best(question)
    except NotThere as why:
        return SourceAnswer(NAME, url, Outcome.NO, str(why), 0.0)
    except NoAnswer as why:
        return SourceAnswer(NAME, url, Outcome.UNKNOWN, str(why), 0.0)
    listed = by_mx(host, question.local, domain, source=NAME)
    if listed is not None and listed.offers:
        reason = _("{host} takes the mail; {what}").format(host=host, what=listed.reason)
        return SourceAnswer(NAME, listed.url, Outcome.FOUND, reason, 0.0, listed.offers)
    wanted = tuple(
        (Place(f"autoconfig.{name}", FILE), Trust.A2 if inside(name, domain) else Trust.A6)
        for name in operators(host, domain)
    )
    if not wanted:
        reason = _("{host} takes the mail, and nobody is above it").format(host=host)
        return SourceAnswer(NAME, url, Outcome.NO, reason, 0.0)
    heard = await first_of(question, wanted, NAME)
    nothing = _("the operator of {host} publishes no configuration").format(host=host)
    return summed_up(NAME, list(heard), nothing, domain)


async def _best(question: Ask) -> str:
    """The most preferred MX. Raises :class:`NotThere`, :class:`NoAnswer`."""
    domain = question.domain
    try:
        hosts = await question.resolver.mx(domain)
    except NoSuchDomain:
        text = _("there is no domain {domain} in DNS")
        raise NotThere(text.format(domain=domain)) from None
    except NoSuchName:
        text = _("no server takes mail for {domain} (no MX record)")
        raise NotThere(text.format(domain=domain)) from None
    if not hosts:
        text = _("{domain} says that it takes no mail at all (null MX)")
        raise NotThere(text.format(domain=domain))
    try:
        return published_host(hosts[0])
    except NotAServer:
        text = _("the server that is to take the mail, {host}, is none")
        raise NotThere(text.format(host=hosts[0])) from None


MX = Source(NAME, ask)
