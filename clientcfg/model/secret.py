# SPDX-License-Identifier: MPL-2.0
"""Secrets, and the holes that stand for them in plans.

A :class:`Secret` is held only while it is needed. A :class:`Hole` is what a
plan, a diff or a journal holds instead: it says *which* secret goes there and
*how it is written*, and nothing about the value. Neither can be printed,
compared by value, pickled or serialised.
"""

from dataclasses import dataclass
from typing import Literal, NoReturn

DOTS = "●●●"


class Secret:
    """A password or token in memory. Say :meth:`reveal` where it is really used."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """The value itself. Callers write it to a verified channel or a secret store only."""
        return self.__value

    def __repr__(self) -> str:
        return DOTS

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return DOTS

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied")


Encoder = Literal["plain", "nss-sdr", "netrc-quote"]
SecretName = Literal["password", "smtp-password"]


@dataclass(frozen=True, slots=True, eq=False)
class Hole:
    """A place in content that is filled at the moment of writing.

    ``name`` says which of the account's secrets, ``encoder`` how the place
    wants it written. Two holes are the same only if they are the same object.
    """

    name: SecretName
    encoder: Encoder = "plain"

    def __repr__(self) -> str:
        return DOTS

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a hole cannot be pickled or copied")
