# SPDX-License-Identifier: MPL-2.0
"""The prefs of one account, for a Thunderbird on another machine."""

from clientcfg.formats.prefs_js import parse
from clientcfg.formats.thunderbird.accounts import Accounts
from clientcfg.formats.thunderbird.changes import change_for
from clientcfg.formats.thunderbird.weaker import refuse_weaker
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.words import _


class ThunderbirdPrefs:
    """Against the ``prefs.js`` of the other machine where there is one, else an empty profile."""

    name = "thunderbird-prefs"
    takes_current = True

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """One file with just the prefs of this account."""
        seen = Accounts.of(parse(wanted.current or b""))
        refuse_weaker(account, seen)
        content = parse(b"").edit(change_for(account, seen).prefs)
        about = About(
            "clientcfg-prefs.js",
            _("The settings of this account, for Thunderbird's own prefs.js"),
            does=(_("Adds the account with its outgoing server."),),
            does_not=(_("It holds no password: Thunderbird asks for it once."),),
        )
        return Exported((ExportFile(about, (content,)),))
