# SPDX-License-Identifier: MPL-2.0
"""A profile file that cannot be used is refused with its place and what is wrong there."""

from pathlib import Path

import pytest

from clientcfg.clients.catalog import Catalog
from clientcfg.model.answer import Answer
from clientcfg.model.client import Confidence
from clientcfg.model.trouble import WrongUsage

GOOD = """\
name = "Ample Mail"
vendor = "Ample"
platforms = ["linux", "win"]
current = "2.4"

[sources]
page = "https://ample.example/smtp"

[[versions]]
from = "1.0"
to = "1.9"
smtp_auth = "yes"
mechanisms = ["LOGIN", "PLAIN?"]
starttls = "port25-only"
max_tls = "1.0?"
oauth2 = ["google", "yahoo?"]
reads = { "AUTH " = "yes", "AUTH=" = "no" }
source = ["page"]
confidence = "documented"

[[versions]]
from = "2.0"
to = "current"
smtp_auth = { value = "yes", source = ["page"], confidence = "derived" }
source = ["page"]
confidence = "documented"
"""


def refused(folder: Path, text: str | bytes, name: str = "ample.toml") -> str:
    """The sentence that a catalog with this one file answers with."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WrongUsage) as trouble:
        Catalog(folder).validate()
    assert trouble.value.code == "bad-profile"
    assert str(folder) in trouble.value.text
    return trouble.value.text


def test_a_good_profile(tmp_path: Path) -> None:
    (tmp_path / "ample.toml").write_text(GOOD)
    catalog = Catalog(tmp_path)
    catalog.validate()
    new = catalog.client("ample")
    assert (new.version, new.abilities.smtp_auth.value) == ("2.4", Answer.YES)
    assert new.abilities.smtp_auth.confidence is Confidence.DERIVED
    assert new.abilities.implicit_tls.value is Answer.UNKNOWN, "what is not written is unknown"
    old = catalog.at("ample", "1.3", None).abilities
    assert old.max_tls.reported == "1.0"
    assert old.max_tls.confidence is Confidence.RECOLLECTION
    assert (old.oauth2_providers, old.oauth2_reported) == (("google",), ("yahoo",))


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('vendor = "Ample"\n', 'vendor = "Ample"\ncolour = "red"\n', 3, "not a key"),
        ('starttls = "port25-only"', 'startls = "yes"', 14, "not a key"),
        ('starttls = "port25-only"', "starttls = true", 14, "must be one of"),
        ('starttls = "port25-only"', 'starttls = "perhaps"', 14, "must be one of"),
        ('starttls = "port25-only"', 'starttls = "unknown?"', 14, "must be one of"),
        ('starttls = "port25-only"', 'starttls = { source = ["page"] }', 14, "must have a value"),
        ('starttls = "port25-only"', 'starttls = { value = "yes", x = 1 }', 14, "only"),
        ('mechanisms = ["LOGIN", "PLAIN?"]', 'mechanisms = "LOGIN"', 13, "list of texts"),
        ('mechanisms = ["LOGIN", "PLAIN?"]', 'mechanisms = ["LOGIN", 3]', 13, "list of texts"),
        ('mechanisms = ["LOGIN", "PLAIN?"]', 'mechanisms = ["login"]', 13, "not a mechanism"),
        ('max_tls = "1.0?"', 'max_tls = "1.4"', 15, "must be one of"),
        ('max_tls = "1.0?"', "max_tls = 1.0", 15, "must be one of"),
        ('oauth2 = ["google", "yahoo?"]', 'oauth2 = ["Google Inc"]', 16, "providers"),
        ('"AUTH " = "yes"', '"AUTHX" = "yes"', 17, "AUTH="),
        ('"AUTH " = "yes"', '"AUTH " = "maybe"', 17, "AUTH="),
        ('smtp_auth = "yes"\n', "", 9, "must say yes, no or unknown"),
        ('smtp_auth = "yes"\n', 'smtp_auth = "yes"\nquirks = ["sings"]\n', 13, "must be one of"),
        ('to = "1.9"', 'to = "0.9"', 10, "comes after"),
        ('to = "1.9"', 'to = "2.1"', 22, "overlaps"),
        ('to = "1.9"', 'to = "new"', 11, "not a version"),
        ('to = "1.9"', 'to = "1.9"\nplatforms = ["mac"]', 12, "names one that the top"),
        ('to = "1.9"', 'to = "1.9"\nplatforms = ["amiga"]', 12, "must be some of"),
        ('to = "1.9"', 'to = "1.9"\nsuccessors = ["gone"]', None, "not a known client"),
        ('to = "1.9"', 'to = "1.9"\nsuccessors = "gone"', 12, "must be a list"),
        ('to = "1.9"', 'to = "1.9"\nsuccessors = [{ client = "a", run = "x" }]', 12, "must be"),
        ('platforms = ["linux", "win"]', "platforms = []", 3, "must be some of"),
        ('to = "1.9"', 'to = "1.9"\nrequires = { mac = "10.4" }', 12, "does not"),
        ('to = "1.9"', 'to = "1.9"\nrequires = { win = 10 }', 12, "must have a text"),
        ('to = "1.9"', 'to = "1.9"\nrequires = "Windows 10"', 12, "must be a table"),
        ('name = "Ample Mail"', 'name = "  "', 1, "must be a text"),
        ('name = "Ample Mail"\n', "", None, "must be a text"),
        ('current = "2.4"', 'current = { amiga = "2.4" }', 4, "names a platform"),
        ('current = "2.4"', 'numbering = "roman"', 4, "dotted or decimal"),
        ('current = "2.4"', 'aliases = ["Ample Mail"]', 4, "lower-case"),
        ('current = "2.4"', 'sources = "x"', None, "TOML"),
    ],
)
def test_a_fault_names_file_line_and_key(
    tmp_path: Path, old: str, new: str, line: int | None, said: str
) -> None:
    assert GOOD.count(old) >= 1
    sentence = refused(tmp_path, GOOD.replace(old, new, 1))
    assert said in sentence
    if line is not None:
        assert f"ample.toml:{line}:" in sentence


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = ["page"]\nconfidence = "documented"\n\n', "\n", "at least one of"),
        ('source = ["page"]\n', 'source = ["book"]\n', "not in [sources]"),
        ('confidence = "documented"\n', 'confidence = "sure"\n', "must be one of"),
    ],
)
def test_no_claim_without_a_source_and_a_confidence(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert said in refused(tmp_path, GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"# " + b"x" * 10_000_000, "larger than 256 KiB", id="10 MB"),
        pytest.param(b'name = "\xff"', "not UTF-8", id="Latin-1"),
        pytest.param(b"name = ", "not TOML", id="not TOML"),
        pytest.param(b"a = " + b"[" * 100_000, "cannot be used", id="nested deeply"),
        pytest.param(b"versions = 3\n", "must be", id="versions is a number"),
        pytest.param(b"", "must be some of", id="empty"),
    ],
)
def test_what_is_no_profile_at_all(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refused(tmp_path, content)


def test_a_file_name_has_to_be_an_id(tmp_path: Path) -> None:
    assert "lower-case words" in refused(tmp_path, GOOD, "Ample Mail.toml")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "ample.toml").mkdir()
    with pytest.raises(WrongUsage) as trouble:
        Catalog(tmp_path).validate()
    assert "cannot be read" in trouble.value.text


def test_control_characters_of_a_profile_do_not_reach_the_terminal(tmp_path: Path) -> None:
    sentence = refused(tmp_path, GOOD.replace("current", '"\\u001b[2Jx"', 1))
    assert "\x1b" not in sentence


def test_two_clients_cannot_have_one_name(tmp_path: Path) -> None:
    (tmp_path / "brisk.toml").write_text(GOOD.replace("current", 'aliases = ["swift"]\ncurrent', 1))
    assert "also a name of" in refused(
        tmp_path, GOOD.replace("current", 'aliases = ["swift"]\ncurrent', 1)
    )


def test_successors_do_not_lead_in_a_circle(tmp_path: Path) -> None:
    def followed_by(other: str) -> str:
        return GOOD.replace('from = "1.0"', f'from = "1.0"\nsuccessors = ["{other}"]', 1)

    (tmp_path / "brisk.toml").write_text(followed_by("ample"))
    assert "circle" in refused(tmp_path, followed_by("brisk"))


def test_a_successor_has_to_exist_in_that_version(tmp_path: Path) -> None:
    (tmp_path / "brisk.toml").write_text(GOOD)
    line = 'from = "1.0"\nsuccessors = [{ client = "brisk", version = "0.5" }]'
    assert "has no version 0.5" in refused(tmp_path, GOOD.replace('from = "1.0"', line, 1))
