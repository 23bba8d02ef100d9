# SPDX-License-Identifier: MPL-2.0
"""What we encrypt, the client's own library decrypts; proven with a reader of the test's own."""

import base64
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from clientcfg.changes import nss
from clientcfg.changes.nss import encrypt
from clientcfg.model.trouble import NotFoundOut, Refused, Trouble

pytestmark = pytest.mark.thunderbird

# A second way through the same library: another entry point (NSS_InitReadWrite),
# decryption, and a primary password, none of which the program itself knows.
READER = """
import base64, ctypes, json, sys
from pathlib import Path

class Item(ctypes.Structure):
    _fields_ = [("t", ctypes.c_uint), ("d", ctypes.c_void_p), ("n", ctypes.c_uint)]

ask = json.load(sys.stdin)
for stem in ("nspr4", "plc4", "plds4", "mozsqlite3", "nssutil3", "nss3"):
    path = Path(ask["library"]) / f"lib{stem}.so"
    if path.exists():
        lib = ctypes.CDLL(str(path), ctypes.RTLD_GLOBAL)
assert lib.NSS_InitReadWrite(("sql:" + ask["store"]).encode()) == 0
lib.PK11_GetInternalKeySlot.restype = ctypes.c_void_p
slot = ctypes.c_void_p(lib.PK11_GetInternalKeySlot())
if ask["pin"]:
    assert lib.PK11_InitPin(slot, None, ask["pin"].encode()) == 0
assert lib.PK11_CheckUserPassword(slot, ask["pin"].encode()) == 0
plain = []
for text in ask["ciphertexts"]:
    blob = base64.b64decode(text)
    held = ctypes.create_string_buffer(blob, len(blob))
    data = Item(0, ctypes.cast(held, ctypes.c_void_p), len(blob))
    out = Item(0, None, 0)
    assert lib.PK11SDR_Decrypt(ctypes.byref(data), ctypes.byref(out), None) == 0
    plain.append(ctypes.string_at(out.d, out.n).decode())
assert lib.NSS_Shutdown() in (0, -1)
json.dump(plain, sys.stdout)
"""


@pytest.fixture(scope="module")
def program() -> str:
    """Where Thunderbird's libraries lie."""
    found = shutil.which("thunderbird")
    assert found, "these tests need Thunderbird"
    for directory in (Path(found).resolve().parent, Path("/usr/lib/thunderbird")):
        if (directory / "libnss3.so").exists():
            return str(directory)
    raise AssertionError("Thunderbird has no NSS beside it")


