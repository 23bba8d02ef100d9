# SPDX-License-Identifier: MPL-2.0
"""What to do where no version and no successor of the program has a way in."""

from collections.abc import Iterable

from clientcfg.model.client import ClientVersion
from clientcfg.model.mechanism import PREFERENCE
from clientcfg.model.verdict import Advice, Reason
from clientcfg.words import _


def without_way_out(client: ClientVersion, reasons: Iterable[Reason]) -> tuple[Advice, ...]:
    """Advice for each kind of reason, best first and each once."""
    codes = [reason.code for reason in reasons]
    found = [advice for code in codes for advice in _for(code, client)]
    return tuple(dict.fromkeys(found)) or (_another_program(),)


def look_again() -> Advice:
    """Where nothing answered."""
    return Advice(
        "check-network",
        _("Look whether the server’s name and port are right, and whether the network works."),
    )


def _for(code: str, client: ClientVersion) -> tuple[Advice, ...]:
    match code:
        case "answered":
            return ()
        case "certificate":
            own = _("If its authority is your own, name the file of it with --ca FILE.")
            mend = _("Ask the server’s administrator for a certificate that verifies.")
            return (_ask(mend), Advice("trust-ca", own))
        case "offers-auth":
            return (_ask(_("Ask the server’s administrator to turn SMTP-Auth on.")),)
        case "encryption" | "in-the-clear":
            return (_ask(_("Ask the server’s administrator for TLS on port 465 or 587.")),)
        case _:
            return (*_what_would_suit(code, client), _another_program())


def _what_would_suit(code: str, client: ClientVersion) -> tuple[Advice, ...]:
    """What a server could do for this program."""
    if code == "announcement-form":
        text = _("Ask the server’s administrator to announce the log-in in both forms.")
        return (_ask(text),)
    wanted = [m for m in PREFERENCE if m in client.abilities.mechanisms.yes]
    if code != "mechanism" or not wanted:
        return ()
    text = _("Ask the server’s administrator to offer one of these inside TLS: {wanted}.")
    return (_ask(text.format(wanted=", ".join(wanted))),)


def _ask(text: str) -> Advice:
    return Advice("ask-administrator", text)


def _another_program() -> Advice:
    return Advice(
        "switch",
        _("Use another program. See which ones can send there with: clientcfg check --all"),
    )
