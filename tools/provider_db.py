# SPDX-License-Identifier: MPL-2.0
"""Delta Chat's provider-db: one Markdown file a provider, whose YAML front matter holds the facts.

Its README gives the keys. The name defaults to the whole address where a
server has no ``username_pattern``. Hints, texts and the settings of Delta Chat
itself are not taken over.
"""

from collections.abc import Mapping
from typing import Any, Final

import yaml

from clientcfg.discover.stated import StatedServer
from clientcfg.model.endpoint import Protocol, Security

_SOCKETS: Final = {"SSL": Security.TLS, "STARTTLS": Security.STARTTLS, "PLAIN": Security.PLAIN}
_NAMES: Final = {"EMAIL": "%EMAILADDRESS%", "EMAILLOCALPART": "%EMAILLOCALPART%"}


def front_matter(text: str) -> Mapping[str, Any]:
    """The YAML between the first two ``---``; every scalar stays a text."""
    documents = yaml.load_all(text, Loader=yaml.BaseLoader)
    found = next(documents)
    if not isinstance(found, dict):
        raise ValueError("has no front matter")
    return found


def servers_of(matter: Mapping[str, Any]) -> tuple[StatedServer, ...]:
    """The servers, in the file's order. Raises KeyError or ValueError for any other words."""
    return tuple(
        StatedServer(
            protocol=Protocol(server["type"].lower()),
            host=server["hostname"],
            port=int(server["port"]),
            security=_SOCKETS[server["socket"].upper()],
            username=_NAMES[server.get("username_pattern", "EMAIL").upper()],
        )
        for server in matter.get("server") or ()
    )
