# SPDX-License-Identifier: MPL-2.0
"""Programs on PATH and in packages, and their versions."""

from pathlib import Path

import pytest

from clientcfg.model.answer import Answer
from tests.support.program_trees import Tree, catalog


def test_what_the_package_knows_is_not_asked_of_the_program(tree: Tree, tmp_path: Path) -> None:
    tree.write("/usr/bin/claws-mail", f"#!/bin/sh\ntouch {tmp_path}/started\n", executable=True)
    tree.package("claws-mail", "4.1.1-2", "/usr", "/usr/bin", "/usr/bin/claws-mail")
    found = tree.only()
    assert (found.client, found.version, found.packaging) == ("claws-mail", "4.1.1", "deb")
    assert found.program == "/usr/bin/claws-mail"
    assert not (tmp_path / "started").exists()
    assert found.running is None, "this tree has no /proc"


@pytest.mark.parametrize(
    ("package", "version"),
    [
        ("4.1.1-2", "4.1.1"),
        ("3.8.0~beta1-1", "3.8.0beta1"),
        ("1:2.26+dfsg-1", "2.26"),
        ("4:22.12.3-1+deb12u1", "22.12.3"),
        ("3.46.4-2+deb12u1", "3.46.4"),
        ("20220429+dfsg1-4.1", "20220429"),
        ("2.6.4", "2.6.4"),
        ("2.9.0+really2.8.1-1", "2.8.1"),
        ("1.0~rc1-1", "1.0rc1"),
        ("", None),
    ],
)
def test_the_version_of_a_package_without_what_the_distribution_adds(
    tree: Tree, package: str, version: str | None
) -> None:
    tree.write("/usr/bin/mailspring", "", executable=True)
    tree.package("mailspring", package, "/usr/bin/mailspring")
    assert tree.only().version == version


def test_a_package_where_path_does_not_lead(tree: Tree) -> None:
    tree.environ["PATH"] = "/nowhere"
    tree.write("/usr/games/sylpheed", "", executable=True)
    tree.package("sylpheed", "3.7.0-8", "/usr/games/sylpheed", "/usr/share/doc/sylpheed")
    found = tree.only()
    assert (found.program, found.version) == ("/usr/games/sylpheed", "3.7.0")


def test_usr_is_merged(tree: Tree) -> None:
    tree.environ["PATH"] = "/bin:/usr/bin"
    tree.link("/bin", "usr/bin")
    tree.write("/usr/bin/sylpheed", "", executable=True)
    tree.package("sylpheed", "3.7.0-8", "/usr/bin/sylpheed")
    assert (tree.only().program, tree.only().packaging) == ("/bin/sylpheed", "deb")


def test_the_last_package_of_a_very_long_list(tree: Tree) -> None:
    status = tree.root / "var/lib/dpkg/status"
    filler = "Package: a{}\nStatus: install ok installed\nVersion: 1\nDescription: {}\n\n"
    status.parent.mkdir(parents=True)
    status.write_text("".join(filler.format(i, "x" * 1000) for i in range(5_000)))
    tree.write("/usr/bin/sylpheed", "", executable=True)
    tree.package("sylpheed", "3.7.0-8", "/usr/bin/sylpheed")
    assert tree.only().version == "3.7.0"


def test_one_of_ones_own_beside_the_package(tree: Tree) -> None:
    tree.environ["PATH"] = f"{tree.home}/bin:/usr/bin"
    tree.says(f"{tree.home}/bin/sylpheed", "Sylpheed version 3.8.0beta1")
    tree.write("/usr/bin/sylpheed", "", executable=True)
    tree.package("sylpheed", "3.7.0-8", "/usr/bin/sylpheed")
    own, packaged = tree.installed()
    assert (own.version, own.packaging) == ("3.8.0beta1", "command")
    assert (packaged.version, packaged.packaging) == ("3.7.0", "deb")


def test_rpm_is_asked_where_its_database_is(tree: Tree) -> None:
    tree.write("/usr/bin/mailspring", "", executable=True)
    tree.says("/usr/bin/rpm", "1.13.3")
    assert tree.only().version is None
    (tree.root / "usr/lib/sysimage/rpm").mkdir(parents=True)
    found = tree.only()
    assert (found.version, found.packaging, found.recorded_only) == ("1.13.3", "rpm", True)
    tree.says("/usr/bin/rpm", "file /usr/bin/mailspring is not owned by any package")
    assert tree.only().version is None


@pytest.mark.parametrize(
    "target", ["/usr/bin/snap", "/snap/mailspring/current/bin/x", "/var/lib/flatpak/exports/bin/m"]
)
def test_a_launcher_of_another_kind_is_no_program(tree: Tree, target: str) -> None:
    tree.write(target, "", executable=True)
    tree.link("/usr/bin/mailspring", target)
    assert tree.installed() == ()


def test_a_package_that_counts_otherwise_than_its_program(tree: Tree) -> None:
    tree.write("/usr/bin/kmail", "#!/bin/sh\nexit 1\n", executable=True)
    tree.package("kmail", "4:22.12.3-1", "/usr/bin/kmail")
    assert tree.only().version is None
    tree.says("/usr/bin/kmail", "kmail2 5.22.3 (22.12.3)")
    assert (tree.only().version, tree.only().packaging) == ("5.22.3", "deb")


def test_a_version_that_nobody_tells_is_not_taken_for_the_current_one(tree: Tree) -> None:
    tree.write("/usr/bin/aerc", "#!/bin/sh\n", executable=True)
    known = catalog().of(tree.only())
    assert (known.version, known.covered) == (None, False)
    assert known.abilities.smtp_auth.value is Answer.UNKNOWN
