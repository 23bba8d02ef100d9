# SPDX-License-Identifier: MPL-2.0
"""Filling the holes of a plan, at the moment of writing and never before."""

import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from clientcfg.changes.paths import parent
from clientcfg.model.place import FileState, Snapshot
from clientcfg.model.plan import Coded, Companion, Content, FileStep, Part
from clientcfg.model.secret import Encoder, Hole, Secret, SecretName
from clientcfg.model.trouble import Refused, WrongUsage
from clientcfg.words import _

NSS_SECONDS = 30.0
"""How long the client's own library may take to encrypt."""

Secrets = Mapping[SecretName, Secret]


class StoreEncoder(Protocol):
    """Encrypts with the key of a store of files, which it may make or change."""

    def __call__(
        self, store: Mapping[str, bytes | None], texts: Sequence[str]
    ) -> tuple[Sequence[str], Mapping[str, bytes]]:
        """*texts* encrypted, in order, and the store's files as they are then, by name."""
        ...


def nss(program: str, timeout: float = NSS_SECONDS) -> StoreEncoder:
    """The encoder "nss-sdr", with the NSS library of the client in directory *program*."""

    def encode(
        store: Mapping[str, bytes | None], texts: Sequence[str]
    ) -> tuple[Sequence[str], Mapping[str, bytes]]:
        from clientcfg.changes.nss import encrypt  # noqa: PLC0415 - only where it is needed

        return encrypt(program, store, texts, timeout=timeout)

    return encode


def fill(
    steps: Sequence[FileStep],
    snapshot: Snapshot,
    secrets: Secrets,
    encoders: Mapping[Encoder, StoreEncoder],
) -> tuple[bytes | None, ...]:
    """The real contents of *steps*, in order; None for a file that is removed.

    A store is a directory: all texts that *steps* want encrypted with it go
    into one call, together with what *snapshot* saw in that directory. Raises
    :class:`Refused` ("secret-missing") and :class:`WrongUsage`
    ("secret-unwritable").
    """
    stores = _Stores(steps, snapshot, secrets, encoders)
    return tuple(
        None
        if step.content is None
        else b"".join(
            _filled(part, (number, place), step, secrets, stores)
            for place, part in enumerate(step.content)
        )
        for number, step in enumerate(steps)
    )


def fill_file(content: Content, secrets: Secrets) -> bytes:
    """The real content of a file that stands alone, in no client's store.

    Raises as :func:`fill`.
    """
    return b"".join(_alone(part, secrets) for part in content)


def _alone(part: Part, secrets: Secrets) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, Companion):
        raise RuntimeError(f"{part.name} belongs to a store")
    return _encode(_text(part, secrets), part.encoder)


_Where = tuple[int, int]
_Store = tuple[Encoder, str]


class _Stores:
    """Every text of a plan that a store encrypts, and every file that changes with it."""

    def __init__(
        self,
        steps: Sequence[FileStep],
        snapshot: Snapshot,
        secrets: Secrets,
        encoders: Mapping[Encoder, StoreEncoder],
    ) -> None:
        self._texts: dict[_Where, bytes] = {}
        self._files: dict[_Store, Mapping[str, bytes | None]] = {}
        wanted: dict[_Store, dict[_Where, str]] = {}
        for number, step in enumerate(steps):
            for place, part in enumerate(step.content or ()):
                if isinstance(part, bytes) or part.encoder not in encoders:
                    continue
                texts = wanted.setdefault((part.encoder, parent(step.place.path)), {})
                if not isinstance(part, Companion):
                    texts[number, place] = _whole(_text(part, secrets))
        for store, texts in wanted.items():
            encoder, directory = store
            seen = {
                place.path.rpartition("/")[2]: state.content
                for place, state in snapshot.states.items()
                if isinstance(state, FileState) and parent(place.path) == directory
            }
            coded, files = encoders[encoder](seen, tuple(texts.values()))
            self._files[store] = seen | dict(files)
            for where, text in zip(texts, coded, strict=True):
                self._texts[where] = text.encode("ascii")

    def text(self, where: _Where) -> bytes | None:
        return self._texts.get(where)

    def file(self, companion: Companion, step: FileStep) -> bytes:
        files = self._files.get((companion.encoder, parent(step.place.path)), {})
        content = files.get(companion.name)
        if content is None:
            raise RuntimeError(f"the encoder {companion.encoder} made no {companion.name}")
        return content


def _filled(part: Part, where: _Where, step: FileStep, secrets: Secrets, stores: _Stores) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, Companion):
        return stores.file(part, step)
    coded = stores.text(where)
    return _encode(_text(part, secrets), part.encoder) if coded is None else coded


def _text(part: Hole | Coded, secrets: Secrets) -> str:
    if isinstance(part, Coded):
        return part.text
    if part.name not in secrets:
        raise Refused(
            "secret-missing",
            _("These settings want a password, and none was given."),
            _("Give it when asked, or let the client ask for it itself."),
        )
    return secrets[part.name].reveal()


def _whole(text: str) -> str:
    """*text*, if it is Unicode; half a surrogate pair is what a terminal makes of other bytes."""
    # Looked for, not tried: the error of trying would carry the text itself.
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise _unwritable()
    return text


# No characters at all, so no reference stands for them either (XML 1.0 §2.2).
_NEVER_IN_XML = ("\ufffe", "\uffff")
_IN_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def _encode(text: str, encoder: Encoder) -> bytes:
    """*text* for a place that is not a store: "plain", or as ``.netrc``, XML or JSON want it."""
    # A line break would end the line that the format wrote around it.
    if not text.isprintable() and any(ord(c) < 32 or c == "\x7f" for c in text):
        raise _unwritable()
    if encoder == "plain":
        return _whole(text).encode()
    if encoder == "netrc-quote":
        return b'"' + _whole(text).replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'
    if encoder == "json-text":
        return json.dumps(_whole(text), ensure_ascii=False).encode()
    if encoder == "xml-text":
        if any(c in text for c in _NEVER_IN_XML):
            raise _unwritable()
        return _whole(text).translate(_IN_XML).encode()
    raise RuntimeError(f"no encoder {encoder} was given")


def _unwritable() -> WrongUsage:
    return WrongUsage(
        "secret-unwritable",
        _("The user name or password has a character that this client’s settings cannot hold."),
        _("Change it, or let the client ask for the password itself."),
    )
