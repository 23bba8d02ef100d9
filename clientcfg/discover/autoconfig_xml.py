# SPDX-License-Identifier: MPL-2.0
"""Autoconfig files as a pure function: ``config-v1.1`` and draft-ietf-mailmaint-autoconfig (1.2).

For whoever fetches such a file::

    reading = read_autoconfig(body, "ada", "example.org", "autoconfig", trust=Trust.A2)
    reading.offers   # usable servers with the user name filled in, in the file's order
    reading.notes    # sentences about what was left out or is unusual; may be empty
    reading.reason   # None where there are offers, else why there are none: half a sentence
                     # to stand behind a name and a colon ("it is a web page")

It never raises, whatever *data* is. ``address_local`` None means that only a
domain is known: user names that need the part before the @ are None then. The
version is never a ground to refuse a file; unknown elements, attributes and
values are skipped, and a server that is incomplete goes alone.
"""

from dataclasses import dataclass

from clientcfg.discover.autoconfig_sheet import read_sheet
from clientcfg.discover.careful_xml import NotReadable
from clientcfg.discover.stated import Origin, offers
from clientcfg.model.offer import Offer, Trust
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file means for one address. ``reason`` is None where there are offers."""

    offers: tuple[Offer, ...]
    notes: tuple[str, ...] = ()
    reason: str | None = None


def read_autoconfig(
    data: bytes,
    address_local: str | None,
    domain: str,
    source: str,
    *,
    trust: Trust = Trust.A2,
    confirm: bool = False,
) -> Reading:
    """What the file *data* offers to ``address_local@domain``; see the module's docstring.

    *domain* is in A-labels. *source*, *trust* and *confirm* go into every offer.
    """
    try:
        sheet = read_sheet(data)
    except NotReadable as e:
        return Reading((), (), str(e))
    origin = Origin(source, trust, confirm, published=True)
    found, notes = offers(sheet.servers, address_local, domain, origin)
    reason = None if found else _("it names no IMAP, POP3 or SMTP server that can be used")
    return Reading(found, tuple(dict.fromkeys((*sheet.notes, *notes))), reason)
