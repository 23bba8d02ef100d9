# SPDX-License-Identifier: MPL-2.0
"""What the servers' logs say about how clients came in."""

import re
from dataclasses import dataclass

_TLS = re.compile(
    r"postfix/(?P<who>\S*smtpd\[\d+\]): .*TLS connection established .*: (?P<tls>TLSv\S+)"
)
_GONE = re.compile(r"postfix/(?P<who>\S*smtpd\[\d+\]): disconnect from ")
_TAKEN = re.compile(
    r"postfix/(?P<who>(?:(?P<door>\w+)/)?smtpd\[\d+\]): (?P<id>\w+): client=[^,]+"
    r"(?:, sasl_method=(?P<method>[\w-]+), sasl_username=(?P<user>\S+))?"
)
_LOGIN = re.compile(
    r"(?P<protocol>imap|pop3)-login: Info: Login: user=<(?P<user>[^>]*)>, "
    r"method=(?P<method>[\w-]+),(?P<rest>.*)"
)


@dataclass(frozen=True, slots=True)
class Submission:
    """One message as Postfix took it."""

    queue_id: str
    #: ``submission`` (587), ``submissions`` (465) or ``smtp`` (25).
    door: str
    #: The TLS version, like ``TLSv1.3``; None in the clear.
    tls: str | None
    #: ``sasl_method=`` and ``sasl_username=``; None without AUTH.
    sasl_method: str | None
    sasl_username: str | None


@dataclass(frozen=True, slots=True)
class Login:
    """One log-in at Dovecot."""

    protocol: str
    user: str
    method: str
    tls: bool


def submissions(log: str) -> list[Submission]:
    """The messages of a Postfix log; needs ``smtpd_tls_loglevel = 1``."""
    tls: dict[str, str] = {}
    found = []
    for line in log.splitlines():
        if match := _TLS.search(line):
            tls[match["who"]] = match["tls"]
        elif match := _GONE.search(line):
            tls.pop(match["who"], None)
        elif match := _TAKEN.search(line):
            found.append(
                Submission(
                    queue_id=match["id"],
                    door=match["door"] or "smtp",
                    tls=tls.get(match["who"]),
                    sasl_method=match["method"],
                    sasl_username=match["user"],
                )
            )
    return found


def logins(log: str) -> list[Login]:
    """The log-ins of a Dovecot log."""
    return [
        Login(match["protocol"], match["user"], match["method"], ", TLS" in match["rest"])
        for match in map(_LOGIN.search, log.splitlines())
        if match
    ]
