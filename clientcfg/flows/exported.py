# SPDX-License-Identifier: MPL-2.0
"""What an export made, before it is written."""

from dataclasses import dataclass, field

from clientcfg.model.account import Account
from clientcfg.model.client import ClientVersion
from clientcfg.model.export import About
from clientcfg.model.trouble import Trouble
from clientcfg.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file whose holes are filled. ``secret``: it holds a password, so it is only its owner's."""

    about: About
    content: bytes = field(repr=False)
    secret: bool = False


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A QR code for the terminal, whose text may hold a password; it is in no file."""

    title: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientExport:
    """Everything for one person and one program.

    ``page`` says what the files do and how they are used, and has the settings
    to type in by hand; ``notes`` are sentences about all of it. ``refused``:
    kinds of files that could not be right, and why. ``verdict`` None: nobody
    asked the servers.
    """

    account: Account
    client: ClientVersion
    files: tuple[MadeFile, ...]
    page: MadeFile
    notes: tuple[str, ...]
    refused: tuple[tuple[str, Trouble], ...]
    verdict: Verdict | None
    on_screen: tuple[ShownCode, ...] = ()

    @property
    def all_files(self) -> tuple[MadeFile, ...]:
        """The files and the page."""
        return (*self.files, self.page)

    @property
    def folder(self) -> str:
        """How a folder of this program is called: its id, and its version where one was named."""
        return self.client.id
