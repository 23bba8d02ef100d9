# SPDX-License-Identifier: MPL-2.0
"""QR codes (ISO/IEC 18004) as a picture, as a drawing and in a terminal.

Always black on white with the quiet zone of four modules that the standard asks
for: phones fail on dark or crowded ones. Errors are corrected at level M or
better, texts are UTF-8.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

if TYPE_CHECKING:
    from segno import QRCode

QUIET: Final = 4
"""Modules of white around it (ISO/IEC 18004 §5.3.8)."""

# What a terminal shows for two modules, one above the other: dark or not.
_HALVES: Final = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
_WHITE_ON_BLACK: Final = "\x1b[38;5;231;48;5;16m"
_AS_BEFORE: Final = "\x1b[0m"


def draw_png(text: str, *, scale: int = 8) -> bytes:
    """*text* as a PNG of *scale* pixels a module.

    Raises :class:`WrongUsage` ("too-long-for-qr").
    """
    return _saved(_code(text), "png", scale)


def draw_svg(text: str, *, scale: int = 8) -> bytes:
    """*text* as an SVG file of *scale* user units a module. Raises as :func:`draw_png`."""
    return _saved(_code(text), "svg", scale)


def draw_pictures(text: str, *, scale: int = 8) -> tuple[bytes, bytes]:
    """PNG and SVG of one code, in the time of one. Raises as :func:`draw_png`."""
    code = _code(text)
    return _saved(code, "png", scale), _saved(code, "svg", scale)


def draw_text(text: str, *, colours: bool = True) -> str:
    """*text* in half blocks, two modules a character, lines ended by a line feed.

    With *colours* each line sets white on black by itself (ANSI, 256 colours),
    else it is right on a dark terminal only. Raises as :func:`draw_png`.
    """
    rows = [tuple(row) for row in _code(text).matrix_iter(border=QUIET)]
    rows.append((0,) * len(rows[0]))  # the number of rows is odd, and a line has two
    lines = (
        "".join(_HALVES[bool(upper), bool(lower)] for upper, lower in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=False)
    )
    before, after = (_WHITE_ON_BLACK, _AS_BEFORE) if colours else ("", "")
    return "".join(f"{before}{line}{after}\n" for line in lines)


def _saved(code: "QRCode", kind: str, scale: int) -> bytes:
    out = BytesIO()
    code.save(out, kind=kind, scale=scale, border=QUIET, dark="#000", light="#fff")
    return out.getvalue()


def _code(text: str) -> "QRCode":
    import segno  # noqa: PLC0415 - few commands draw

    try:
        return segno.make(text, error="m", micro=False, encoding="utf-8")
    except ValueError as error:  # too much, or half a surrogate pair
        raise WrongUsage(
            "too-long-for-qr",
            _("That does not go into one QR code; it takes some 2,300 bytes of text."),
            _("Hand over the file instead."),
        ) from error
