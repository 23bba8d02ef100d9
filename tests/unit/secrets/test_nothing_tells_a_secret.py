# SPDX-License-Identifier: MPL-2.0
"""Secrets and holes against everything that prints, copies, stores or shows objects."""

import copy
import dataclasses
import io
import json
import logging
import marshal
import pickle
import pprint
import reprlib
import string
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console
from rich.pretty import pretty_repr
from rich.traceback import Traceback

from clientcfg.model.place import FilePlace
from clientcfg.model.plan import FileStep, Plan
from clientcfg.model.secret import DOTS, Hole, Secret

CANARY = 'c4n"ary\\-pässwörd'
PLACE = FilePlace("/home/ada/logins", "/home/ada", sensitive=True)


@dataclasses.dataclass(frozen=True)
class Holder:
    """As our own events and accounts would hold one by mistake."""

    secret: object
    more: tuple[object, ...]


def log_of(thing: object) -> str:
    stream = io.StringIO()
    logger = logging.Logger("test")
    logger.addHandler(logging.StreamHandler(stream))
    logger.error("%s %r", thing, thing)
    return stream.getvalue()


def inspected(thing: object) -> str:
    from rich import inspect  # noqa: PLC0415

    console = Console(file=io.StringIO(), width=200)
    inspect(thing, console=console, all=True)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


SHOWN: dict[str, Callable[[Any], str]] = {
    "repr": repr,
    "str": str,
    "ascii": ascii,
    "format": lambda t: f"{t} {t!r} {t:>40} {t:s}",
    "percent": lambda t: "%s %r" % (t, t),  # noqa: UP031
    "str.format": "{0} {0!r}".format,
    "template": lambda t: string.Template("$t").substitute(t=t),
    "pprint": lambda t: pprint.pformat({"t": [t]}),
    "reprlib": reprlib.repr,
    "rich": lambda t: pretty_repr(Holder(t, (t,)), expand_all=True),
    "rich.inspect": inspected,
    "dir": lambda t: repr([(n, getattr(t, n, None)) for n in dir(t)]),
    "logging": log_of,
    "exception": lambda t: repr(ValueError(t)) + str(ValueError(t)),
    "in a dataclass": lambda t: repr(Holder(t, (t, {"x": t}))),
    "json default=str": lambda t: json.dumps({"t": t}, default=str),
    "json default=repr": lambda t: json.dumps({"t": t}, default=repr),
}


@pytest.mark.parametrize("way", SHOWN)
def test_shown_in_any_way_a_secret_is_dots(way: str) -> None:
    said = SHOWN[way](Secret(CANARY))
    assert CANARY not in said
    assert "c4n" not in said
    if way not in {"dir", "rich.inspect"}:
        assert DOTS in said or ascii(DOTS)[1:-1] in said


STORED: dict[str, Callable[[Any], object]] = {
    "pickle": pickle.dumps,
    "pickle 0": lambda t: pickle.dumps(t, 0),
    "pickle 1": lambda t: pickle.dumps(t, 1),
    "pickle 5": lambda t: pickle.dumps(t, 5),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "deepcopy inside": lambda t: copy.deepcopy({"t": [t]}),
    "reduce": lambda t: t.__reduce__(),
    "reduce_ex": lambda t: t.__reduce_ex__(4),
    "getstate": lambda t: t.__getstate__(),
    "json": json.dumps,
    "json inside": lambda t: json.dumps({"t": t}),
    "marshal": marshal.dumps,
    "vars": vars,
    "json of vars": lambda t: json.dumps(t, default=vars),
    "dataclasses.asdict": lambda t: dataclasses.asdict(Holder(t, (t,))),
    "dataclasses.asdict of it": dataclasses.asdict,
    "dataclasses.astuple": lambda t: dataclasses.astuple(Holder(t, ())),
    "dataclasses.replace": dataclasses.replace,
    "dict": dict,
    "bytes": bytes,
    "iterated": list,
    "set an attribute": lambda t: setattr(t, "name", "x"),
    "delete an attribute": lambda t: delattr(t, "name"),
}


@pytest.mark.parametrize("thing", [Secret(CANARY), Hole("password", "nss-sdr")], ids=type)
@pytest.mark.parametrize("way", STORED)
def test_nothing_can_store_or_copy_it(way: str, thing: object) -> None:
    with pytest.raises((TypeError, AttributeError, ValueError, pickle.PicklingError)) as refused:
        STORED[way](thing)
    assert CANARY not in str(refused.value)


def test_a_plan_with_a_hole_cannot_be_stored_either() -> None:
    plan = Plan((FileStep(PLACE, "absent", (b"a", Hole("password")), "the login"),))
    for way in ("pickle", "deepcopy", "dataclasses.asdict of it"):
        with pytest.raises(TypeError):
            STORED[way](plan)
    assert DOTS in repr(plan)


def test_values_are_not_compared() -> None:
    assert Secret(CANARY) != Secret(CANARY)
    assert Hole("password") != Hole("password")
    assert hash(Secret(CANARY)) != hash(Secret(CANARY))


def fails_with(secret: Secret, hole: Hole) -> None:
    held = Holder(secret, (hole, {"password": secret}))
    raise RuntimeError("something else", held)


def failed() -> BaseException:
    try:
        fails_with(Secret(CANARY), Hole("password"))
    except RuntimeError as error:
        return error
    raise AssertionError


def test_a_traceback_with_all_locals_tells_nothing() -> None:
    told = traceback.TracebackException.from_exception(failed(), capture_locals=True)
    said = "".join(told.format())
    assert "held = " in said
    assert CANARY not in said


def test_a_rich_traceback_with_all_locals_tells_nothing() -> None:
    error = failed()
    console = Console(file=io.StringIO(), width=300)
    console.print(
        Traceback.from_exception(type(error), error, error.__traceback__, show_locals=True)
    )
    said = str(console.file.getvalue())  # type: ignore[attr-defined]
    assert "held" in said
    assert CANARY not in said
    assert "c4n" not in said
