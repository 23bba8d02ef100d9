# SPDX-License-Identifier: MPL-2.0
"""``.reg`` files that add an account to Outlook Express and its kin, or change the one there is."""

from dataclasses import dataclass, replace
from typing import Final

from clientcfg.clients.registry.reg_file import ANSI, read_reg
from clientcfg.formats.outlook_express.account import (
    OUTLOOK_98,
    OUTLOOK_2000,
    OUTLOOK_EXPRESS,
    Found,
    account_of,
    change_of,
    next_number,
    number_far_off,
    stored,
    stores_in,
)
from clientcfg.formats.outlook_express.names import whole_account
from clientcfg.formats.plain_text import refuse_hidden, without_accents
from clientcfg.formats.reg.change import KeyChange
from clientcfg.formats.reg.write import fits_everywhere, reg_5, regedit_4
from clientcfg.formats.windows_login import generation, refuse_unsuitable
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.words import _, quoted

# The first of Outlook Express that is mostly on Windows XP; what is older, on 9x and NT 4.
_ON_UNICODE: Final = 6


class OutlookExpressRegistry:
    """Outlook Express 4 to 6."""

    name = "outlook-express-registry"
    takes_current = True

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """Two files: what it does, and the way back. Raises a :class:`Trouble` where none fits."""
        unicode = generation(wanted.client) >= _ON_UNICODE
        return _Files(wanted, OUTLOOK_EXPRESS, (), unicode).of(account)


class InternetMailRegistry:
    """Outlook 98 and 2000 as they are when they were installed for Internet mail only."""

    name = "internet-mail-registry"
    takes_current = True

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """As :meth:`OutlookExpressRegistry.export`."""
        store = OUTLOOK_98 if generation(wanted.client) < 9 else OUTLOOK_2000
        only = _(
            "Only for Outlook in the mode “Internet Mail Only”, which Help > About names; in the "
            "mode “Corporate or Workgroup” it takes no notice, and the steps by hand are the way."
        )
        return _Files(wanted, store, (only,), unicode=False).of(account)


@dataclass(frozen=True, slots=True)
class _Files:
    """The files for one program, whose accounts lie in ``store``.

    ``unicode``: it is on a Windows that reads more than REGEDIT4.
    """

    wanted: Wanted
    store: str
    does_not: tuple[str, ...]
    unicode: bool

    @property
    def program(self) -> str:
        return self.wanted.client.name

    def of(self, account: Account) -> Exported:
        refuse_hidden(account)
        notes = refuse_unsuitable(account, self.wanted, login_only=True)
        if self.wanted.current is None:
            number = number_far_off(account.address)
            taken = _(
                "Its number, {number}, is none that the program comes to by counting from 1; an "
                "account that has it all the same would be written over."
            ).format(number=number)
            return Exported(self._added(account, f"{self.store}\\{number}", taken), notes)
        keys = read_reg(self.wanted.current).stored()
        stores = stores_in(keys, self.store)
        found = account_of(account.address, keys, stores)
        if found is None:
            here = stores[0] if len(stores) == 1 else self.store
            counted = _(
                "Its number is the next one in the exported key: export again if an account was "
                "added since."
            )
            key = f"{here}\\{next_number(keys, here)}"
            return Exported(self._added(account, key, counted), notes)
        return self._changed(account, found, notes)

    def _added(self, account: Account, key: str, number: str) -> tuple[ExportFile, ...]:
        if not self.unicode:
            account = replace(account, name=_in_ansi(account))
        values = stored(whole_account(account, self.program))
        about = About(
            "add-account.reg",
            _("A new account in {program}").format(program=self.program),
            does=(
                _(
                    "Adds an account of {address} with both servers and the log-in for sending."
                ).format(address=account.address),
            ),
            does_not=(
                *self.does_not,
                number,
                _("It holds no password: {program} asks for it.").format(program=self.program),
                _("It does not become the usual account: choose that in the program."),
                _(
                    "It is tested in the registry only: no {program} has been seen to read it."
                ).format(program=self.program),
                _("The certificate of the server has to be trusted by Windows there."),
            ),
            steps=self._steps("add-account.reg"),
        )
        undo = About(
            "undo.reg",
            _("The way back"),
            does=(_("Takes the account of {file} away again.").format(file="add-account.reg"),),
            does_not=(_("Mail that was fetched stays where it is."),),
            steps=self._steps("undo.reg"),
        )
        return (
            self._file(about, KeyChange(key, values)),
            self._file(undo, KeyChange(key, removed=True)),
        )

    def _changed(self, account: Account, found: Found, notes: tuple[str, ...]) -> Exported:
        change, said, more = change_of(account, found, self.program)
        if not change.after:
            done = _("{address} is set up like this already: nothing is to be changed.")
            return Exported((), (*notes, done.format(address=account.address), *more))
        about = About(
            "change.reg",
            _("The change for the account {key}").format(key=quoted(found.key)),
            does=(
                _("Makes {program} log in at {server} for sending.").format(
                    program=self.program, server=account.outgoing.endpoint
                ),
                *said,
            ),
            does_not=(
                *self.does_not,
                _(
                    "It is for this account on this machine only: elsewhere it would hit another "
                    "one."
                ),
                _("It changes nothing else, and holds no password."),
                _("The certificate of the server has to be trusted by Windows there."),
            ),
            steps=self._steps("change.reg"),
        )
        undo = About(
            "undo.reg",
            _("The way back"),
            does=(
                _("Gives every value of {file} back what it had when the key was exported.").format(
                    file="change.reg"
                ),
            ),
            does_not=(
                _("Where these settings were changed after the key was exported, that is lost."),
            ),
            steps=self._steps("undo.reg"),
        )
        files = (self._file(about, change.step), self._file(undo, change.undo))
        return Exported(files, (*notes, *more))

    def _file(self, about: About, change: KeyChange) -> ExportFile:
        """In the form that every Windows reads, unless a name has letters that it has not."""
        if not self.unicode or fits_everywhere([change]):
            return ExportFile(about, (regedit_4([change]),))
        later = _("Its name has letters that only Windows 2000 and later read.")
        return ExportFile(replace(about, does_not=(*about.does_not, later)), (reg_5([change]),))

    def _steps(self, file: str) -> tuple[str, ...]:
        return (
            _("Close {program}.").format(program=self.program),
            _("Log in to Windows as the person whose account it is."),
            _("Double-click {file} and say yes.").format(file=file),
            _("Start {program}.").format(program=self.program),
        )


def _in_ansi(account: Account) -> str:
    """The person's name in letters of Windows 9x, or the address for it."""
    try:
        account.name.encode(ANSI)
    except UnicodeEncodeError:
        return without_accents(account.name) or str(account.address)
    return account.name
