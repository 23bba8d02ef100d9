# SPDX-License-Identifier: MPL-2.0
"""Wheel, sdist and editable installs all find ``profiles/`` and ``resources/``."""

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.package

LOOK = """
import json
from clientcfg.clients.catalog import Catalog
from clientcfg.rooms import profile_path, resource_path
from clientcfg.words import _, speak
import clientcfg
speak(["de"])
print(json.dumps({
    "package": clientcfg.__file__,
    "clients": sorted(Catalog.load().ids()),
    "ready": _("Ready"),
    "icon": resource_path("icon.svg").read_text()[:5],
    "profiles": str(profile_path("clients")),
}))
"""


def run(*args: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [str(a) for a in args], cwd=cwd, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the sdist and, made from the sdist, the wheel."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, CHECKOUT)
    return out


def fresh(folder: Path) -> Path:
    """A new environment; what clientcfg depends on is lent from this one, clientcfg is not."""
    venv.create(folder, with_pip=True, symlinks=True)
    python = folder / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    lent = "\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    (Path(site) / "lent.pth").write_text(lent + "\n")
    return python


def look(python: Path, cwd: Path) -> dict[str, object]:
    found = json.loads(run(python, "-c", LOOK, cwd=cwd))
    assert isinstance(found, dict)
    return found


CASES = ("wheel", "sdist", "editable")


@pytest.mark.parametrize("kind", CASES)
def test_every_kind_of_install_finds_its_data(built: Path, tmp_path: Path, kind: str) -> None:
    python = fresh(tmp_path / "env")
    what: tuple[str | Path, ...] = {
        "wheel": (next(built.glob("*.whl")),),
        "sdist": (next(built.glob("*.tar.gz")),),
        "editable": ("-e", CHECKOUT),
    }[kind]
    run(python, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", *what)

    found = look(python, tmp_path)

    assert {"thunderbird", "netscape", "outlook-express", "mutt", "msmtp"} <= set(
        map(str, found["clients"] if isinstance(found["clients"], list) else ())
    )
    assert found["icon"] == "<svg "
    assert found["ready"] == "Bereit"
    inside = str(tmp_path) in str(found["package"])
    assert inside is (kind != "editable")
    assert str(found["profiles"]).startswith(str(tmp_path) if inside else str(CHECKOUT))


def test_command_is_installed_and_says_its_version(built: Path, tmp_path: Path) -> None:
    python = fresh(tmp_path / "env")
    wheel = next(built.glob("*.whl"))
    run(python, "-m", "pip", "install", "-q", "--no-deps", wheel)
    said = run(tmp_path / "env" / "bin" / "clientcfg", "--version", cwd=tmp_path)
    assert said.startswith("clientcfg ")
