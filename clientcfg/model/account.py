# SPDX-License-Identifier: MPL-2.0
"""What is to be written into a client: one person's mailbox and its two servers."""

from dataclasses import dataclass

from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.mechanism import Mechanism


@dataclass(frozen=True, slots=True)
class ServerLogin:
    """A server, the user name it wants, and the mechanism chosen for it."""

    endpoint: Endpoint
    username: str
    mechanism: Mechanism


@dataclass(frozen=True, slots=True)
class TrustedCertificate:
    """Exactly this certificate at that host and port; ``sha256`` is hex of the DER, lower case."""

    endpoint: Endpoint
    sha256: str


@dataclass(frozen=True, slots=True)
class Account:
    """The settings in words, before any format writes them.

    ``incoming`` None means that only sending is to be set up.
    ``store_password``: put the password into the client's own store; otherwise
    the client asks for it once.
    ``trusted_certificates``: those that the person agreed to and that the
    server showed, for formats that can pin them.
    ``accept_weaker``: the person agreed that sending may be protected less
    than the client's own settings protect it now.
    """

    address: Address
    name: str
    outgoing: ServerLogin
    incoming: ServerLogin | None
    store_password: bool = False
    trusted_certificates: tuple[TrustedCertificate, ...] = ()
    accept_weaker: bool = False
