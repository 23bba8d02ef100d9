# SPDX-License-Identifier: MPL-2.0
"""For servers that have answered already: files, the page by hand, and the code for a phone.

No network of its own, and nothing is written but where a person said so.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from clientcfg.flows.events import Event, ExportDone, ProbeDone
from clientcfg.flows.export import Job
from clientcfg.flows.export_folder import write_folder
from clientcfg.flows.export_settled import Extras
from clientcfg.flows.exported import ClientExport
from clientcfg.flows.guide import page_after
from clientcfg.flows.guide_file import save_page
from clientcfg.flows.here import Here
from clientcfg.flows.question import Answerer, Question
from clientcfg.guides.guide import Guide
from clientcfg.guides.html import as_html
from clientcfg.model.client import ClientVersion
from clientcfg.model.trouble import No, Trouble
from clientcfg.words import _, language

# The program whose codes a phone's camera reads.
PHONE = "thunderbird-android"
_PICTURE = ".png"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Everything for one program: its files, the page by hand, the same page to save."""

    export: ClientExport
    guide: Guide
    html: str


@dataclass(frozen=True, slots=True)
class Written:
    """The files lie in ``folder``, its full path."""

    folder: str
    export: ClientExport


@dataclass(frozen=True, slots=True)
class PageWritten:
    """The page lies at ``path``, its full path."""

    path: str


@dataclass(frozen=True, slots=True)
class Codes:
    """Pictures (PNG) for the phone's camera, in their order, and what was made of them."""

    pictures: tuple[bytes, ...]
    export: ClientExport


async def hand_over(
    question: Question, probed: ProbeDone, client: ClientVersion, answerer: Answerer, here: Here
) -> AsyncIterator[Event | HandedOver]:
    """The files and the page of *client*; ends with :class:`HandedOver`.

    Raises a :class:`Trouble` where it cannot send there.
    """
    async for event in Job(question, Extras(), answerer, here).probed(probed, (client,)):
        yield event
        if isinstance(event, ExportDone):
            guide = page_after(question, probed, client, here)
            yield HandedOver(event.exports[0], guide, as_html((guide,), language()))


async def write_files(export: ClientExport, folder: str, here: Here) -> AsyncIterator[Written]:
    """Put them into *folder*; raises a :class:`Trouble` where something is in the way."""
    write_folder((export,), folder, here.disk)
    yield Written(here.disk.real(folder), export)


async def write_page(page: str, path: str, here: Here) -> AsyncIterator[PageWritten]:
    """Put the page by hand at *path*; raises a :class:`Trouble` where something else lies there."""
    yield PageWritten(save_page(page, path, here.disk))


def can_make_codes(here: Here) -> bool:
    """Whether there is a kind of code for a phone at all."""
    return bool(_makers(here.catalog.client(PHONE)))


async def codes(
    question: Question, probed: ProbeDone, answerer: Answerer, here: Here
) -> AsyncIterator[Event | Codes]:
    """The codes of this account for Thunderbird on a phone; ends with :class:`Codes`.

    They hold no password. Raises a :class:`Trouble` where there can be none.
    """
    client = here.catalog.client(PHONE)
    async for event in Job(question, Extras(), answerer, here).probed(probed, (client,)):
        yield event
        if isinstance(event, ExportDone):
            export = event.exports[0]
            pictures = tuple(
                file.content for file in export.files if file.about.name.endswith(_PICTURE)
            )
            if not pictures:
                why: Trouble | None = next((t for _name, t in export.refused), None)
                raise why or No(
                    "no-code", _("There is no QR code for {name}.").format(name=client.name)
                )
            yield Codes(pictures, export)


def _makers(client: ClientVersion) -> tuple[str, ...]:
    return tuple(name for name in client.exports if name.endswith("-qr"))
