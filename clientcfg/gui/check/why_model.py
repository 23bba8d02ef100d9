# SPDX-License-Identifier: MPL-2.0
"""Why a verdict is as it is, as short as a cell of the table is; the panel has all of it."""

from clientcfg.flows.compare import Held
from clientcfg.model.verdict import VerdictKind
from clientcfg.words import _


def short_why(held: Held, whole: str) -> str:
    """*whole* in a few words, where there are any for it."""
    verdict = held.then
    if held.ends_fetching:
        return _("Sends only after fetching mail")
    if verdict.kind is VerdictKind.READY:
        return whole
    if verdict.kind is VerdictKind.NEEDS_STEP and verdict.advice:
        return _steps().get(verdict.advice[0].action, whole)
    words = _unknown() if verdict.kind is VerdictKind.UNKNOWN else _noes()
    return words.get(verdict.reasons[0].code, whole) if verdict.reasons else whole


def _steps() -> dict[str, str]:
    return {
        "sign-in": _("Sign in with OAuth 2.0"),
        "own-client-id": _("Needs a client id of your own"),
        "app-password": _("Needs an app password"),
        "allow-access": _("Allow mail programs at the provider"),
        "turn-on": _("Have log-in with a password turned on"),
        "use-port": _("Set the port by hand"),
        "trust-ca": _("Needs your own authority"),
    }


def _unknown() -> dict[str, str]:
    return {
        "smtp-auth": _("Not known: if it can log in to send"),
        "mechanism": _("Not known: if it knows this log-in"),
        "announcement-form": _("Not known: if it sees the log-in"),
        "oauth2": _("Not known: if it can do OAuth 2.0"),
        "oauth2-provider": _("Not known: if it can sign in there"),
        "tls-version": _("Not known: which TLS it speaks"),
        "implicit-tls": _("Not known: if it encrypts at once"),
        "starttls": _("Not known: if it can do STARTTLS"),
    }


def _noes() -> dict[str, str]:
    return {
        "smtp-auth": _("Cannot log in to send"),
        "mechanism": _("Knows no log-in of this server"),
        "announcement-form": _("Does not see this log-in"),
        "oauth2": _("Cannot sign in with OAuth 2.0"),
        "oauth2-provider": _("Cannot sign in there (OAuth 2.0)"),
        "tls-version": _("Speaks no TLS that fits"),
        "implicit-tls": _("Cannot encrypt at once"),
        "starttls": _("Cannot do STARTTLS"),
        "offers-auth": _("The server offers no log-in"),
        "password-policy": _("Passwords are refused there"),
    }
