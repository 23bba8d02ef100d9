# SPDX-License-Identifier: MPL-2.0
"""The servers that a plan or an entry of the journal is about, as plain JSON values and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.plan import SetServer


def servers_to_json(servers: Iterable[SetServer]) -> list[dict[str, Any]]:
    """Each as an object."""
    return [
        {
            "protocol": one.endpoint.protocol.value,
            "host": one.endpoint.host,
            "port": one.endpoint.port,
            "security": one.endpoint.security.value,
            "said": one.said,
        }
        for one in servers
    ]


def servers_from_json(values: Iterable[Mapping[str, Any]]) -> tuple[SetServer, ...]:
    """The same back. Raises KeyError, TypeError or ValueError for anything else."""
    return tuple(map(_server, values))


def _server(value: Mapping[str, Any]) -> SetServer:
    host, port, said = value["host"], value["port"], value["said"]
    if not (isinstance(host, str) and isinstance(said, str) and type(port) is int):
        raise TypeError(value)
    protocol, security = Protocol(value["protocol"]), Security(value["security"])
    return SetServer(Endpoint(protocol, host, port, security), said)
