# SPDX-License-Identifier: MPL-2.0
"""Mechanisms in the words of the payload ``com.apple.mail.managed``.

It knows a password (PLAIN or LOGIN, not to be chosen), CRAM-MD5, NTLM and
"HTTP MD5 Digest". What the last one sends nobody documents, so it is never
written. There is none for SCRAM, GSSAPI or OAuth 2.0.
"""

from collections.abc import Sequence
from typing import Final

from clientcfg.model.account import ServerLogin
from clientcfg.model.mechanism import CRAM_MD5, LOGIN, NTLM, PLAIN, SIGN_INS
from clientcfg.model.trouble import No
from clientcfg.words import _

PASSWORD: Final = "EmailAuthPassword"  # noqa: S105 - a word of the payload
# In this order: a proof under TLS protects no better than a password there,
# and makes the server keep what it could be stolen from.
_WORDS: Final = (
    (PLAIN, PASSWORD),
    (LOGIN, PASSWORD),
    (CRAM_MD5, "EmailAuthCRAMMD5"),
    (NTLM, "EmailAuthNTLM"),
)


def authentication(login: ServerLogin, offered: Sequence[str]) -> str:
    """The ``EmailAuth…`` word for a server that *offered* these inside TLS (empty: not asked).

    Raises :class:`No` where a profile has no word for any of them.
    """
    host = login.endpoint.host
    if login.mechanism in SIGN_INS:
        raise No(
            "no-profile-for-sign-in",
            _("{host} wants an OAuth 2.0 sign-in, which no profile can set up for Mail.").format(
                host=host
            ),
            _("Add the account on the device by hand, where Mail lists the provider by name."),
            _("Ask the provider whether there are app passwords."),
        )
    able = {login.mechanism, *offered}
    for mechanism, word in _WORDS:
        if mechanism in able:
            return word
    raise No(
        "no-profile-for-mechanism",
        _(
            "{host} takes only {mechanisms}, and a profile for Mail can name no more than "
            "a password, CRAM-MD5 and NTLM."
        ).format(host=host, mechanisms=", ".join(sorted(able))),
        _("Ask the server’s administrator for PLAIN inside TLS."),
    )
