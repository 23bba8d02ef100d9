# SPDX-License-Identifier: MPL-2.0
"""The benchmarks' server certificate (EC P-256), from an authority that is thrown away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.world.authority import Authority

NAME = "mail.bench.test"


@dataclass(frozen=True, slots=True)
class Identity:
    """PEM files: whom to trust, and the server's chain with its key."""

    ca: str
    chain: str


@contextmanager
def identity() -> Iterator[Identity]:
    """For 127.0.0.1, and for every name one label below ``bench.test``."""
    with tempfile.TemporaryDirectory(prefix="clientcfg-bench-") as folder:
        authority = Authority("clientcfg benchmark CA")
        issued = authority.issue([NAME, "*.bench.test", "127.0.0.1"])
        ca, chain = Path(folder, "ca.pem"), Path(folder, "chain.pem")
        ca.write_bytes(authority.certificate)
        chain.write_bytes(issued.certificate + issued.key)
        yield Identity(str(ca), str(chain))
