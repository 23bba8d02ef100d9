# SPDX-License-Identifier: MPL-2.0
"""Texts for a Mozilla client's login store, encrypted by the client's own NSS.

The client's library works in a child process and on copies of the key files,
so nothing in the profile changes here: what the files become is handed back,
to be planned, written and undone like any other file.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from clientcfg.changes import nss_child
from clientcfg.model.trouble import NotFoundOut, Refused
from clientcfg.words import _

# All that a login needs: the client makes the certificate store and the list of
# modules beside it by itself, and accepts a key file that was made here.
STORE_FILES = ("key4.db",)


def encrypt(
    program_dir: str,
    store: Mapping[str, bytes | None],
    texts: Sequence[str],
    *,
    timeout: float = 30.0,
) -> tuple[list[str], dict[str, bytes]]:
    """Encrypt *texts* so that the client of *program_dir* reads them as its own.

    *store* maps file names of the profile to their content, None where there
    is none; only :data:`STORE_FILES` are looked at, and a key is made where it
    is missing. *timeout* in seconds is for the whole work.

    Returns base64 ciphertexts in the order of *texts*, and the content of
    each of :data:`STORE_FILES` afterwards.

    Raises :class:`Refused` ("primary-password") where the store is locked, and
    :class:`NotFoundOut` where the library cannot be loaded ("no-nss-library"),
    fails ("nss-failed") or does not end in time ("nss-timeout").
    """
    with tempfile.TemporaryDirectory(prefix="clientcfg-", dir=_memory()) as name:
        directory = Path(name)  # mode 0700
        for file, content in store.items():
            if content is not None and file in STORE_FILES:
                (directory / file).write_bytes(content)
        question = {"library": program_dir, "store": name, "texts": list(texts)}
        answer = _ask(question, timeout)
        if "trouble" in answer:
            raise _trouble(answer, program_dir)
        made = {
            file: (directory / file).read_bytes()
            for file in STORE_FILES
            if (directory / file).exists()
        }
    return answer["ciphertexts"], made


def _memory() -> str | None:
    """A directory that lies in memory, so that copied keys never reach a disk; None: none."""
    for place in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108  # a fresh 0700 directory below it
        if place and Path(place).is_dir() and os.access(place, os.W_OK | os.X_OK):
            return place
    return None


def _ask(question: Mapping[str, Any], timeout: float) -> dict[str, Any]:
    command = [sys.executable, "-I", str(Path(nss_child.__file__))]
    # Without the environment of the caller: it could name other libraries,
    # another kind of store, or a file for key logs.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    try:
        done = subprocess.run(
            command,
            input=json.dumps(question).encode(),
            capture_output=True,
            timeout=timeout,
            env=kept,
            # Ctrl-C in a terminal is for us; the child then ends with us.
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotFoundOut(
            "nss-timeout",
            _("The mail program’s password library did not answer in time."),
            _("Leave the password out; the mail program asks for it once."),
        ) from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"trouble": "nss", "detail": _("it ended with {n}").format(n=done.returncode)}
    return answer


def _trouble(answer: Mapping[str, Any], program_dir: str) -> Refused | NotFoundOut:
    without = _("Leave the password out; the mail program asks for it once.")
    match answer["trouble"]:
        case "primary-password":
            return Refused(
                "primary-password",
                _("The mail program’s passwords are locked with a primary password."),
                without,
            )
        case "no-library":
            return NotFoundOut(
                "no-nss-library",
                _("The password library in {directory} cannot be loaded ({detail}).").format(
                    directory=program_dir, detail=answer["detail"]
                ),
                without,
            )
        case _:
            return NotFoundOut(
                "nss-failed",
                _("The mail program’s password library failed ({detail}).").format(
                    detail=answer["detail"]
                ),
                without,
            )