def read(
    program: str, directory: Path, store: Mapping[str, bytes], texts: list[str], pin: str = ""
) -> list[str]:
    """*texts* decrypted with *store*, laid down in *directory*."""
    directory.mkdir(exist_ok=True)
    for name, content in store.items():
        (directory / name).write_bytes(content)
    ask = {"library": program, "store": str(directory), "ciphertexts": texts, "pin": pin}
    done = subprocess.run(
        [sys.executable, "-I", "-c", READER],
        input=json.dumps(ask),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    plain: list[str] = json.loads(done.stdout)
    return plain


TEXTS = ["ada@example.test", "", "pä ß“漢字🔑", "\"\\'; --", "\n\r\t\0 end", "x" * 4000]


def test_a_fresh_store_is_made_and_read_back(program: str, tmp_path: Path) -> None:
    ciphertexts, store = encrypt(program, {"key4.db": None}, TEXTS)
    assert set(store) == {"key4.db"}
    assert store["key4.db"].startswith(b"SQLite format 3\0")
    assert read(program, tmp_path / "profile", store, ciphertexts) == TEXTS


def test_an_existing_store_keeps_its_key(program: str, tmp_path: Path) -> None:
    old, made = encrypt(program, {}, ["old"])
    new, after = encrypt(program, made, ["new"])
    assert after == made
    assert read(program, tmp_path / "profile", after, old + new) == ["old", "new"]


def test_a_store_that_the_library_made_for_itself(program: str, tmp_path: Path) -> None:
    # With the certificate store and the list of modules that a client has beside its key.
    profile = tmp_path / "profile"
    assert read(program, profile, {}, [], pin="x") == []
    (profile / "key4.db").unlink()
    ciphertexts, store = encrypt(program, {"key4.db": None}, ["over again"])
    assert (profile / "pkcs11.txt").exists()
    assert read(program, profile, store, ciphertexts) == ["over again"]


def test_the_ciphertext_is_todays_form(program: str) -> None:
    (text,), _ = encrypt(program, {}, ["x"])
    aes256_cbc = bytes.fromhex("060960864801650304012a")
    assert aes256_cbc in base64.b64decode(text)


def test_the_same_text_twice_looks_different(program: str) -> None:
    (one, two), _ = encrypt(program, {}, ["same", "same"])
    assert one != two


def test_a_primary_password_is_refused(program: str, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    read(program, profile, {}, [], pin="only the owner knows")
    store = {"key4.db": (profile / "key4.db").read_bytes()}
    with pytest.raises(Refused) as trouble:
        encrypt(program, store, ["hunter2"])
    assert trouble.value.code == "primary-password"
    assert "hunter2" not in str(trouble.value) + trouble.value.text
    assert trouble.value.advice


def test_a_broken_key_file_is_a_sentence(program: str) -> None:
    with pytest.raises(Trouble) as trouble:
        encrypt(program, {"key4.db": b"not a database at all" * 100}, ["hunter2"])
    assert trouble.value.code == "nss-failed"


def test_no_library_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotFoundOut) as trouble:
        encrypt(str(tmp_path), {}, ["hunter2"])
    assert trouble.value.code == "no-nss-library"


def test_a_file_that_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "libnss3.so").write_text("hello")
    with pytest.raises(NotFoundOut) as trouble:
        encrypt(str(tmp_path), {}, ["hunter2"])
    assert trouble.value.code == "no-nss-library"


def test_text_that_is_not_unicode(program: str) -> None:
    with pytest.raises(NotFoundOut) as trouble:
        encrypt(program, {}, ["\ud800"])
    assert trouble.value.code == "nss-failed"


def test_the_deadline_holds(program: str) -> None:
    with pytest.raises(NotFoundOut) as trouble:
        encrypt(program, {}, ["x"], timeout=0.001)
    assert trouble.value.code == "nss-timeout"
    assert trouble.value.__suppress_context__, "the command's input must not follow it out"


def test_nothing_is_left_behind_and_nothing_is_shown(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, object] = {}
    really = subprocess.run

    def watching(command: list[str], **options: object) -> object:
        (place,) = tmp_path.iterdir()
        seen.update(command=command, env=options["env"], mode=stat.S_IMODE(place.stat().st_mode))
        return really(command, **options)  # type: ignore[call-overload]

    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere/else")
    monkeypatch.setattr("clientcfg.changes.nss.subprocess.run", watching)
    encrypt(program, {}, ["hunter2"])
    assert list(tmp_path.iterdir()) == []
    assert seen["mode"] == 0o700
    assert "hunter2" not in repr(seen["command"])
    assert set(seen["env"]) <= {"SYSTEMROOT"}  # type: ignore[call-overload]


def test_the_systems_other_nss_stays_out(program: str) -> None:
    # A second NSS lies in the system's own directory; the mixture fails to load.
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"""
import sys; sys.path.insert(0, {os.fspath(Path(nss.__file__).parents[2])!r})
from pathlib import Path
from clientcfg.changes.nss_child import _load
_load(Path({program!r}))
print({{line.split()[-1] for line in open("/proc/self/maps") if "libnss" in line}})
"""],
        capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    loaded = eval(done.stdout)
    assert loaded
    assert all(path.startswith(program) for path in loaded)
