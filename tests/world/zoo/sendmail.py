# SPDX-License-Identifier: MPL-2.0
"""Sendmail, from ``.mc`` files like those that distributions and their users wrote.

``default`` takes mail for elsewhere from who logged in by SMTP-Auth and from
addresses that read mail a moment ago (POP-before-SMTP); ``-auth-only`` lacks
the latter, ``-procmail-lda`` delivers by procmail. ``pop-only`` has no AUTH,
``open-relay`` asks nobody anything, ``legacy-2003`` lets passwords pass in
the clear, and ``greet-pause`` greets late.

The log folder has the ``sendmail.cf`` (``server.logged("sendmail.cf")``).
"""

from collections.abc import Mapping
from pathlib import Path

from tests.world.zoo import sasl
from tests.world.zoo.account import DOMAIN
from tests.world.zoo.kind import IMAP, POP3, SMTP, Kind
from tests.world.zoo.mailboxes import START, mailboxes, remembering

_MC = Path(__file__).parent / "sendmail_mc"
_MAKE_MAP = (
    "makemap hash /etc/mail/new </etc/world/relayers && mv /etc/mail/new.db /etc/mail/relayers.db"
)
_START = f"""
export PATH=/usr/libexec/sendmail:$PATH
cd /etc/mail
# Sendmail takes 127.0.0.1 for itself, whatever its settings; here the clients come from there.
m4 -D_CF_DIR_=/usr/share/sendmail/cf/ sendmail.mc |
    sed '/^R127\\.0\\.0\\.1\\t.*originated locally/d' >sendmail.cf
cp sendmail.cf /var/log/world
: >local-host-names
: >relay-domains
: >trusted-users
: >/etc/world/relayers
{_MAKE_MAP}
makemap hash access <access
mkdir -p /var/spool/mqueue /var/lib/sendmail
chmod 700 /var/spool/mqueue
{sasl.account(DOMAIN)}
{START}
/usr/libexec/sendmail/sendmail -C /etc/mail/sendmail.cf -bD </dev/null &
"""
_VARIANTS = (
    "default",
    "default-auth-only",
    "default-procmail-lda",
    "default-procmail-lda-auth-only",
    "pop-only",
    "open-relay",
    "legacy-2003",
    "greet-pause",
)


def _files(variant: str) -> Mapping[str, str]:
    return {
        **remembering(mailboxes(), f"PATH=/usr/libexec/sendmail:$PATH {_MAKE_MAP}"),
        "etc/mail/common.m4": (_MC / "common.m4").read_text(),
        "etc/mail/sendmail.mc": (_MC / f"{variant}.mc").read_text(),
        "etc/mail/access": "",
        # Names come from files alone.
        "etc/mail/service.switch": "passwd files\nhosts files\naliases files\n",
        "etc/world/sasl/Sendmail.conf": sasl.CONF,
    }


KINDS = {
    variant: Kind("sendmail", SMTP | IMAP | POP3, _files(variant), _START) for variant in _VARIANTS
}
