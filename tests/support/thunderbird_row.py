# SPDX-License-Identifier: MPL-2.0
"""Thunderbird in the register of formats: homes, what is read back, what may be in it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from clientcfg.changes.fill import nss
from clientcfg.formats.thunderbird import Thunderbird
from clientcfg.model.account import Account, ServerLogin, TrustedCertificate
from clientcfg.model.address import Address
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import PLAIN
from tests.support import readers
from tests.support.readers import Strict, strict
from tests.support.row import Files, Row, Settings, Start
from tests.support.thunderbird_added import NEW, ROOT, added
from tests.support.thunderbird_homes import HOMES, STARTS

PROGRAM = "/usr/lib/thunderbird"
SMTP = Endpoint(Protocol.SMTP, "smtp.example.org", 465, Security.TLS)
IMAP = Endpoint(Protocol.IMAP, "imap.example.org", 993, Security.TLS)
ADA = Account(
    Address("ada", "example.org"),
    "Ada “Countess” Lovelace",
    ServerLogin(SMTP, "ada", PLAIN),
    ServerLogin(IMAP, "ada", PLAIN),
    store_password=True,
    trusted_certificates=(TrustedCertificate(SMTP, "0a" * 32), TrustedCertificate(IMAP, "b0" * 32)),
)


def sealed(
    store: Mapping[str, bytes | None], texts: Sequence[str]
) -> tuple[Sequence[str], Mapping[str, bytes]]:
    """In the place of NSS: hides the texts, and makes a key file where there is none."""
    return [f"={t.encode().hex()[::-1]}" for t in texts], {"key4.db": store.get("key4.db") or b"K"}


def unsealed(text: str) -> str:
    """What :func:`sealed` hid; other texts as they are."""
    return bytes.fromhex(text[:0:-1]).decode() if re.fullmatch("=[0-9a-f]*", text) else text


def installation(home: str, start: Start) -> Installation:
    """Thunderbird in *home*; without a profile of its own where the start has none."""
    profile = None if start.folder == ROOT else f"{home}/{start.folder}"
    return Installation(
        "thunderbird", "Thunderbird", "153.7.0esr", "linux", PROGRAM, "deb",
        f"{home}/{ROOT}", profile, running=False,
    )  # fmt: skip


def install(root: Path) -> None:
    """What a package of it has below *root*; it cannot be started."""
    program = root / PROGRAM.lstrip("/")
    program.mkdir(parents=True)
    (program / "application.ini").write_text("[App]\nName=Thunderbird\nVersion=153.7.0\n")
    (program / "thunderbird").write_text("#!/bin/false\n")


_READERS: Mapping[str, Callable[[bytes], dict[str, Strict]]] = {
    "prefs.js": readers.prefs_js,
    "user.js": readers.prefs_js,
    "profiles.ini": readers.mozilla_ini,
    "installs.ini": readers.mozilla_ini,
    "logins.json": partial(readers.logins_json, decrypt=unsealed),
    "cert_override.txt": readers.cert_override,
    "key4.db": lambda data: {"": strict(data)},
}


def read(files: Files) -> Settings:
    """Prefs, log-ins, the key, exceptions and the lists of profiles."""
    return readers.of_files(files, _READERS)


def used(files: Files, start: Start) -> Files:
    """Thunderbird saved its prefs (sorted, one a line) and its exceptions (in any order); a
    person added a server, a log-in and an exception."""
    folder = NEW if start.folder == ROOT else start.folder
    path = f"{folder}/prefs.js"
    prefs = {k: v[1] for k, v in readers.prefs_js(files.get(path, b"")).items()}
    prefs |= {"mail.theirs": 'a "quoted"\\ line', "mail.server.server77.hostname": "theirs"}
    lines = [
        f'user_pref("{k}", {json.dumps(v, ensure_ascii=False)});' for k, v in sorted(prefs.items())
    ]
    saved = "\n".join(("// Mozilla User Preferences", "", *lines, ""))
    logins = json.loads(files.get(f"{folder}/logins.json", b'{"logins":[]}'))
    logins["logins"].append({"guid": "{theirs}", "hostname": "https://theirs.example"})
    exceptions = readers.cert_override(files.get(f"{folder}/cert_override.txt", b""))
    exceptions["theirs.example:443"] = readers.strict("AB")
    overrides = "".join(
        f"{place}:\tOID.2.16.840.1.101.3.4.2.1\t{value[1]}\t\n"
        for place, value in reversed(exceptions.items())
    )
    return {
        **files,
        path: saved.encode(),
        f"{folder}/logins.json": json.dumps(logins).encode(),
        f"{folder}/cert_override.txt": overrides.encode("utf-8", "surrogateescape"),
    }


def stays(key: str) -> bool:
    """The store's own counters, its key, and a profile that was made: it is a person's now."""
    return bool(
        re.match(rf"{ROOT}/(profiles|installs)\.ini:", key)
        or re.search(r"/key4\.db:$|/logins\.json:/\w+$", key)
    )


def weak(settings: Settings) -> Sequence[str]:
    """Servers of ours that go without TLS, with TLS "if available", or log in as it pleases."""
    values = {k.rpartition("prefs.js:")[2]: v[1] for k, v in settings.items()}
    found = []
    for name, value in values.items():
        branch, _dot, last = name.rpartition(".")
        loopback = values.get(f"{branch}.hostname") in {"127.0.0.1", "::1"}
        if last in {"try_ssl", "socketType"}:
            strong = value in {2, 3} or (value == 0 and loopback)
        elif last == "authMethod":
            strong = value in {3, 4, 5, 6, 10}
        elif name.startswith(("security.", "mail.smtp.ssl", "network.")) or "insecure" in last:
            strong = False
        else:
            continue
        if not strong or isinstance(value, bool):
            found.append(f"{name}={value}")
    return found


ROW = Row(
    format=Thunderbird(),
    client="thunderbird",
    install=install,
    account=ADA,
    starts=STARTS,
    olds=HOMES,
    installation=installation,
    read=read,
    added=added,
    used=used,
    stays=stays,
    weak=weak,
    encoders={"nss-sdr": sealed},
    own_encoders=lambda: {"nss-sdr": nss(PROGRAM)},
)
