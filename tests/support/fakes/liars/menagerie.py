# SPDX-License-Identifier: MPL-2.0
"""All the liars in a process of their own, so that their memory is not counted as ours.

``python -m tests.support.fakes.liars.menagerie FOLDER``: writes its authority
to FOLDER/ca.pem and a line of JSON to standard output, each liar's port by its
name; then a line NAME on standard input is answered with what that liar heard.
It ends with its input.
"""

import asyncio
import json
import sys
import threading
from contextlib import AsyncExitStack
from pathlib import Path

from clientcfg.model.endpoint import Security
from tests.support.fakes.identities import Identities
from tests.support.fakes.liars import ALL
from tests.support.fakes.server import FakeServer


async def main(folder: Path) -> None:
    identities = Identities(folder)
    servers: dict[str, FakeServer] = {}
    async with AsyncExitStack() as stack:
        for liar in ALL:
            kind, _plus, implicit = liar.kind.partition("+")
            server = FakeServer(
                liar.script,
                identities.context(kind),
                implicit_tls=bool(implicit) and liar.security is Security.TLS,
            )
            servers[liar.name] = await stack.enter_async_context(server)
        print(json.dumps({name: server.port for name, server in servers.items()}), flush=True)
        loop, asked = asyncio.get_running_loop(), asyncio.Queue[str]()
        threading.Thread(target=_read, args=(loop, asked), daemon=True).start()
        while name := await asked.get():
            heard = [data.decode("latin-1") for data in servers[name].heard]
            print(json.dumps(heard), flush=True)


def _read(loop: asyncio.AbstractEventLoop, asked: "asyncio.Queue[str]") -> None:
    for line in sys.stdin:
        loop.call_soon_threadsafe(asked.put_nowait, line.strip())
    loop.call_soon_threadsafe(asked.put_nowait, "")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
