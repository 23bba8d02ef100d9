# SPDX-License-Identifier: MPL-2.0
"""A made-up machine for the demo: a Thunderbird that was used before, in a temporary home.

Nothing of it can be started; it is there to be found, looked at, written and
taken back, so that the demo touches nobody's own settings.
"""

from dataclasses import dataclass
from pathlib import Path

PROGRAM = "/usr/lib/thunderbird"
VERSION = "153.7.0"

_APPLICATION = f"[App]\nVendor=\nName=Thunderbird\nVersion={VERSION}\n"
_PROFILES = """[Profile0]
Name=default
IsRelative=1
Path=demo.default-release
Default=1

[General]
StartWithLastProfile=1
Version=2
"""
_COMPATIBILITY = f"""[Compatibility]
LastVersion={VERSION}_20261101000000/20261101000000
LastPlatformDir={PROGRAM}
LastAppDir={PROGRAM}
"""
_PREFS = """// Mozilla User Preferences

user_pref("app.update.lastUpdateTime.background-update-timer", 1795000000);
user_pref("mail.spellcheck.inline", false);
user_pref("mailnews.start_page.enabled", false);
"""


@dataclass(frozen=True, slots=True)
class DemoMachine:
    """``root``: the file tree; ``home``: the home in it; ``profile``: Thunderbird's settings."""

    root: Path
    home: Path
    profile: Path

    def tree(self) -> dict[str, bytes]:
        """Every file below the home and what it holds, to compare with later."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file()
        }


def make_machine(folder: Path) -> DemoMachine:
    """Lay the machine out below *folder*."""
    root, home = folder / "machine", folder / "home"
    profile = home / ".thunderbird" / "demo.default-release"
    program = root / PROGRAM.lstrip("/")
    for directory in (program, profile):
        directory.mkdir(parents=True)
    (program / "application.ini").write_text(_APPLICATION)
    (program / "thunderbird").write_text("#!/bin/false\n")
    (profile.parent / "profiles.ini").write_text(_PROFILES)
    (profile / "compatibility.ini").write_text(_COMPATIBILITY)
    (profile / "prefs.js").write_text(_PREFS)
    return DemoMachine(root, home, profile)
