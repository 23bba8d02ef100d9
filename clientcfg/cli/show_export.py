# SPDX-License-Identifier: MPL-2.0
"""An export, for people: each file with what it does and what it does not."""

from collections.abc import Sequence

from clientcfg.cli.screen import NO, YES, Screen
from clientcfg.flows.exported import ClientExport
from clientcfg.model.documents import Document
from clientcfg.words import _


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
    for note in dict.fromkeys(note for export in exports for note in export.notes):
        screen.say(f"! {note}", style="yellow")
    for export in exports:
        if export.verdict is None:
            screen.say(_("The servers were not asked: nothing was proved."))
            break
    for kind, trouble in (pair for export in exports for pair in export.refused):
        screen.say(f"{NO} {kind}: {trouble.text}", style="red")
        for advice in trouble.advice:
            screen.say(f"    {advice}")
