# SPDX-License-Identifier: MPL-2.0
"""Domains that may not be what a person meant: likely typos, and letters that only look alike.

Both are hints. Nobody is kept from asking; a look-alike is told every time, a
typo only where nobody trustworthy knows the domain.
"""

import unicodedata
from typing import Final

import idna

from clientcfg.words import _

# Where most private mailboxes are; one slip of the finger away is seldom a real provider.
COMMON: Final = (
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com",
    "yahoo.com", "yahoo.fr", "yahoo.co.uk", "aol.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch",
    "web.de", "t-online.de", "freenet.de", "posteo.de", "mailbox.org", "proton.me",
    "protonmail.com", "fastmail.com", "orange.fr", "wanadoo.fr", "laposte.net", "free.fr",
    "libero.it", "hotmail.co.uk", "hotmail.fr", "btinternet.com", "comcast.net", "verizon.net",
    "yandex.ru", "mail.ru", "seznam.cz", "wp.pl", "bluewin.ch",
)  # fmt: skip

# One letter away from one of those, and a provider of its own.
_REAL: Final = frozenset({"mail.com", "email.com", "ymail.com", "gmx.com", "me.com", "aim.com"})

# Letters of other scripts that are drawn like a Latin one (Unicode TS 39, the part that counts).
_LIKE: Final = str.maketrans("аеорсухіјѕԁһӏɡɑοανρυικսցօ", "aeopcyxijsdhlgaoavpuikugo")


def meant(domain: str) -> str | None:
    """The common domain that *domain* is one slip away from; None where it is none."""
    if domain in COMMON or domain in _REAL or len(domain) < 5:
        return None
    return next((one for one in COMMON if _one_slip(domain, one)), None)


def looks_like(domain: str) -> str | None:
    """What *domain* looks like in Latin letters; None where it is what it looks like."""
    shown = _unicode(domain)
    if shown.isascii():
        return None
    plain = shown.translate(_LIKE)
    mixed = any(len(_scripts(label)) > 1 for label in shown.split("."))
    return plain if plain != shown and (plain.isascii() or mixed) else None


def about_look(domain: str) -> str | None:
    """One sentence where *domain* looks like something that it is not."""
    plain = looks_like(domain)
    if plain is None:
        return None
    return _(
        "“{shown}” is written with letters that only look like “{plain}”; its real name is {name}."
    ).format(shown=_unicode(domain), plain=plain, name=domain)


def about_slip(domain: str) -> str | None:
    """One sentence where *domain* is likely a typo."""
    one = meant(domain)
    return None if one is None else _("Was {domain} meant?").format(domain=one)


def _unicode(domain: str) -> str:
    try:
        return idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        return domain


def _scripts(label: str) -> frozenset[str]:
    """The scripts of the letters in *label*, by the first word of their names."""
    return frozenset(unicodedata.name(c, "?").partition(" ")[0] for c in label if c.isalpha())


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, added, mistaken, or two changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return (
        a[1:] == b[1:]
        or a[1:] == b
        or a == b[1:]
        or (a[:2] == b[1::-1] and a[2:] == b[2:] and len(a) > 1)
    )
