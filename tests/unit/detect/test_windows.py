# SPDX-License-Identifier: MPL-2.0
"""Windows programs, from registries as installers leave them (written down by us)."""

from collections.abc import Mapping

import pytest

from clientcfg.clients.registry.hive import MACHINE, USER, Hive, Value
from clientcfg.clients.registry.reg_file import read_reg
from clientcfg.model.answer import Answer
from tests.support.program_trees import Tree, catalog
from tests.support.reg_writer import reg_5, wine

WINDOWS = "Microsoft\\Windows\\CurrentVersion"
UNINSTALL = f"{MACHINE}\\SOFTWARE\\{WINDOWS}\\Uninstall"
UNINSTALL_32 = f"{MACHINE}\\SOFTWARE\\WOW6432Node\\{WINDOWS}\\Uninstall"
UNINSTALL_OWN = f"{USER}\\Software\\{WINDOWS}\\Uninstall"
OUTLOOK_PATH = f"{MACHINE}\\SOFTWARE\\{WINDOWS}\\App Paths\\OUTLOOK.EXE"
CLICK_TO_RUN = f"{MACHINE}\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration"
STORE = (
    f"{USER}\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows"
    "\\CurrentVersion\\AppModel\\Repository\\Packages"
)
OUTLOOK = "C:\\Program Files\\Microsoft Office\\Root\\Office16\\OUTLOOK.EXE"

Values = Mapping[str, Value]


def hive(*keys: tuple[str, Values]) -> Hive:
    """A registry that regedit has exported."""
    return read_reg(reg_5(keys))


def program(name: str, version: str, **more: Value) -> Values:
    return {"DisplayName": name, "DisplayVersion": version, **more}


THUNDERBIRD = program(
    "Mozilla Thunderbird (x64 de)",
    "153.7.0",
    InstallLocation="C:\\Program Files\\Mozilla Thunderbird",
    DisplayIcon="C:\\Program Files\\Mozilla Thunderbird\\thunderbird.exe,0",
)


@pytest.mark.parametrize("where", [UNINSTALL, UNINSTALL_32, UNINSTALL_OWN])
def test_in_either_view_and_for_the_person(tree: Tree, where: str) -> None:
    found = tree.only(hive((f"{where}\\Mozilla Thunderbird 153.7.0 (x64 de)", THUNDERBIRD)))
    assert (found.client, found.version, found.platform) == ("thunderbird", "153.7.0", "win")
    assert found.program == "C:\\Program Files\\Mozilla Thunderbird"
    assert (found.packaging, found.recorded_only) == ("windows", True)
    assert found.running is None, "the processes of Windows are not looked at"


def test_once_although_both_views_have_it(tree: Tree) -> None:
    tree.only(hive((f"{UNINSTALL}\\a", THUNDERBIRD), (f"{UNINSTALL_32}\\b", THUNDERBIRD)))


def test_which_profile_is_opened_is_left_to_the_person(tree: Tree) -> None:
    found = tree.only(hive((f"{UNINSTALL}\\a", THUNDERBIRD)))
    assert (found.profile, found.asks) == (None, True)
    root = f"{tree.home}/AppData/Roaming/Thunderbird"
    tree.write(
        f"{root}/profiles.ini", "[Profile0]\nName=a\nIsRelative=1\nPath=Profiles/a\nDefault=1\n"
    )
    tree.write(f"{root}/Profiles/a/prefs.js", "")
    found = tree.only(hive((f"{UNINSTALL}\\a", THUNDERBIRD)))
    assert (found.profile, found.asks, found.profile_root) == (None, True, root)
    assert found.remark is not None
    assert f"{root}/Profiles/a" in found.remark


def test_other_programs_and_their_parts_are_none(tree: Tree) -> None:
    others = hive(
        (f"{UNINSTALL}\\a", program("Mozilla Maintenance Service", "153.7.0")),
        (f"{UNINSTALL}\\b", {"DisplayVersion": "1"}),
        (f"{UNINSTALL}\\c", dict(THUNDERBIRD) | {"SystemComponent": 1}),
        (f"{UNINSTALL}\\d", program("Mozilla Thunderbird (x64 de)", "1")),
        (f"{UNINSTALL}\\e", {"DisplayName": 7, "InstallLocation": b"x"}),
    )
    assert tree.installed(others) == ()


