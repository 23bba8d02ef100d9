# SPDX-License-Identifier: MPL-2.0
"""Whether two ends have a TLS version in common."""

from typing import Final

from clientcfg.model.answer import Answer
from clientcfg.model.report import Tls

_ORDER: Final = ("ssl3", "1.0", "1.1", "1.2", "1.3")

# RFC 8996 ended what is older; a program that speaks this may well refuse that.
_TODAY: Final = _ORDER.index("1.2")


def common_version(most: str, tls: Tls) -> Answer:
    """Whether a program that speaks *most* at best can talk to a server that answered *tls*.

    *most* is as :class:`MaxTls` has it. What depends on an operating system or
    a library is unknown, and so is a version that the server was not asked for.
    """
    if most == "none":
        return Answer.NO
    if most not in _ORDER:
        return Answer.UNKNOWN
    takes: dict[str, bool | None] = dict(tls.versions or ())
    takes[tls.version] = True
    top = _ORDER.index(most)
    common = [n for n, version in enumerate(_ORDER[: top + 1]) if takes.get(version)]
    if common:
        return Answer.YES if common[-1] >= min(top, _TODAY) else _older(top)
    # Nobody who refuses TLS 1.0 takes SSL 3.
    asked = _ORDER[1 : max(top, 1) + 1]
    refused = all(takes.get(version) is False for version in asked)
    return Answer.NO if refused else Answer.UNKNOWN


def takes_today(tls: Tls) -> bool:
    """Whether the server was seen to take TLS 1.2."""
    return tls.version == "1.2" or dict(tls.versions or ()).get("1.2") is True


def _older(top: int) -> Answer:
    return Answer.YES if top < _TODAY else Answer.UNKNOWN
