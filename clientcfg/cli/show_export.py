# SPDX-License-Identifier: MPL-2.0
"""An export, for people: each file with what it does and what it does not."""

from collections.abc import Sequence

from clientcfg.cli.screen import NO, YES, Screen
from clientcfg.flows.exported import ClientExport
from clientcfg.model.documents import Document
from clientcfg.words import _, ngettext


def show_export(screen: Screen, exports: Sequence[ClientExport], document: Document) -> None:
    """Every file that was written, then what there is to know about all of them.

    A terminal also shows the QR codes, which may hold what no file does.
    """
    for file in document["files"]:
        screen.say(f"{YES} {file['path']}", style="bold")
        screen.say(f"    {file['title']}")
        for text in file["does"]:
            screen.say(f"    + {text}")
        for text in file["does_not"]:
            screen.say(f"    - {text}", style="dim")
    for code in (code for export in exports for code in export.on_screen):
        screen.code(code.title, code.text)
    _about_all(screen, exports)


def show_people(screen: Screen, exports: Sequence[ClientExport], folder: str) -> None:
    """What many people got, in few lines: the files are alike, and each page says what they do."""
    people = dict.fromkeys(export.account.address for export in exports)
    text = ngettext(
        "{count} person has a folder in {folder}.", "{count} people have a folder in {folder}.",
        len(people),
    )  # fmt: skip
    screen.say(f"{YES} {text.format(count=len(people), folder=folder)}", style="bold")
    for title in dict.fromkeys(f.about.title for export in exports for f in export.files):
        screen.say(f"    {title}")
    _about_all(screen, exports)


def _about_all(screen: Screen, exports: Sequence[ClientExport]) -> None:
    """What is true of all files, and what could not be made."""
    for note in dict.fromkeys(note for export in exports for note in export.notes):
        screen.say(f"! {note}", style="yellow")
    for export in exports:
        if export.verdict is None:
            screen.say(_("The servers were not asked: nothing was proved."))
            break
    refused = {
        (kind, trouble.text): trouble for export in exports for kind, trouble in export.refused
    }
    for (kind, words), trouble in refused.items():
        screen.say(f"{NO} {kind}: {words}", style="red")
        for advice in trouble.advice:
            screen.say(f"    {advice}")
