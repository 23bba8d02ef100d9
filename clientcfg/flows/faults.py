# SPDX-License-Identifier: MPL-2.0
"""What is wrong at a server, as a fact in plain words: for the one sentence over a report."""

from typing import Final

from clientcfg.advise.administrator import ToDo
from clientcfg.model.endpoint import Security
from clientcfg.words import ngettext


def fault(todo: ToDo) -> str:
    """The fact that makes *todo* urgent, about the ports where it is so."""
    ports = tuple(dict.fromkeys(str(e.port) for e in todo.endpoints))
    code = todo.code
    if all(e.security is Security.PLAIN for e in todo.endpoints):
        code = _NEVER.get(code, code)
    return _said(len(ports))[code].format(ports=", ".join(ports))


# The same where there is no encryption to come.
_NEVER: Final = {"passwords-only-inside-tls": "passwords-without-tls"}


def _said(n: int) -> dict[str, str]:
    return {
        "words-injected": ngettext(
            "port {ports} sends unencrypted text where encryption should begin.",
            "ports {ports} send unencrypted text where encryption should begin.",
            n,
        ),
        "starttls-hidden": ngettext(
            "something on the way to port {ports} hides that it encrypts.",
            "something on the way to ports {ports} hides that they encrypt.",
            n,
        ),
        "mend-tls": ngettext(
            "port {ports} should encrypt, but that fails.",
            "ports {ports} should encrypt, but that fails.",
            n,
        ),
        "mend-certificate": ngettext(
            "port {ports} shows a certificate that could not be verified.",
            "ports {ports} show a certificate that could not be verified.",
            n,
        ),
        "passwords-only-inside-tls": ngettext(
            "port {ports} takes passwords before it encrypts.",
            "ports {ports} take passwords before they encrypt.",
            n,
        ),
        "passwords-without-tls": ngettext(
            "port {ports} takes passwords and never encrypts.",
            "ports {ports} take passwords and never encrypt.",
            n,
        ),
        "offer-starttls": ngettext(
            "port {ports} offers no encryption.", "ports {ports} offer no encryption.", n
        ),
        "end-old-tls": ngettext(
            "port {ports} still takes TLS 1.0 or 1.1, which are out of date.",
            "ports {ports} still take TLS 1.0 or 1.1, which are out of date.",
            n,
        ),
        "relays": ngettext(
            "port {ports} takes mail for elsewhere from this computer without a log-in.",
            "ports {ports} take mail for elsewhere from this computer without a log-in.",
            n,
        ),
    }
