# SPDX-License-Identifier: MPL-2.0
"""From a verdict to the servers that a program is set up for, or why it cannot be."""

from clientcfg.flows.choose import Choice, choose_incoming, why_none
from clientcfg.flows.events import ProbeDone
from clientcfg.flows.question import Question
from clientcfg.model.account import ServerLogin
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Protocol
from clientcfg.model.mechanism import SIGN_INS, Mechanism
from clientcfg.model.trouble import No, NotFoundOut, Trouble
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.words import _

# What a person does outside of clientcfg, so that settings written now are right.
_BEFOREHAND = frozenset(
    {"app-password", "allow-access", "turn-on", "use-port", "sign-in", "other-account"}
)


def can_be_set_up(verdict: Verdict) -> bool:
    """Whether the way in is open, or only wants steps that the person does elsewhere."""
    if verdict.kind is VerdictKind.NEEDS_STEP:
        return all(advice.action in _BEFOREHAND for advice in verdict.advice)
    return verdict.kind is VerdictKind.READY


def chosen_by_verdict(
    question: Question,
    probed: ProbeDone,
    known: ClientVersion,
    verdict: Verdict,
    *,
    unsure: bool = False,
) -> tuple[Choice, ...]:
    """The outgoing server of the verdict, and the best incoming one.

    *unsure*: where no log-in to read mail is known to be one that the program
    can do, take one of which nobody knows. Raises a :class:`Trouble` where the
    program cannot send there as it is.
    """
    if not can_be_set_up(verdict) or verdict.endpoint is None:
        raise _not_ready(probed, known, verdict)
    assert verdict.mechanism is not None  # noqa: S101 - such a verdict names both
    signs_in = verdict.mechanism in SIGN_INS
    offer = next(o for o in probed.found.offers if o.endpoint == verdict.endpoint)
    user = question.user_for(Protocol.SMTP, offer.username)
    outgoing = Choice(ServerLogin(verdict.endpoint, user, verdict.mechanism), offer)

    def can(mechanism: Mechanism) -> bool:
        able = known.abilities.mechanisms.can(mechanism) is Answer.YES
        return able and (mechanism in SIGN_INS) == signs_in

    def may(mechanism: Mechanism) -> bool:
        able = known.abilities.mechanisms.can(mechanism) is not Answer.NO
        return able and (mechanism in SIGN_INS) == signs_in

    try:
        incoming = choose_incoming(question, probed, can)
    except No:
        if not unsure:
            raise
        incoming = choose_incoming(question, probed, may)
    return (outgoing,) if incoming is None else (outgoing, incoming)


def _not_ready(probed: ProbeDone, known: ClientVersion, verdict: Verdict) -> Trouble:
    """Why there is no way out for this program: the server's own fault first, if it has one."""
    smtp = probed.report.of(Protocol.SMTP)
    if not any(r.trusted for r in smtp):
        return why_none(probed, Protocol.SMTP)
    version = known.version or ""
    text = _("{name} {version} cannot be set up to send there: {why}").format(
        name=known.name,
        version=version,
        why=" ".join(r.text for r in verdict.reasons[:2]) or verdict.missing_fact or "",
    )
    advice = [a.text for a in verdict.advice]
    if verdict.kind is VerdictKind.UNKNOWN:
        return NotFoundOut("verdict-unknown", text, *advice)
    return No(f"verdict-{verdict.kind}", text, *advice)
