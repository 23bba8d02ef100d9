# SPDX-License-Identifier: MPL-2.0
"""What a person should know of an answer as a whole, in sentences."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
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
    if not offers:
        found.append(_about_bridge(domain))
        found.append(await about_wildcard(resolver, domain) if may_ask else None)
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
    """Whose the servers are that a person has to agree to, in full; each owner's together."""
    if domain is None:
        return ()
    hosts: dict[tuple[str, bool], dict[str, None]] = {}
    for offer in offers:
        if offer.confirm:
            host = offer.endpoint.host
            key = (site(host) or host, offer.trust is Trust.A7)
            hosts.setdefault(key, {})[host] = None
    # Whose the domain is takes 30 ms to find out, so only where it matters.
    own = (site(domain) or domain) if hosts else domain
    return tuple(
        _whose(own=owner == own, in_the_clear=clear).format(
            hosts=", ".join(found), theirs=owner, yours=own
        )
        for (owner, clear), found in hosts.items()
    )


def _whose(*, own: bool, in_the_clear: bool) -> str:
    if in_the_clear:
        return _(
            "{hosts} ({theirs}; your address is of {yours}) was named over a line without "
            "encryption. Anybody on the way could have put it there."
        )
    if own:
        return _(
            "No certificate has proved that {hosts} is of {yours}, and in a strange network DNS "
            "can be forged."
        )
    return _(
        "{hosts} belongs to {theirs}, your address to {yours}; who named it cannot be checked. "
        "Agree only if you know that {theirs} runs your mail."
    )


def _about_bridge(domain: str) -> str | None:
    """What to do where the provider has no servers but those of a program of its own."""
    from clientcfg.advise.bridges import own_bridge  # noqa: PLC0415 - only where nothing was found
    from clientcfg.policies.providers import Providers  # noqa: PLC0415

    told = own_bridge(Providers.load().rules(datetime.now(UTC).date(), (), domain=domain))
    return None if told is None else f"{told[0].text} {told[1].text}"


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
