# SPDX-License-Identifier: MPL-2.0
"""The registry of a made-up Windows: Outlook 2016, with Ada's account in its profile."""

from tests.support.disks import REGISTRY
from tests.support.outlook_row import PROFILES, SECTION, home
from tests.support.registries import MemoryRegistry, value, values

PROFILE = f"{PROFILES}\\Büro"
ADA = f"{PROFILE}\\{SECTION}\\00000006"
_OUTLOOK = PROFILES.rpartition("\\")[0]
_WINDOWS = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion"


def outlook_machine() -> MemoryRegistry:
    """It sends after POP, and a second profile is empty."""
    made = MemoryRegistry.parse(home(PROFILE, values(SMTP_Auth_Method=2))[REGISTRY])
    made.put(_OUTLOOK, values(DefaultProfile="Büro"))
    made.put(f"{PROFILES}\\Outlook", {})
    office = values(DisplayName="Microsoft Office Professional Plus 2016", DisplayVersion="16.0.1")
    made.put(f"{_WINDOWS}\\Uninstall\\Office", office)
    made.put(f"{_WINDOWS}\\App Paths\\OUTLOOK.EXE", {"": value("C:\\Office\\OUTLOOK.EXE")})
    return made
