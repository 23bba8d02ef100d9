# SPDX-License-Identifier: MPL-2.0
"""Two ways on where a certificate did not verify. Both are for a person to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clientcfg.model.endpoint import Endpoint
from clientcfg.model.report import Certificate
from clientcfg.model.trouble import Refused


class WayOnKind(StrEnum):
    """Trust exactly this certificate, or use the name that stands in it."""

    TRUST_CERTIFICATE = "trust-certificate"
    OTHER_NAME = "use-other-name"


@dataclass(frozen=True, slots=True)
class WayOn:
    """One way on, for the endpoint that was ``refused``.

    ``endpoint`` is what to use then: the same one with *trust-certificate*,
    that under the other name with *use-other-name*, where ``certificate``
    verified. For nobody but a person to take: a stranger on the line can show
    a certificate, and a name, of his own.
    """

    kind: WayOnKind
    refused: Endpoint
    endpoint: Endpoint
    certificate: Certificate

    @property
    def option(self) -> str:
        """What takes this way on the command line."""
        if self.kind is WayOnKind.OTHER_NAME:
            return f"--{self.endpoint.protocol} {self.endpoint}"
        place = str(self.endpoint).rpartition("/")[0]
        return f"--trust-cert sha256:{self.certificate.sha256}@{place}"

    def tree(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "kind": self.kind,
            "protocol": self.refused.protocol,
            "refused": str(self.refused),
            "host": self.endpoint.host,
            "port": self.endpoint.port,
            "security": self.endpoint.security,
            "sha256": self.certificate.sha256,
            "option": self.option,
        }


class NotTrusted(Refused):
    """A server that could not prove who it is, with the ways on.

    ``letter`` is a text for its administrator, without a secret or a user name.
    """

    def __init__(
        self, code: str, text: str, *advice: str, ways_on: Sequence[WayOn], letter: str
    ) -> None:
        super().__init__(code, text, *advice)
        self.ways_on = tuple(ways_on)
        self.letter = letter

    @property
    def facts(self) -> dict[str, Any]:
        """Ways and letter, for scripts."""
        return {"ways_on": [way.tree() for way in self.ways_on], "letter": self.letter}
