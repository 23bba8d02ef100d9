# SPDX-License-Identifier: MPL-2.0
"""A guide section that cannot be used is refused with file, line and what is wrong there."""

from pathlib import Path

import pytest

from clientcfg.clients.catalog import Catalog
from clientcfg.clients.guide_choice import guide_for
from clientcfg.clients.guide_row import Word
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
to = "current"
smtp_auth = "yes"
source = ["page"]
confidence = "documented"

[[guide]]
from = "2.0"
platforms = ["win"]
source = ["page", "a run of Ample Mail 2.4"]
confidence = "documented"
security = { tls = "SSL", starttls = "TLS?" }
auth = { password = "on" }
say = ["makers-cloud"]
steps = [
    { menu = ["Tools", "{account}?"], set = [["Server", "outgoing.host"], ["Log on?", "on", "imap", "!tls"]] },
    { file = "~/.ample", write = ["host {outgoing.host:url}", ["tls", "port-587"]], when = ["imap"] },
]

[[guide]]
to = "1.9"
source = ["page"]
confidence = "recollection"
steps = [{ say = ["new-account"] }]
"""  # noqa: E501


def catalog(folder: Path, text: str) -> Catalog:
    (folder / "ample.toml").write_text(text)
    return Catalog(folder)


def test_a_good_one_is_read_as_it_is_meant(tmp_path: Path) -> None:
    profile = catalog(tmp_path, GOOD).profile("ample")
    new, old = profile.guides
    assert new.sources == ("https://ample.example/smtp", "a run of Ample Mail 2.4")
    assert new.security["starttls"] == Word("TLS", sure=False)
    assert new.steps[0].menu == (Word("Tools"), Word("{account}", sure=False))
    assert new.steps[0].entries[1].label == Word("Log on", sure=False)
    assert new.steps[0].entries[1].when == ("imap", "!tls")
    assert new.steps[1].lines[1].when == ("port-587",)
    assert old.confidence is Confidence.RECOLLECTION
    assert guide_for(profile, "2.1", "win") is new
    assert guide_for(profile, "2.1", "linux") is None
    assert guide_for(profile, "1.2", "linux") is old
    assert guide_for(profile, None, "win") is new
    assert guide_for(profile, "no number", "win") is None


FAULTS = {
    "unknown key": ('say = ["makers-cloud"]', "says = []", "says"),
    "unknown platform": ('platforms = ["win"]\nsource', 'platforms = ["mac"]\nsource', "platforms"),
    "no version": ('from = "2.0"\nplat', 'from = "x"\nplat', "from"),
    "unknown source": ('["page", "a run of Ample Mail 2.4"]', '["pgae"]', "source"),
    "no source": ('["page", "a run of Ample Mail 2.4"]', "[]", "source"),
    "unknown confidence": ('"documented"\nsecurity', '"sure"\nsecurity', "confidence"),
    "unknown security": ("starttls =", "opportunistic =", "security"),
    "unknown log-in": ("{ password =", "{ magic =", "auth"),
    "empty word": ('"SSL"', '""', "security"),
    "unknown sentence": ('say = ["makers-cloud"]', 'say = ["nonsense"]', "say"),
    "unknown value": ('"outgoing.host"]', '"outgoing.hots"]', "outgoing.hots"),
    "unknown value in a line": ("{outgoing.host:url}", "{outgoing.secret}", "outgoing.secret"),
    "unknown quote": ("{outgoing.host:url}", "{outgoing.host:perl}", "perl"),
    "unknown condition": ('"!tls"', '"!fancy"', "fancy"),
    "label without value": ('["Server", "outgoing.host"]', '["Server"]', "pairs"),
    "unknown step key": ("when =", "whenever =", "steps"),
    "step that says nothing": ('{ say = ["new-account"] }', "{ }", "nothing"),
    "steps that are none": ('[{ say = ["new-account"] }]', '"none"', "steps"),
    "no steps": ('[{ say = ["new-account"] }]', "[]", "steps"),
    "a number for a text": ('["Tools",', "[7,", "steps"),
    "file that is none": ('file = "~/.ample"', "file = 7", "file"),
    "an escape in a word": ('["Tools",', '["To\\u001b[2Jols",', "one line"),
    "two lines in one": ('"host {outgoing.host:url}"', '"host\\nport"', "one line"),
    "an escape in a choice": ('"SSL"', '"S\\u0007L"', "one line"),
    "an escape in a file": ('file = "~/.ample"', 'file = "~/\\u001bx"', "file"),
    "a password": ('["Server", "outgoing.host"]', '["Password", "secret"]', "secret"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_file_line_and_key(tmp_path: Path, name: str) -> None:
    old, new, said = FAULTS[name]
    assert GOOD.count(old) == 1, old
    text = GOOD.replace(old, new)
    with pytest.raises(WrongUsage) as trouble:
        catalog(tmp_path, text).validate()
    assert trouble.value.code == "bad-profile"
    assert f"{tmp_path / 'ample.toml'}:" in trouble.value.text
    assert "guide[" in trouble.value.text
    assert said in trouble.value.text


def test_forty_steps_are_enough(tmp_path: Path) -> None:
    many = "steps = [" + '{ say = ["new-account"] }, ' * 41 + "]"
    with pytest.raises(WrongUsage):
        catalog(tmp_path, GOOD.replace('steps = [{ say = ["new-account"] }]', many)).validate()


def test_a_persons_own_file_may_bring_a_guide(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "ample.toml").write_text(GOOD)
    profile = Catalog(tmp_path, own).profile("ample")
    assert profile.local
    assert len(profile.guides) == 2
