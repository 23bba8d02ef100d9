# SPDX-License-Identifier: MPL-2.0
"""``mozilla.cfg``: the account as defaults of the program itself, and the file that names it."""

import json
from collections.abc import Iterator

from clientcfg.formats.prefs_js_text import PrefValue
from clientcfg.formats.thunderbird.for_others import default_prefs, fleet_does_not, for_system
from clientcfg.model.account import Account
from clientcfg.model.export import About, Exported, ExportFile, Wanted
from clientcfg.words import _

CFG = "fleet/mozilla.cfg"
NAMER = "fleet/defaults/pref/clientcfg.js"

_NAMER = (
    b"// Names the file that Thunderbird reads at its start.\n"
    b'pref("general.config.filename", "mozilla.cfg");\n'
    b'pref("general.config.obscure_value", 0);\n'
)


class ThunderbirdMozillaCfg:
    """Defaults give way to what a person sets, so they suit an empty profile only."""

    name = "thunderbird-mozilla-cfg"
    takes_current = False

    def export(self, account: Account, wanted: Wanted) -> Exported:
        """Both files, or none where they were to go with a profile that has settings."""
        if wanted.current is not None:
            return Exported(())
        steps = tuple(_steps(wanted))
        cfg = About(
            CFG,
            _("The account as defaults of the program, for one machine with one mailbox"),
            does=(
                _("Everybody who starts Thunderbird on that machine finds the account there."),
                _("What somebody changes in it later stays changed."),
            ),
            does_not=(
                *fleet_does_not(account, wanted),
                _("It does nothing for a Thunderbird from a Flatpak or Snap: that is read-only."),
            ),
            steps=steps,
        )
        namer = About(
            NAMER,
            _("Tells Thunderbird to read mozilla.cfg"),
            does=(_("Names mozilla.cfg, which does nothing without it."),),
            does_not=(_("It sets nothing else."),),
            steps=steps,
        )
        return Exported(
            (ExportFile(cfg, (mozilla_cfg(default_prefs(account)),)), ExportFile(namer, (_NAMER,)))
        )


def mozilla_cfg(prefs: dict[str, PrefValue]) -> bytes:
    """The file for *prefs*: JavaScript in ASCII, whose first line is never read."""
    lines = [
        f"defaultPref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in sorted(prefs.items())
    ]
    return "\n".join(("// The first line is not read.", *lines, "")).encode("ascii")


def _steps(wanted: Wanted) -> Iterator[str]:
    yield _("Use it or policies.json, never both. You need the rights of an administrator there.")
    yield _("Copy mozilla.cfg and the folder “defaults” into the program’s folder.")
    yield from for_system(
        wanted,
        win=(_("On Windows, the program’s folder is the one with thunderbird.exe."),),
        mac=(_("On macOS, the program’s folder is Thunderbird.app/Contents/Resources."),),
        linux=(_("On Linux, the program’s folder is often /usr/lib/thunderbird."),),
    )
    yield _("Start Thunderbird again. To go back, take both files away.")
