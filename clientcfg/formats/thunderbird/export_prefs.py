# SPDX-License-Identifier: MPL-2.0
"""The prefs of one account, to be added to the ``prefs.js`` of another machine."""

from collections.abc import Iterator

from clientcfg.formats.thunderbird.accounts import ACCOUNTS, SMTP_SERVERS
from clientcfg.formats.thunderbird.for_others import (
    PrefsForOthers,
    asks_for_password,
    for_system,
    limits,
    prefs_for,
)
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.model.steps import typed
from clientcfg.words import _

NAME = "clientcfg-prefs.js"

_UNIX = typed("cp prefs.js prefs-before.js", f"cat {NAME} >> prefs.js")
_WINDOWS = typed("copy prefs.js prefs-before.js", f"type {NAME} >> prefs.js")


class ThunderbirdPrefs:
    """Against the ``prefs.js`` of the other machine where there is one, else an empty profile."""

    name = "thunderbird-prefs"
    takes_current = True

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """One file with just the prefs of this account; none where all is set already."""
        found = prefs_for(account, wanted)
        if not found.prefs:
            already = _("{address} is set up like this already.")
            return Exported((), (already.format(address=account.address),))
        about = About(
            NAME,
            _("The settings of this account, for Thunderbird’s own prefs.js"),
            does=(found.does,),
            does_not=tuple(_does_not(account, wanted, found)),
            steps=tuple(_steps(wanted)),
        )
        return Exported((ExportFile(about, (found.statements(),)),))


def _does_not(account: Account, wanted: Wanted, found: PrefsForOthers) -> Iterator[str]:
    yield asks_for_password()
    if wanted.current is None:
        yield _(
            "It is for a Thunderbird without accounts, and would hide any that are there. For one "
            "that has some, make this file again with --current and the prefs.js from there."
        )
    elif found.prefs.keys() & {ACCOUNTS, SMTP_SERVERS}:
        yield _(
            "It goes with the very prefs.js that it was made from: accounts that were added there "
            "since would be hidden."
        )
    yield _(
        "Never save it as user.js: Thunderbird would apply it again at every start, and so undo "
        "what is changed in its settings later, also after that file is gone."
    )
    yield from limits(account, wanted)


def _steps(wanted: Wanted) -> Iterator[str]:
    if wanted.current is None:
        yield _("Start Thunderbird once, so that it has a folder for its settings; then close it.")
    else:
        yield _("Close Thunderbird: while it is open, it would write its own settings over these.")
    yield _("Put {file} into the folder that has prefs.js.").format(file=NAME)
    yield from for_system(
        wanted,
        win=(
            _(
                "On Windows it lies below {folder}. Open the Command Prompt there (not "
                "PowerShell), and type these two lines:"
            ).format(folder=r"%APPDATA%\Thunderbird\Profiles"),
            *_WINDOWS,
        ),
        mac=(
            _(
                "On macOS it lies below {folder}. Open Terminal there, and type these two lines:"
            ).format(folder="~/Library/Thunderbird/Profiles"),
            *_UNIX,
        ),
        linux=(
            _(
                "On Linux it lies below {folder}. Open a terminal there, and type these two lines:"
            ).format(folder="~/.thunderbird"),
            *_UNIX,
        ),
    )
    yield _("Start Thunderbird. To go back, close it and copy prefs-before.js over prefs.js.")
