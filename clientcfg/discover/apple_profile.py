# SPDX-License-Identifier: MPL-2.0
"""The mail account in an Apple profile (``.mobileconfig``), signed or not.

Only the servers are read, as proposals that a person looks at: nothing is
installed, so whose signature it is does not matter, and no password is taken out.
Payload ``com.apple.mail.managed`` (Apple's schema).
"""

import plistlib
from typing import Any, Final
from xml.parsers.expat import ExpatError

from clientcfg.discover.careful_xml import LARGEST, NotReadable
from clientcfg.discover.stated import StatedServer
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.words import _

MAIL: Final = "com.apple.mail.managed"
_BEGINS, _ENDS = b"<?xml", b"</plist>"
_KINDS: Final = {"EmailTypeIMAP": Protocol.IMAP, "EmailTypePOP": Protocol.POP3}
# Where one SSL switch means TLS from the first byte; elsewhere Mail says STARTTLS.
_IMPLICIT: Final = frozenset({465, 993, 995})
_USUAL: Final = {Protocol.SMTP: 587, Protocol.IMAP: 993, Protocol.POP3: 995}


def is_profile(data: bytes) -> bool:
    """Whether it looks like one; a signature (CMS) may stand round it."""
    return b"<plist" in data and b"PayloadType" in data


def read_apple_profile(data: bytes) -> tuple[StatedServer, ...]:
    """The servers of its first mail account. Raises :class:`NotReadable`; never anything else."""
    if len(data) > LARGEST:
        raise NotReadable(_("it is larger than {limit} KiB").format(limit=LARGEST // 1024))
    begin, end = data.find(_BEGINS), data.rfind(_ENDS)
    try:
        # An entity declaration is refused by plistlib itself.
        found = plistlib.loads(data[max(begin, 0) : end + len(_ENDS)], fmt=plistlib.FMT_XML)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError,
            RecursionError, ExpatError) as e:  # fmt: skip
        raise NotReadable(_("it is no profile that can be read")) from e
    content = found.get("PayloadContent") if isinstance(found, dict) else None
    for payload in content if isinstance(content, list) else ():
        if isinstance(payload, dict) and payload.get("PayloadType") == MAIL:
            return _servers(payload)
    raise NotReadable(_("it sets no mail account up"))


def _servers(payload: dict[str, Any]) -> tuple[StatedServer, ...]:
    kind = _KINDS.get(str(payload.get("EmailAccountType")), Protocol.IMAP)
    both = (
        _server(payload, "OutgoingMailServer", Protocol.SMTP),
        _server(payload, "IncomingMailServer", kind),
    )
    return tuple(one for one in both if one is not None)


def _server(payload: dict[str, Any], which: str, protocol: Protocol) -> StatedServer | None:
    host, port = payload.get(f"{which}HostName"), payload.get(f"{which}PortNumber")
    user = payload.get(f"{which}Username")
    if not isinstance(host, str) or not host.strip():
        return None
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port < 65_536:
        port = _USUAL[protocol]
    encrypted = payload.get(f"{which}UseSSL", True) is not False
    implicit = Security.TLS if port in _IMPLICIT else Security.STARTTLS
    return StatedServer(
        protocol,
        host.strip(),
        port,
        implicit if encrypted else Security.PLAIN,
        username=user.strip() if isinstance(user, str) and user.strip() else None,
    )
