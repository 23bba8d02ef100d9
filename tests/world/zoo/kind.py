# SPDX-License-Identifier: MPL-2.0
"""What one server of the zoo is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.world import loopback
from tests.world.zoo.account import EMAIL

SMTP = frozenset({loopback.SMTP, loopback.SUBMISSION, loopback.SUBMISSIONS})
IMAP = frozenset({loopback.IMAP, loopback.IMAPS})
POP3 = frozenset({loopback.POP3, loopback.POP3S})


@dataclass(frozen=True, slots=True)
class Kind:
    """One server program, or several, with one set of settings."""

    #: The section of ``tests/packages.txt`` that brings the programs.
    packages: str
    #: The ports it listens on.
    ports: frozenset[int]
    #: Path below ``/`` to content, in which ``@ADDRESS@`` stands for the server's address.
    files: Mapping[str, str]
    #: Shell: makes what the packages' install scripts would have made, and starts it.
    start: str
    #: Its account's login name.
    user: str = EMAIL
