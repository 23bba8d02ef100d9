# SPDX-License-Identifier: MPL-2.0
"""How this computer is connected to everybody else."""

from enum import StrEnum


class Connection(StrEnum):
    """What is known. ``UNKNOWN``: nobody here can tell; ``LOG_IN``: a page wants a click first.

    The values are the codes of what a person is told (``error`` in documents).
    """

    ONLINE = "online"
    OFFLINE = "offline"
    LOG_IN = "network-log-in"
    UNKNOWN = "unknown"
