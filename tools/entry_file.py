# SPDX-License-Identifier: MPL-2.0
"""Writing one entry of ``profiles/servers/``: the same entry gives the same bytes."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from clientcfg.discover.bundle import Entry, Upstream
from clientcfg.discover.stated import StatedServer

_WIDTH: Final = 100
# Apart, for a scanner of licences would read it as this file's own.
_SPDX: Final = "# SPDX-"


def entry_text(upstream: Upstream, entry: Entry) -> str:
    """The file, with where it comes from at its top."""
    lines = [
        f"{_SPDX}FileCopyrightText: The contributors to {upstream.repository}",
        f"{_SPDX}License-Identifier: MPL-2.0",
        f"# Facts of {upstream.folder}/{entry.file} at {upstream.commit};",
        "# made by tools/import_providers.py, which overwrites what is changed here.",
        f"file = {_text(entry.file)}",
    ]
    if entry.name is not None:
        lines.append(f"name = {_text(entry.name)}")
    if entry.broken:
        lines.append("broken = true")
    if entry.checked is not None:
        lines.append(f"checked = {_text(entry.checked)}")
    lines += _texts("domains", entry.domains)
    if entry.mx:
        lines += _texts("mx", entry.mx)
    for server in entry.servers:
        lines += ["", *_server(server)]
    return "\n".join(lines) + "\n"


def index_text(rows: Iterable[tuple[str, str]]) -> str:
    """``domains.tsv``: a domain, a tab, the entries that know it with blanks between."""
    lines = [f"{_SPDX}License-Identifier: MPL-2.0", "# Made by tools/import_providers.py."]
    return "\n".join([*lines, *(f"{domain}\t{names}" for domain, names in rows)]) + "\n"


def _server(server: StatedServer) -> Iterator[str]:
    yield "[[servers]]"
    yield f"protocol = {_text(server.protocol)}"
    yield f"host = {_text(server.host)}"
    yield f"port = {server.port}"
    yield f"security = {_text(server.security)}"
    if server.username is not None:
        yield f"username = {_text(server.username)}"
    if server.auth:
        yield f"auth = [{', '.join(map(_text, server.auth))}]"
    if server.own_network:
        yield "own_network = true"


def _texts(key: str, texts: tuple[str, ...]) -> list[str]:
    line = f"{key} = [{', '.join(map(_text, texts))}]"
    if len(line) <= _WIDTH:
        return [line]
    return [f"{key} = [", *(f"    {_text(text)}," for text in texts), "]"]


def _text(text: str) -> str:
    """A basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
