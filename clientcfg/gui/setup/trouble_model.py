# SPDX-License-Identifier: MPL-2.0
"""Step 2 without Qt: what a person can do where no servers were found, in rows."""

from dataclasses import dataclass, replace

from clientcfg.gui.setup.servers_model import Conclusion
from clientcfg.gui.setup.ways_model import Consent
from clientcfg.model.connection import Connection
from clientcfg.words import _

# Seconds between two tries by itself while there is no connection that anybody could tell of.
TRY_EVERY = 15


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: icon, sentence, explaining line; with ``words`` there is a button.

    ``does`` is what the button stands for: a consent, "by-hand", or nothing.
    """

    glyph: str
    title: str
    caption: str = ""
    words: str = ""
    does: str = ""


def with_network(conclusion: Conclusion, now: Connection, domain: str) -> Conclusion:
    """What it means where this computer is not connected, or not yet let through.

    *now*: what the system says of the connection. What was found out by asking goes before it.
    """
    if conclusion.ways is not None or conclusion.shape != "unknown":
        return conclusion
    if conclusion.connection is not Connection.UNKNOWN:
        now = conclusion.connection
    if now is Connection.OFFLINE:
        words = _(
            "So we could not ask anybody about {domain}. That says nothing about your provider. "
            "We go on by ourselves as soon as there is a connection."
        )
        title, text = (
            _("This computer is not connected to the internet."),
            words.format(domain=domain),
        )
    elif now is Connection.LOG_IN:
        title = _("This network wants a click first.")
        text = _("Open a browser, accept its page, then we go on by ourselves.")
    else:
        return conclusion
    return replace(conclusion, title=title, text=text, consents=(), connection=now)


def waits(conclusion: Conclusion) -> bool:
    """Whether it goes on by itself once the network is there."""
    return conclusion.connection in {Connection.OFFLINE, Connection.LOG_IN}


def to_do(conclusion: Conclusion) -> tuple[ToDo, ...]:
    """The rows below “What you can do”, best first."""
    rows: list[ToDo] = []
    if waits(conclusion):
        caption = _("In a hotel or train, open a browser first: often a page wants a click.")
        rows.append(ToDo("offline", _("Check Wi-Fi or the network cable."), caption))
    else:
        rows += [ToDo("verdict-step", line) for line in conclusion.advice]
    if Consent.ADDRESS in conclusion.consents:
        rows.append(
            ToDo(
                "send",
                _("Let the domain’s own services see your whole address."),
                _("Some (Autodiscover) answer only then. They learn the part before @, too."),
                _("Ask with the &whole address"),
                Consent.ADDRESS,
            )
        )
    if Consent.GUESS in conclusion.consents:
        rows.append(
            ToDo(
                "search",
                _("Try names that mail servers usually have."),
                _(
                    "Like smtp and imap before your domain. What answers has to prove by "
                    "certificate who it is."
                ),
                _("Try the &usual names"),
                Consent.GUESS,
            )
        )
    rows.append(
        ToDo(
            "edit",
            _("You know your servers?"),
            _("Your provider’s help pages name them."),
            _("Enter them by &hand"),
            "by-hand",
        )
    )
    return tuple(rows)
