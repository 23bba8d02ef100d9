# SPDX-License-Identifier: MPL-2.0
"""What a conversation asks its driver to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Send:
    """Write these bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class StartTls:
    """Begin the handshake now; always the last action of its list."""


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more is wanted; always the last action of its list."""


Action = Send | StartTls | Done
