# SPDX-License-Identifier: MPL-2.0
"""When guessing begins, and what is left of the guesses once they were tried.

Only where no server that anybody named has answered, and nobody who would be
believed more is *unknown*: a line that fails must not turn into guesses, unless
the person says so. Waiting gives no web server the certificate that it lacks, so
that one alone keeps nobody from names inside the domain, which have to prove
themselves by theirs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from clientcfg.discover.guess import NAME as GUESS
from clientcfg.discover.special import why_not_asked
from clientcfg.flows.find import wanting
from clientcfg.flows.question import Question
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.offer import Outcome, SourceAnswer
from clientcfg.model.report import EndpointReport
from clientcfg.words import _

# By name, for they are not loaded here. Whoever takes the mail is believed no more than a
# guess; that somebody answers DNS is less than one.
_HINT: Final = "ns"
_NO_BETTER: Final = frozenset({"mx", _HINT})

# What is kept back for guessing (seconds, share of the whole time).
SECONDS: Final = 4.0
SHARE: Final = 0.3


def may_guess(question: Question) -> bool:
    """Whether this is a question that guesses could answer at all."""
    return (
        question.address is not None
        and not question.servers
        and not question.offline
        and wanting(question)
        and why_not_asked(question.address.domain) is None
    )


def kept_back(question: Question) -> float:
    """How long before the end (seconds) the servers that were named have to be done."""
    return min(SECONDS, SHARE * question.timeout) if may_guess(question) else 0.0


def is_time(
    question: Question,
    answers: Iterable[SourceAnswer],
    reports: Mapping[Endpoint, EndpointReport],
) -> bool:
    """Whether there is nothing else left."""
    told = tuple(answers)
    if not may_guess(question) or _somebody_answered(told, reports):
        return False
    return question.guess or not _in_the_way(told)


def _somebody_answered(
    answers: Iterable[SourceAnswer], reports: Mapping[Endpoint, EndpointReport]
) -> bool:
    """Whether a server is there, but for those that only the name servers hint at."""
    hinted = {o.endpoint for a in answers if a.name == _HINT for o in a.offers}
    named = {o.endpoint for a in answers if a.name != _HINT for o in a.offers}
    return any(r.reachable for e, r in reports.items() if e in named or e not in hinted)


def only_inside(question: Question, answers: Iterable[SourceAnswer]) -> bool:
    """Whether only names inside the domain may be guessed."""
    return not question.guess and any(answer.unproved for answer in answers)


def kept_inside(answer: SourceAnswer) -> SourceAnswer:
    """The guess without hosts that no certificate can tie to the domain."""
    return replace(answer, offers=tuple(o for o in answer.offers if o.needs_probe))


def _in_the_way(answers: Iterable[SourceAnswer]) -> list[SourceAnswer]:
    """Those who would be believed more than a guess, and may know better."""
    return [
        answer
        for answer in answers
        if answer.outcome is Outcome.UNKNOWN
        and not answer.unproved
        and answer.name not in _NO_BETTER
    ]


def not_guessed(question: Question, answers: Iterable[SourceAnswer]) -> str | None:
    """Why there was no guessing though nothing was found; None where that was not the reason."""
    unknown = _in_the_way(answers)
    if not may_guess(question) or question.guess or not unknown:
        return None
    return _(
        "The usual names of mail servers were not tried, because who knows better could not be "
        "asked: {reason}. With --guess they are."
    ).format(reason=unknown[0].reason)


def after_trying(answer: SourceAnswer, reports: Mapping[Endpoint, EndpointReport]) -> SourceAnswer:
    """The answer of the guess with those offers alone behind which somebody answered."""
    if answer.name != GUESS or not answer.offers:
        return answer
    left = tuple(
        o for o in answer.offers if o.endpoint in reports and reports[o.endpoint].reachable
    )
    tried = len(answer.offers)
    if not left:
        reason = _("none of {count} usual names and ports answered").format(count=tried)
        return replace(answer, outcome=Outcome.NO, reason=reason, offers=())
    reason = _("{left} of {count} usual names and ports answered")
    return replace(answer, reason=reason.format(left=len(left), count=tried), offers=left)
