# SPDX-License-Identifier: MPL-2.0
"""A provider file that cannot be used is refused with its place and what is wrong there."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.policy import Grounds, Topic
from clientcfg.model.trouble import WrongUsage
from clientcfg.policies.providers import Providers

GOOD = """\
name = "Ample Mail"
oauth2 = "ample"

[recognised]
domains = ["ample.example", ".ample.example"]
hosts = ["smtp.ample.example"]

[sources]
page = "https://ample.example/smtp"

[[facts]]
about = "password"
says = "on-by-default"
word = "Ample SMTP"
administrator = true
source = ["page"]
as_of = 2026-01-27
confidence = "derived"

[[facts]]
about = "password"
says = "no"
since = 2026-12-31
source = ["page"]
as_of = 2026-01-27
confidence = "documented"

[[facts]]
about = "oauth2"
says = "offered"
url = "https://ample.example/sign-in"
source = ["page"]
as_of = 2026-01-27
confidence = "documented"

[[facts]]
about = "port"
says = "587/starttls"
source = ["page"]
as_of = 2026-01-27
confidence = "reported"
"""


def refused(folder: Path, text: str | bytes, name: str = "ample.toml") -> str:
    """The sentence that a folder with this one file answers with."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WrongUsage) as trouble:
        Providers(folder)
    assert trouble.value.code == "bad-profile"
    assert str(folder) in trouble.value.text
    return trouble.value.text


def test_a_good_provider(tmp_path: Path) -> None:
    (tmp_path / "ample.toml").write_text(GOOD)
    (policy,) = Providers(tmp_path).all()
    assert (policy.id, policy.name, policy.oauth2) == ("ample", "Ample Mail", "ample")
    first, second, sign_in, port = policy.facts
    assert (first.about, first.says, first.since) == (Topic.PASSWORD, "on-by-default", None)
    assert (first.administrator, first.two_factor, first.word) == (True, False, "Ample SMTP")
    assert (second.says, second.since) == ("no", date(2026, 12, 31))
    assert sign_in.url == "https://ample.example/sign-in"
    assert port.grounds is Grounds.REPORTED
    assert first.evidence == "https://ample.example/smtp (27 January 2026, derived)"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('oauth2 = "ample"', 'oauth2 = "ample"\ncolour = "red"', 3, "not a key"),
        ('oauth2 = "ample"', 'oauth2 = "Ample Inc"', 2, "lower-case word"),
        ('oauth2 = "ample"', "oauth2 = 3", 2, "must be a text"),
        ('oauth2 = "ample"\n', "", None, "must be there where a fact"),
        ('name = "Ample Mail"', "name = 7", 1, "must be a text"),
        ('hosts = ["smtp.ample.example"]', 'hosts = "smtp.ample.example"', 6, "list of texts"),
        ('hosts = ["smtp.ample.example"]', 'hosts = ["SMTP.ample.example"]', 6, "lower case"),
        ('hosts = ["smtp.ample.example"]', 'hosts = ["com"]', 6, "lower case"),
        ('hosts = ["smtp.ample.example"]', 'hosts = ["."]', 6, "lower case"),
        ('hosts = ["smtp.ample.example"]', 'hosts = ["*"]', 6, "lower case"),
        ('hosts = ["smtp.ample.example"]', 'servers = ["smtp.ample.example"]', 6, "not a key"),
        ('about = "password"', 'about = "passwords"', 12, "must be one of"),
        ('about = "password"', "about = [1]", 12, "must be one of"),
        ('says = "on-by-default"', 'says = "needed"', 13, "must be one of"),
        ('says = "on-by-default"', "says = true", 13, "must be one of"),
        ('says = "on-by-default"', 'says = "no"\nrun = "rm"', 14, "not a key"),
        ("administrator = true", 'administrator = "yes"', 15, "true or false"),
        ("as_of = 2026-01-27", "", 11, "on which day"),
        ("as_of = 2026-01-27", 'as_of = "2026"', 17, "written like"),
        ("as_of = 2026-01-27", "as_of = 2026-01-27T00:00:00Z", 17, "written like"),
        ("since = 2026-12-31", "since = 20261231", 23, "written like"),
        ("since = 2026-12-31\n", "", 21, "decided twice"),
        ('confidence = "derived"', 'confidence = "sure"', 18, "must be one of"),
        ('source = ["page"]', 'source = ["book"]', 16, "not in [sources]"),
        ('source = ["page"]', "source = []", 16, "at least one"),
        ("https://ample.example/sign-in", "http://ample.example/", 31, "https address"),
        ("https://ample.example/sign-in", "javascript:alert(1)", 31, "https address"),
        ("https://ample.example/sign-in", "https://ample.example@evil/", 31, "https address"),
        ("https://ample.example/sign-in", "https://ample.example/\\u001b[2J", 31, "https address"),
        ("https://ample.example/sign-in", "https://[", 31, "https address"),
        ('says = "587/starttls"', 'says = "587/plain"', 38, "must be a port"),
        ('says = "587/starttls"', 'says = "99999/tls"', 38, "must be a port"),
    ],
)
def test_a_fault_names_file_line_and_key(
    tmp_path: Path, old: str, new: str, line: int | None, said: str
) -> None:
    assert old in GOOD
    sentence = refused(tmp_path, GOOD.replace(old, new, 1))
    assert said in sentence
    if line is not None:
        assert f"ample.toml:{line}:" in sentence


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"# " + b"x" * 10_000_000, "larger than 256 KiB", id="10 MB"),
        pytest.param(b'name = "\xff"', "not UTF-8", id="Latin-1"),
        pytest.param(b"name = ", "not TOML", id="not TOML"),
        pytest.param(b'name = "a"\nname = "b"', "not TOML", id="a key twice"),
        pytest.param(b"a = " + b"[" * 100_000, "cannot be used", id="nested deeply"),
        pytest.param(b"facts = 3\n[recognised]\nhosts = ['a.example']", "[[facts]]", id="a number"),
        pytest.param(b"[recognised]\nhosts = ['a.example']", "at least once", id="no facts"),
        pytest.param(b"recognised = 3\n", "must be a table", id="recognised is a number"),
        pytest.param(b"", "must list domains or hosts", id="empty"),
    ],
)
def test_what_is_no_provider_at_all(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refused(tmp_path, content)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


def as_toml(value: object) -> str:
    """A value of Python in one line of TOML."""
    match value:
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(as_toml(v) for v in value)}]"
        case dict():
            return (
                "{" + ", ".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
            )
        case str():
            return json.dumps(value)
        case _:
            return str(value)


