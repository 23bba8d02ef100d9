# SPDX-License-Identifier: MPL-2.0
"""``.oeaccount``: an account of Windows Mail (Vista) and Windows Live Mail as a file.

UTF-16LE with its mark; the names of Outlook Express with underscores; numbers in
hexadecimal. Laid into the folder of the program's mail it becomes an account at
the next start (documented by Microsoft for Windows Mail; reported for the other).
"""

import xml.etree.ElementTree as ET
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from clientcfg.formats.outlook_express.names import whole_account
from clientcfg.formats.plain_text import refuse_hidden
from clientcfg.formats.windows_login import refuse_unsuitable
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.words import _

_HEAD: Final = '<?xml version="1.0" encoding="utf-16" ?>\r\n'


class WindowsMailAccount:
    """Windows Mail (Vista)."""

    name = "windows-mail-account"
    takes_current = False
    folder = "%LOCALAPPDATA%\\Microsoft\\Windows Mail"

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """One file. Raises a :class:`Trouble` where the program cannot speak to the servers."""
        refuse_hidden(account)
        notes = refuse_unsuitable(account, wanted, login_only=True)
        program = wanted.client.name
        unique = str(uuid5(NAMESPACE_URL, f"mailto:{account.address}")).upper()
        about = About(
            f"account{{{unique}}}.oeaccount",
            _("A new account in {program}").format(program=program),
            does=(
                _(
                    "Adds an account of {address} with both servers and the log-in for sending."
                ).format(address=account.address),
            ),
            does_not=(
                *self.unsure(program),
                _("It changes no account that is there already."),
                _("It holds no password: {program} asks for it.").format(program=program),
                _("The certificate of the server has to be trusted by Windows there."),
            ),
            steps=(
                _("Close {program}.").format(program=program),
                _("Copy the file into this folder: {folder}").format(folder=self.folder),
                _("Start {program}; it moves the file to where it keeps its accounts.").format(
                    program=program
                ),
            ),
        )
        return Exported((ExportFile(about, (_content(account, program),)),), notes)

    def unsure(self, program: str) -> tuple[str, ...]:
        """How far it is known that the program takes such a file."""
        return (
            _("Microsoft documents this way, but no {program} has been seen to take it.").format(
                program=program
            ),
        )


class WindowsLiveMailAccount(WindowsMailAccount):
    """Windows Live Mail."""

    name = "windows-live-mail-account"
    folder = "%LOCALAPPDATA%\\Microsoft\\Windows Live Mail"

    def unsure(self, program: str) -> tuple[str, ...]:
        """As there."""
        return (
            _(
                "That {program} takes such a file is only reported: look whether it is there."
            ).format(program=program),
        )


def _content(account: Account, program: str) -> bytes:
    root = ET.Element("MessageAccount")
    for name, value in whole_account(account, program).items():
        kind = "SZ" if isinstance(value, str) else "DWORD"
        element = ET.SubElement(root, name.replace(" ", "_"), {"type": kind})
        element.text = value if isinstance(value, str) else f"{value:08x}"
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode").replace("\n", "\r\n")
    return b"\xff\xfe" + f"{_HEAD}{text}\r\n".encode("utf-16-le")
