# SPDX-License-Identifier: MPL-2.0
"""Where a client's settings are, and which of several places counts."""

import pytest

from tests.support.program_trees import Tree


@pytest.mark.parametrize(
    ("client", "version", "places"),
    [
        ("mutt", "Mutt 2.2.12", [".muttrc", ".mutt/muttrc", ".config/mutt/muttrc"]),
        ("neomutt", "NeoMutt 20220429",
         [".config/neomutt/neomuttrc", ".config/neomutt/muttrc", ".neomuttrc",
          ".neomutt/neomuttrc", ".muttrc", ".mutt/muttrc"]),
        ("msmtp", "msmtp version 1.8.23", [".msmtprc", ".config/msmtp/config"]),
        ("alpine", "Alpine 2.26", [".pinerc"]),
        ("s-nail", "s-nail v14.9.24, 2022-03-26", [".mailrc"]),
        ("claws-mail", "Claws Mail version 4.1.1", [".claws-mail"]),
        ("sylpheed", "Sylpheed version 3.8.0beta1", [".sylpheed-2.0"]),
        ("evolution", "evolution 3.46.4-2+deb12u1", [".config/evolution/sources"]),
        ("geary", "geary: 43.0", [".config/geary"]),
        ("balsa", "Balsa email client 2.6.4", [".balsa"]),
        ("kmail", "kmail2 5.22.3 (22.12.3)", [".config/kmail2rc", ".kde/share/config/kmailrc"]),
    ],
)  # fmt: skip
def test_the_first_place_that_is_there(
    tree: Tree, client: str, version: str, places: list[str]
) -> None:
    tree.says(f"/usr/bin/{client}", version)
    found = tree.only()
    assert (found.client, found.profile) == (client, None)
    assert found.version is not None
    assert found.version in version
    assert found.profile_root == f"{tree.home}/{places[0]}"
    for place in reversed(places):
        tree.write(f"{tree.home}/{place}", "")
        assert tree.only().profile == f"{tree.home}/{place}"
        assert tree.only().asks is False


def test_xdg_folders_count_where_they_are_whole(tree: Tree) -> None:
    tree.says("/usr/bin/geary", "geary: 43.0")
    tree.environ["XDG_CONFIG_HOME"] = "/srv/settings/"
    assert tree.only().profile_root == "/srv/settings/geary"
    tree.environ["XDG_CONFIG_HOME"] = "relative"
    assert tree.only().profile_root == f"{tree.home}/.config/geary"


def test_seamonkey_has_profiles_and_opens_the_default(tree: Tree) -> None:
    tree.says("/usr/bin/seamonkey", "Mozilla SeaMonkey 2.53.18.2")
    found = tree.only()
    assert (found.version, found.profile, found.asks) == ("2.53.18.2", None, False)
    root = f"{tree.home}/.mozilla/seamonkey"
    tree.write(
        f"{root}/profiles.ini",
        "[General]\nStartWithLastProfile=1\n[Profile0]\nName=a\nIsRelative=1\nPath=a.x\n"
        "[Profile1]\nName=b\nIsRelative=1\nPath=b.x\nDefault=1\n",
    )
    tree.write(f"{root}/b.x/prefs.js", "")
    found = tree.only()
    assert (found.profile, found.running, found.remark) == (f"{root}/b.x", False, None)


def test_settings_that_cannot_be_looked_at(tree: Tree) -> None:
    tree.says("/usr/bin/mutt", "Mutt 2.2.12")
    (tree.home / ".muttrc").symlink_to(".muttrc")
    (tree.home / ".mutt").write_text("a file where a folder should be")
    assert tree.only().profile is None
