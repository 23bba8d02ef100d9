# SPDX-License-Identifier: MPL-2.0
"""The sentences that profiles ask for by their id."""

from clientcfg.words import _


def saying(id_: str) -> str:
    """The sentence with this id (one of ``clients.guide_row.SAYINGS``)."""
    return {
        "asks-at-every-start": _(
            "This version asks for the password at every start and does not keep it."
        ),
        "asks-for-password": _("The program asks for your password when it first needs it."),
        "build-with-sasl": _("The program must be built with SASL and TLS, or it cannot log in."),
        "build-with-tls": _("The program must be built with TLS, or it cannot encrypt."),
        "choose-account": _(
            "Choose your account in the list; if it is not there yet, add it first."
        ),
        "close-first": _("Close the program before you change this file."),
        "incoming-user-is-used": _(
            "For sending, the program logs in with the user name of your incoming account; it has "
            "no field for another."
        ),
        "keep-private": _("Nobody else should be able to read this file (mode 0600)."),
        "makers-cloud": _(
            "The program’s maker may connect from its own servers, which then learn your password."
        ),
        "needs-equals-sign": _(
            "This version sees a log-in only where the server prints “AUTH=LOGIN”, with the "
            "equals sign."
        ),
        "new-account": _("If the account is not there yet, add it with the same values."),
        "no-secure-password-authentication": _(
            "Leave “Secure Password Authentication” off: it means NTLM, which few servers take."
        ),
        "one-method-only": _(
            "The program uses exactly the method that is chosen here, and no other."
        ),
        "password-command": _(
            "Instead of asking, the program can take the password from a command of yours."
        ),
        "plugin-needed": _("The program itself has no form for this; an extension adds it."),
        "port-behind-server": _("The port stands behind the server’s name, after a colon."),
        "starttls-on-25-only": _(
            "This version does STARTTLS on port 25 only; on any other port the box means TLS from "
            "the start."
        ),
        "stopped-sending": _(
            "This program stopped sending and receiving mail at the end of 2024; go on with "
            "another one."
        ),
        "tls-by-helper": _("This version encrypts only with the help of another program."),
        "unverified-tls": _("The program does not check whose certificate the server shows."),
    }[id_]
