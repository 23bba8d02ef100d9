# SPDX-License-Identifier: MPL-2.0
"""What a person should know of an answer as a whole, in sentences."""

from collections.abc import Iterable, Sequence
from typing import Final

from clientcfg.discover.dns import NoAnswer, NoSuchName, Resolver
from clientcfg.discover.doubts import about_look, about_slip
from clientcfg.discover.site import site
from clientcfg.discover.special import about_own_network, why_not_asked
from clientcfg.discover.wildcard import about_wildcard, stands_for_everything
from clientcfg.flows.question import Question
from clientcfg.model.endpoint import Protocol
from clientcfg.model.offer import Offer, Outcome, SourceAnswer, Trust
from clientcfg.model.phrases import source_name
from clientcfg.words import _

_GOOD: Final = frozenset({Trust.A1, Trust.A2, Trust.A3})
# By name: not loaded here.
_OWN: Final = frozenset({"pacc", "autoconfig", "mailconf"})


async def notes_on(
    question: Question, domain: str, resolver: Resolver, answers: Sequence[SourceAnswer]
) -> tuple[str, ...]:
    """The sentences about *answers*; see :func:`strangers` for those about single servers."""
    offers = [offer for answer in answers for offer in answer.offers]
    known = any(o.trust in _GOOD for o in offers)
    found = [about_look(domain), None if known else about_slip(domain), about_own_network(domain)]
    found += conflicts(answers)
    may_ask = not question.offline and why_not_asked(domain) is None
    if not offers and may_ask:
        found.append(await about_wildcard(resolver, domain))
    nowhere = all(a.outcome is Outcome.NO for a in answers)
    if nowhere and may_ask and not question.send_address:
        found.append(await _about_autodiscover(domain, resolver))
    return tuple(note for note in found if note)


def conflicts(answers: Iterable[SourceAnswer]) -> tuple[str, ...]:
    """Where good sources (A1 to A3) name different hosts for one thing; neither is hidden."""
    said = []
    good = [
        (answer.name, [o for o in answer.offers if o.trust in _GOOD])
        for answer in answers
        if answer.outcome is Outcome.FOUND
    ]
    for protocol in (Protocol.SMTP, Protocol.IMAP):
        named = [
            (name, sorted({o.endpoint.host for o in offers if o.endpoint.protocol is protocol}))
            for name, offers in good
        ]
        named = [(name, hosts) for name, hosts in named if hosts]
        for name, hosts in named[1:]:
            first, first_hosts = named[0]
            if not {*hosts} & {*first_hosts}:
                said.append(
                    _(
                        "{first} and {other} contradict each other: one names {hosts}, the other "
                        "{others}."
                    ).format(
                        first=source_name(first),
                        other=source_name(name),
                        hosts=", ".join(first_hosts),
                        others=", ".join(hosts),
                    )
                )
    return tuple(said)


def unread(offers: Iterable[Offer], answers: Iterable[SourceAnswer]) -> tuple[str, ...]:
    """Whether the domain itself could not say what would count more than all that was found."""
    if all(o.trust in {Trust.A0, *_GOOD} for o in offers):
        return ()
    return tuple(
        _(
            "What the domain itself may say, and what would count more, could not be read: "
            "{reason}."
        ).format(reason=answer.reason)
        for answer in answers
        if answer.name in _OWN and answer.outcome is Outcome.UNKNOWN
    )


def strangers(offers: Iterable[Offer], domain: str | None) -> tuple[str, ...]:
    """Whose the servers are that a person has to agree to, in full; each server once."""
    if domain is None:
        return ()
    own = site(domain) or domain
    said: dict[str, None] = {}
    for offer in offers:
        if not offer.confirm:
            continue
        host = offer.endpoint.host
        text = _(
            "{host} belongs to {theirs}, your address to {yours}; who named it cannot be checked. "
            "Agree only if you know that {theirs} runs your mail."
        )
        if offer.trust is Trust.A7:
            text = _(
                "{host} ({theirs}; your address is of {yours}) was named over a line without "
                "encryption. Anybody on the way could have put it there."
            )
        said[text.format(host=host, theirs=site(host) or host, yours=own)] = None
    return tuple(said)


async def _about_autodiscover(domain: str, resolver: Resolver) -> str | None:
    host = f"autodiscover.{domain}"
    try:
        await resolver.addresses(host)
        if await stands_for_everything(resolver, host, domain):
            return None
    except (NoSuchName, NoAnswer):
        return None
    return _(
        "There is a host {host}. It was not asked, because it would learn the whole address; "
        "with --send-address it is."
    ).format(host=host)
