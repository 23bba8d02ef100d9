# SPDX-License-Identifier: MPL-2.0
"""A plan as a file: computed by one person, carried out by another who may write there.

The file holds what is to be written and the digest of what it was computed
from; never a secret, and never the content of a file that holds some.
"""

import base64
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from clientcfg.changes.disk import MOST_BYTES, Disk
from clientcfg.changes.disk_trouble import shown, told
from clientcfg.changes.entry import place_from_json
from clientcfg.changes.no_links import NONBLOCK, opened
from clientcfg.changes.paths import inside
from clientcfg.changes.replace import replace
from clientcfg.changes.servers import servers_from_json, servers_to_json
from clientcfg.model.client import Installation
from clientcfg.model.place import RegistryPlace
from clientcfg.model.plan import FileStep, Plan, RegistryStep, Step
from clientcfg.model.registry import RegistryValue, holds_password
from clientcfg.model.trouble import Refused, WrongUsage
from clientcfg.words import _

SCHEMA = "clientcfg/plan/1"
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan, and what carrying it out needs to know beside it. ``by`` is who made it."""

    made_at: datetime
    by: str
    format: str
    installation: Installation
    address: str
    plan: Plan


def without_secrets(plan: Plan) -> None:
    """Raise :class:`Refused` ("plan-with-secrets") where *plan* cannot be a file."""
    for step in plan.files:
        plain = all(isinstance(part, bytes) for part in step.content or ())
        if not plain or step.place.sensitive:
            raise Refused(
                "plan-with-secrets",
                _("A plan that writes a password cannot be put into a file."),
                _("Leave the password out; the program asks once."),
            )


def save(planned: PlanFile, path: str, disk: Disk, *, over: bool = False) -> None:
    """Write *planned* to the absolute *path*, for its owner alone; with *over* also over a file.

    Raises :class:`Refused` ("plan-with-secrets", "already-there").
    """
    without_secrets(planned.plan)
    content = json.dumps(_to_json(planned), indent=1).encode("ascii")
    if over:
        replace(disk, path, content, _PRIVATE, fresh=path + ".new")
        return
    disk.create(path, content, _PRIVATE)
    disk.sync(path)


def load(path: str, trusted: frozenset[int]) -> PlanFile:
    """The plan in the file at the absolute, link-free *path*.

    Raises :class:`WrongUsage` ("no-such-plan", "not-a-plan"), and
    :class:`Refused` ("plan-not-private") where the file belongs to none of the
    users *trusted*, or others may write it.
    """
    return _understood(_read(path, trusted), path)


def load_from_home(path: str, home: str, disk: Disk) -> PlanFile:
    """The same where a file does not tell who may write it: it has to lie in the person's *home*.

    Windows lets nobody else but administrators write there, as long as the person does not.
    """
    if not inside(path, home):
        raise _not_private(path)
    content = disk.read(path)
    if content is None:
        raise _no_such_plan(path)
    return _understood(content, path)


def _understood(content: bytes, path: str) -> PlanFile:
    try:
        return _from_json(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongUsage(
            "not-a-plan",
            _("{path} is not a plan that this clientcfg can read.").format(path=shown(path)),
            _("Make one: clientcfg apply ADDRESS --client NAME --plan FILE"),
        ) from error


def _read(path: str, trusted: frozenset[int]) -> bytes:
    with told(path):
        try:
            with opened(path, os.O_RDONLY | NONBLOCK) as fd:
                seen = os.fstat(fd)
                if not stat.S_ISREG(seen.st_mode) or seen.st_size > MOST_BYTES:
                    raise WrongUsage(
                        "not-a-plan", _("{path} is not a plan.").format(path=shown(path))
                    )
                if seen.st_uid not in trusted or seen.st_mode & 0o022:
                    raise _not_private(path)
                with os.fdopen(fd, "rb", closefd=False) as file:
                    return file.read(MOST_BYTES)
        except FileNotFoundError:
            raise _no_such_plan(path) from None


def _not_private(path: str) -> Refused:
    return Refused(
        "plan-not-private",
        _("Others may have written {path}, so it is not carried out.").format(path=shown(path)),
        _("Make the plan again, in a directory of your own."),
    )


def _no_such_plan(path: str) -> WrongUsage:
    return WrongUsage("no-such-plan", _("There is no file {path}.").format(path=shown(path)))


def _to_json(planned: PlanFile) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "made_at": planned.made_at.isoformat(),
        "by": planned.by,
        "format": planned.format,
        "installation": planned.installation.kept(),
        "address": planned.address,
        "summary": list(planned.plan.summary),
        "notes": list(planned.plan.notes),
        "record": dict(planned.plan.record),
        "servers": servers_to_json(planned.plan.servers),
        "steps": [_step_to_json(step) for step in planned.plan.steps],
    }


def _step_to_json(step: Step) -> dict[str, Any]:
    if isinstance(step, RegistryStep):
        return {
            "place": _plain(step.place),
            "before": step.before,
            "values": {name: _value_to_json(value) for name, value in step.values.items()},
            "why": step.why,
        }
    content: dict[str, str] | None = None
    if step.content is not None:
        raw = b"".join(part for part in step.content if isinstance(part, bytes))
        try:
            content = {"text": raw.decode()}
        except UnicodeDecodeError:
            content = {"base64": base64.b64encode(raw).decode()}
    return {
        "place": _plain(step.place),
        "before": step.before,
        "content": content,
        "why": step.why,
        "mode": step.mode,
    }


def _from_json(value: Mapping[str, Any]) -> PlanFile:
    if value["schema"] != SCHEMA:
        raise ValueError(value["schema"])
    return PlanFile(
        made_at=datetime.fromisoformat(value["made_at"]),
        by=_text(value["by"]),
        format=_text(value["format"]),
        installation=_of(Installation, value["installation"]),
        address=_text(value["address"]),
        plan=Plan(
            steps=tuple(_step_from_json(step) for step in value["steps"]),
            summary=tuple(_text(line) for line in value["summary"]),
            notes=tuple(_text(line) for line in value["notes"]),
            record={_text(key): held for key, held in value["record"].items()},
            # Plans of versions before this one name none.
            servers=servers_from_json(value.get("servers", ())),
        ),
    )


def _value_to_json(value: RegistryValue | None) -> dict[str, Any] | None:
    return None if value is None else {"type": value.type, "hex": value.data.hex()}


def _value_from_json(value: Mapping[str, Any] | None) -> RegistryValue | None:
    if value is None:
        return None
    if not isinstance(value["type"], int):
        raise TypeError(value)
    return RegistryValue(value["type"], bytes.fromhex(_text(value["hex"])))


def _step_from_json(value: Mapping[str, Any]) -> Step:
    place = place_from_json(value["place"])
    if isinstance(place, RegistryPlace):
        values = {_text(n): _value_from_json(held) for n, held in value["values"].items()}
        if any(map(holds_password, values)):
            raise ValueError("a password")
        return RegistryStep(place, _text(value["before"]), values, _text(value["why"]))
    held, mode = value["content"], value["mode"]
    if not isinstance(mode, int) or mode & ~0o777:
        raise ValueError(mode)
    content: tuple[bytes, ...] | None = None
    if held is not None:
        text, coded = held.get("text"), held.get("base64")
        raw = _text(text).encode() if text is not None else base64.b64decode(coded, validate=True)
        content = (raw,)
    return FileStep(place, _text(value["before"]), content, _text(value["why"]), mode)


def _of(kind: Any, value: Mapping[str, Any]) -> Any:
    """A dataclass of words and flags back; a value of any other type is refused."""
    if any(not isinstance(held, str | bool | None) for held in value.values()):
        raise TypeError(kind)
    return kind(**value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _plain(thing: Any) -> dict[str, Any]:
    return {f.name: getattr(thing, f.name) for f in fields(thing)}
