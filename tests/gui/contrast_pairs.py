# SPDX-License-Identifier: MPL-2.0
"""What has to stand out from what, and by how much, as WCAG 2.2 computes it."""


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("page", "surface", "sunken", "rail", "hover", "accent-tint")
VERDICTS = ("ready", "step", "update", "bridge", "no", "unknown")
TEXTS = [
    *((text, ground, 4.5) for text in ("text", "text-2") for ground in GROUNDS),
    *(("text-3", ground, 4.5) for ground in ("page", "surface", "hover")),
    *(("accent", ground, 4.5) for ground in ("page", "surface", "rail", "accent-tint")),
    *(("text-3", f"{tint}-tint", 4.5) for tint in ("ready", "no")),
    ("text-2", "rail-hover", 4.5),
    ("accent", "hover", 4.5),
    *(("on-accent", ground, 4.5) for ground in ("accent", "accent-hover", "accent-pressed")),
    *((verdict, f"{verdict}-tint", 4.5) for verdict in VERDICTS),
    *(("text", f"{verdict}-tint", 4.5) for verdict in VERDICTS),
    *(("surface", verdict, 3) for verdict in VERDICTS),
    *(("control-line", ground, 3) for ground in ("page", "surface", "sunken")),
    *(("focus", ground, 3) for ground in GROUNDS),
]
