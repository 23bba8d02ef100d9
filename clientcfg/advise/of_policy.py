# SPDX-License-Identifier: MPL-2.0
"""What a way in asks of the provider, beside what its server announces (RFC 4954 §3)."""

from collections.abc import Iterable, Iterator
from datetime import date

from clientcfg.advise import steps
from clientcfg.advise.condition import Condition
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion
from clientcfg.model.mechanism import PASSWORD_MECHANISMS, Mechanism
from clientcfg.model.policy import Fact, Policy, Topic
from clientcfg.model.report import AuthLine
from clientcfg.model.verdict import Advice
from clientcfg.words import _


def allows(
    policy: Policy | None, day: date, mechanism: Mechanism, line: AuthLine | None
) -> Iterator[Condition]:
    """Whether the provider lets this log-in in on *day*; nothing where no policy is known.

    *line* is where the server announces it, as far as that was seen.
    """
    if policy is None:
        return
    if mechanism in PASSWORD_MECHANISMS:
        yield from _password(policy, day, mechanism, line)
    access = policy.in_force(Topic.ACCESS, day)
    if access is not None and access.says == "off-by-default":
        text = _("{provider} lets mail programs in only where the mailbox allows it.")
        step = steps.allow_access(policy, access)
        yield _yes("access", text.format(provider=policy.name), access.evidence, step)


def _password(
    policy: Policy, day: date, mechanism: Mechanism, line: AuthLine | None
) -> Iterator[Condition]:
    password = policy.in_force(Topic.PASSWORD, day)
    app = policy.in_force(Topic.APP_PASSWORD, day)
    if app is not None and app.says == "needed":
        yield _with_app_password(policy, app)
    elif password is None:
        return
    elif password.says == "no":
        yield _closed(policy, password, app, mechanism, line)
    elif password.says == "off-by-default":
        text = _(
            "The server announces {mechanism}, but at {provider} log-in with a password is off"
            " by default{since}."
        )
        yield _yes(
            "password-policy",
            text.format(mechanism=mechanism, provider=policy.name, since=_since(password)),
            _both(line, password),
            steps.turn_on(policy, password),
        )
    else:
        yield _open(policy, password, app)
        yield from _coming(policy, day)


def _open(policy: Policy, password: Fact, app: Fact | None) -> Condition:
    text = _("{provider} lets programs log in with the password of the mailbox.")
    if app is not None and app.says == "with-two-factor":
        text = _(
            "{provider} lets programs log in with the password of the mailbox; where log-in with"
            " a second factor is on, it wants an {word} in its place."
        )
    elif password.says == "on-by-default":
        text = _(
            "{provider} lets programs log in with the password of the mailbox, unless an"
            " administrator has switched that off."
        )
    word = _("app password") if app is None else steps.word(app)
    return _yes(
        "password-policy", text.format(provider=policy.name, word=word), password.evidence, None
    )


def _closed(
    policy: Policy, password: Fact, app: Fact | None, mechanism: Mechanism, line: AuthLine | None
) -> Condition:
    """The password of the account is refused; something else may take its place."""
    if app is None:
        text = _("whether {provider} gives app passwords; it refuses that of the account{since}")
        text = text.format(provider=policy.name, since=_since(password))
        return Condition("app-password", Answer.UNKNOWN, text, password.evidence)
    if app.says != "no":
        return _with_app_password(policy, app)
    text = _(
        "The server announces {mechanism}, but {provider} refuses every password there{since};"
        " app passwords do not help."
    )
    return Condition(
        "password-policy",
        Answer.NO,
        text.format(mechanism=mechanism, provider=policy.name, since=_since(password)),
        _both(line, password),
    )


def _with_app_password(policy: Policy, app: Fact) -> Condition:
    text = _("The only password that {provider} takes from a mail program is an {word}.")
    return _yes(
        "app-password",
        text.format(provider=policy.name, word=steps.word(app)),
        app.evidence,
        steps.app_password(policy, app),
    )


def _coming(policy: Policy, day: date) -> Iterator[Condition]:
    """What will change, told while there is time."""
    soon = policy.coming(Topic.PASSWORD, day)
    if soon is None:
        return
    text = {
        "no": _("From {day} on, {provider} refuses every password there."),
        "off-by-default": _(
            "From {day} on, log-in with a password is off by default at {provider};"
            " it can be turned on again."
        ),
    }.get(soon.says)
    if text is None:
        return
    told = text.format(day=steps.day_of(soon), provider=policy.name)
    yield Condition(
        "policy-change", Answer.YES, told, soon.evidence, later=steps.before(policy, soon)
    )


def instead(
    client: ClientVersion, policies: Iterable[Policy], day: date, *, alone: bool
) -> tuple[Advice, ...]:
    """An account type of the program's own that needs no SMTP-Auth at all.

    *alone*: there is no advice that it would come after.
    """
    found = (
        (policy, fact)
        for policy in policies
        if (fact := policy.in_force(Topic.ACCOUNT_TYPE, day)) is not None
        and f"{fact.says}-account" in client.abilities.quirks
    )
    return tuple(
        steps.other_account(client, policy, fact, first=alone and number == 0)
        for number, (policy, fact) in enumerate(found)
    )


def told(policies: tuple[Policy, ...]) -> Iterator[Condition]:
    """What is only reported of them; it decides nothing."""
    for policy in policies:
        for fact in policy.reported():
            text = _("It is said of {provider}, but not confirmed: {claim}")
            claim = text.format(provider=policy.name, claim=_claim(fact))
            yield Condition("reported", Answer.UNKNOWN, claim, fact.evidence)


def _claim(fact: Fact) -> str:
    """A decision as the end of a sentence."""
    claims = {
        Topic.PASSWORD: {"no": _("it takes no password from mail programs.")},
        Topic.APP_PASSWORD: {
            "needed": _("it wants an {word}."),
            "offered": _("it has an {word}."),
            "with-two-factor": _("where log-in with a second factor is on, it wants an {word}."),
            "no": _("it has no app passwords."),
        },
        Topic.OAUTH2: {"offered": _("it offers OAuth 2.0."), "no": _("it offers no OAuth 2.0.")},
        Topic.PORT: {fact.says: _("it takes mail on {says}.")},
    }
    text = claims.get(fact.about, {}).get(fact.says, _("{about}: {says}."))
    return text.format(word=steps.word(fact), about=fact.about, says=fact.says)


def _yes(code: str, text: str, evidence: str, step: Advice | None) -> Condition:
    return Condition(code, Answer.YES, text, evidence, step=step)


def _since(fact: Fact) -> str:
    return "" if fact.since is None else _(" since {day}").format(day=steps.day_of(fact))


def _both(line: AuthLine | None, fact: Fact) -> str:
    """What the server said, and what its owner decided: two things."""
    return fact.evidence if line is None else f"{line.evidence} · {fact.evidence}"
