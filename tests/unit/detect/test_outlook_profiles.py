# SPDX-License-Identifier: MPL-2.0
"""Outlook's profiles in the registry, whether it is open, and what keeps it out."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from clientcfg.changes.registry import NoRegistry
from clientcfg.clients.detect import at_profile, named_profile
from clientcfg.clients.found.rows import Layout
from clientcfg.clients.found.tasklist import read_tasks
from clientcfg.clients.guard import guard_of, layout_of
from clientcfg.clients.registry.hive import MACHINE, USER, Hive, Recorded, Value
from clientcfg.clients.registry.reg_file import read_reg
from clientcfg.flows.here import Here
from clientcfg.flows.meant import meant
from clientcfg.flows.windows import Windows
from clientcfg.model.trouble import No, NotFoundOut, Refused, Trouble, WrongUsage
from tests.support.program_trees import Tree, catalog
from tests.support.reg_writer import reg_5, wine

MICROSOFT = f"{USER}\\Software\\Microsoft"
OFFICE = f"{MICROSOFT}\\Office\\16.0\\Outlook"
ROOT = f"{OFFICE}\\Profiles"
NT = f"{MICROSOFT}\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem\\Profiles"
WIN_9X = f"{MICROSOFT}\\Windows Messaging Subsystem\\Profiles"
CURRENT = f"{MACHINE}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion"

Values = Mapping[str, Value]
Keys = tuple[tuple[str, Values], ...]


def office(version: str, name: str = "Microsoft Office Professional Plus 2016") -> Keys:
    program = {"DisplayName": name, "DisplayVersion": version}
    return (
        (f"{CURRENT}\\Uninstall\\Office", program),
        (f"{CURRENT}\\App Paths\\OUTLOOK.EXE", {"": "C:\\Office\\OUTLOOK.EXE"}),
    )


def hive(*keys: tuple[str, Values]) -> Recorded:
    """A registry that regedit has exported."""
    return read_reg(reg_5(keys))


def today(*names: str, default: str | None = None, version: str = "16.0.4266.1001") -> Recorded:
    """Outlook of today with these profiles."""
    values: Values = {} if default is None else {"DefaultProfile": default}
    return hive(*office(version), (OFFICE, values), *((f"{ROOT}\\{n}", {}) for n in names))


def test_the_one_that_a_plain_start_opens(tree: Tree) -> None:
    found = tree.only(today("Privat", "Outlook", default="outlook"))
    assert (found.profile, found.profile_root) == (f"{ROOT}\\Outlook", ROOT)
    assert not found.asks and found.remark is None


@pytest.mark.parametrize("default", [None, "Gone", ""])
def test_where_none_or_another_is_the_default_the_person_says_it(
    tree: Tree, default: str | None
) -> None:
    found = tree.only(today("Outlook", "Büro", default=default))
    assert (found.profile, found.asks) == (None, True)
    assert found.remark is not None and "Büro" in found.remark


def test_without_profiles_the_key_of_a_version_says_nothing(tree: Tree) -> None:
    found = tree.only(hive(*office("16.0.1"), (f"{OFFICE}\\Resiliency", {})))
    assert (found.profile, found.profile_root, found.asks) == (None, ROOT, True)
    assert found.remark is not None and "start it once" in found.remark


@pytest.mark.parametrize(
    ("version", "name", "root", "holder"),
    [
        ("10.0.2627", "Microsoft Office XP Professional", NT, NT),
        ("11.0.8173", "Microsoft Office Professional Edition 2003", WIN_9X, WIN_9X),
        ("14.0.7015", "Microsoft Office Professional Plus 2010", NT, NT),
        ("15.0.4420", "Microsoft Office Professional Plus 2013",
         f"{MICROSOFT}\\Office\\15.0\\Outlook\\Profiles", f"{MICROSOFT}\\Office\\15.0\\Outlook"),
    ],
)  # fmt: skip
def test_where_older_ones_keep_them(
    tree: Tree, version: str, name: str, root: str, holder: str
) -> None:
    keys: Keys = ((holder, {"DefaultProfile": "Outlook"}), (f"{root}\\Outlook", {}))
    found = tree.only(hive(*office(version, name), *keys, (f"{ROOT}\\Other", {})))
    assert (found.profile, found.profile_root) == (f"{root}\\Outlook", root)


def test_before_2002_accounts_were_kept_otherwise(tree: Tree) -> None:
    found = tree.only(hive(*office("9.0.2720", "Microsoft Office 2000"), (f"{NT}\\Outlook", {})))
    assert (found.profile, found.profile_root) == (None, None)


def test_in_the_registry_of_wine_nothing_is_set_up(tree: Tree) -> None:
    for root, name in ((MACHINE, "system"), (USER, "user")):
        keys = [(k, v) for k, v in today("Outlook", default="Outlook").walk() if k.startswith(root)]
        tree.write(f"{tree.home}/.wine/{name}.reg", wine(keys, root))
    found = tree.only()
    assert (found.packaging, found.profile, found.asks) == ("wine", None, True)
    assert found.remark is not None and "Wine" in found.remark


def test_a_profile_that_a_person_named(tree: Tree) -> None:
    names = today("Outlook", "Büro")
    found = tree.only(names)
    for said in ("büro", f"{ROOT}\\Büro", f"{ROOT.upper()}\\BÜRO"):
        named = named_profile(found, Layout.MAPI_PROFILES, said, names)
        assert (named.profile, named.asks, named.remark) == (f"{ROOT}\\Büro", False, None)
    for wrong in ("Gone", "", f"{MICROSOFT}\\Büro", "Outlook\\..\\Büro", "a\0b"):
        with pytest.raises(WrongUsage) as trouble:
            named_profile(found, Layout.MAPI_PROFILES, wrong, names)
        assert trouble.value.code == "not-a-profile"


def test_a_directory_that_does_not_tell_whether_it_is_open(tree: Tree, tmp_path: Path) -> None:
    found = replace(tree.only(today("a")), running=True)
    assert named_profile(found, Layout.PLAIN, str(tmp_path), Recorded()).running is True
    assert at_profile(found, tmp_path).running is False


TASKS = (
    '"System Idle Process","0","Services","0","8 K"\r\n'
    '"OUTLOOK.EXE","4711","Console","1","212,504 K"\r\n'
    '"odd ""name"".exe","12","Console","1","1\xff004 K"\r\n'
)


def test_what_runs_on_windows() -> None:
    assert set(read_tasks(TASKS) or ()) == {"system idle process", "outlook.exe", 'odd "name".exe'}
    assert read_tasks("INFO: No tasks are running which match the specified criteria.\r\n") is None
    assert read_tasks("") is None


@pytest.mark.parametrize(
    ("names", "running"), [({"outlook.exe"}, True), ({"olk.exe"}, False), (None, None)]
)
def test_whether_it_is_open(tree: Tree, names: set[str] | None, running: bool | None) -> None:
    told = None if names is None else frozenset(names)
    found = tree.only(today("Outlook", default="Outlook"), lambda: told)
    assert found.running is running


def here_with(tree: Tree, registry: Hive, running: frozenset[str] | None) -> Here:
    windows = Windows(NoRegistry(), registry, lambda: running)
    return Here(home=tree.home, state=tree.home / "state", root=tree.root, windows=windows)


@pytest.mark.parametrize(
    ("running", "trouble", "code"),
    [({"outlook.exe", "a"}, Refused, "client-running"), (None, NotFoundOut, "lock-unknown")],
)
def test_it_is_kept_out_by_looking(
    tree: Tree, running: set[str] | None, trouble: type[Trouble], code: str
) -> None:
    registry = today("Outlook", default="Outlook")
    told = None if running is None else frozenset(running)
    here = here_with(tree, registry, told)
    with pytest.raises(trouble) as refused, here.guard(here.installed()[0])():
        pass
    assert refused.value.code == code
    with here_with(tree, registry, frozenset({"olk.exe"})).guard(here.installed()[0])():
        pass


def test_which_profile_is_meant_is_said_by_its_name(tree: Tree) -> None:
    here = here_with(tree, today("Outlook", "Büro"), frozenset())
    with pytest.raises(No) as no:
        meant(here.installed(), "outlook-classic", None, here)
    assert no.value.code == "profile-not-chosen"
    named = meant(here.installed(), "outlook-classic", "Büro", here)
    assert named.profile == f"{ROOT}\\Büro"


def test_the_guard_is_decided_by_how_settings_are_kept(tree: Tree, tmp_path: Path) -> None:
    known = catalog()
    assert layout_of(known.profile("outlook-classic")) is Layout.MAPI_PROFILES
    assert layout_of(known.profile("thunderbird")) is Layout.MOZILLA_BY_INSTALL
    assert layout_of(known.profile("seamonkey")) is Layout.MOZILLA
    assert layout_of(known.profile("claws-mail")) is Layout.PLAIN
    plain = replace(tree.only(today("a")), client="claws-mail", profile=str(tmp_path / "home"))

    def enter(name: str | None, running: frozenset[str] | None) -> str:
        profile = None if name is None else known.profile(name)
        try:
            with guard_of(plain, profile, lambda: running)():
                return ",".join(sorted(p.name for p in (tmp_path / "home").iterdir()))
        except Trouble as trouble:
            return trouble.code

    assert enter("thunderbird", None) == ".parentlock"
    assert enter(None, None) == ".parentlock", "whatever is not known any more"
    assert enter("claws-mail", frozenset()) == ""
    assert enter("claws-mail", frozenset({"claws-mail"})) == "client-running"
    assert enter("claws-mail", None) == "lock-unknown"
