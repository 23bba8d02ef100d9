# SPDX-License-Identifier: MPL-2.0
"""The one refusal of every format that would have to write a server without encryption."""

from clientcfg.model.trouble import Refused
from clientcfg.tables import shown
from clientcfg.words import _


def in_the_clear(host: str) -> Refused:
    """To raise for *host*, which would get the password unencrypted ("no-encryption")."""
    return Refused(
        "no-encryption",
        _("{host} would get the password in the clear, so it is not written.").format(
            host=shown(host)
        ),
        _("Ask its administrator for TLS, and use port 465, 587 or 993."),
    )
