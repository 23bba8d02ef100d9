# SPDX-License-Identifier: MPL-2.0
"""``change.reg`` and ``undo.reg`` for an account that Outlook has, from its own exported key.

Without that key there is no such file: the numbers of accounts and the names of
profiles differ from machine to machine, and a change of the wrong one would go
into an address book. What is written then is how to get the key.
"""

from typing import Final

from clientcfg.clients.registry.reg_file import read_reg
from clientcfg.formats.outlook.account import SECTION, OutlookAccount, account_of
from clientcfg.formats.outlook.change import change_of
from clientcfg.formats.outlook.versions import PROFILES_IN_OFFICE, outlook_number
from clientcfg.formats.plain_text import refuse_hidden
from clientcfg.formats.reg.write import reg_5
from clientcfg.formats.windows_login import refuse_unsuitable
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _, quoted

_OLD_PROFILES: Final = (
    "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows NT\\CurrentVersion\\"
    "Windows Messaging Subsystem\\Profiles"
)


class OutlookRegistry:
    """A change of single values and its undo; or the sheet that says what is needed for them."""

    name = "outlook-registry"
    takes_current = True

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """Two files where there is a key. Raises a :class:`Trouble` for a wrong one."""
        refuse_hidden(account)
        number = outlook_number(wanted.client)
        notes = refuse_unsuitable(account, wanted, login_only=False)
        if wanted.current is None:
            return Exported((_sheet(number, wanted),), notes)
        found = account_of(account.address, read_reg(wanted.current).stored())
        _refuse_other_version(found, number, wanted.client.name)
        made = change_of(account, found, number, wanted.client.name)
        if not made.change.after:
            done = _("{address} is set up like this in Outlook already: nothing is to be changed.")
            return Exported((), (*notes, done.format(address=account.address), *made.notes))
        files = (_change(account, found, made.said, reg_5([made.change.step])),
                 _undo(found, reg_5([made.change.undo])))  # fmt: skip
        return Exported(files, (*notes, *made.notes))


def _change(
    account: Account, found: OutlookAccount, said: tuple[str, ...], content: bytes
) -> ExportFile:
    about = About(
        "change.reg",
        _("The change for the account {address} in the profile {profile}").format(
            address=account.address, profile=quoted(found.profile)
        ),
        does=(
            _("Makes Outlook log in at {server} for sending.").format(
                server=account.outgoing.endpoint
            ),
            *said,
        ),
        does_not=(
            _("It is for this account on this machine only: elsewhere it would hit another one."),
            _("It changes nothing else, and holds no password."),
            _("The certificate of the server has to be trusted by Windows there."),
        ),
        steps=(
            _("Close Outlook: what it has open it would write back."),
            _("Log in to Windows as the person whose account it is."),
            _("Double-click {file} and say yes.").format(file="change.reg"),
            _("Start Outlook and send yourself a message, or press {button}.").format(
                button=quoted("Test Account Settings")
            ),
        ),
    )
    return ExportFile(about, (content,))


def _undo(found: OutlookAccount, content: bytes) -> ExportFile:
    about = About(
        "undo.reg",
        _("The way back"),
        does=(
            _("Gives every value of {file} back what it had when the key was exported.").format(
                file="change.reg"
            ),
        ),
        does_not=(
            _("Where these settings were changed after the key was exported, that is lost."),
            _("It changes nothing else in the profile {profile}.").format(
                profile=quoted(found.profile)
            ),
        ),
        steps=(
            _("Close Outlook: what it has open it would write back."),
            _("Double-click {file} and say yes.").format(file="undo.reg"),
        ),
    )
    return ExportFile(about, (content,))


def _sheet(number: int, wanted: Wanted) -> ExportFile:
    profiles = (
        f"HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\{number}.0\\Outlook\\Profiles"
        if number >= PROFILES_IN_OFFICE
        else _OLD_PROFILES
    )
    steps = (
        _("Close Outlook, press Windows+R and start {program}.").format(program="regedit"),
        _("Open {key}; below it is the profile, usually called Outlook.").format(key=profiles),
        _("Click on {name} below the profile with the right button, and choose Export.").format(
            name=SECTION
        ),
        _(
            "Passwords in the file are encrypted, and clientcfg passes over them; before you send "
            "it to anybody, delete the lines whose names end in Password, with the lines of "
            "digits that go on below them."
        ),
        _("Then: {command}").format(
            command=f'clientcfg export … --client "{wanted.client.id}@{wanted.client.version}" '
            "--current key.reg --out DIR"
        ),
    )
    about = About(
        "get-the-key.txt",
        _("How an account that Outlook has already is changed"),
        does=(_("Says which key of the registry to export there, in two clicks."),),
        does_not=(
            _(
                "No file made without that key could change an account: its number and profile "
                "differ from machine to machine."
            ),
        ),
        steps=steps,
    )
    text = "".join(f"{n}. {step}\r\n" for n, step in enumerate(steps, 1))
    return ExportFile(about, (b"\xef\xbb\xbf" + text.encode(),))


def _refuse_other_version(found: OutlookAccount, number: int, program: str) -> None:
    if (found.office or 0) != (number if number >= PROFILES_IN_OFFICE else 0):
        raise WrongUsage(
            "key-of-another-version",
            _("This key is of another Outlook than {program}: {key}").format(
                program=program, key=quoted(found.key)
            ),
            _("Name the version that is there, for example: --client outlook-classic@2010"),
        )