@pytest.mark.parametrize(
    ("product", "version", "shown", "name"),
    [
        ("O365ProPlusRetail", "16.0.17932.20130", "16.0.17932.20130 (365)", "365"),
        ("VisioPro2021Volume,ProPlus2021Volume", "16.0.14332.20763", "16.0.14332.20763 (2021)",
         "Outlook 2021"),
        ("ProPlus2019Volume", "16.0.10415.20025", "16.0.10415.20025 (2019)", "Outlook 2019"),
        ("ProPlus2024Volume", "16.0.17932.20130", "16.0.17932.20130 (2024)", "Outlook 2024"),
        ("HomeBusinessRetail", "16.0.4266.1001", "16.0.4266.1001 (2016)", "Outlook 2016"),
    ],
)  # fmt: skip
def test_click_to_run_tells_the_product(
    tree: Tree, product: str, version: str, shown: str, name: str
) -> None:
    office = (CLICK_TO_RUN, {"ProductReleaseIds": product, "VersionToReport": version})
    found = tree.only(hive(office, (OUTLOOK_PATH, {"": OUTLOOK})))
    assert (found.client, found.version, found.program) == ("outlook-classic", shown, OUTLOOK)
    known = catalog().of(found)
    assert known.covered
    assert name in known.name


def test_office_without_outlook(tree: Tree) -> None:
    said: Values = {"ProductReleaseIds": "O365ProPlusRetail", "VersionToReport": "16.0.1"}
    assert tree.installed(hive((CLICK_TO_RUN, said))) == ()
    without = dict(said) | {"O365ProPlusRetail.ExcludedApps": "access,outlook"}
    assert tree.installed(hive((CLICK_TO_RUN, without), (OUTLOOK_PATH, {"": OUTLOOK}))) == ()
    only_visio = dict(said) | {"ProductReleaseIds": "VisioPro2021Volume"}
    assert tree.installed(hive((CLICK_TO_RUN, only_visio), (OUTLOOK_PATH, {"": OUTLOOK}))) == ()


@pytest.mark.parametrize(
    ("name", "version", "shown", "known"),
    [
        ("Microsoft Office Professional Plus 2016", "16.0.4266.1001", "16.0.4266.1001 (2016)",
         "Outlook 2016"),
        ("Microsoft Office Professional Plus 2010", "14.0.7015.1000", "14.0.7015.1000",
         "Outlook 2010"),
        ("Microsoft Office Enterprise 2007", "12.0.6612.1000", "12.0.6612.1000", "Outlook 2007"),
    ],
)  # fmt: skip
def test_office_from_a_disc(tree: Tree, name: str, version: str, shown: str, known: str) -> None:
    office = (f"{UNINSTALL}\\{{90160000-0011-0000-1000-0000000FF1CE}}", program(name, version))
    found = tree.only(hive(office, (OUTLOOK_PATH, {"": f'"{OUTLOOK}"'})))
    assert (found.version, found.program) == (shown, OUTLOOK)
    assert catalog().of(found).name == known
    assert tree.installed(hive(office)) == ()


def test_a_click_to_run_office_is_in_both_lists_and_found_once(tree: Tree) -> None:
    both = hive(
        (CLICK_TO_RUN, {"ProductReleaseIds": "ProPlus2019Volume", "VersionToReport": "16.0.10415"}),
        (f"{UNINSTALL}\\x", program("Microsoft Office Professional Plus 2019 - en-us", "16.0")),
        (OUTLOOK_PATH, {"": OUTLOOK}),
    )
    assert tree.only(both).version == "16.0.10415 (2019)"


def test_store_packages(tree: Tree) -> None:
    outlook = "Microsoft.OutlookForWindows_1.2024.717.400_x64__8wekyb3d8bbwe"
    mail = "microsoft.windowscommunicationsapps_16005.14326.21904.0_x64__8wekyb3d8bbwe"
    folder = f"C:\\Program Files\\WindowsApps\\{outlook}"
    found = tree.installed(
        hive(
            (f"{STORE}\\{outlook}", {"PackageRootFolder": folder}),
            (f"{STORE}\\{mail}", {}),
            (f"{STORE}\\Microsoft.OutlookForWindows", {}),
            (f"{STORE}\\Another.App_1.0.0.0_x64__abc", {}),
        )
    )
    assert [(i.client, i.version) for i in found] == [
        ("outlook-new", "1.2024.717.400"),
        ("windows-mail-app", "16005.14326.21904.0"),
    ]
    assert [i.program for i in found] == [folder, mail]
    assert all(catalog().of(i).covered for i in found)


def test_a_program_in_wine(tree: Tree) -> None:
    key = f"{UNINSTALL_32}\\Claws Mail"
    place = "C:\\Program Files (x86)\\Claws Mail"
    text = wine([(key, program("Claws Mail 3.18.0", "3.18.0", InstallLocation=place))], MACHINE)
    tree.write(f"{tree.home}/.wine/system.reg", text)
    found = tree.only()
    assert (found.client, found.version, found.platform) == ("claws-mail", "3.18.0", "win")
    assert (found.packaging, found.program) == ("wine", place)
    assert catalog().of(found).abilities.smtp_auth.value is Answer.YES
