# SPDX-License-Identifier: MPL-2.0
"""What is known of a program, with recollections taken for reports: they decide nothing."""

from dataclasses import replace

from clientcfg.model.answer import Answer
from clientcfg.model.client import (
    Abilities,
    Ability,
    ClientVersion,
    Confidence,
    MaxTls,
    Mechanisms,
    StartTls,
    StartTlsAbility,
)


def confirmed(client: ClientVersion) -> ClientVersion:
    """*client* where a yes or no that nobody confirmed is unknown, and told as reported."""
    a = client.abilities
    recollected = a.oauth2.confidence is Confidence.RECOLLECTION
    said = (*a.oauth2_providers, *a.oauth2_reported) if recollected else a.oauth2_reported
    return replace(
        client,
        abilities=Abilities(
            smtp_auth=_ability(a.smtp_auth),
            mechanisms=_mechanisms(a.mechanisms),
            starttls=_starttls(a.starttls),
            implicit_tls=_ability(a.implicit_tls),
            custom_port=_ability(a.custom_port),
            separate_smtp_user=_ability(a.separate_smtp_user),
            pop_before_smtp=_ability(a.pop_before_smtp),
            max_tls=_max_tls(a.max_tls),
            oauth2=_ability(a.oauth2),
            oauth2_providers=() if recollected else a.oauth2_providers,
            reads=a.reads,
            oauth2_reported=said,
            quirks=a.quirks,
            sni=_ability(a.sni),
        ),
    )


def _ability(ability: Ability) -> Ability:
    if ability.confidence is not Confidence.RECOLLECTION or ability.value is Answer.UNKNOWN:
        return ability
    return replace(ability, value=Answer.UNKNOWN, reported=ability.value)


def _starttls(ability: StartTlsAbility) -> StartTlsAbility:
    if ability.confidence is not Confidence.RECOLLECTION or ability.value is StartTls.UNKNOWN:
        return ability
    return replace(ability, value=StartTls.UNKNOWN, reported=ability.value)


def _mechanisms(known: Mechanisms) -> Mechanisms:
    if known.confidence is not Confidence.RECOLLECTION:
        return known
    reported = (*known.yes, *(m for m in known.reported if m not in known.yes))
    return replace(known, yes=(), reported=reported, complete=False, either=())


def _max_tls(most: MaxTls) -> MaxTls:
    if most.confidence is not Confidence.RECOLLECTION or most.value == "unknown":
        return most
    return replace(most, value="unknown", reported=most.value)
