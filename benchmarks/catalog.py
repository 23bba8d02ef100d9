# SPDX-License-Identifier: MPL-2.0
"""What the catalog costs: loaded whole in a fresh process, and all of it held against a server."""

import subprocess
import sys
import time

from benchmarks.children import ROOT
from benchmarks.figures import Figure, at_most, tell
from clientcfg.advise.advise import advise_all
from clientcfg.clients.catalog import Catalog
from clientcfg.model.client import ClientVersion
from tests.support.servers_said import server, tls

_ROUNDS = 5
_LOAD = 60.0  # milliseconds of CPU time, both
_TABLE = 100.0

_COLD = (
    "import time; from clientcfg.clients.catalog import Catalog; began = time.process_time(); "
    "Catalog.load().all(); print((time.process_time() - began) * 1000)"
)


def _cold() -> float:
    """Milliseconds to read and check every profile, in a process that has read none."""
    done = subprocess.run(
        [sys.executable, "-c", _COLD], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _versions(catalog: Catalog) -> list[ClientVersion]:
    """One version of every range that the catalog has."""
    return [
        catalog.at(client, versions.first, next(iter(versions.platforms), None))
        for client in catalog.ids()
        for versions in catalog.profile(client).ranges
    ]


def _table(catalog: Catalog, clients: list[ClientVersion]) -> float:
    """Milliseconds for the verdict on each of them at one server with three doors."""
    doors = tuple(tls(port, "AUTH PLAIN LOGIN", "AUTH=LOGIN") for port in (465, 587, 25))
    began = time.process_time()
    advise_all(server(*doors), clients, catalog)
    return (time.process_time() - began) * 1000


def measure() -> list[Figure]:
    """Both, the best of several."""
    load = min(_cold() for _ in range(_ROUNDS))
    catalog = Catalog.load()
    clients = _versions(catalog)
    table = min(_table(catalog, clients) for _ in range(_ROUNDS))
    return [
        Figure("the catalog, cold", f"{load:.0f} ms", "", None, *at_most(_LOAD, load)),
        Figure(
            "all versions at one server",
            f"{table:.0f} ms",
            f"{len(clients)} versions",
            None,
            *at_most(_TABLE, table),
        ),
    ]


if __name__ == "__main__":
    tell(measure)
