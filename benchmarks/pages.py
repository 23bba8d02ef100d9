# SPDX-License-Identifier: MPL-2.0
"""A web server, as a process: ``pages CHAIN.pem FOLDER``; the files in FOLDER are the answers.

A file is named ``HOST PATH`` with every / of the path written as !, and holds
a whole answer. Prints its port and serves until standard input ends.
"""

import asyncio
import ssl
import sys
from contextlib import suppress
from pathlib import Path

from benchmarks.children import serve_until_let_go

_NOT_THERE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def file_name(host: str, path: str) -> str:
    """What the answer for *path* at *host* is called."""
    return f"{host} {path.replace('/', '!')}"


async def main(answers: dict[str, bytes]) -> None:
    """Serve."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii", "replace").split("\r\n")
            path = head[0].split()[1]
            host = next((line[5:].strip() for line in head if line.lower().startswith("host:")), "")
            writer.write(answers.get(file_name(host, path), _NOT_THERE))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    await serve_until_let_go([server.sockets[0].getsockname()[1]])


if __name__ == "__main__":
    asyncio.run(main({file.name: file.read_bytes() for file in Path(sys.argv[2]).iterdir()}))
