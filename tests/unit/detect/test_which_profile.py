# SPDX-License-Identifier: MPL-2.0
"""Which profile a plain start opens: each case by our rules, and by the real program."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.clients.machine import Machine
from clientcfg.clients.mozilla.ini import sections
from clientcfg.clients.mozilla.profiles import Start, register, which_profile

PROGRAM = "/usr/lib/thunderbird"
OWN = "FDC34C9F024745EB"
OTHER = "ABCDEF"
GENERAL = "[General]\nStartWithLastProfile=1\nVersion=2\n\n"
OPENS, CREATES, ASKS = Start.OPENS, Start.CREATES, Start.ASKS


def profile(number: int, path: str, *, default: bool = False, relative: int = 1) -> str:
    mark = "Default=1\n" if default else ""
    return f"[Profile{number}]\nName=n{number}\nIsRelative={relative}\nPath={path}\n{mark}\n"


def install(path: str, name: str = OWN, *, locked: bool = True) -> str:
    return f"[Install{name}]\nDefault={path}\n" + ("Locked=1\n" if locked else "") + "\n"


TWO = profile(0, "a.x", default=True) + profile(1, "b.x")
OLD_GENERAL = "[General]\nStartWithLastProfile=1\n\n"
ASK_GENERAL = GENERAL.replace("Profile=1", "Profile=0")


@dataclass(frozen=True)
class Case:
    """``owned``: directory → LastPlatformDir in its compatibility.ini (None: no such line)."""

    name: str
    ini: str | bytes | None
    start: Start
    opens: str | None = None
    dirs: tuple[str, ...] = ("a.x", "b.x")
    owned: dict[str, str | None] = field(default_factory=dict)
    last_version: str = "153.7.0"
    installs_ini: str | None = None
    packaging: str = "deb"
    legacy: str | None = None

    def build(self, root: Path) -> None:
        for name in self.dirs:
            (root / name).mkdir(parents=True)
        if self.ini is not None:
            root.mkdir(exist_ok=True)
            data = self.ini if isinstance(self.ini, bytes) else self.ini.encode()
            (root / "profiles.ini").write_bytes(data)
        if self.installs_ini is not None:
            (root / "installs.ini").write_text(self.installs_ini)
        for name, program in self.owned.items():
            line = "" if program is None else f"LastPlatformDir={program}\n"
            (root / name / "compatibility.ini").write_text(
                f"[Compatibility]\nLastVersion={self.last_version}_1/1\n"
                f"LastOSABI=Linux_x86_64-gcc3\n{line}"
            )

    @property
    def environ(self) -> dict[str, str]:
        found = {} if self.legacy is None else {"MOZ_LEGACY_PROFILES": self.legacy}
        if self.packaging == "snap":
            found |= {"SNAP_NAME": "thunderbird", "SNAP_INSTANCE_NAME": "thunderbird"}
        return found


CASES = (
    # The Install section of this program's directory comes first.
    Case("install wins over default", GENERAL + TWO + install("b.x"), OPENS, "b.x"),
    Case(
        "install needs no compatibility.ini nor lock",
        GENERAL + TWO + install("b.x", locked=False),
        OPENS,
        "b.x",
        owned={"a.x": PROGRAM},
    ),
    Case(
        "two programs share a root, each has its own",
        GENERAL + TWO + install("a.x", OTHER) + install("b.x"),
        OPENS,
        "b.x",
    ),
    Case(
        "profile in a folder",
        GENERAL + profile(0, "Profiles/b.y") + install("Profiles/b.y"),
        OPENS,
        "Profiles/b.y",
        dirs=("Profiles/b.y",),
    ),
    # Without one, Default=1 counts if this program used it last.
    Case("owned default", GENERAL + TWO, OPENS, "a.x", owned={"a.x": PROGRAM}),
    Case("owned default, slash", GENERAL + TWO, OPENS, "a.x", owned={"a.x": f"{PROGRAM}/"}),
    Case("default of an ancient program", GENERAL + TWO, OPENS, "a.x", owned={"a.x": None}),
    Case(
        "a single profile is the default",
        GENERAL + profile(0, "a.x"),
        OPENS,
        "a.x",
        owned={"a.x": PROGRAM},
    ),
    Case(
        "another program has it too, unlocked",
        GENERAL + TWO + install("a.x", OTHER, locked=False),
        OPENS,
        "a.x",
        owned={"a.x": PROGRAM},
    ),
    Case(
        "the last of two defaults",
        GENERAL + profile(0, "a.x", default=True) + profile(1, "b.x", default=True),
        OPENS,
        "b.x",
        owned={"a.x": "/elsewhere", "b.x": PROGRAM},
    ),
    Case(
        "no word about the start",
        "[General]\nVersion=2\n" + TWO,
        OPENS,
        "a.x",
        owned={"a.x": PROGRAM},
    ),
    # Otherwise a new one is made.
    Case("first start ever", None, CREATES, dirs=()),
    Case("empty file", "", CREATES),
    Case("rubbish", b"\xff\x00\x12[[[\n\x00=", CREATES),
    Case("default without compatibility.ini", GENERAL + TWO, CREATES),
    Case("default of another program", GENERAL + TWO, CREATES, owned={"a.x": "/opt/thunderbird"}),
    Case("single, not owned", GENERAL + profile(0, "a.x"), CREATES),
    Case(
        "owned, but no default",
        GENERAL + profile(0, "a.x") + profile(1, "b.x"),
        CREATES,
        owned={"a.x": PROGRAM, "b.x": PROGRAM},
    ),
    Case(
        "another program has locked it",
        GENERAL + TWO + install("a.x", OTHER),
        CREATES,
        owned={"a.x": PROGRAM},
    ),
    Case("default is missing", GENERAL + TWO, CREATES, dirs=("b.x",)),
    Case("section without the key", GENERAL + TWO + f"[Install{OWN}]\nLocked=1\n", CREATES),
    Case("section in other case", GENERAL + TWO + f"[install{OWN}]\nDefault=b.x\n", CREATES),
    Case("hash in other case", GENERAL + TWO + install("b.x", OWN.lower()), CREATES),
    Case("key in other case", GENERAL + TWO + f"[Install{OWN}]\ndefault=b.x\n", CREATES),
    Case("blanks around =", GENERAL + TWO + f"[Install{OWN}]\nDefault = b.x\n", CREATES),
    # Old files and their backup.
    Case("unversioned, install section", OLD_GENERAL + TWO + install("b.x"), OPENS, "b.x"),
    Case(
        "unversioned, installs.ini",
        OLD_GENERAL + TWO,
        OPENS,
        "b.x",
        installs_ini=f"[{OWN}]\nDefault=b.x\nLocked=1\n",
    ),
    Case(
        "unversioned, installs.ini wins",
        OLD_GENERAL + TWO + install("a.x"),
        OPENS,
        "b.x",
        installs_ini=f"[{OWN}]\nDefault=b.x\n",
    ),
    Case("versioned", GENERAL + TWO, CREATES, installs_ini=f"[{OWN}]\nDefault=b.x\n"),
    # Snap and MOZ_LEGACY_PROFILES: sections do not count.
    Case("snap", GENERAL + TWO + install("b.x"), OPENS, "a.x", packaging="snap"),
    Case("legacy", GENERAL + TWO + install("b.x"), OPENS, "a.x", legacy="1"),
    Case("legacy is set to anything", GENERAL + TWO + install("b.x"), OPENS, "a.x", legacy="0"),
    Case("legacy, single", GENERAL + profile(0, "a.x"), OPENS, "a.x", legacy="1"),
    Case("legacy, none", GENERAL, CREATES, legacy="1"),
    Case("snap, first start", None, CREATES, dirs=(), packaging="snap"),
    Case(
        "legacy, two without default",
        GENERAL + profile(0, "a.x") + profile(1, "b.x"),
        ASKS,
        legacy="1",
    ),
    Case("legacy, missing", GENERAL + TWO, ASKS, dirs=("b.x",), legacy="1"),
    # No profile is opened unattended.
    Case("install to a missing directory", GENERAL + TWO + install("b.x"), ASKS, dirs=("a.x",)),
    Case("install to no profile", GENERAL + TWO + install("c.x"), ASKS, owned={"a.x": PROGRAM}),
    Case("install to nothing", GENERAL + TWO + install(""), ASKS),
    Case("told to ask", ASK_GENERAL + TWO + install("b.x"), ASKS),
    Case("told to ask, without a profile", ASK_GENERAL, ASKS),
    Case("told to ask, not owned", ASK_GENERAL + TWO, ASKS),
    Case(
        "newer profile",
        GENERAL + TWO + install("b.x"),
        ASKS,
        owned={"b.x": PROGRAM},
        last_version="254.0",
    ),
    Case(
        "newer only behind the point",
        GENERAL + TWO + install("b.x"),
        OPENS,
        "b.x",
        owned={"b.x": PROGRAM},
        last_version="153.99.9",
    ),
    Case(
        "path upwards",
        GENERAL + profile(0, "a.x") + profile(1, "../b.x") + install("../b.x"),
        ASKS,
        dirs=("a.x", "../b.x"),
    ),
    # The grammar.
    Case("byte order mark", "\ufeff" + GENERAL + TWO + install("b.x"), OPENS, "b.x"),
    Case("crlf", (GENERAL + TWO + install("b.x")).replace("\n", "\r\n"), OPENS, "b.x"),
    Case(
        "utf-16",
        b"\xff\xfe" + (GENERAL + TWO + install("b.x")).encode("utf-16-le"),
        OPENS,
        "b.x",
    ),
    Case(
        "foreign lines",
        "rubbish\n[broken\nx=1\n" + GENERAL + "; c\n# c\nword\n" + TWO + install("b.x"),
        OPENS,
        "b.x",
    ),
    Case(
        "indented",
        (GENERAL + TWO + install("b.x")).replace("\nD", "\n  D").replace("\n[", "\n \t["),
        OPENS,
        "b.x",
    ),
    Case("twice the key", GENERAL + TWO + install("a.x") + "Default=b.x\n", OPENS, "b.x"),
    Case(
        "a gap ends the list",
        GENERAL + profile(0, "a.x") + profile(2, "b.x") + install("b.x"),
        ASKS,
    ),
    Case(
        "a profile without a name is passed over",
        GENERAL + "[Profile0]\nIsRelative=1\nPath=a.x\n" + profile(1, "b.x") + install("b.x"),
        OPENS,
        "b.x",
    ),
)
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@every_case
def test_our_rules(case: Case, tmp_path: Path) -> None:
    root = tmp_path / ".thunderbird"
    case.build(root)
    choice = which_profile(
        str(root),
        PROGRAM,
        case.packaging,
        Machine(home=tmp_path),
        legacy=case.legacy is not None,
        version="153.7.0esr",
    )
    assert choice.start is case.start
    assert choice.profile == (None if case.opens is None else str(root / case.opens))
    assert choice.why.endswith(".")


@pytest.mark.thunderbird
@every_case
def test_the_real_program(case: Case, real: Any) -> None:
    case.build(real.root)
    patience = 1.5 if case.start is ASKS else 30
    before = set(real.home.rglob("*"))
    found = real.plain_start(environ=case.environ, patience=patience)
    if case.start is ASKS:
        assert found is None
    elif case.start is CREATES:
        assert found is not None
        assert found not in before
    else:
        assert case.opens is not None
        assert found == real.root / case.opens


def test_an_absolute_path(tmp_path: Path) -> None:
    (tmp_path / "abs").mkdir()
    root = tmp_path / "root"
    root.mkdir()
    place = str(tmp_path / "abs")
    (root / "profiles.ini").write_text(GENERAL + profile(0, place, relative=0) + install(place))
    choice = which_profile(str(root), PROGRAM, "deb", Machine(home=tmp_path))
    assert choice.profile == place


def test_the_sentence_says_why(tmp_path: Path) -> None:
    choice = which_profile(str(tmp_path), PROGRAM, "deb", Machine(home=tmp_path))
    assert choice.why == "A plain start would make a new profile, because there is none yet."


@given(st.binary(max_size=400), st.binary(max_size=100))
def test_no_file_can_break_the_reader(main: bytes, backup: bytes) -> None:
    known = register("/r", main, backup)
    assert all(p.directory.startswith("/") for p in known.profiles)


LINES = """[General] [Profile0] [Profile1] IsRelative=1 Path=../x Path=/y Path=a
    Name=n Default=1 Version=2 [InstallABCDEF] Default=a ["""


@given(st.lists(st.sampled_from(LINES.split())))
def test_a_relative_profile_never_leaves_the_root(lines: list[str]) -> None:
    text = "\n".join(lines).encode()
    for found in register("/r", text, None).profiles:
        assert found.directory.startswith("/r/")


def test_values_keep_every_character() -> None:
    data = b"[a]\nk= x=y ;z \n[b] rest\nk=1\n[a]\nl=\xff\n"
    assert sections(data) == {"a": {"k": " x=y ;z ", "l": "\udcff"}}
