# SPDX-License-Identifier: MPL-2.0
"""What the tests of safe hands want to know of a format, and of a grammar."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from clientcfg.changes.fill import StoreEncoder
from clientcfg.model.account import Account
from clientcfg.model.client import Installation
from clientcfg.model.plan import Format
from clientcfg.model.secret import Encoder
from tests.support.readers import Strict

Files = Mapping[str, bytes]
"""Path below the home → content."""

Settings = Mapping[str, Strict]
"""``path:key`` → value, as a reader of the tests' own understands the files."""


@dataclass(frozen=True, slots=True)
class Start:
    """How a home may look before. ``folder``: what the client's files may never lead out of."""

    name: str
    files: Files
    folder: str


@dataclass(frozen=True, slots=True)
class Row:
    """One format, and all that is needed to try it.

    ``account`` is an ordinary one, its password to be stored. ``starts`` are
    homes that must work; ``olds`` draws homes with anything in these files.
    ``installation`` is the client in a home, given as absolute path.

    ``read`` understands the files without the format's own parser.
    ``added(before, after, account, password)`` raises AssertionError unless
    *after* is *before* with exactly the settings of that account.
    ``used`` is what the client and a person leave when they have used the
    settings since; nothing in it touches what we wrote. ``stays`` names the
    settings that a revert leaves behind on purpose.

    ``weak`` names every setting that would let a password go unprotected, or
    leaves to the client what it does. ``encoders`` stand in for the client's
    own libraries.

    ``fit`` makes any account one that the format can do something with, and
    ``ready`` a home one that has what the format needs for it: some programs'
    accounts can only be changed, not made. ``exact_though_used``: what the
    program writes since does not keep an undo from being exact.
    """

    format: Format
    client: str
    install: Callable[[Path], None]
    account: Account
    starts: Sequence[Start]
    olds: st.SearchStrategy[Start]
    installation: Callable[[str, Start], Installation]
    read: Callable[[Files], Settings]
    added: Callable[[Settings, Settings, Account, str], None]
    used: Callable[[Files, Start], Files]
    stays: Callable[[str], bool]
    weak: Callable[[Settings], Sequence[str]]
    encoders: Mapping[Encoder, StoreEncoder] = field(default_factory=dict)
    own_encoders: Callable[[], Mapping[Encoder, StoreEncoder]] = dict
    fit: Callable[[Account], Account] = lambda account: account
    ready: Callable[[Start, Account], Start] = lambda start, _account: start
    exact_though_used: bool = False

    def __str__(self) -> str:
        return self.format.name


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one kind of file is written, for hostile contents.

    ``cases`` draws whatever ``write`` takes; ``write`` gives the old content
    and the new one or raises a ``Trouble``. ``check(case, before, after)``
    raises AssertionError unless the new content says what it should, given the
    readings of both. ``plain(case)``: nothing in this case may be refused.
    """

    name: str
    cases: st.SearchStrategy[Any]
    write: Callable[[Any], tuple[bytes, bytes]]
    read: Callable[[bytes], Mapping[str, Strict]]
    check: Callable[[Any, Mapping[str, Strict], Mapping[str, Strict]], None]
    plain: Callable[[Any], bool]

    def __str__(self) -> str:
        return self.name
