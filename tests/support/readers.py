# SPDX-License-Identifier: MPL-2.0
"""Readers of settings files that share nothing with the program: written again, from the rules.

They are what hostile text is parsed back with. Slow, short, one character or
line at a time, where the program has tables and regular expressions.
"""

import json
from collections.abc import Callable, Mapping

from tests.support.prefs_reader import prefs

Strict = tuple[str, object]


def strict(value: object) -> Strict:
    """A value with its type, so that 1, true and "1" differ."""
    return type(value).__name__, value


def prefs_js(data: bytes) -> dict[str, Strict]:
    """Every pref in force, with its type."""
    return {name: strict(value) for name, value in prefs(data).items()}


# The ini files of Mozilla programs.


def mozilla_ini(data: bytes) -> dict[str, Strict]:
    """``section/key`` → value; of a section that stands there twice, both."""
    if data.startswith(b"\xff\xfe"):
        text = data[2:].decode("utf-16-le", "replace")
    else:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    found: dict[str, Strict] = {}
    section: str | None = None
    for raw in text.split("\0")[0].replace("\r", "\n").split("\n"):
        line = raw.lstrip(" \t")
        if line.startswith("["):
            name, bracket, behind = line[1:].partition("]")
            section = name if name and bracket and not behind.strip(" \t") else None
        elif line and line[0] not in "#;" and section is not None:
            key, equals, value = line.partition("=")
            if key and equals:
                found[f"{section}/{key}"] = strict(value)
    return found


# logins.json


def logins_json(data: bytes, decrypt: Callable[[str], str]) -> dict[str, Strict]:
    """``guid/field`` of every log-in, user name and password decrypted where that can be done;
    ``/name`` of everything else. What a strict JSON reader rejects is one setting as a whole."""

    def no_constant(word: str) -> None:
        raise ValueError(word)

    try:
        store = json.loads(data.decode("utf-8"), parse_constant=no_constant)
    except ValueError:
        return {"no JSON": strict(data)}
    found = {f"/{name}": strict(value) for name, value in store.items() if name != "logins"}
    for number, entry in enumerate(reversed(store["logins"])):
        guid = entry.get("guid")
        key = guid if isinstance(guid, str) else f"#{number} from the end"
        for name, value in entry.items():
            plain = decrypt(value) if name.startswith("encrypted") else value
            found[f"{key}/{name}"] = strict(plain)
    return found


# cert_override.txt


def cert_override(data: bytes) -> dict[str, Strict]:
    """Place → fingerprint as it is written, as Thunderbird 153 was seen to read it.

    Lines of another hash, with too few columns or for a container or a private window are none
    of these; the last line of a place counts.
    """
    found: dict[str, Strict] = {}
    for line in data.split(b"\n"):
        columns = line.split(b"\t")
        if line[:1] == b"#" or len(columns) < 4 or columns[1] != b"OID.2.16.840.1.101.3.4.2.1":
            continue
        host, _colon, port = columns[0].removesuffix(b":").rpartition(b":")
        literal = host[:1] == b"[" and host[-1:] == b"]" and b"]" not in host[1:-1]
        if port.isdigit() and host and (literal or not set(b":[") & set(host)):
            place, print_ = (b.decode("utf-8", "surrogateescape") for b in (columns[0], columns[2]))
            found[place.removesuffix(":")] = strict(print_)
    return found


def of_files(
    files: Mapping[str, bytes], by_name: Mapping[str, Callable[[bytes], dict[str, Strict]]]
) -> dict[str, Strict]:
    """The settings of many files: ``path:key`` → value, each read by the reader of its name."""
    return {
        f"{path}:{key}": value
        for path, data in files.items()
        if (read := by_name.get(path.rpartition("/")[2])) is not None
        for key, value in read(data).items()
    }
