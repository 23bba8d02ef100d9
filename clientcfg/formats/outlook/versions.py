# SPDX-License-Identifier: MPL-2.0
"""Versions of classic Outlook by their first number: 10 is 2002, 16 is 2016 and all since."""

from typing import Final

from clientcfg.formats.windows_login import generation
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Security
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

_KNOWN: Final = frozenset({10, 11, 12, 14, 15, 16})
# The first that knows "SMTP Secure Connection", so that it does STARTTLS on any port: 2007.
KNOWS_STARTTLS: Final = 12
# The first whose profiles lie below its own key of Office: 2013.
PROFILES_IN_OFFICE: Final = 15
# The first with a simplified dialog for new accounts: 2016.
SIMPLE_DIALOG: Final = 16

# "SMTP Secure Connection"; 3 is "automatic", which can end in the clear and is never written.
SECURE_CONNECTION: Final = {Security.PLAIN: 0, Security.TLS: 1, Security.STARTTLS: 2}
# "SMTP Auth Method"; 0 is the user name for incoming mail.
SEPARATE_USER: Final = 1
POP_BEFORE_SMTP: Final = 2


def outlook_number(client: ClientVersion) -> int:
    """The first number. Raises :class:`WrongUsage` where it is none of a known Outlook."""
    number = generation(client)
    if number not in _KNOWN:
        raise WrongUsage(
            "which-outlook",
            _("Which version of Outlook is meant is not clear."),
            _("Name it, for example: --client outlook-classic@2010"),
        )
    return number
