# SPDX-License-Identifier: MPL-2.0
"""Before a password is asked for: whether it could help, and which one it has to be."""

from collections.abc import Callable, Iterable

from clientcfg.advise.of_policy import allows
from clientcfg.flows.question import Question
from clientcfg.model.account import ServerLogin
from clientcfg.model.answer import Answer
from clientcfg.model.mechanism import PASSWORD_MECHANISMS, SIGN_INS, Mechanism
from clientcfg.model.policy import Rules
from clientcfg.model.report import ServerReport
from clientcfg.model.trouble import No
from clientcfg.model.verdict import Advice
from clientcfg.sasl import SUPPORTED
from clientcfg.words import _

RulesFor = Callable[[ServerReport, Question], Rules]


def by_password(mechanism: Mechanism) -> bool:
    """Whether clientcfg itself can log in with *mechanism* and a password."""
    return mechanism in SUPPORTED and mechanism not in SIGN_INS


def what_to_do_first(advice: Iterable[Advice]) -> tuple[str, ...]:
    """Each step as a sentence, with where it is done."""
    return tuple(f"{a.text} {a.url}" if a.url else a.text for a in advice)


def may_help(login: ServerLogin, rules: Rules | None) -> tuple[str, ...]:
    """What to say before the password for *login* is asked for.

    Raises :class:`No` where its provider refuses every password: then none is
    asked for, because it would be told in vain.
    """
    policy = None if rules is None else rules.at(login.endpoint)
    if rules is None or policy is None or login.mechanism not in PASSWORD_MECHANISMS:
        return ()
    conditions = tuple(allows(policy, rules.day, login.mechanism, None))
    closed = [c for c in conditions if c.answer is Answer.NO]
    if closed:
        raise No(
            "password-refused",
            closed[0].text,
            _("Sign in with OAuth 2.0 in the mail program; only that can log in there."),
            _("Nothing was proved: neither that a log-in works, nor that mail goes out."),
        )
    return what_to_do_first(c.step for c in conditions if c.step is not None)
