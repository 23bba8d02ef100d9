# SPDX-License-Identifier: MPL-2.0
"""What a profile is called by devices: always the same for an address, never the same for two.

A profile with a known ``PayloadIdentifier`` takes the place of the one before,
another is added to it; payloads are updated where identifier and UUID are as
they were. So nothing here depends on the settings, on chance or on the time.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid5

from clientcfg.model.address import Address

_OURS: Final = UUID("6f1f9a0b-6d0c-4a0e-9a52-3a0d4d1f7c46")
MAIL: Final = "com.apple.mail.managed"
ROOT: Final = "com.apple.security.root"
PROFILE: Final = "Configuration"


@dataclass(frozen=True, slots=True)
class Identity:
    """The names of one address's profile. Upper and lower case make no other mailbox."""

    address: Address

    @property
    def profile(self) -> str:
        """``PayloadIdentifier`` of the whole. The local part may be odd, so it is hashed."""
        domain = re.sub(r"[^a-z0-9_.-]", "-", self.address.domain.lower())
        backwards = ".".join(reversed(domain.split(".")))
        return f"{backwards}.clientcfg.mail.{uuid5(_OURS, self._whose).hex[:16]}"

    @property
    def account(self) -> str:
        """``PayloadIdentifier`` of the mail account."""
        return f"{self.profile}.account"

    def authority(self, der: bytes) -> str:
        """``PayloadIdentifier`` of a certificate."""
        return f"{self.profile}.ca.{sha256(der).hexdigest()[:16]}"

    def uuid(self, kind: str, der: bytes = b"") -> str:
        """``PayloadUUID`` of the payload of that type; *der*: of which certificate.

        That of a certificate has the address in it, too: the same one may come
        with another person's profile, and go with it.
        """
        name = "\n".join((kind, self._whose, *((sha256(der).hexdigest(),) if der else ())))
        return str(uuid5(_OURS, name)).upper()

    @property
    def _whose(self) -> str:
        return str(self.address).lower()
