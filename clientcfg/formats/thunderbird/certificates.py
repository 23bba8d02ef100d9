# SPDX-License-Identifier: MPL-2.0
"""Certificates that a person agreed to, as exceptions in ``cert_override.txt``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clientcfg.formats.cert_override import Overrides, fingerprint_of, place_of
from clientcfg.formats.prefs_js_text import PrefValue
from clientcfg.model.account import Account, TrustedCertificate
from clientcfg.model.plan import Conflict
from clientcfg.words import _

_HOST = re.compile(r"(mail\.(?:server|smtpserver)\.[^.]+\.)hostname")


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The file with our exceptions in it; None where they are there already.

    ``record``: by place what was before, what is ours, and who was there before us.
    """

    data: bytes | None
    trusted: tuple[TrustedCertificate, ...]
    record: Mapping[str, Any]


def exceptions_for(
    account: Account, data: bytes | None, values: Mapping[str, PrefValue], *, incoming: bool
) -> Exceptions:
    """The exceptions that *account* needs; that for reading only where *incoming* is of use.

    *values* are the prefs as they are before us.
    """
    logins = [account.outgoing, *([account.incoming] if incoming and account.incoming else [])]
    endpoints = {login.endpoint for login in logins}
    trusted = tuple(c for c in account.trusted_certificates if c.endpoint in endpoints)
    overrides = Overrides.parse(data)
    before = overrides.entries
    places: dict[str, dict[str, Any]] = {}
    for certificate in trusted:
        place, ours = _place(certificate), fingerprint_of(certificate.sha256)
        held = before.get(place)
        if held != ours:
            overrides = overrides.with_entry(place, ours)
            users = sorted(_users_of(place, values))
            places[place] = {"before": held, "ours": ours, "users": users}
    record = {"places": places, "made": data is None} if places else {}
    return Exceptions(overrides.data if places else None, trusted, record)


def sentences(trusted: Iterable[TrustedCertificate]) -> Iterable[str]:
    """What is trusted, with the fingerprint in full."""
    for certificate in trusted:
        yield _(
            "Trusts exactly one certificate at {place}, whoever issued it: sha256:{sha256}"
        ).format(place=_place(certificate), sha256=certificate.sha256)


@dataclass(frozen=True, slots=True)
class Without:
    """The file without our exceptions; ``data`` None: it was made by us, and nothing is left.

    ``conflicts`` are those that somebody changed since. ``left`` is the record
    of those that another account needs now, so that its undo takes them out.
    """

    data: bytes | None
    conflicts: tuple[Conflict, ...]
    left: Mapping[str, Any]


def all_exceptions(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The exceptions of a change, and those that earlier undone ones left to it."""
    places: dict[str, Any] = {}
    made = False
    for part in (record, *record.get("inherited", ())):
        # What was written before there were exceptions has none.
        held = part.get("exceptions", {})
        places |= held.get("places", {})
        made = made or bool(held.get("made"))
    return {"places": places, "made": made}


def without_exceptions(
    data: bytes, record: Mapping[str, Any], values: Mapping[str, PrefValue], *, force: bool
) -> Without:
    """Take the exceptions of *record* out.

    *values* are the prefs as they will be. An exception that an account made
    since needs is left to it; one that somebody took out is no conflict.
    """
    left: dict[str, Any] = {}
    overrides = Overrides.parse(data)
    conflicts: list[Conflict] = []
    for place, held in record.get("places", {}).items():
        now, before, ours = overrides.entries.get(place), held["before"], held["ours"]
        if now in {None, before}:
            continue
        if now != ours and not force:
            conflicts.append(Conflict(f"cert_override.txt {place}", before, ours, now))
        elif _users_of(place, values) <= set(held["users"]):
            overrides = _put_back(overrides, place, before)
        else:
            left[place] = held
    rest: Mapping[str, Any] = {"places": left, "made": record.get("made")} if left else {}
    if record.get("made") and all(not line.strip() or line[:1] == b"#" for line in overrides.lines):
        return Without(None, tuple(conflicts), rest)
    return Without(overrides.data, tuple(conflicts), rest)


def _put_back(overrides: Overrides, place: str, before: str | None) -> Overrides:
    if before is None:
        return overrides.without_entry(place)
    return overrides.with_entry(place, before)


def _users_of(place: str, values: Mapping[str, PrefValue]) -> set[str]:
    """The prefs branches of servers at *place*."""
    hosts = ((m[1], host) for name, host in values.items() if (m := _HOST.fullmatch(name)))
    return {
        branch
        for branch, host in hosts
        if isinstance(port := values.get(f"{branch}port"), int)
        and place_of(str(host), port) == place
    }


def _place(certificate: TrustedCertificate) -> str:
    return place_of(certificate.endpoint.host, certificate.endpoint.port)
