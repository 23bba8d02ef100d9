# SPDX-License-Identifier: MPL-2.0
"""This system's password store: open, locked, missing, or waiting for somebody to unlock it."""

import threading
import time
from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError

from clientcfg.flows.password_store import StoreState, kept_password


class Store(KeyringBackend):
    """Does what a test says."""

    priority = 1

    def __init__(self, does: Callable[[str], str | None]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.does = does

    def get_password(self, service: str, username: str) -> str | None:
        assert service == "clientcfg"
        return self.does(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("nothing is kept")


@pytest.fixture
def use() -> Iterator[Callable[[Callable[[str], str | None]], None]]:
    before = keyring.get_keyring()
    yield lambda does: keyring.set_keyring(Store(does))
    keyring.set_keyring(before)


Use = Callable[[Callable[[str], str | None]], None]


async def test_an_open_store_gives_what_it_has(use: Use) -> None:
    use(lambda user: "secret" if user == "ada" else None)
    kept = await kept_password("ada")
    assert kept.secret is not None
    assert kept.secret.reveal() == "secret"
    other = await kept_password("eve")
    assert (other.state, other.secret, other.said) == (StoreState.OPEN, None, "")


async def test_a_locked_store_says_so(use: Use) -> None:
    def locked(_user: str) -> str | None:
        raise KeyringLocked("dismissed")

    use(locked)
    kept = await kept_password("ada")
    assert kept.state is StoreState.LOCKED
    assert "locked" in kept.said


async def test_a_store_that_waits_for_a_person_is_not_waited_for(use: Use) -> None:
    over = threading.Event()

    def waits(_user: str) -> str | None:
        over.wait(10)
        return "too late"

    use(waits)
    began = time.monotonic()
    kept = await kept_password("ada", patience=0.2)
    over.set()
    assert (kept.state, kept.secret) == (StoreState.LOCKED, None)
    assert time.monotonic() - began < 3


async def test_no_store_at_all(use: Use) -> None:
    def none(_user: str) -> str | None:
        raise NoKeyringError("no backend")

    use(none)
    kept = await kept_password("ada")
    assert kept.state is StoreState.MISSING
    assert kept.said == "This system has no password store we can use."
