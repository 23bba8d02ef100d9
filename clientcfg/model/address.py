# SPDX-License-Identifier: MPL-2.0
"""A mailbox address, RFC 5321 §4.1.2 with RFC 6531 and IDNA."""

import re
from dataclasses import dataclass

import idna

from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

# Not half a surrogate pair, which is what a terminal makes of bytes that are no text.
_ATEXT = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-\u0080-\ud7ff\ue000-\U0010ffff]+")
# RFC 5321 §4.1.3, and what people and inet_aton write for it: no domain ends in a number.
_LITERAL = re.compile(r"\[.*\]|(.*\.)?(\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)
_HOST = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?",
)


@dataclass(frozen=True, slots=True)
class Address:
    """``local@domain``; ``domain`` is in A-labels and lower case, ``local`` as written."""

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read one address as a person types it.

        Raises :class:`WrongUsage` with a sentence for anything else: control
        characters, an empty part, a quoted local part (nobody's client sends
        with one), an address literal, more than 254 octets.
        """
        text = text.strip()
        local, at, domain = text.rpartition("@")
        if not at or not local or not domain.strip("."):
            raise WrongUsage(
                "not-an-address",
                _("“{text}” is not an e-mail address.").format(text=_shown(text)),
                _("Write it like name@example.org."),
            )
        if _LITERAL.fullmatch(domain):
            raise WrongUsage(
                "address-of-a-machine",
                _(
                    "“{text}” ends in the number of a machine, and no domain that could be asked."
                ).format(text=_shown(text)),
                _("Name the servers with --smtp and --imap."),
            )
        if local[0] == local[-1] == '"' and len(local) > 1:
            raise WrongUsage(
                "not-an-address",
                _("“{text}” has a part in quotes, which mail programs do not take.").format(
                    text=_shown(text)
                ),
                _("Write it like name@example.org."),
            )
        if not _ATEXT.fullmatch(local) or ".." in local or local[0] == "." or local[-1] == ".":
            raise WrongUsage(
                "not-an-address",
                _("“{text}” has characters before the @ that no mail server takes.").format(
                    text=_shown(text)
                ),
                _("Write it like name@example.org."),
            )
        ascii_domain = host_name(domain)
        if len(local.encode()) > 64 or len(local.encode()) + len(ascii_domain) > 253:
            raise WrongUsage(
                "address-too-long",
                _("“{text}” is longer than an e-mail address may be.").format(text=_shown(text)),
            )
        return cls(local, ascii_domain)


def host_name(text: str) -> str:
    """A host or domain name in lower-case A-labels, without a final dot.

    Raises :class:`WrongUsage` where *text* is none (IDNA 2008, RFC 5890; an
    underscore is let through because SRV owner names have it).
    """
    bare = text.strip().rstrip(".")
    try:
        name = bare.lower() if bare.isascii() else idna.encode(bare, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        name = ""
    if not _HOST.fullmatch(name):
        raise WrongUsage(
            "not-a-host-name",
            _("“{text}” is not a host or domain name.").format(text=_shown(text)),
            _("Write it like mail.example.org."),
        )
    return name


def _shown(text: str) -> str:
    """*text* safe for a terminal: control characters escaped, at most 80 characters."""
    safe = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    return safe if len(safe) <= 80 else safe[:79] + "…"
