# SPDX-License-Identifier: MPL-2.0
"""The places that are registry values: each is set or taken away in one step.

A key with several new values is several places. So wherever it was cut off,
each value is the old one or the new one, and can be told and put back.
"""

from collections.abc import Iterator, Sequence

from clientcfg.changes.entry import Kept
from clientcfg.changes.fingerprint import fingerprint
from clientcfg.changes.registry import Registry, look, need_inside
from clientcfg.changes.within import changed_meanwhile
from clientcfg.changes.write import Write
from clientcfg.model.place import Place, RegistryPlace, RegistryState
from clientcfg.model.plan import RegistryStep
from clientcfg.model.registry import RegistryValue


class RegistryValues:
    """As :class:`clientcfg.changes.kinds.Kind`, in one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def where(self, place: Place) -> str:
        """Key and name."""
        one = _single(place)
        need_inside(one)
        return one.path

    def read(self, place: Place, path: str) -> bytes | None:
        """Type and data; None also where the key is gone."""
        del path
        one = _single(place)
        value = look(one, self._registry).value(_name(one))
        return None if value is None else value.octets()

    def kept(self, write: Write, mark: str, backup: str) -> Kept:
        """Nothing lies beside a value, so its old content is in the journal."""
        del mark
        return Kept(
            place=write.place,
            path=write.path,
            fresh="",
            before=fingerprint(write.old, sensitive=False),
            after=fingerprint(write.new, sensitive=False),
            backup=None if write.old is None else backup,
            mode=write.mode,
            owner=None,
            made=(),
        )

    def ready(self, write: Write, kept: Kept) -> None:
        """Nothing can be made ready."""

    def check(self, write: Write, kept: Kept) -> None:
        """Look once more, right before: a registry has no lock."""
        if self.read(write.place, kept.path) != write.old:
            raise changed_meanwhile(write.place)

    def switch(self, write: Write, kept: Kept) -> None:
        """The value is set or goes."""
        del kept
        self._make(_single(write.place), write.new)

    def clear(self, places: Sequence[Kept]) -> None:
        """Wait for what an earlier try has put back."""
        for key in dict.fromkeys(_single(kept.place).key for kept in places):
            self._registry.flush(key)

    def put_back(self, kept: Kept, old: bytes | None) -> None:
        """With the type that it had."""
        self._make(_single(kept.place), old)

    def tidy(self, kept: Kept) -> None:
        """Nothing was made for it."""

    def _make(self, place: RegistryPlace, content: bytes | None) -> None:
        if content is None:
            self._registry.delete(place.key, _name(place))
        else:
            value = RegistryValue.from_octets(content)
            self._registry.set(place.key, _name(place), value)
        self._registry.flush(place.key)


def writes_of_step(step: RegistryStep, now: RegistryState) -> Iterator[Write]:
    """One write for each value of *step* that is another one *now*, in the order of the step."""
    if step.place.each or now.values is None:
        raise RuntimeError(f"no key is made at {step.place}")
    for wanted, value in step.values.items():
        # A name that is there keeps its spelling, also when it has gone and comes back.
        name = now.spelled(wanted)
        place = RegistryPlace(step.place.key, (name,), within=step.place.within)
        old = now.value(name)
        if old != value:
            yield Write(
                place,
                place.path,
                None if old is None else old.octets(),
                None if value is None else value.octets(),
            )


def _single(place: Place) -> RegistryPlace:
    assert isinstance(place, RegistryPlace)  # noqa: S101 - kind_of sees to it
    return place


def _name(place: RegistryPlace) -> str:
    assert place.single is not None  # noqa: S101 - so are all that are written
    return place.single
