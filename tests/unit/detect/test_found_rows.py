# SPDX-License-Identifier: MPL-2.0
"""How a client is found, written in its profile: what is understood, refused, and not run."""

import re
from pathlib import Path

import pytest

from clientcfg.clients.catalog import Catalog, said_by
from clientcfg.clients.detect import FINDERS, installed
from clientcfg.clients.found.read_rows import KEYS
from clientcfg.clients.found.rows import Kind
from clientcfg.model.trouble import WrongUsage
from clientcfg.rooms import profile_path
from tests.running.places import CHECKOUT
from tests.support.program_trees import Tree, catalog

HEAD = """\
name = "Ample"
vendor = "Ample"
platforms = ["linux", "win", "mac"]
[sources]
page = "https://ample.example/smtp"
[[versions]]
from = "1.0"
smtp_auth = "yes"
mechanisms = ["PLAIN", "LOGIN", "CRAM-MD5?"]
source = ["page"]
confidence = "documented"
[[found]]
kind = "program"
names = ["ample"]
"""
RUN = "run = [\"-v\"]\nversion = '^Ample (.+)$'\n"
BUILD = "[[build]]\nfeature = \"SASL\"\nno = '-SASL'\n"


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "ample.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"program"', '"registry"', 13, "must be one of program"),
        ('kind = "program"\n', "", 12, "must be a text"),
        ('names = ["ample"]', "names = []", 14, "must name what is looked for"),
        ('names = ["ample"]', 'names = ["../ample"]', 14, "which is a path"),
        ('names = ["ample"]', 'names = ["/bin/ample"]', 14, "which is a path"),
        ('names = ["ample"]', 'names = ["ample"]\nshell = "x"', 15, "not a key"),
        ('names = ["ample"]', 'names = ["ample"]\neditions = {}', 15, "not a key"),
        ('"program"', '"snap"\npackages = ["ample"]', 14, "not a key"),
        ("-v", "-v\", 3, \"", 15, "list of texts"),
        ("version = '^Ample (.+)$'\n", "", 15, "go together"),
        ('run = ["-v"]\n', "", None, "go together"),
        ("(.+)", "(.+", 16, "not a pattern"),
        ("(.+)", ".+", 16, "one group"),
        (RUN, RUN + "own_count = 1\n", 17, "true or false"),
        (RUN, RUN + 'settings = ["ample.conf"]\n', 17, "does not begin with"),
        (RUN, RUN + 'settings = ["~/../ample"]\n', 17, "does not begin with"),
        (RUN, RUN + 'layout = "ini"\n', 17, "must be one of plain"),
        ("'-SASL'", "'-SASL'\nwithout = [\"colour\"]", 20, "must be one of smtp_auth"),
        ("'-SASL'", "'-SASL'\nkeeps = [\"plain\"]", 20, "not a mechanism"),
        ("no = '-SASL'\n", "", 18, "to tell it by"),
        ("no = '-SASL'", "mechanisms = 'x'", 19, "one group"),
        ('feature = "SASL"\n', "", 17, "must be a text"),
        (RUN, "", 16, "needs a [[found]]"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_key(
    tmp_path: Path, old: str, new: str, line: int | None, said: str
) -> None:
    text = HEAD + RUN + BUILD
    assert old in text
    write(tmp_path, text.replace(old, new, 1))
    with pytest.raises(WrongUsage) as trouble:
        Catalog(tmp_path).validate()
    assert said in trouble.value.text
    if line is not None:
        assert f"ample.toml:{line}:" in trouble.value.text, trouble.value.text


@pytest.mark.parametrize(
    "text",
    [
        HEAD + RUN,
        HEAD + RUN.replace('["-v"]', "[]"),
        HEAD + RUN + BUILD + 'ask = ["rm", "-r", "/"]\n',
        HEAD + BUILD + 'ask = ["rm", "-r", "/"]\n',
    ],
)
def test_a_persons_own_profile_may_not_name_a_program_to_run(
    tmp_path: Path, tree: Tree, text: str
) -> None:
    own = tmp_path / "own"
    path = write(own, text)
    mark = tmp_path / "was-run"
    tree.write("/usr/bin/ample", f"#!/bin/sh\ntouch {mark}\necho Ample 1.0\n", executable=True)
    for refuse in (Catalog(profile_path("clients"), own).detectable, lambda: said_by(path)):
        with pytest.raises(WrongUsage) as trouble:
            refuse()
        assert trouble.value.code == "bad-profile"
        assert "ample.toml:" in trouble.value.text
    assert not mark.exists()


def test_a_persons_own_profile_finds_without_running(tmp_path: Path, tree: Tree) -> None:
    own = tmp_path / "own"
    write(own, HEAD + 'packages = ["ample"]\nsettings = ["$XDG_CONFIG_HOME/ample"]\n')
    mark = tmp_path / "was-run"
    tree.write("/usr/bin/ample", f"#!/bin/sh\ntouch {mark}\necho Ample 1.0\n", executable=True)
    tree.package("ample", "1.7-3", "/usr/bin/ample")
    both = Catalog(profile_path("clients"), own)
    (found,) = installed(both.detectable(), home=tree.home, root=tree.root, environ=tree.environ)
    assert (found.client, found.version) == ("ample", "1.7")
    assert both.of(found).local
    assert not mark.exists()


def test_a_profile_in_our_own_folder_is_checked_as_ours() -> None:
    assert said_by(profile_path("clients") / "mutt.toml")[0].local is False


def test_the_example_in_the_documentation_is_a_good_profile(tmp_path: Path) -> None:
    page = (CHECKOUT / "docs" / "finding-clients.md").read_text()
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    write(tmp_path, example)
    ours = Catalog(tmp_path)
    ours.validate()
    assert {row.kind for row in ours.profile("ample").found} == {
        Kind.PROGRAM,
        Kind.FLATPAK,
        Kind.WINDOWS_PROGRAM,
    }
    assert [row.feature for row in ours.profile("ample").build] == ["SASL", "TLS"]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == set(Kind)


def test_every_kind_has_a_finder_and_keys() -> None:
    assert set(FINDERS) | {Kind.PROGRAM} == set(Kind) == set(KEYS)


@pytest.mark.parametrize(
    "client",
    ["seamonkey", "claws-mail", "sylpheed", "evolution", "kmail", "balsa", "geary", "mutt",
     "neomutt", "msmtp", "alpine", "s-nail", "git-send-email"],
)  # fmt: skip
def test_our_profiles_say_where_settings_are(client: str) -> None:
    rows = catalog().profile(client).found
    assert rows
    assert all(row.settings for row in rows)


def test_only_profiles_that_say_how_are_looked_for() -> None:
    said = {profile.id for profile in catalog().detectable()}
    every = {name for name in catalog().ids() if catalog().profile(name).found}
    assert said == every
