# SPDX-License-Identifier: MPL-2.0
"""Makes ``profiles/servers/`` from checkouts of the public lists of providers.

    python -m tools.import_providers ISPDB PROVIDER_DB [--into FOLDER]

ISPDB is the folder ``ispdb`` of thunderbird/autoconfig, PROVIDER_DB the folder
``_providers`` of deltachat/provider-db; ``upstreams.toml`` in FOLDER says of
which commit and day they are. Both are under MPL-2.0. Names, domains and
servers are taken over, and no sentence. It needs PyYAML. The same input gives
the same bytes; entries that are gone upstream go here, too.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from clientcfg.discover.autoconfig_sheet import read_sheet
from clientcfg.discover.bundle import DOMAINS, UPSTREAMS, Entry, Upstream, read_upstreams
from clientcfg.discover.careful_xml import NotReadable
from clientcfg.model.address import host_name
from clientcfg.model.trouble import WrongUsage
from clientcfg.rooms import profile_path
from tools.entry_file import entry_text, index_text
from tools.provider_db import front_matter, servers_of

# RFC 2606 and RFC 6761: nobody's, so what a list says of them is a sample.
RESERVED: Final = (
    *("example.com", "example.net", "example.org"),
    *("example", "invalid", "localhost", "test"),
)


def autoconfig_entry(file: str, data: bytes) -> Entry:
    """The entry of one file of ISPDB. Raises :class:`NotReadable`."""
    sheet = read_sheet(data)
    return Entry(
        file=file,
        name=_name(sheet.name),
        domains=usable(sheet.domains),
        mx=usable(sheet.mx),
        servers=sheet.servers,
    )


def provider_db_entry(file: str, data: bytes) -> Entry:
    """The entry of one file of provider-db. Raises ValueError or KeyError."""
    matter = front_matter(data.decode())
    return Entry(
        file=file,
        name=_name(matter.get("name")),
        domains=usable(matter["domains"]),
        servers=servers_of(matter),
        broken=matter["status"] == "BROKEN",
        checked=matter.get("last_checked"),
    )


READERS: Final[Mapping[str, Callable[[str, bytes], Entry]]] = {
    "ispdb": autoconfig_entry,
    "provider-db": provider_db_entry,
}


def usable(domains: Iterable[str]) -> tuple[str, ...]:
    """*domains* in A-labels, each once, without placeholders and reserved names."""
    found = {}
    for domain in domains:
        star = "*." if domain.startswith("*.") else ""
        try:
            name = host_name(domain.removeprefix(star))
        except WrongUsage:
            continue
        if not any(name == reserved or name.endswith(f".{reserved}") for reserved in RESERVED):
            found[star + name] = True
    return tuple(found)


def files_of(upstreams: Iterable[Upstream], folders: Mapping[str, Path]) -> dict[str, str]:
    """All that belongs below ``profiles/servers``, by its path there: entries and the index."""
    made: dict[str, str] = {}
    index: defaultdict[str, list[str]] = defaultdict(list)
    for upstream in upstreams:
        for path in sorted(folders[upstream.id].glob(f"*{upstream.ending}")):
            try:
                entry = READERS[upstream.id](path.name, path.read_bytes())
            except (NotReadable, ValueError, KeyError) as e:
                raise SystemExit(f"{path}: {e!r}") from e
            if not entry.domains and not entry.mx:
                print(f"{upstream.id}/{path.name}: no domain that can be anybody's, left out")
                continue
            name = f"{upstream.id}/{path.stem}"
            made[f"{name}.toml"] = entry_text(upstream, entry)
            for domain in dict.fromkeys((*entry.domains, *entry.mx)):
                index[domain].append(name)
    made[DOMAINS] = index_text((domain, " ".join(index[domain])) for domain in sorted(index))
    return made


def write(made: Mapping[str, str], folder: Path, upstreams: Iterable[Upstream]) -> None:
    """Make *folder* hold *made*, and beside it only ``upstreams.toml``."""
    for upstream in upstreams:
        (folder / upstream.id).mkdir(exist_ok=True)
        for path in (folder / upstream.id).glob("*.toml"):
            if f"{upstream.id}/{path.name}" not in made:
                path.unlink()
    for name, text in made.items():
        (folder / name).write_bytes(text.encode())


def main(arguments: list[str]) -> None:
    """Read the command line, read the lists, write."""
    parser = argparse.ArgumentParser(description="Make profiles/servers from the public lists.")
    parser.add_argument("ispdb", type=Path)
    parser.add_argument("provider_db", type=Path)
    parser.add_argument("--into", type=Path, default=profile_path("servers"))
    given = parser.parse_args(arguments)
    upstreams = read_upstreams(given.into / UPSTREAMS)
    made = files_of(upstreams, {"ispdb": given.ispdb, "provider-db": given.provider_db})
    write(made, given.into, upstreams)
    print(f"{len(made) - 1} entries, {made[DOMAINS].count(chr(9))} domains")


def _name(text: str | None) -> str | None:
    """A display name; one with a placeholder names nobody."""
    bare = " ".join((text or "").split())
    return bare if bare and "%" not in bare else None


if __name__ == "__main__":
    main(sys.argv[1:])
