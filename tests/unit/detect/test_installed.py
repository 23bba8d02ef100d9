# SPDX-License-Identifier: MPL-2.0
"""Which mail programs are installed, on trees as packages make them and on the real one."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clientcfg.clients.catalog import Catalog
from clientcfg.clients.detect import at_profile, installed
from clientcfg.clients.machine import Machine
from clientcfg.clients.mozilla.find import program_on_host
from clientcfg.model.client import Installation
from clientcfg.model.trouble import WrongUsage
from tests.support.program_trees import Tree

ESR = "https://hg.mozilla.org/releases/comm-esr153"
RELEASE = "https://hg.mozilla.org/releases/comm-release"


def debian(tree: Tree, *, status: str = "install ok installed", source: str = ESR) -> None:
    tree.program("/usr/lib/thunderbird", source=source)
    tree.write("/usr/bin/thunderbird", "#!/bin/bash\nexec ${MOZ_LIBDIR}/x\n", executable=True)
    tree.write("/var/lib/dpkg/info/thunderbird.list", "/.\n/usr/lib/thunderbird/application.ini\n")
    tree.write(
        "/var/lib/dpkg/status",
        "Package: thunder\nStatus: install ok installed\nVersion: 1\n\n"
        f"Package: thunderbird\nStatus: {status}\nArchitecture: amd64\n"
        "Version: 1:153.7.0esr-1~deb12u1\nDescription: mail\n Version: no\n\n"
        "Package: other\nStatus: install ok installed\nVersion: 2\n",
    )


def test_nothing_is_installed(tree: Tree) -> None:
    assert tree.installed() == ()


def test_debian(tree: Tree) -> None:
    debian(tree)
    profile = tree.profile(".thunderbird", "a.default", "/usr/lib/thunderbird")
    assert tree.only() == Installation(
        client="thunderbird",
        name="Thunderbird",
        version="153.7.0esr",
        platform="linux",
        program="/usr/lib/thunderbird",
        packaging="deb",
        profile_root=f"{tree.home}/.thunderbird",
        profile=profile,
        running=False,
    )


def test_debian_with_the_architecture_in_its_list(tree: Tree) -> None:
    debian(tree)
    lists = tree.root / "var/lib/dpkg/info"
    (lists / "thunderbird.list").rename(lists / "thunderbird:amd64.list")
    assert tree.only().packaging == "deb"


def test_esr_is_told_by_the_package_where_the_source_is_not_named(tree: Tree) -> None:
    debian(tree, source="")
    assert tree.only().version == "153.7.0esr"


def test_a_removed_package_is_not_installed(tree: Tree) -> None:
    debian(tree, status="deinstall ok config-files")
    for path in (tree.root / "usr/lib/thunderbird").iterdir():
        path.unlink()
    assert tree.installed() == ()


def test_a_package_that_only_leads_to_the_snap_is_none(tree: Tree) -> None:
    debian(tree)
    (tree.root / "usr/lib/thunderbird/application.ini").unlink()
    assert tree.installed() == ()


def test_icedove_profiles_are_adopted_by_debians_script(tree: Tree) -> None:
    debian(tree)
    profile = tree.profile(".icedove", "old.default", "/usr/lib/thunderbird")
    assert tree.only().profile == profile
    (tree.home / ".thunderbird").mkdir()
    assert tree.only().profile is None
    assert tree.only().profile_root == f"{tree.home}/.thunderbird"


def test_a_link_to_the_icedove_profiles(tree: Tree) -> None:
    debian(tree)
    tree.profile(".icedove", "old.default", "/usr/lib/thunderbird")
    (tree.home / ".thunderbird").symlink_to(".icedove")
    assert tree.only().profile == f"{tree.home}/.thunderbird/old.default"


def test_no_profile_yet(tree: Tree) -> None:
    debian(tree)
    found = tree.only()
    assert (found.profile, found.asks, found.running) == (None, False, False)
    assert found.remark == "A plain start would make a new profile, because there is none yet."


def test_an_install_section_that_leads_nowhere(tree: Tree) -> None:
    debian(tree)
    profile = tree.profile(".thunderbird", "gone", "/usr/lib/thunderbird")
    Path(profile).rmdir()
    found = tree.only()
    assert (found.profile, found.asks) == (None, True)
    assert found.remark is not None
    assert profile in found.remark


def test_legacy_profiles(tree: Tree) -> None:
    debian(tree)
    tree.profile(".thunderbird", "own", "/usr/lib/thunderbird")
    default = tree.profile(".thunderbird", "default", "", legacy=True)
    tree.environ["MOZ_LEGACY_PROFILES"] = ""
    assert tree.only().profile == default


@pytest.mark.parametrize("where", ["thunderbird", ".local/share/thunderbird"])
def test_a_tarball_in_the_home(tree: Tree, where: str) -> None:
    tree.program(f"{tree.home}/{where}", source=RELEASE)
    found = tree.only()
    assert (found.packaging, found.version) == ("tarball", "153.7.0")
    assert found.program == f"{tree.home}/{where}"


@pytest.mark.parametrize("start", ["link", "relative link", "script"])
def test_a_tarball_that_path_leads_to(tree: Tree, start: str) -> None:
    tree.program("/srv/mail/thunderbird-153", source=ESR)
    if start == "script":
        script = '#!/bin/sh\nexec "/srv/mail/thunderbird-153/thunderbird" "$@"\n'
        tree.write("/usr/bin/thunderbird", script, executable=True)
    elif start == "link":
        tree.link("/usr/bin/thunderbird", "/srv/mail/thunderbird-153/thunderbird")
    else:
        tree.link("/usr/bin/thunderbird", "../../srv/mail/current/thunderbird")
        tree.link("/srv/mail/current", "thunderbird-153")
    found = tree.only()
    assert found.program == "/srv/mail/thunderbird-153"
    assert (found.packaging, found.version) == ("tarball", "153.7.0esr")


def test_a_link_in_a_circle_leads_nowhere(tree: Tree) -> None:
    tree.link("/opt/thunderbird", "/opt/betterbird")
    tree.link("/opt/betterbird", "/opt/thunderbird")
    assert tree.installed() == ()


def test_a_distributions_own_directory(tree: Tree) -> None:
    tree.program("/usr/lib64/thunderbird", source=ESR)
    assert tree.only().packaging == "distribution"


def test_two_programs_share_a_root_and_have_their_own_profiles(tree: Tree) -> None:
    debian(tree)
    tree.program("/opt/thunderbird", version="155.0", source=RELEASE)
    tree.program("/opt/betterbird", name="betterbird", version="140.3.1", source=ESR)
    one = tree.profile(".thunderbird", "one", "/usr/lib/thunderbird")
    two = tree.profile(".thunderbird", "two", "/opt/thunderbird")
    deb, opt, betterbird = tree.installed()
    assert (deb.profile, deb.version) == (one, "153.7.0esr")
    assert (opt.profile, opt.version) == (two, "155.0")
    assert (betterbird.client, betterbird.profile) == ("betterbird", None)
    assert betterbird.profile_root == deb.profile_root
    assert (deb.recorded_only, opt.recorded_only, betterbird.recorded_only) == (False, False, True)


def test_the_profile_of_a_newer_program_is_not_opened(tree: Tree) -> None:
    debian(tree)
    profile = tree.profile(".thunderbird", "one", "/usr/lib/thunderbird")
    Path(profile, "compatibility.ini").write_text("[Compatibility]\nLastVersion=155.0_1/1\n")
    assert tree.only().asks


@pytest.mark.parametrize("mounts", ["/snap", "/var/lib/snapd/snap"])
def test_snap(tree: Tree, mounts: str) -> None:
    tree.program(f"{mounts}/thunderbird/812/usr/lib/thunderbird", source=ESR)
    tree.link(f"{mounts}/thunderbird/current", "812")
    tree.link("/usr/bin/thunderbird", f"{mounts}/thunderbird/current/usr/lib/thunderbird")
    program = f"{mounts}/thunderbird/current/usr/lib/thunderbird"
    root = "snap/thunderbird/common/.thunderbird"
    tree.profile(root, "ignored", program)
    default = tree.profile(root, "default", program, legacy=True)
    found = tree.only()
    assert (found.packaging, found.program, found.profile) == ("snap", program, default)
    assert found.version == "153.7.0esr"
    assert found.recorded_only


def flatpak(tree: Tree, application: str, base: str, name: str, environment: str = "") -> str:
    app = f"{base}/app/{application}"
    deployed = f"{app}/x86_64/stable/0123abcd"
    tree.program(f"{deployed}/files/lib/{name}", name=name, source=ESR)
    tree.write(f"{deployed}/metadata", f"[Application]\nname={application}\n{environment}")
    for link, target in (("x86_64/stable/active", "0123abcd"), ("current", "x86_64/stable")):
        real = tree.write(f"{app}/{link}.x", "").with_name(Path(link).name)
        real.symlink_to(target)
    return f"{deployed}/files/lib/{name}"


@pytest.mark.parametrize(
    ("application", "client"),
    [
        ("org.mozilla.Thunderbird", "thunderbird"),
        ("net.thunderbird.Thunderbird", "thunderbird"),
        ("eu.betterbird.Betterbird", "betterbird"),
    ],
)
def test_flatpak(tree: Tree, application: str, client: str) -> None:
    directory = flatpak(tree, application, "/var/lib/flatpak", client)
    program = f"/app/lib/{client}"
    profile = tree.profile(f".var/app/{application}/.thunderbird", "a", program)
    found = tree.only()
    assert (found.client, found.packaging, found.program) == (client, "flatpak", program)
    assert (found.profile, found.version) == (profile, "153.7.0esr")
    assert found.recorded_only
    machine = Machine(home=tree.home, root=tree.root, environ=tree.environ)
    assert program_on_host(found, machine) == f"{tree.root}{directory}"


def test_a_persons_own_flatpak_comes_before_everybodys(tree: Tree) -> None:
    application = "org.mozilla.Thunderbird"
    flatpak(tree, application, "/var/lib/flatpak", "thunderbird")
    own = flatpak(tree, application, f"{tree.home}/.local/share/flatpak", "thunderbird")
    machine = Machine(home=tree.home, root=tree.root, environ=tree.environ)
    assert program_on_host(tree.only(), machine) == own


def test_a_flatpak_that_sets_legacy_profiles(tree: Tree) -> None:
    application = "org.mozilla.Thunderbird"
    flatpak(
        tree,
        application,
        "/var/lib/flatpak",
        "thunderbird",
        "[Environment]\nMOZ_LEGACY_PROFILES=1\n",
    )
    root = f".var/app/{application}/.thunderbird"
    tree.profile(root, "ignored", "/app/lib/thunderbird")
    default = tree.profile(root, "default", "", legacy=True)
    assert tree.only().profile == default


def test_commands(tree: Tree) -> None:
    tree.write(
        "/usr/bin/mutt", "#!/bin/sh\necho 'Mutt 2.2.12 (2023-09-09)'\necho more\n", executable=True
    )
    tree.write(
        "/usr/bin/msmtp",
        '#!/bin/sh\n[ "$1" = --version ] && echo "msmtp version 1.8.23"\n',
        executable=True,
    )
    tree.write(f"{tree.home}/bin/mutt", "#!/bin/sh\necho Mutt 1.0\n", executable=True)
    msmtp, mutt = tree.installed()
    assert (mutt.client, mutt.version, mutt.program) == ("mutt", "2.2.12", "/usr/bin/mutt")
    assert (msmtp.client, msmtp.version, msmtp.profile) == ("msmtp", "1.8.23", None)


@pytest.mark.parametrize(
    "script",
    ["#!/bin/sh\necho something else\n", "#!/nowhere\n", "", "#!/bin/sh\nread x && echo Mutt 2\n"],
)
def test_a_command_that_says_nothing_useful_has_no_version(tree: Tree, script: str) -> None:
    tree.write("/usr/bin/mutt", script, executable=True)
    assert tree.only().version is None


def test_a_command_that_does_not_end_is_ended_with_all_it_started(tmp_path: Path) -> None:
    script = tmp_path / "slow"
    script.write_text(f"#!/bin/sh\nsleep 61 & echo $! > {tmp_path}/pid\nsleep 62\n")
    script.chmod(0o755)
    begin = time.monotonic()
    assert Machine(home=tmp_path).says(str(script), deadline=0.5) is None
    assert time.monotonic() - begin < 5
    pid = int((tmp_path / "pid").read_text())
    end = time.monotonic() + 5
    while (state := process_state(pid)) not in {None, "Z"} and time.monotonic() < end:
        time.sleep(0.02)
    assert state in {None, "Z"}


def process_state(pid: int) -> str | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return None


def test_a_command_does_not_see_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTCFG_PASSWORD", "geheim")
    said = Machine(home=tmp_path).says("/usr/bin/env")
    assert said is not None
    assert "LC_ALL=C" in said
    assert "geheim" not in said


def test_a_named_profile(tree: Tree, tmp_path: Path) -> None:
    debian(tree)
    found = replace(tree.only(), asks=True)
    named = at_profile(found, tmp_path)
    assert (named.profile, named.running, named.remark) == (str(tmp_path), False, None)
    assert not named.asks
    for wrong in (tmp_path / "not-there", __file__, "a\0b"):
        with pytest.raises(WrongUsage) as trouble:
            at_profile(found, wrong)
        assert trouble.value.code == "not-a-profile"


@pytest.mark.thunderbird
def test_the_real_one(real: Any) -> None:
    environ = {"PATH": "/usr/bin:/bin"}

    def find() -> Installation:
        found = installed(Catalog.load().detectable(), home=real.home, environ=environ)
        return next(i for i in found if i.packaging == "deb")

    said = subprocess.run(
        ["/usr/lib/thunderbird/thunderbird", "--version"],
        capture_output=True,
        check=True,
        text=True,
    )
    first = find()
    assert said.stdout.strip() == f"Mozilla Thunderbird {first.version}"
    assert first.profile is None

    opened = real.plain_start("/usr/bin/thunderbird")
    assert find().profile == str(opened)
    assert find().running is False
    assert real.plain_start("/usr/bin/thunderbird") == opened


@pytest.mark.thunderbird
def test_a_second_real_one_beside_it(real: Any, program_at: Callable[[str], Path]) -> None:
    directory = program_at("thunderbird")
    environ = {"PATH": f"{directory}:/usr/bin:/bin"}
    opened = {
        "/usr/lib/thunderbird": str(real.plain_start()),
        str(directory): str(real.plain_start(str(directory / "thunderbird"))),
    }
    found = installed(Catalog.load().detectable(), home=real.home, environ=environ)
    mozilla = {i.program: i.profile for i in found if i.client == "thunderbird"}
    assert mozilla == opened
    assert len(set(opened.values())) == 2
