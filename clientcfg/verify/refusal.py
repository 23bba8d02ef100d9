# SPDX-License-Identifier: MPL-2.0
"""What a refused log-in means: the server's own words first, then what to do.

RFC 4954 §6 and RFC 3463 for SMTP, RFC 5530 for IMAP, RFC 2449 §8 and RFC 3206 for POP3.
"""

import re

from clientcfg.model.trouble import No, NotFoundOut, Trouble
from clientcfg.words import _

# Not a no: the server could not decide just now.
_LATER = re.compile(
    rb"\A4\d\d|\[(?:UNAVAILABLE|INUSE|SERVERBUG|IN-USE|LOGIN-DELAY|SYS/TEMP)\]", re.IGNORECASE
)


def _advice(answer: bytes) -> tuple[str, ...]:
    """Known words of refusal, most telling first."""
    known: tuple[tuple[bytes, str], ...] = (
        (
            rb"5\.7\.9\b|application-specific password",
            _("Make an app password in your account’s security settings and use it here."),
        ),
        (
            rb"5\.7\.139\b|SmtpClientAuthentication is disabled",
            _("Ask your administrator to switch on authenticated SMTP for this mailbox."),
        ),
        (
            rb"5\.7\.30\b|basic authentication is (?:not supported|disabled)",
            _("This server wants OAuth 2.0: use a mail program that can log in that way."),
        ),
        (rb"\[EXPIRED\]", _("Change the password at your provider; it has expired.")),
        (
            rb"\[(?:CONTACTADMIN|SYS/PERM)\]",
            _("Ask whoever runs the server; the fault is on that side."),
        ),
    )
    fitting = tuple(text for words, text in known if re.search(words, answer, re.IGNORECASE))
    return fitting or (
        _("Check the user name and the password."),
        _("With two-step verification many providers want an app password."),
    )


def refused(host: str, answer: bytes, shown: str) -> Trouble:
    """:class:`No` "login-refused", or :class:`NotFoundOut` where the server put it off.

    *answer* is the server's answer as it came, *shown* the same made safe.
    """
    if _LATER.search(answer):
        return NotFoundOut(
            "login-not-decided",
            _("{host} cannot check the log-in now: “{words}”.").format(host=host, words=shown),
            _("Try again in a few minutes."),
        )
    return No(
        "login-refused",
        _("{host} refused the log-in: “{words}”.").format(host=host, words=shown),
        *_advice(answer),
    )
