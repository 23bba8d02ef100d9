# SPDX-License-Identifier: MPL-2.0
"""Encrypts texts with a Mozilla client's own NSS; run as a program of its own.

NSS is global to a process, so it gets one that ends after the work. It is
started by file path in isolated mode and imports the standard library alone.

Standard input is one JSON object: ``library`` (the client's program directory),
``store`` (a directory that holds copies of its key files, or nothing) and
``texts``. Standard output is one JSON object: ``ciphertexts`` (base64, in
order) or ``trouble`` ("no-library", "primary-password", "nss") with ``detail``,
which never holds any of the texts.
"""

import base64
import ctypes
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

# The client's libraries in the order in which they need one another. Loading
# each by its full path keeps another NSS of the system out of this process.
_LINUX = ("nspr4", "plc4", "plds4", "mozsqlite3", "nssutil3", "nss3")
_NAMES = {
    "win32": ("mozglue.dll", "nss3.dll"),
    "darwin": ("libmozglue.dylib", "libnss3.dylib"),
}

_NO_MODULE_LIST = 0x04  # no pkcs11.txt: other tokens of the profile are not ours to load
_NO_ROOT_CERTIFICATES = 0x10
_AES_CBC = 0x1082  # CKM_AES_CBC, which SDR pads; what the client itself writes today


class _Item(ctypes.Structure):
    """``SECItem``: a type, bytes, their number."""

    _fields_ = (
        ("type", ctypes.c_uint),
        ("data", ctypes.c_void_p),
        ("len", ctypes.c_uint),
    )


class _TroubleError(Exception):
    """A code of the list above, and a detail for the person."""


def _load(directory: Path) -> Any:
    names = _NAMES.get(sys.platform, tuple(f"lib{name}.so" for name in _LINUX))
    library = None
    try:
        for name in names:
            if (directory / name).exists():
                library = ctypes.CDLL(str(directory / name), mode=ctypes.RTLD_GLOBAL)
    except OSError as error:
        raise _TroubleError("no-library", str(error)) from None
    if library is None or not hasattr(library, "NSS_Initialize"):
        raise _TroubleError("no-library", f"no NSS library in {directory}")
    library.PK11_GetInternalKeySlot.restype = ctypes.c_void_p
    return library


def _open(nss: Any, store: Path) -> ctypes.c_void_p:
    """The slot that holds the key, logged in; made where the store is empty."""
    flags = _NO_MODULE_LIST | _NO_ROOT_CERTIFICATES
    if nss.NSS_Initialize(f"sql:{store}".encode(), b"", b"", b"secmod.db", flags) != 0:
        raise _TroubleError("nss", f"NSS_Initialize: error {nss.PORT_GetError()}")
    slot = ctypes.c_void_p(nss.PK11_GetInternalKeySlot())
    if not slot:
        raise _TroubleError("nss", "no key slot")
    if nss.PK11_NeedUserInit(slot):
        if nss.PK11_InitPin(slot, None, b"") != 0:
            raise _TroubleError("nss", f"PK11_InitPin: error {nss.PORT_GetError()}")
    elif nss.PK11_CheckUserPassword(slot, b"") != 0:
        raise _TroubleError("primary-password", "")
    return slot


def _encryption(nss: Any, slot: ctypes.c_void_p) -> Callable[[str], str]:
    def encrypt(text: str) -> str:
        try:
            plain = text.encode()
        except UnicodeEncodeError:
            raise _TroubleError("nss", "not Unicode text") from None
        buffer = ctypes.create_string_buffer(plain, len(plain) or 1)
        key_id = _Item(0, None, 0)  # none: the store's own default key
        data = _Item(0, ctypes.cast(buffer, ctypes.c_void_p), len(plain))
        out = _Item(0, None, 0)
        by = ctypes.byref
        if hasattr(nss, "PK11SDR_EncryptWithMechanism"):  # NSS 3.113
            mechanism = ctypes.c_ulong(_AES_CBC)
            result = nss.PK11SDR_EncryptWithMechanism(
                slot, by(key_id), mechanism, by(data), by(out), None
            )
        else:
            result = nss.PK11SDR_Encrypt(by(key_id), by(data), by(out), None)
        if result != 0:
            raise _TroubleError("nss", f"PK11SDR_Encrypt: error {nss.PORT_GetError()}")
        cipher = ctypes.string_at(out.data, out.len)
        nss.SECITEM_ZfreeItem(by(out), 0)
        return base64.b64encode(cipher).decode()

    return encrypt


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    try:
        nss = _load(Path(question["library"]))
        slot = _open(nss, Path(question["store"]))
        encrypt = _encryption(nss, slot)
        ciphertexts = [encrypt(text) for text in question["texts"]]
        nss.PK11_FreeSlot(slot)
        if nss.NSS_Shutdown() != 0:
            raise _TroubleError("nss", f"NSS_Shutdown: error {nss.PORT_GetError()}")
    except _TroubleError as trouble:
        code, detail = trouble.args
        return {"trouble": code, "detail": detail}
    return {"ciphertexts": ciphertexts}


def _no_core_dump() -> None:
    """A crash in the library must not leave a picture of the secrets on disk."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _no_core_dump()
    json.dump(_answer(json.load(sys.stdin)), sys.stdout)
