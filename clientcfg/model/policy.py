# SPDX-License-Identifier: MPL-2.0
"""What a provider has decided about log-ins, and no probe can see.

A server may announce LOGIN (RFC 4954 §3) and refuse every password all the
same, because its owner has ended that for this account, or will on a given day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clientcfg.model.days import day_in_words
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.phrases import confidence_word


class Topic(StrEnum):
    """What a fact is about."""

    PASSWORD = "password"  # noqa: S105 - the word, not one
    APP_PASSWORD = "app-password"  # noqa: S105
    OAUTH2 = "oauth2"
    OWN_CLIENT_ID = "own-client-id"
    ACCESS = "access"
    ACCOUNT_TYPE = "account-type"
    BRIDGE = "bridge"
    PORT = "port"


class Grounds(StrEnum):
    """Documented by a source, derived from one, or only reported: that decides nothing."""

    DOCUMENTED = "documented"
    DERIVED = "derived"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a provider has decided, who says so, and how old that is.

    ``since``: the day from which it holds, None for "as long as anybody knows".
    ``word``: what the provider calls the thing; ``url``: where it is set or
    explained. ``administrator``: not the person but their administrator sets it.
    ``two_factor``: it exists only where log-in with a second factor is on.
    """

    about: Topic
    says: str
    source: str
    as_of: date
    grounds: Grounds
    since: date | None = None
    word: str | None = None
    url: str | None = None
    administrator: bool = False
    two_factor: bool = False

    @property
    def evidence(self) -> str:
        """Source, age and confidence in one line."""
        return f"{self.source} ({day_in_words(self.as_of)}, {confidence_word(self.grounds)})"


@dataclass(frozen=True, slots=True)
class Policy:
    """What is known of one provider. ``oauth2``: its name in the profiles of clients.

    ``domains`` and ``hosts``: the e-mail domains and submission hosts it is
    recognised by; one that begins with a dot stands for every name below it.
    """

    id: str
    name: str
    domains: tuple[str, ...]
    hosts: tuple[str, ...]
    facts: tuple[Fact, ...]
    oauth2: str | None = None

    def in_force(self, topic: Topic, day: date) -> Fact | None:
        """What holds on *day*: the youngest confirmed decision that is not of the future."""
        held = [f for f in self._confirmed(topic) if f.since is None or f.since <= day]
        return max(held, key=_since) if held else None

    def coming(self, topic: Topic, day: date) -> Fact | None:
        """The next confirmed decision that holds only after *day*, where it changes anything."""
        later = [f for f in self._confirmed(topic) if f.since is not None and f.since > day]
        soon = min(later, key=_since) if later else None
        now = self.in_force(topic, day)
        return None if soon is None or (now is not None and now.says == soon.says) else soon

    def reported(self) -> tuple[Fact, ...]:
        """What is only said of it."""
        return tuple(f for f in self.facts if f.grounds is Grounds.REPORTED)

    def ports(self) -> tuple[Fact, ...]:
        """Where it takes mail for sending, best first."""
        return self._confirmed(Topic.PORT)

    def _confirmed(self, topic: Topic) -> tuple[Fact, ...]:
        return tuple(
            f for f in self.facts if f.about is topic and f.grounds is not Grounds.REPORTED
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """Which policy holds at which endpoint, on the day of one question.

    ``of_address``: the policy of the provider where the mailbox is, which
    counts where no server answers.
    """

    day: date
    at_endpoints: tuple[tuple[Endpoint, Policy], ...] = ()
    of_address: Policy | None = None

    def at(self, endpoint: Endpoint) -> Policy | None:
        """The policy that holds at *endpoint*, None where none is known."""
        return dict(self.at_endpoints).get(endpoint)

    def all(self) -> tuple[Policy, ...]:
        """Every policy in play, each once."""
        found = [policy for _endpoint, policy in self.at_endpoints]
        if self.of_address is not None and not found:
            found.append(self.of_address)
        return tuple(dict.fromkeys(found))


NO_RULES = Rules(date.min)


def _since(fact: Fact) -> date:
    return fact.since or date.min
