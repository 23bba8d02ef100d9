# SPDX-License-Identifier: MPL-2.0
"""``python -m tests.gui.servers_child``: the demo's servers alone, until standard input ends.

So that what a window does is measured without them in its process. Prints one
line of JSON that :func:`demo_servers` reads.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clientcfg.cli.demo_app import demo_world
from clientcfg.demo.machine import make_machine
from clientcfg.discover.dns import Nameserver
from clientcfg.flows.here import Here
from clientcfg.flows.question import Question
from clientcfg.gui.preset import Preset
from clientcfg.model.address import Address
from clientcfg.model.secret import Secret


@contextmanager
def demo_servers() -> Iterator[Preset]:
    """What the app begins with on servers in a process of their own."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.gui.servers_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            said = json.loads(child.stdout.readline())
            home = Path(said["home"])
            machine = make_machine(home)
            yield Preset(
                question=Question(
                    address=Address(*said["address"]),
                    real_name="Ada Lovelace",
                    nameserver=Nameserver(*said["dns"]),
                    ca_files=(said["ca_file"],),
                ),
                here=lambda: Here(home=machine.home, root=machine.root, state=home / "state"),
                password=Secret(said["password"]),
            )
        finally:
            child.stdin.close()
            child.wait(30)


def main() -> None:
    with demo_world() as world:
        said = {
            "address": str(world.address).rsplit("@", 1),
            "dns": world.dns,
            "ca_file": str(world.ca_file),
            "home": str(world.home),
            "password": world.password.reveal(),
        }
        print(json.dumps(said), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
