# SPDX-License-Identifier: MPL-2.0
"""Does a server take mail for elsewhere without a log-in? The question, and what answers mean.

RCPT is asked, DATA never. What one reply means is decided here alone; see
:func:`regime` for what the replies mean together.
"""

import re
from datetime import datetime
from enum import StrEnum
from typing import Final

from clientcfg.model.relay import Regime, Relay, RelayReplies, Reply
from clientcfg.words import _

_ENHANCED: Final = re.compile(r"\s*([245])\.(\d{1,3})\.\d{1,3}\b")
# Replies whose code alone says "log in first": RFC 4954 §6, and Courier's own.
_WANTS_LOG_IN: Final = frozenset({530, 535, 538})
_RELAY_CODES: Final = frozenset({513, 551})
_RELAY_WORDS: Final = re.compile(
    r"relay|authenti|auth required|log ?in|not permitted|pop.?before", re.I
)
_POP_WORDS: Final = re.compile(
    r"pop.?before.?smtp|check(?:ing)? (?:your )?mail|pop ?3? first", re.I
)


class Stand(StrEnum):
    """What the replies say about us, the client. About the recipient alone: unclear."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNCLEAR = "unclear"


def stand(replies: RelayReplies) -> Stand:
    """Whether mail for elsewhere was taken, refused for who we are, or neither.

    Only what is about the client counts as a refusal: 5.7.x, a code that asks
    for a log-in, or words about relaying. 5.1.x and every 4xx are about the
    recipient or the moment.
    """
    mail, rcpt = replies.mail, replies.rcpt
    if mail is not None and mail.code >= 500:
        return Stand.REFUSED if _about_us(mail) else Stand.UNCLEAR
    if mail is None or not 200 <= mail.code < 300 or rcpt is None:
        return Stand.UNCLEAR
    if 200 <= rcpt.code < 300:
        return Stand.TAKEN
    return Stand.REFUSED if rcpt.code >= 500 and _about_us(rcpt) else Stand.UNCLEAR


def regime(
    offers_auth: bool | None, before: RelayReplies, after: RelayReplies | None
) -> tuple[Regime, str]:
    """The regime and what it means, from the replies *before* a POP or IMAP log-in and *after* it.

    *after* is None where that was not tried. Nothing is concluded from one
    vantage that another could contradict: a refusal is not "closed to
    everybody", and an acceptance is not "open to everybody".
    """
    first = stand(before)
    if first is Stand.TAKEN:
        return Regime.RELAYS_FOR_YOU, _(
            "It takes mail for elsewhere from this address without a log-in. That need not mean"
            " that it does so for everybody: somebody who shares your address may just have"
            " fetched mail, or your network may be its own."
        )
    if first is Stand.UNCLEAR or offers_auth is None:
        return Regime.UNKNOWN, _(
            "Whether it takes mail for elsewhere could not be told: its answer is not about you."
        )
    if after is None:
        return _not_compared(offers_auth, before)
    return _compared(offers_auth, stand(after))


def untested(text: str) -> Relay:
    """The answer where the question could not be put, and why."""
    return Relay(Regime.UNKNOWN, text, tested=False)


def concluded(
    offers_auth: bool | None,
    before: RelayReplies,
    after: RelayReplies | None,
    tested_from: str | None,
    at: datetime,
) -> Relay:
    """The whole answer, with its evidence and its vantage."""
    found, text = regime(offers_auth, before, after)
    evidence = before.evidence
    if after is not None:
        evidence = tuple(f"before: {line}" for line in evidence)
        evidence += tuple(f"after: {line}" for line in after.evidence)
    return Relay(found, text, tested_from=tested_from, at=at, evidence=evidence, replies=before)


def _not_compared(offers_auth: bool, before: RelayReplies) -> tuple[Regime, str]:
    said = " ".join(before.evidence)
    hint = ""
    if _POP_WORDS.search(said):
        hint = " " + _("Its own words hint at POP-before-SMTP.")
    if offers_auth:
        return Regime.UNKNOWN, (
            _(
                "Sending needs a log-in, and it offers one (SMTP-Auth). Whether fetching mail"
                " before would do as well (POP-before-SMTP) was not tested."
            )
            + hint
        )
    return Regime.UNKNOWN, (
        _(
            "It offers no log-in and refuses mail for elsewhere. Whether it takes it after mail"
            " was fetched (POP-before-SMTP) was not tested."
        )
        + hint
    )


def _compared(offers_auth: bool, second: Stand) -> tuple[Regime, str]:
    if second is Stand.UNCLEAR:
        return Regime.UNKNOWN, _(
            "The answer after the log-in is not about you, so it says nothing."
        )
    return {
        (True, Stand.REFUSED): (
            Regime.AUTH_ONLY,
            _("Sending needs SMTP-Auth; fetching mail before does not open it."),
        ),
        (True, Stand.TAKEN): (
            Regime.BOTH,
            _(
                "Two ways to send: SMTP-Auth, and for a while after fetching mail"
                " (POP-before-SMTP), which is on its way out."
            ),
        ),
        (False, Stand.TAKEN): (
            Regime.POP_BEFORE_SMTP,
            _("Sending works only for a while after fetching mail (POP-before-SMTP)."),
        ),
        (False, Stand.REFUSED): (
            Regime.NO_WAY_IN,
            _("No way in for mail programs here: it only takes mail for its own users."),
        ),
    }[offers_auth, second]


def _about_us(reply: Reply) -> bool:
    if reply.code in _WANTS_LOG_IN | _RELAY_CODES:
        return True
    enhanced = _ENHANCED.match(reply.text)
    if enhanced is not None:
        return enhanced[2] == "7"
    return _RELAY_WORDS.search(reply.text) is not None
