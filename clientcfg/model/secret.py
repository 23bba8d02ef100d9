# SPDX-License-Identifier: MPL-2.0
"""Secrets, and the holes that stand for them in plans.

A :class:`Secret` is held only while it is needed. A :class:`Hole` is what a
plan, a diff or a journal holds instead: it says *which* secret goes there and
*how it is written*, and nothing about the value. Neither can be printed,
compared by value, copied, pickled or serialised.
"""

from collections.abc import Callable
from typing import Literal, NoReturn, final

DOTS = "●●●"


class _Shy:
    """Says nothing about itself to anything that prints, copies or stores objects."""

    __slots__ = ()

    def __repr__(self) -> str:
        return DOTS

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return DOTS

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("cannot be changed")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("cannot be pickled or copied")

    # What pickle, copy and dataclasses ask, asked directly.
    def __reduce__(self) -> NoReturn:
        raise TypeError("cannot be pickled or copied")

    def __getstate__(self) -> NoReturn:
        raise TypeError("cannot be pickled or copied")


@final
class Secret(_Shy):
    """A password or token in memory. Say :meth:`reveal` where it is really used."""

    __slots__ = ("_tell",)

    _tell: Callable[[], str]

    def __init__(self, value: str) -> None:
        # In a closure, so that whoever lists attributes sees a function.
        object.__setattr__(self, "_tell", lambda: value)

    def reveal(self) -> str:
        """The value itself. Callers write it to a verified channel or a secret store only."""
        return self._tell()


Encoder = Literal["plain", "nss-sdr", "netrc-quote", "xml-text", "json-text"]
SecretName = Literal["password", "smtp-password"]


@final
class Hole(_Shy):
    """A place in content that is filled at the moment of writing.

    ``name`` says which of the account's secrets, ``encoder`` how the place
    wants it written. Two holes are the same only if they are the same object.
    """

    # No dataclass: dataclasses.asdict would make a plain dict of it.
    __slots__ = ("encoder", "name")

    name: SecretName
    encoder: Encoder

    def __init__(self, name: SecretName, encoder: Encoder = "plain") -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "encoder", encoder)
