# SPDX-License-Identifier: MPL-2.0
"""How this computer is connected. No Qt."""

from enum import StrEnum


class State(StrEnum):
    """What is known. ``UNKNOWN``: nobody here can tell; ``PORTAL``: a page wants a click first."""

    ONLINE = "online"
    OFFLINE = "offline"
    PORTAL = "portal"
    UNKNOWN = "unknown"
