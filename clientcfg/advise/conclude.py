# SPDX-License-Identifier: MPL-2.0
"""From many ways to the few facts worth telling."""

from collections.abc import Iterable
from typing import Final

from clientcfg.advise import of_policy
from clientcfg.advise.condition import Condition
from clientcfg.advise.ways import Way
from clientcfg.model.answer import Answer
from clientcfg.model.mechanism import SIGN_INS
from clientcfg.model.policy import Rules
from clientcfg.model.verdict import Advice, Reason
from clientcfg.words import _

# What a person should read first. What closes every way stands before what closes one.
_TELLING: Final = (
    "smtp-auth",
    "certificate",
    "offers-auth",
    "password-policy",
    "announcement-form",
    "oauth2",
    "oauth2-provider",
    "mechanism",
    "tls-version",
    "starttls",
    "implicit-tls",
    "log-in-before-tls",
    "custom-port",
    "encryption",
    "in-the-clear",
    "answered",
)

_ABOUT_PASSWORDS: Final = frozenset({"app-password", "password-policy"})


def why(way: Way) -> tuple[Reason, ...]:
    """Every condition that holds, each with its evidence; what asks for something first."""
    told = sorted(way.conditions, key=lambda c: c.step is None and c.later is None)
    return tuple(Reason(c.code, c.text, c.evidence) for c in told)


def forbidden(way: Way, ways: Iterable[Way]) -> tuple[Reason, ...]:
    """Where *way* is a sign-in: what is announced beside it, and why that is not the way."""
    if way.mechanism not in SIGN_INS:
        return ()
    beside = (c for w in ways if w.endpoint == way.endpoint for c in w.conditions)
    found = {c.code: c for c in beside if c.code in _ABOUT_PASSWORDS and not _free(c)}
    return tuple(Reason(c.code, c.text, c.evidence) for c in found.values())


def _free(condition: Condition) -> bool:
    return condition.answer is Answer.YES and condition.step is None


def in_time(way: Way) -> tuple[Advice, ...]:
    """What to think of before it ends."""
    return tuple(dict.fromkeys(c.later for c in way.conditions if c.later is not None))


def also_said(rules: Rules) -> tuple[Reason, ...]:
    """What nobody confirmed of the providers: it decides nothing, and is told as that."""
    return tuple(Reason(c.code, c.text, c.evidence) for c in of_policy.told(rules.all()))


def why_not(ways: Iterable[Way]) -> tuple[Reason, ...]:
    """The noes that close all *ways*, most telling first, each once.

    A way that fails for the reasons of another and for more says nothing new.
    """
    noes = [{(c.code, c.text): c for c in way.those(Answer.NO)} for way in ways]
    sets = {frozenset(no) for no in noes}
    least = {one for one in sets if not any(other < one for other in sets)}
    found: dict[tuple[str, str], Condition] = {}
    for no in noes:
        if frozenset(no) in least:
            found = {**found, **{key: c for key, c in no.items() if key not in found}}
    telling = sorted(found.values(), key=lambda c: _TELLING.index(c.code))
    return tuple(Reason(c.code, c.text, c.evidence) for c in telling)


def nearest(ways: Iterable[Way]) -> Way:
    """The open way with the fewest facts missing; the better one of equals."""
    open_ones = [way for way in ways if way.answer is Answer.UNKNOWN]
    return min(open_ones, key=lambda way: len(way.those(Answer.UNKNOWN)))


def missing(way: Way) -> str:
    """The one fact that would help most to decide *way*."""
    text = way.those(Answer.UNKNOWN)[0].text
    return text[:1].upper() + text[1:]


def why_unknown(way: Way) -> tuple[Reason, ...]:
    """Every fact that is missing on *way*, with where it was looked for."""
    return tuple(
        Reason(c.code, _("Not known: {fact}.").format(fact=c.text), c.evidence)
        for c in way.those(Answer.UNKNOWN)
    )
