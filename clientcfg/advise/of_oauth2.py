# SPDX-License-Identifier: MPL-2.0
"""What a way in asks where no password is proved: a sign-in (RFC 7628, XOAUTH2), or a ticket."""

from datetime import date
from typing import Final

from clientcfg.advise import steps
from clientcfg.advise.condition import Condition, label, plain
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion
from clientcfg.model.mechanism import PASSWORD_MECHANISMS, SIGN_INS, Mechanism
from clientcfg.model.policy import Policy, Topic
from clientcfg.words import _

# In the profiles of clients: any provider, by a client id or token command of one's own.
_ANY_PROVIDER: Final = "generic"


def has_what_to_prove(
    client: ClientVersion, mechanism: Mechanism, host: str, policy: Policy | None, day: date
) -> Condition | None:
    """What *mechanism* needs besides a password; None where a password is all."""
    if mechanism in PASSWORD_MECHANISMS:
        return None
    if mechanism not in SIGN_INS:
        text = _("whether you have what {mechanism} asks for, which may not be a password")
        return Condition("not-a-password", Answer.UNKNOWN, text.format(mechanism=mechanism))
    oauth2 = client.abilities.oauth2
    hearsay = policy is not None and client.abilities.oauth2_reported
    if oauth2.value is Answer.NO or (oauth2.value is Answer.UNKNOWN and not hearsay):
        texts = {
            Answer.NO: _("{client} cannot sign in with OAuth 2.0."),
            Answer.UNKNOWN: _("whether {client} can sign in with OAuth 2.0"),
        }
        return plain("oauth2", client, oauth2, texts)
    return _at_provider(client, host, policy, day)


def _at_provider(client: ClientVersion, host: str, policy: Policy | None, day: date) -> Condition:
    """Whether this program may sign in at this provider."""
    source = client.abilities.oauth2.source
    offered = None if policy is None else policy.in_force(Topic.OAUTH2, day)
    if policy is None or offered is None:
        text = _("whether {client} may sign in at the OAuth 2.0 provider of {host}")
        return _condition(Answer.UNKNOWN, text.format(client=label(client), host=host), source)
    names = {"client": label(client), "provider": policy.name}
    if offered.says == "no":
        text = _("{provider} offers OAuth 2.0 to no program of another maker.")
        return _condition(Answer.NO, text.format(**names), offered.evidence)
    evidence = " · ".join(filter(None, (source, offered.evidence)))
    if policy.oauth2 in client.abilities.oauth2_providers:
        text = _("{client} has the sign-in of {provider} (OAuth 2.0) built in.")
        step = steps.sign_in(client, policy)
        return Condition("oauth2-provider", Answer.YES, text.format(**names), evidence, step)
    if policy.oauth2 in client.abilities.oauth2_reported:
        text = _(
            "whether {client} has the sign-in of {provider} (OAuth 2.0) built in"
            " (it is said to, but that is not confirmed)"
        )
        return _condition(Answer.UNKNOWN, text.format(**names), evidence)
    return _by_own_client_id(client, policy, day, evidence)


def _by_own_client_id(client: ClientVersion, policy: Policy, day: date, evidence: str) -> Condition:
    """The provider is not among those that are built in."""
    known = client.abilities
    names = {"client": label(client), "provider": policy.name}
    if _ANY_PROVIDER in known.oauth2_providers:
        own = policy.in_force(Topic.OWN_CLIENT_ID, day)
        if own is not None and own.says == "no":
            text = _("{provider} registers no client ids of one’s own, which {client} would need.")
            return _condition(Answer.NO, text.format(**names), own.evidence)
        text = _("{client} can sign in with OAuth 2.0 by a client id or command of your own.")
        step = steps.own_client_id(client, policy)
        return Condition("oauth2-provider", Answer.YES, text.format(**names), evidence, step)
    if not known.oauth2_providers or _ANY_PROVIDER in known.oauth2_reported:
        text = _("whether {client} may sign in at {provider} (OAuth 2.0)")
        return _condition(Answer.UNKNOWN, text.format(**names), evidence)
    text = _("{client} has no sign-in of {provider} (OAuth 2.0) built in.")
    return _condition(Answer.NO, text.format(**names), evidence)


def _condition(answer: Answer, text: str, evidence: str) -> Condition:
    return Condition("oauth2-provider", answer, text, evidence or None)
