# SPDX-License-Identifier: MPL-2.0
"""The system's accent among our colours: as it is where words in it can be read, else moved.

Knows no Qt; a colour is ``#RRGGBB``.
"""

import colorsys
from collections.abc import Mapping

# What WCAG 2.2 asks of words (1.4.3).
_WORDS = 4.5
# What may lie below words in the accent, besides its own tint.
_GROUNDS = ("page", "surface", "rail", "hover")
# Whose words stand on the tint.
_INKS = ("text", "text-2")
_BLACK, _WHITE, _DEEP = "#000000", "#FFFFFF", "#06262D"
_HOVER, _PRESSED = 0.12, 0.24
_TINT = {False: 0.14, True: 0.22}
# How far lightness moves at once.
_STEP = 0.005

_Parts = tuple[float, float, float]


def luminance(colour: str) -> float:
    """How bright it looks, from 0 to 1 (WCAG 2.2, relative luminance)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """From 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def accented(tokens: Mapping[str, str], accent: str, *, dark: bool) -> dict[str, str]:
    """*tokens* with everything in them that is accent made from *accent*."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(accent))
    towards = _WHITE if dark else _BLACK
    now, tint = accent.upper(), _tint(tokens, accent, dark=dark)
    while not _is_readable(tokens, now, tint) and now != towards:
        lightness = min(1.0, lightness + _STEP) if dark else max(0.0, lightness - _STEP)
        now = _colour(colorsys.hls_to_rgb(hue, lightness, saturation))
        tint = _tint(tokens, now, dark=dark)
    return {
        **tokens,
        "accent": now,
        "focus": now,
        "accent-hover": _mixed(now, towards, _HOVER),
        "accent-pressed": _mixed(now, towards, _PRESSED),
        "accent-tint": tint,
        "on-accent": max((_WHITE, _DEEP), key=lambda ink: contrast(ink, now)),
    }


def _is_readable(tokens: Mapping[str, str], accent: str, tint: str) -> bool:
    grounds = (*(tokens[ground] for ground in _GROUNDS), tint)
    return all(contrast(accent, ground) >= _WORDS for ground in grounds)


def _tint(tokens: Mapping[str, str], accent: str, *, dark: bool) -> str:
    """The accent thinned over the page: as much of it as leaves our words readable."""
    share, tint = _TINT[dark], tokens["page"]
    while share > 0:
        tint = _mixed(tokens["page"], accent, share)
        if all(contrast(tokens[ink], tint) >= _WORDS for ink in _INKS):
            return tint
        share -= 0.01
    return tokens["page"]


def _mixed(colour: str, other: str, share: float) -> str:
    """*colour* with that *share* of *other* in it."""
    both = zip(_parts(colour), _parts(other), strict=True)
    red, green, blue = (one + (two - one) * share for one, two in both)
    return _colour((red, green, blue))


def _parts(colour: str) -> _Parts:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _colour(parts: _Parts) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)
