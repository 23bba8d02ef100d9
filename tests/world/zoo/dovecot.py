# SPDX-License-Identifier: MPL-2.0
"""Dovecot by itself: IMAP, POP3 and its submission service.

``strict`` takes passwords inside TLS only, ``required`` takes nothing outside,
``clear`` takes all outside, too; ``tls13`` speaks no older TLS, ``notls`` none at all.
"""

from collections.abc import Mapping

from tests.world import loopback
from tests.world.zoo.kind import IMAP, POP3, Kind
from tests.world.zoo.mailboxes import START, mailboxes

_PROTOCOLS = "imap pop3 submission"
_SUBMISSION = """
hostname = mail.zoo.test
submission_relay_host = @ADDRESS@
service submission-login {
  inet_listener submission {
    port = 587
  }
  inet_listener submissions {
    port = 465
    ssl = yes
  }
}
"""
_ALL = IMAP | POP3 | {loopback.SUBMISSION, loopback.SUBMISSIONS}
_WITHOUT_TLS = frozenset({loopback.IMAP, loopback.POP3, loopback.SUBMISSION})


def _kind(files: Mapping[str, str], ports: frozenset[int] = _ALL) -> Kind:
    return Kind("dovecot", ports, files, START)


KINDS = {
    "strict": _kind(mailboxes(protocols=_PROTOCOLS, more=_SUBMISSION)),
    "required": _kind(mailboxes(protocols=_PROTOCOLS, ssl="required", more=_SUBMISSION)),
    "clear": _kind(mailboxes(protocols=_PROTOCOLS, clear=True, more=_SUBMISSION)),
    "tls13": _kind(mailboxes(protocols=_PROTOCOLS, ssl_min_protocol="TLSv1.3", more=_SUBMISSION)),
    "notls": _kind(
        mailboxes(protocols=_PROTOCOLS, ssl="no", clear=True, more=_SUBMISSION), _WITHOUT_TLS
    ),
}
