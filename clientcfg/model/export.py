# SPDX-License-Identifier: MPL-2.0
"""Files for another machine: what they are, what they do there, and what they do not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from clientcfg.model.account import Account
from clientcfg.model.client import ClientVersion
from clientcfg.model.plan import Content


@dataclass(frozen=True, slots=True)
class About:
    """One file in words, for the person who gets it. One sentence each.

    ``name`` is its path below the folder, with "/". ``does`` is what happens
    when it is used, ``does_not`` what one might expect of it in vain, ``steps``
    how it is used, in order.
    """

    name: str
    title: str
    does: tuple[str, ...]
    does_not: tuple[str, ...]
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to hand on. Its content may have holes only where a password was asked for by name.

    ``signable``: it may be wrapped in a signature once it is filled.
    """

    about: About
    content: Content
    signable: bool = False

    @property
    def name(self) -> str:
        """Its path below the folder, with "/"."""
        return self.about.name


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The text of a QR code for the terminal, in UTF-8; ``title`` says what to do with it.

    Never written to a file, so it may have holes where the files have none.
    """

    title: str
    text: Content


@dataclass(frozen=True, slots=True)
class Exported:
    """All files of one kind, and what no file of this kind can do."""

    files: tuple[ExportFile, ...]
    notes: tuple[str, ...] = ()
    on_screen: tuple[OnScreen, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs files: the ``name`` in the certificate and that of the ``root`` it leads to.

    ``ends``, in UTC, is when the first certificate of the chain does. ``notes``
    are sentences about it.
    """

    name: str
    root: str
    ends: datetime
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants of an export beside the account.

    ``client`` is the program on the other machine, ``at`` the time in UTC.
    ``current``: its settings as they are there, as that program or system
    exports them. ``with_password``: the file may hold the password, so its
    content gets a hole. ``organization`` and ``consent`` are shown by systems
    that show such things; ``authorities`` (DER) are to be trusted there, too;
    ``url`` is where the file will be fetched from. ``mechanisms``: what the
    servers offer inside TLS, by host and port, a protocol's own log-in command as
    LOGIN; empty where nobody asked. ``signature``: what is signable will be
    signed, and by whom.
    """

    client: ClientVersion
    at: datetime
    # A key that Windows exported has passwords in it.
    current: bytes | None = field(default=None, repr=False)
    with_password: bool = False
    organization: str | None = None
    consent: str | None = None
    authorities: tuple[bytes, ...] = ()
    url: str | None = None
    mechanisms: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    signature: Signature | None = None


class Exporter(Protocol):
    """One kind of files for another machine. Pure: nothing here touches a disk.

    ``takes_current``: it can make use of ``Wanted.current``.
    """

    name: str
    takes_current: bool

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """The files. Raises a :class:`Trouble` where no such file could be right."""
        ...
