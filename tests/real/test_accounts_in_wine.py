# SPDX-License-Identifier: MPL-2.0
"""Exported ``.reg`` files in Wine: the account becomes what was meant, nothing else is touched."""

from collections.abc import Mapping

import pytest

from clientcfg.model.account import Account, ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.mechanism import LOGIN
from tests.support import reg_reader
from tests.support.exports import ROWS, files_of
from tests.support.reg_writer import reg_5
from tests.support.windows_exports import no_settings
from tests.world.wine import Prefix

pytestmark = pytest.mark.wine

HOSTILE = 'Zoë "M\\" [HKEY_CURRENT_USER\\x] %PATH% ;=@ 日本'
# Files that go one after the other, then those that take them back.
WAYS = (("change.reg", "undo.reg"), ("add-account.reg", "undo.reg"),
        ("steer-autodiscover.reg", "steer-autodiscover-undo.reg"))  # fmt: skip
NOTHING = reg_5([])
REGISTRY = [
    row
    for row in ROWS
    if row.name.endswith(("-registry", "-autodiscover")) and row.meant is not no_settings
]
ACCOUNTS = {
    "usual": ("smtp.example.org", "ada@example.org", "Ada"),
    "other-user": ("mail.example.net", "ada\"\\'smtp", HOSTILE),
}


def account(name: str) -> Account:
    host, user, real_name = ACCOUNTS[name]
    outgoing = ServerLogin(Endpoint.parse(Protocol.SMTP, f"{host}:465"), user, LOGIN)
    incoming = Endpoint.parse(Protocol.IMAP, "imap.example.org:993")
    address = Address.parse("ada@example.org")
    return Account(address, real_name, outgoing, ServerLogin(incoming, str(address), LOGIN))


Flat = dict[tuple[str, str], object]


def flat(exported: bytes) -> Flat:
    registry = reg_reader.read(exported)
    return {(key, name): v for key, values in registry.items() for name, v in values.items()}


def difference(before: Flat, after: Flat) -> Flat:
    """What is new or different, and as None what is gone."""
    places = before.keys() | after.keys()
    return {p: after.get(p) for p in places if before.get(p) != after.get(p)}


@pytest.mark.parametrize("kind", sorted({row.name for row in REGISTRY}))
def test_what_becomes_of_an_account(kind: str, wine_prefix: Prefix) -> None:
    """Each file of each version for each account, and its undo, one after the other."""
    jobs = [(row, account(name)) for row in REGISTRY if row.name == kind for name in ACCOUNTS]
    files: list[bytes] = []
    for row, ada in jobs:
        made = files_of(row.export(ada))
        files += [row.current(ada) or NOTHING, *(made[name] for name in way(made))]
    states = [flat(state) for state in wine_prefix.states(files)]
    for number, (row, ada) in enumerate(jobs):
        before, after, undone = states[3 * number + 1 :][:3]
        does = way(files_of(row.export(ada)))[0]
        meant = {
            place[1:]: value
            for place, value in row.meant(ada).items()
            if isinstance(place, tuple) and place[0] == does
        }
        assert meant
        assert difference(before, after) == meant, (row, ada)
        assert undone == before


def way(files: Mapping[str, bytes]) -> tuple[str, str]:
    return next(names for names in WAYS if names[0] in files)
