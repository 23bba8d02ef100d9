# SPDX-License-Identifier: MPL-2.0
"""What would be changed: computed by a format, carried out by ``changes``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from clientcfg.model.account import Account
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint
from clientcfg.model.place import FilePlace, Place, RegistryPlace, Snapshot
from clientcfg.model.registry import RegistryValue
from clientcfg.model.secret import Encoder, Hole


@dataclass(frozen=True, slots=True)
class Coded:
    """Public text that the place wants encoded like a secret (a user name in a login store)."""

    text: str
    encoder: Encoder


@dataclass(frozen=True, slots=True)
class Companion:
    """The whole content of a file that an encoder makes or changes beside its own output.

    Writing a login for NSS may create ``key4.db``: the encoder works on a copy
    and hands the new bytes over, so that this file is planned, journalled and
    undone like any other. ``name`` is the file's name in that store.
    """

    encoder: Encoder
    name: str


Part = bytes | Hole | Coded | Companion
Content = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FileStep:
    """Write one file. ``before`` is the digest of what the step was computed from.

    ``content`` None removes the file. ``why`` is a short phrase for people.
    ``mode`` is used only where the file is new.
    """

    place: FilePlace
    before: str
    content: Content | None
    why: str
    mode: int = 0o600


@dataclass(frozen=True, slots=True)
class RegistryStep:
    """Set single values of one key that is there, or take them away (None), in this order.

    ``before`` is the digest of what the step was computed from: the values that
    ``place`` is about. ``why`` is a short phrase for people.
    """

    place: RegistryPlace
    before: str
    values: Mapping[str, RegistryValue | None]
    why: str


Step = FileStep | RegistryStep


@dataclass(frozen=True, slots=True)
class Conflict:
    """A setting of ours that somebody changed since: ours, theirs, and what was before us."""

    setting: str
    before: str | None
    ours: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class SetServer:
    """A server whose settings a plan sets, and the sentence of its summary that says so."""

    endpoint: Endpoint
    said: str


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a new account keeps sent mail, drafts and templates: on the server, or here."""

    names: tuple[str, ...]
    on_server: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the order in which stopping anywhere leaves the client working.

    ``summary``: what will be set, one sentence a line. ``record`` is what
    :meth:`Format.revert` needs later; JSON-ready, without any secret.
    ``conflicts`` only come from a revert: settings it left alone.
    ``folders``: None where the plan sets none.
    """

    steps: tuple[Step, ...]
    summary: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    record: Mapping[str, Any] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    servers: tuple[SetServer, ...] = ()
    folders: Folders | None = None

    @property
    def files(self) -> tuple[FileStep, ...]:
        """Those of its steps that write files."""
        return tuple(step for step in self.steps if isinstance(step, FileStep))


class Format(Protocol):
    """One kind of settings. Three pure functions; nothing here touches a disk."""

    name: str

    def needs(self, installation: Installation) -> tuple[Place, ...]:
        """The places that it must see."""
        ...

    def plan(self, account: Account, installation: Installation, snapshot: Snapshot) -> Plan:
        """What it would change. Raises a :class:`Trouble` where it cannot be done."""
        ...

    def revert(
        self,
        installation: Installation,
        now: Snapshot,
        record: Mapping[str, Any],
        before: Snapshot | None,
        *,
        force: bool = False,
    ) -> Plan:
        """How to take our settings out of places that have been written since.

        *now* is what the places hold, *record* what :meth:`plan` left,
        *before* what they held before we wrote (None where that was pruned).
        Settings that somebody changed meanwhile are left alone and named in
        ``conflicts``; with *force* they are put back to what was before us.
        What another change needs by now is left, and described in the plan's
        ``record``; that change finds it in its own record under "inherited".
        """
        ...
