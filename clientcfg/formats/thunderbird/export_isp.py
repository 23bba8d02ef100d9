# SPDX-License-Identifier: MPL-2.0
"""``isp/DOMAIN.xml``: what Thunderbird's own account set-up finds first for a domain."""

from collections.abc import Iterator

from clientcfg.formats.autoconfig_xml import client_config
from clientcfg.formats.thunderbird.for_others import for_system, limits
from clientcfg.formats.thunderbird.servers import incoming_prefs, outgoing_prefs
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.model.trouble import No
from clientcfg.model.user_names import form_of
from clientcfg.words import _


class ThunderbirdIsp:
    """For all people of a domain, where the user name follows from the address."""

    name = "thunderbird-isp"
    takes_current = False

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """One file; none where it were to go with a profile that has settings."""
        if wanted.current is not None:
            return Exported(())
        if account.incoming is None:
            raise No(
                "no-incoming-server",
                _("Thunderbird’s set-up needs a server to read mail from, and none is known."),
                _("Name it with --imap HOST or --pop3 HOST."),
            )
        # Refuses what Thunderbird itself cannot do there.
        incoming_prefs(account.incoming)
        outgoing_prefs(account.outgoing)
        logins = (account.incoming, account.outgoing)
        domain = account.address.domain
        content = client_config(account.address, logins, wanted.organization or domain)
        for_all = all(form_of(login.username, account.address) for login in logins)
        about = About(
            f"isp/{domain}.xml",
            _("The servers of {domain}, for Thunderbird’s own account set-up").format(
                domain=domain
            ),
            does=(
                _("Whoever sets up an address of {domain} there gets these servers.").format(
                    domain=domain
                )
                if for_all
                else _("Whoever sets up {address} there gets these servers and user names.").format(
                    address=account.address
                ),
            ),
            does_not=tuple(_does_not(account, wanted, for_all=for_all)),
            steps=tuple(_steps(wanted)),
        )
        return Exported((ExportFile(about, (content,)),))


def _does_not(account: Account, wanted: Wanted, *, for_all: bool) -> Iterator[str]:
    yield _("It makes no account: each person still types name, address and password once.")
    yield _("It changes nothing for accounts that are there already.")
    if not for_all:
        yield _(
            "It is for {address} only: the user name there does not follow from the address."
        ).format(address=account.address)
    yield from limits(account, wanted)


def _steps(wanted: Wanted) -> Iterator[str]:
    yield _("You need the rights of an administrator there.")
    yield _("Copy the file into the folder “isp” of the program; make that folder if need be.")
    yield from for_system(
        wanted,
        win=(_("On Windows, that is the folder with thunderbird.exe."),),
        mac=(_("On macOS, that is Thunderbird.app/Contents/Resources."),),
        linux=(_("On Linux, that is often /usr/lib/thunderbird."),),
    )
    yield _("In Thunderbird, add an account: it finds these servers by itself.")
