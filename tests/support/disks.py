# SPDX-License-Identifier: MPL-2.0
"""Disks for tests: one in memory that can lose power, and two that stop or fail at will."""

from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from clientcfg.changes.disk import Disk, Look
from clientcfg.changes.registry import NoRegistry, Registry
from clientcfg.model.registry import RegistryValue
from clientcfg.model.trouble import Trouble
from tests.support.registries import MemoryRegistry, Values

REGISTRY = "HKEY_CURRENT_USER.json"
"""A registry counts as a file of this name in a home, so that all tests of homes are its, too."""


class Stopped(BaseException):
    """The process was killed, or the power went. Nothing may catch it."""


@dataclass
class Node:
    """A file (``content`` is bytes) or a directory. ``safe`` is what survives a power cut."""

    content: bytes | None
    mode: int
    owner: tuple[int, int] = (1000, 1000)
    safe: bytes = b""


class MemoryDisk:
    """A :class:`Disk` that knows what is synced and what is not. It has no links."""

    def __init__(
        self, nodes: dict[str, Node] | None = None, registry: MemoryRegistry | None = None
    ) -> None:
        self.nodes = nodes or {"/": Node(None, 0o755)}
        self.registry = registry or MemoryRegistry()
        self.safe = dict(self.nodes)

    def __deepcopy__(self, memo: dict[int, Any]) -> "MemoryDisk":
        """The same disk once more; what deepcopy makes of it by itself takes ten times as long."""
        twins = {
            id(node): Node(node.content, node.mode, node.owner, node.safe)
            for node in (*self.nodes.values(), *self.safe.values())
        }
        copy = MemoryDisk(registry=deepcopy(self.registry, memo))
        copy.nodes = {path: twins[id(node)] for path, node in self.nodes.items()}
        copy.safe = {path: twins[id(node)] for path, node in self.safe.items()}
        return copy

    def found(self) -> Hashable:
        """All that a restart without a power cut finds; what is equal is recovered alike."""
        nodes = ((p, n.content, n.mode, n.owner) for p, n in self.nodes.items())
        return frozenset(nodes), self.registry.found()

    def put(self, path: str, content: bytes, mode: int = 0o600) -> None:
        """A file that was there long before, with the directories above it; or a registry."""
        if path.endswith("/" + REGISTRY):
            other = MemoryRegistry.parse(content)
            self.registry.held, self.registry.safe = other.held, other.safe
            return
        here = ""
        for part in path.split("/")[1:-1]:
            here += "/" + part
            self.nodes.setdefault(here, Node(None, 0o755))
        self.nodes[path] = Node(content, mode, safe=content)
        self.safe = dict(self.nodes)

    def tree(self, below: str) -> dict[str, tuple[bytes | None, int]]:
        """Every path below, with content and mode."""
        found = {p: (n.content, n.mode) for p, n in self.nodes.items() if p.startswith(below)}
        if registry := self.registry.dump():
            found[f"{below}/{REGISTRY}"] = (registry, 0)
        return found

    def after_power_cut(self, kept: Callable[[str], bool]) -> "MemoryDisk":
        """What a restart finds. *kept* says of a directory whether its unsynced names survived,
        and of "/registry" whether what was not flushed did."""
        names = {
            path
            for path in {*self.nodes, *self.safe}
            if path in (self.nodes if kept(_above(path)) else self.safe)
        }
        found: dict[str, Node] = {}
        for path in sorted(names):
            table = self.nodes if kept(_above(path)) else self.safe
            node = table[path]
            if path == "/" or _above(path) in found:
                content = None if node.content is None else node.safe
                found[path] = replace(node, content=content)
        return MemoryDisk(found, self.registry.after_power_cut(lambda _name: kept("/registry")))

    def real(self, path: str) -> str:
        return path

    def look(self, path: str) -> Look | None:
        node = self.nodes.get(path)
        if node is None:
            return None
        return Look("directory" if node.content is None else "file", node.mode, *node.owner)

    def read(self, path: str) -> bytes | None:
        node = self.nodes.get(path)
        return None if node is None else node.content

    def names(self, path: str) -> tuple[str, ...]:
        found = (p for p in self.nodes if p != "/" and _above(p) == path)
        return tuple(sorted(p.rpartition("/")[2] for p in found))

    def create(
        self,
        path: str,
        content: bytes,
        mode: int,
        *,
        owner: tuple[int, int] | None = None,
        like: str | None = None,
    ) -> None:
        assert path not in self.nodes, f"{path} is there already"
        assert self.nodes[_above(path)].content is None
        model = self.nodes.get(like) if like else None
        if model is not None:
            mode, owner = model.mode, model.owner
        self.nodes[path] = Node(content, mode, owner or (1000, 1000))

    def sync(self, path: str) -> None:
        node = self.nodes[path]
        if node.content is not None:
            node.safe = node.content
            return
        for table, other in ((self.nodes, self.safe), (self.safe, self.nodes)):
            for child in [p for p in table if p != "/" and _above(p) == path]:
                if table is self.nodes:
                    self.safe[child] = table[child]
                elif child not in other:
                    del self.safe[child]

    def rename(self, old: str, new: str) -> None:
        self.nodes[new] = self.nodes.pop(old)

    def unlink(self, path: str) -> None:
        self.nodes.pop(path, None)

    def mkdir(self, path: str) -> None:
        assert _above(path) in self.nodes
        self.nodes.setdefault(path, Node(None, 0o700))

    def rmdir(self, path: str) -> bool:
        if self.names(path):
            return False
        self.nodes.pop(path, None)
        return True

    def lock(self, path: str) -> AbstractContextManager[None] | None:
        return nullcontext()


