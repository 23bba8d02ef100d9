# SPDX-License-Identifier: MPL-2.0
"""The account as a ``.k9s`` file, which two apps import."""

from clientcfg.formats.thunderbird_android.k9s import k9s
from clientcfg.formats.thunderbird_android.reader_rules import not_trusted_there
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.words import _

NAME = "account.k9s"


class AndroidK9s:
    """For Thunderbird for Android and K-9 Mail."""

    name = "thunderbird-android-k9s"
    takes_current = False

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """One file. Raises a :class:`Trouble` for what the app would refuse."""
        about = About(
            NAME,
            _("The account as a settings file of the app"),
            does=(_("Sets up the account with both its servers, once the app has read it."),),
            does_not=(
                _password(wanted),
                _("It does not change an account that is there: read twice, there are two."),
                *not_trusted_there(account),
            ),
            steps=_steps(
                wanted,
                _("In the app: Settings, Import settings, and choose the file."),
                _("Type the password when the app asks for it."),
            ),
        )
        return Exported((ExportFile(about, k9s(account, with_password=wanted.with_password)),))


class FairEmailK9s:
    """For FairEmail: with a profile for Apple's systems it would get the encryption wrong."""

    name = "fairemail-k9s"
    takes_current = False

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """One file. Raises a :class:`Trouble` for what such a file cannot hold."""
        about = About(
            NAME,
            _("The account as a settings file of K-9 Mail, which FairEmail imports"),
            does=(_("Sets up the account with both its servers, once the app has read it."),),
            does_not=(
                _password(wanted),
                _("It does not change an account that is there: one that it knows is left out."),
                _("FairEmail reads no QR code."),
                *not_trusted_there(account),
            ),
            steps=_steps(
                wanted,
                _("In FairEmail: Settings, Backup, Import, and choose the file."),
                _("Type the password where FairEmail shows the account."),
            ),
        )
        return Exported((ExportFile(about, k9s(account, with_password=wanted.with_password)),))


def _password(wanted: Wanted) -> str:
    if wanted.with_password:
        return _("It holds the password: whoever has the file has it. Delete it after use.")
    return _("It holds no password: the app asks for it after the import.")


def _steps(wanted: Wanted, read: str, password: str) -> tuple[str, ...]:
    if wanted.with_password:
        return (_("Bring the file to the phone by cable: others could read a mail."), read)
    return (
        _("Bring the file to the phone, for example in a mail to yourself."),
        read,
        password,
    )