@given(st.sampled_from(GOOD.splitlines()), VALUES)
def test_no_value_anywhere_is_more_than_a_fault(line: str, value: object) -> None:
    key, equals, _old = line.partition(" = ")
    changed = GOOD.replace(line, f"{key} = {as_toml(value)}" if equals else "", 1)
    with TemporaryDirectory() as folder:
        (Path(folder) / "ample.toml").write_text(changed)
        with suppress(WrongUsage):
            assert Providers(Path(folder)).all()[0].id == "ample"


@given(st.binary(max_size=200))
def test_no_bytes_are_more_than_a_fault(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "ample.toml").write_bytes(content)
        with pytest.raises(WrongUsage):
            Providers(Path(folder))


def test_a_file_name_has_to_be_an_id(tmp_path: Path) -> None:
    assert "lower-case words" in refused(tmp_path, GOOD, "Ample Mail.toml")


@pytest.mark.parametrize("key", ["domains", "hosts"])
def test_two_providers_cannot_be_recognised_by_one_name(tmp_path: Path, key: str) -> None:
    other = GOOD.replace("smtp.ample.example", "smtp.other.example")
    if key == "hosts":
        other = GOOD.replace('"ample.example", ".ample.example"', '"other.example"')
    (tmp_path / "aaa.toml").write_text(other)
    assert "also recognised as aaa" in refused(tmp_path, GOOD)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as trouble:
        Providers(tmp_path / "gone")
    assert "gone" in trouble.value.text


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "ample.toml").mkdir()
    with pytest.raises(WrongUsage) as trouble:
        Providers(tmp_path)
    assert "cannot be read" in trouble.value.text


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    sentence = refused(tmp_path, GOOD.replace("oauth2", '"\\u001b[2Jx"', 1))
    assert "\x1b" not in sentence
