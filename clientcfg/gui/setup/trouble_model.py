# SPDX-License-Identifier: MPL-2.0
"""Step 2 without Qt: what a person can do where no servers were found, in rows."""

from dataclasses import dataclass, replace

from clientcfg.gui.network_state import State
from clientcfg.gui.setup.servers_model import Conclusion
from clientcfg.gui.setup.ways_model import Consent
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


def with_network(conclusion: Conclusion, state: State, domain: str) -> Conclusion:
    """What it means where this computer is not connected, or not yet let through."""
    if conclusion.ways is not None or conclusion.shape != "unknown":
        return conclusion
    if state is State.OFFLINE:
        words = _(
            "So we could not ask anybody about {domain}. That says nothing about your provider. "
            "We go on by ourselves as soon as there is a connection."
        )
        title = _("This computer is not connected to the internet.")
        return replace(conclusion, title=title, text=words.format(domain=domain), consents=())
    if state is State.PORTAL:
        title = _("This network wants a click first.")
        words = _("Open a browser, accept its page, then we go on by ourselves.")
        return replace(conclusion, title=title, text=words, consents=())
    return conclusion


def waits(conclusion: Conclusion, state: State) -> bool:
    """Whether it goes on by itself once the network is there."""
    unknown = conclusion.shape == "unknown" and conclusion.ways is None
    return unknown and state in {State.OFFLINE, State.PORTAL}


def to_do(conclusion: Conclusion, state: State) -> tuple[ToDo, ...]:
    """The rows below “What you can do”, best first."""
    rows: list[ToDo] = []
    if waits(conclusion, state):
        caption = _("In a hotel or train, open a browser first: often a page wants a click.")
        rows.append(ToDo("offline", _("Check Wi-Fi or the network cable."), caption))
    else:
        rows += [ToDo("right", line) for line in conclusion.advice]
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
