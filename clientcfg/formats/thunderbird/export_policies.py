# SPDX-License-Identifier: MPL-2.0
"""``policies.json``: one mailbox for a machine, set by its administrator.

No policy makes accounts, but ``Preferences`` takes the branch ``mail.`` since 115.
Its status "user" would set everything again at every start, so that accounts
of a person's own would go out of the list; a "default" gives way to them.
"""

import json
from collections.abc import Iterator

from clientcfg.formats.prefs_js_text import PrefValue
from clientcfg.formats.thunderbird.for_others import default_prefs, fleet_does_not, for_system
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.words import _

NAME = "fleet/policies.json"


class ThunderbirdPolicies:
    """For whoever starts Thunderbird on that machine and has no account in it."""

    name = "thunderbird-policies"
    takes_current = False

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """One file; none where it were to go with a profile that has settings."""
        if wanted.current is not None:
            return Exported(())
        about = About(
            NAME,
            _("The account as a policy, for one machine with one mailbox"),
            does=(
                _("Everybody who starts Thunderbird on that machine finds the account there."),
                _("What somebody changes in it later stays changed."),
            ),
            does_not=tuple(fleet_does_not(account, wanted)),
            steps=tuple(_steps(wanted)),
        )
        return Exported((ExportFile(about, (policies(default_prefs(account)),)),))


def policies(prefs: dict[str, PrefValue]) -> bytes:
    """The file for *prefs*, ASCII.

    The integers 0 and 1 are left out: where Thunderbird has no default of that
    name, the policy makes them truth values, which are no numbers to their readers.
    """
    rows = {
        name: {"Value": value, "Status": "default"}
        for name, value in sorted(prefs.items())
        if isinstance(value, bool | str) or value not in (0, 1)
    }
    return json.dumps({"policies": {"Preferences": rows}}, indent=2).encode("ascii") + b"\n"


def _steps(wanted: Wanted) -> Iterator[str]:
    yield _("You need the rights of an administrator there.")
    yield from for_system(
        wanted,
        win=(_("On Windows, put it into a folder “distribution” beside thunderbird.exe."),),
        mac=(_("On macOS, put it into Thunderbird.app/Contents/Resources/distribution."),),
        linux=(_("On Linux, put it into /etc/thunderbird/policies."),),
    )
    yield _(
        "If there is a policies.json already, copy what is below “Preferences” into it instead."
    )
    yield _("Start Thunderbird again. To go back, take the file away.")
