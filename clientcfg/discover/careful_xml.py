# SPDX-License-Identifier: MPL-2.0
"""XML from strangers: read in full or refused in one sentence, never anything between.

A document type (DTD) is refused, and with it every entity bomb and every
reference to another file. So is what is larger than :data:`LARGEST`, what is
no XML, and a web page.
"""

import re
import zlib
from typing import TYPE_CHECKING, Final

from clientcfg.words import _

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# The largest configuration in public use has 17 KiB.
LARGEST: Final = 256 * 1024

_GZIP: Final = b"\x1f\x8b"
_BLANKS: Final = b" \t\r\n"
# Atomic and possessive, so that no chain of comments makes it try again.
_BEFORE_A_PAGE: Final = rb"(?:\xef\xbb\xbf)?(?:\s|<!--(?>.*?-->)|<\?xml[^>]*>)*+"
_WEB_PAGE: Final = re.compile(_BEFORE_A_PAGE + rb"<(?:!doctype\s+html|html)\b", re.I | re.S)


class NotReadable(Exception):
    """Why *data* cannot be used: half a sentence, to follow the name of who sent it."""


def root_of(data: bytes) -> "Element":
    """The root element of *data*. Raises :class:`NotReadable`; never anything else.

    Some servers send gzip without saying so in a header; that is unpacked, and
    the limit holds for what comes out.
    """
    if data.startswith(_GZIP):
        data = _unpacked(data)
    if len(data) > LARGEST:
        raise NotReadable(_("it is larger than {limit} KiB").format(limit=LARGEST // 1024))
    data = data.strip(_BLANKS)
    if not data:
        raise NotReadable(_("it is empty"))
    if _WEB_PAGE.match(data):
        raise NotReadable(_("it is a web page"))
    return _parsed(data)


def _parsed(data: bytes) -> "Element":
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - raised by defusedxml

    from defusedxml import DefusedXmlException  # noqa: PLC0415 - 15 ms, only where XML comes
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as e:
        raise NotReadable(_("it has a document type (DTD), which is refused")) from e
    except ParseError as e:
        line, column = e.position
        text = _("it is not well-formed XML (line {line}, column {column})")
        raise NotReadable(text.format(line=line, column=column + 1)) from e
    except (ValueError, LookupError) as e:
        raise NotReadable(_("it is in an encoding that cannot be read")) from e
    return root


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, LARGEST + 1)
    except zlib.error as e:
        raise NotReadable(_("it is compressed, and broken")) from e
