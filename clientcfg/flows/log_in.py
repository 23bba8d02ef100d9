# SPDX-License-Identifier: MPL-2.0
"""How a person logs in at the servers that were found: with a password, or only in the program."""

from dataclasses import dataclass

from clientcfg.flows.choose import Choice
from clientcfg.flows.password import may_help
from clientcfg.model.mechanism import SIGN_INS
from clientcfg.model.policy import Rules
from clientcfg.model.trouble import No


@dataclass(frozen=True, slots=True)
class LogIn:
    """``signs_in``: only with OAuth 2.0, in the program. ``first``: what to do before a password
    works there, sentences."""

    signs_in: bool = False
    first: tuple[str, ...] = ()


def log_in_at(outgoing: Choice | None, rules: Rules) -> LogIn:
    """What is known of logging in at *outgoing*, from the server and from its provider."""
    if outgoing is None:
        return LogIn()
    if outgoing.login.mechanism in SIGN_INS:
        return LogIn(signs_in=True)
    try:
        return LogIn(first=may_help(outgoing.login, rules))
    except No:
        return LogIn(signs_in=True)