def _above(path: str) -> str:
    return path.rpartition("/")[0] or "/"


class StoppableDisk:
    """Passes everything on, and asks :meth:`before` ahead of each operation that changes."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.count = 0

    @property
    def registry(self) -> Registry:
        """The one of that disk, if it has one; its operations count with the disk's."""
        return CountingRegistry(registry_on(self.disk), self)

    def before(self, operation: str, path: str) -> bool:
        """Count; True if a ``create`` is to be cut off in its middle."""
        self.count += 1
        return False

    def real(self, path: str) -> str:
        return self.disk.real(path)

    def look(self, path: str) -> Look | None:
        return self.disk.look(path)

    def read(self, path: str) -> bytes | None:
        return self.disk.read(path)

    def names(self, path: str) -> tuple[str, ...]:
        return self.disk.names(path)

    def create(
        self,
        path: str,
        content: bytes,
        mode: int,
        *,
        owner: tuple[int, int] | None = None,
        like: str | None = None,
    ) -> None:
        if self.before("create", path):
            self.disk.create(path, content[: len(content) // 2], mode, owner=owner, like=like)
            raise Stopped
        self.disk.create(path, content, mode, owner=owner, like=like)

    def sync(self, path: str) -> None:
        self.before("sync", path)
        self.disk.sync(path)

    def rename(self, old: str, new: str) -> None:
        self.before("rename", new)
        self.disk.rename(old, new)

    def unlink(self, path: str) -> None:
        self.before("unlink", path)
        self.disk.unlink(path)

    def mkdir(self, path: str) -> None:
        self.before("mkdir", path)
        self.disk.mkdir(path)

    def rmdir(self, path: str) -> bool:
        self.before("rmdir", path)
        return self.disk.rmdir(path)

    def lock(self, path: str) -> AbstractContextManager[None] | None:
        return self.disk.lock(path)


class StoppingDisk(StoppableDisk):
    """Stops for good when *after* operations are done; a file is then left half written."""

    def __init__(self, disk: Disk, after: int) -> None:
        super().__init__(disk)
        self.after = after

    def before(self, operation: str, path: str) -> bool:
        super().before(operation, path)
        if self.count == self.after + 1 and operation == "create":
            return True
        if self.count > self.after:
            raise Stopped
        return False


class FailingDisk(StoppableDisk):
    """Refuses operation number *at* (from 0) with *trouble*, and works again after it."""

    def __init__(self, disk: Disk, at: int, trouble: Trouble) -> None:
        super().__init__(disk)
        self.at = at
        self.trouble = trouble

    def before(self, operation: str, path: str) -> bool:
        super().before(operation, path)
        if self.count == self.at + 1:
            raise self.trouble
        return False


class CountingRegistry:
    """Passes everything on; its operations count with, and stop with, those of a disk."""

    def __init__(self, registry: Registry, disk: StoppableDisk) -> None:
        self.registry = registry
        self.disk = disk

    def keys(self, key: str) -> tuple[str, ...]:
        return self.registry.keys(key)

    def values(self, key: str) -> Values | None:
        return self.registry.values(key)

    def set(self, key: str, name: str, value: RegistryValue) -> None:
        self.disk.before("set", key)
        self.registry.set(key, name, value)

    def delete(self, key: str, name: str) -> None:
        self.disk.before("delete", key)
        self.registry.delete(key, name)

    def flush(self, key: str) -> None:
        self.disk.before("flush", key)
        self.registry.flush(key)


def registry_on(disk: Disk) -> Registry:
    """The registry that belongs to a disk of these; none of a real one."""
    if isinstance(disk, MemoryDisk | StoppableDisk):
        return disk.registry
    return NoRegistry()
