# SPDX-License-Identifier: MPL-2.0
"""The public lists of providers read a second way, sharing nothing with the program.

ISPDB by searching the text, without an XML parser; provider-db line by line,
without a YAML parser. Both know only what these two lists really hold, and
stop at anything else.
"""

import html
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One server, with the words of JSON for protocol and security."""

    protocol: str
    host: str
    port: int
    security: str
    username: str | None
    auth: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    domains: list[str]
    rows: list[Row]
    name: str
    broken: bool = False


_SOCKETS = {"SSL": "tls", "STARTTLS": "starttls", "plain": "plain", "PLAIN": "plain"}
_KINDS = {"imap": "imap", "pop3": "pop3", "smtp": "smtp"}
_NO_MAIL_SERVERS = {"ews", "owa", "graph", "exchange"}


def ispdb(data: bytes) -> Read:
    text = re.sub(r"<!--.*?-->", "", data.decode("utf-8"), flags=re.S)
    rows = []
    for tag, kind, inside in re.findall(
        r'<(incomingServer|outgoingServer) type="(\w+)">(.*?)</\1>', text, flags=re.S
    ):
        if kind in _NO_MAIL_SERVERS:
            continue
        assert (tag == "outgoingServer") == (kind == "smtp")
        names = _values(inside, "username")
        rows.append(
            Row(
                _KINDS[kind],
                _only(_values(inside, "hostname")),
                int(_only(_values(inside, "port"))),
                _SOCKETS[_only(_values(inside, "socketType"))],
                _only(names) if names else None,
                tuple(_values(inside, "authentication")),
            )
        )
    assert text.count("Server type=") == len(re.findall(r"</(?:incoming|outgoing)Server>", text))
    return Read(_values(text, "domain"), rows, _only(_values(text, "displayName")))


def _values(text: str, tag: str) -> list[str]:
    return [html.unescape(found).strip() for found in re.findall(f"<{tag}>(.*?)</{tag}>", text)]


def _only(found: list[str]) -> str:
    assert len(found) == 1, found
    return found[0]


def provider_db(data: bytes) -> Read:
    lines = data.decode("utf-8").splitlines()
    assert lines[0] == "---"
    matter = lines[1 : lines.index("---", 1)]
    edge = min(len(line) - len(line.lstrip()) for line in matter if re.match(r" *name:", line))
    section, scalars = "", {}
    domains: list[str] = []
    servers: list[dict[str, str]] = []
    for line in (line.rstrip() for line in matter):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        top = re.fullmatch(r"([a-z_0-9]+):\s*(.*)", line[edge:])
        item = re.fullmatch(r"\s*- +(.*)", line)
        if top and not item:
            section = top[1]
            scalars[section] = top[2]
        elif section == "domains":
            assert item, line
            domains.append(item[1].strip("'\""))
        elif section == "server":
            if item:
                servers.append({})
            pair = re.fullmatch(r"\s*(?:- +)?([a-z_]+): *(\S+)", line)
            assert pair, line
            assert pair[1] not in servers[-1], line
            servers[-1][pair[1]] = pair[2]
        # All else are hints and settings of another program.
    rows = [
        Row(
            _KINDS[server["type"]],
            server["hostname"],
            int(server["port"]),
            _SOCKETS[server["socket"]],
            "%EMAILLOCALPART%"
            if server.get("username_pattern", "").lower() == "emaillocalpart"
            else "%EMAILADDRESS%",
        )
        for server in servers
    ]
    return Read(domains, rows, scalars["name"].strip("'\""), scalars["status"] == "BROKEN")
