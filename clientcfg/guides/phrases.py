# SPDX-License-Identifier: MPL-2.0
"""Our own words for what an account has, where a program's words are not known."""

from clientcfg.model.client import Confidence
from clientcfg.model.endpoint import Security
from clientcfg.words import _


def value_name(name: str) -> str:
    """What a value is, without the server it belongs to."""
    return {
        "name": _("Your name"),
        "address": _("E-mail address"),
        "password": _("Password"),
        "kind": _("Kind of server"),
        "host": _("Server"),
        "port": _("Port"),
        "host-port": _("Server and port"),
        "security": _("Encryption"),
        "auth": _("Log-in"),
        "user": _("User name"),
    }[name.rpartition(".")[2]]


def security_words(security: Security) -> str:
    """How a connection is encrypted."""
    return {
        Security.TLS: _("TLS from the start (also called SSL/TLS)"),
        Security.STARTTLS: _("STARTTLS (required)"),
        Security.PLAIN: _("none"),
    }[security]


def login_words(kind: str) -> str:
    """How the program logs in."""
    return {
        "password": _("password"),
        "cram-md5": _("encrypted password (CRAM-MD5)"),
        "digest-md5": _("encrypted password (DIGEST-MD5)"),
        "scram": _("encrypted password (SCRAM)"),
        "ntlm": _("NTLM"),
        "gssapi": _("Kerberos (GSSAPI)"),
        "oauth2": _("OAuth 2.0: sign in in the window that opens"),
        "certificate": _("certificate of your own"),
    }[kind]


def wording(confidence: Confidence | None) -> str:
    """How far the program's words can be relied on."""
    if confidence is None:
        return _(
            "How this program words its menus is not known here. The names are those that most "
            "programs use; look for words of the same meaning."
        )
    return {
        Confidence.DOCUMENTED: _("The program’s words are documented by these sources."),
        Confidence.DERIVED: _(
            "The program’s words were taken from its code or from a neighbouring version; a word "
            "may differ."
        ),
        Confidence.RECOLLECTION: _(
            "Nobody has confirmed the program’s words; look for words of the same meaning."
        ),
    }[confidence]


def star() -> str:
    """What a star behind a word means."""
    return _("This word is not confirmed; look for one of the same meaning.")


def names_of_programs() -> str:
    """The head of the column with the program's own names."""
    return _("In the program")


def made_by(day: str) -> str:
    """Who made the page, and when."""
    return _("Made with clientcfg on {day}. It holds no password.").format(day=day)
