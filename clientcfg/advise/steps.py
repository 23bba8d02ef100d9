# SPDX-License-Identifier: MPL-2.0
"""What a person has to do before a way in is open. Each function gives one step."""

from typing import Final

from clientcfg.model.client import ClientVersion
from clientcfg.model.days import day_in_words
from clientcfg.model.policy import Fact, Policy
from clientcfg.model.verdict import Advice
from clientcfg.words import _, quoted

# How much each step costs a person; the cheapest way in is the one to go.
COST: Final = {
    "use-port": 1,
    "sign-in": 1,
    "app-password": 2,
    "allow-access": 2,
    "turn-on": 4,
    "own-client-id": 6,
    "trust-ca": 8,
}


def cost(steps: tuple[Advice, ...]) -> int:
    """What all of them together cost."""
    return sum(COST[step.action] for step in steps)


def word(app: Fact) -> str:
    """What the provider calls its app passwords."""
    return quoted(app.word) if app.word else _("app password")


def day_of(fact: Fact) -> str:
    """From when on it holds, in words; empty for "as long as anybody knows"."""
    return "" if fact.since is None else day_in_words(fact.since)


def sign_in(client: ClientVersion, policy: Policy) -> Advice:
    """OAuth 2.0 with the program's own registration (RFC 8252)."""
    text = _(
        "In {client}, choose OAuth 2.0 for this account, and sign in at {provider} in the window"
        " that the program opens."
    )
    return Advice("sign-in", text.format(client=client.name, provider=policy.name))


def own_client_id(client: ClientVersion, policy: Policy) -> Advice:
    """OAuth 2.0 with a registration, or a token command, of the person's own."""
    text = _(
        "Register a client id of your own at {provider}, and set {client} up with it, or with a"
        " command that fetches the token."
    )
    return Advice("own-client-id", text.format(client=client.name, provider=policy.name))


def app_password(policy: Policy, app: Fact) -> Advice:
    """A password for this program alone."""
    text = _("Create an {word} at {provider}, and give that to the program.")
    if app.two_factor:
        text = _(
            "Turn log-in with a second factor on at {provider}, create an {word} there, and give"
            " that to the program."
        )
    return Advice("app-password", text.format(word=word(app), provider=policy.name), url=app.url)


def allow_access(policy: Policy, access: Fact) -> Advice:
    """The switch in the settings of the mailbox."""
    text = _(
        "In the web settings of {provider}, allow mail programs ({word}), if that is not done."
    )
    return Advice(
        "allow-access",
        text.format(provider=policy.name, word=access.word or "IMAP, POP3, SMTP"),
        url=access.url,
    )


def turn_on(policy: Policy, password: Fact) -> Advice:
    """What is off by default, and can be turned on again."""
    text = _("Turn {word} on for this mailbox at {provider}.")
    if password.administrator:
        text = _("Ask the administrator to turn {word} on for this mailbox at {provider}.")
    name = quoted(password.word) if password.word else _("log-in with a password")
    return Advice("turn-on", text.format(word=name, provider=policy.name), url=password.url)


def before(policy: Policy, soon: Fact) -> Advice:
    """What to do in time, where it works today."""
    text = _(
        "Nothing today. Before {day}, go over to signing in with OAuth 2.0, or have log-in with a"
        " password turned on at {provider}."
    )
    if soon.says == "no":
        text = _("Nothing today. Before {day}, go over to signing in with OAuth 2.0 at {provider}.")
    return Advice("plan-ahead", text.format(day=day_of(soon), provider=policy.name), url=soon.url)


def other_account(
    client: ClientVersion, policy: Policy, fact: Fact, *, first: bool = False
) -> Advice:
    """The way of the program's own maker, beside SMTP. *first*: no other advice stands before."""
    text = _(
        "Or set the mailbox of {provider} up in {client} with the account type {word}: that signs"
        " in by itself, and needs no SMTP-Auth."
    )
    if first:
        text = _(
            "You can set the mailbox of {provider} up in {client} with the account type {word}:"
            " that signs in by itself, and needs no SMTP-Auth."
        )
    kind = quoted(fact.word or fact.says)
    return Advice("other-account", text.format(provider=policy.name, client=client.name, word=kind))


def use_port(client: ClientVersion, port: int) -> Advice:
    """A port that has to be set by hand, because the usual one does not work in this program."""
    text = _(
        "In {client}, set port {port} with SSL/TLS by hand: with STARTTLS it works on port 25 only."
    )
    return Advice("use-port", text.format(client=client.name, port=port))


def trust_ca(host: str, issuer: str) -> Advice:
    """An authority that only its own people know; whether it is theirs, a person has to know."""
    text = _(
        "If “{issuer}” is the authority of your own house, have its certificate installed on this"
        " computer, and name its file to clientcfg with --ca FILE. If you do not know it, give"
        " {host} no password."
    )
    return Advice("trust-ca", text.format(issuer=issuer, host=host))
