# SPDX-License-Identifier: MPL-2.0
"""``policies.json``: one mailbox for a machine, set by its administrator.

No policy makes accounts. ``Preferences`` takes the branch ``mail.`` since 115 and,
with the status "user", sets it as a person would, at every start.
"""

import json
from collections.abc import Iterator

from clientcfg.formats.prefs_js_text import PrefValue
from clientcfg.formats.thunderbird.for_others import (
    asks_for_password,
    not_trusted_there,
    one_mailbox,
    prefs_for,
)
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.words import _, later

NAME = "fleet/policies.json"

_PLACES = {
    "win": later("On Windows, put it into a folder “distribution” beside thunderbird.exe."),
    "mac": later("On macOS, put it into Thunderbird.app/Contents/Resources/distribution."),
    "linux": later("On Linux, put it into /etc/thunderbird/policies."),
}


class ThunderbirdPolicies:
    """For whoever starts Thunderbird on that machine."""

    name = "thunderbird-policies"
    takes_current = True

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """One file; none where all is set already."""
        found = prefs_for(account, wanted)
        if not found.prefs:
            return Exported(())
        about = About(
            NAME,
            _("The account as a policy, for one machine with one mailbox"),
            does=(
                found.does,
                _("It counts for everybody who starts Thunderbird on that machine."),
            ),
            does_not=tuple(_does_not(account)),
            steps=tuple(_steps(wanted)),
        )
        return Exported((ExportFile(about, (policies(found.prefs),)),))


def policies(prefs: dict[str, PrefValue]) -> bytes:
    """The file for *prefs*, ASCII.

    The integer 1 is left out where Thunderbird has no default of that name: the
    policy would make it ``true``, which is no number to what reads it.
    """
    rows = {
        name: {"Value": value, "Status": "user"}
        for name, value in sorted(prefs.items())
        if isinstance(value, bool | str) or value not in (0, 1) or name in _HAVE_DEFAULTS
    }
    return json.dumps({"policies": {"Preferences": rows}}, indent=2).encode() + b"\n"


# Of those that we write: in its own defaults/pref/mailnews.js.
_HAVE_DEFAULTS = frozenset({"mail.account.lastKey"})


def _does_not(account: Account) -> Iterator[str]:
    yield asks_for_password()
    yield one_mailbox(account)
    yield _(
        "It is applied at every start, so an account that somebody adds there is out of the list "
        "at the next one. Taking the file away leaves the account."
    )
    yield from not_trusted_there(account)


def _steps(wanted: Wanted) -> Iterator[str]:
    yield _("You need the rights of an administrator there.")
    systems = {wanted.client.platform} & _PLACES.keys() or _PLACES.keys()
    yield from (_(text) for name, text in _PLACES.items() if name in systems)
    yield _(
        "If there is a policies.json already, copy what is below “Preferences” into it instead."
    )
    yield _("Start Thunderbird again; “about:policies” shows there what it took.")
