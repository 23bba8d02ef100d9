# SPDX-License-Identifier: MPL-2.0
"""One server of the zoo, running."""

from collections.abc import Mapping
from pathlib import Path

from tests.running import packages
from tests.world.namespaces import CERTIFICATE, KEY, World
from tests.world.zoo import account
from tests.world.zoo.registry import KINDS

_START = "#!/bin/sh\n. /etc/world/library.sh\n{}\nuntil_the_end\n"


class Zoo(World):
    """A real mail server, as ``with Zoo("sendmail", "pop-only") as server:``.

    Everything about it is in :mod:`tests.world.zoo`.
    """

    #: The name in its greeting; the certificate is for it and for the address.
    host = account.HOST
    email = account.EMAIL
    password = account.PASSWORD

    def __init__(self, name: str, variant: str = "default") -> None:
        super().__init__()
        self.kind = KINDS[name, variant]

    @property
    def ports(self) -> frozenset[int]:
        """Which of the seven mail ports it listens on."""
        return self.kind.ports

    @property
    def user(self) -> str:
        """The account's login name."""
        return self.kind.user

    def _packages(self) -> Path:
        return packages.root(self.kind.packages)

    def _host(self) -> str:
        return self.host

    def _files(self) -> Mapping[str, str]:
        issued = self._authority.issue([self.host, self.address])
        files = {
            # 127.0.0.1, where the clients come from, has no name: it is a stranger.
            "etc/hosts": "@ADDRESS@ mail.zoo.test mail\n",
            **self.kind.files,
            "etc/world/start.sh": _START.format(self.kind.start),
        }
        return {
            CERTIFICATE: issued.certificate.decode(),
            KEY: issued.key.decode(),
            **{name: text.replace("@ADDRESS@", self.address) for name, text in files.items()},
        }
