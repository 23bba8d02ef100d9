# SPDX-License-Identifier: MPL-2.0
"""No colours of ours where a person wants high contrast: which role stands for which token.

Whatever is drawn or written takes what the system writes windows in, and whatever
lies below it what the system lays below: the only two that stand out from each other
in every such palette. What colour told is told by shapes, lines and words.
"""

from PySide6.QtGui import QPalette

_INK, _GROUND = QPalette.ColorRole.WindowText, QPalette.ColorRole.Window

_ROLES = {
    "rail": _GROUND,
    "page": _GROUND,
    "surface": _GROUND,
    "sunken": _GROUND,
    "hover": _GROUND,
    "rail-hover": _GROUND,
    "line": _INK,
    "control-line": _INK,
    "text": _INK,
    "text-2": _INK,
    "text-3": _INK,
    "disabled": _INK,
    "accent": _INK,
    "accent-hover": _INK,
    "accent-pressed": _INK,
    "on-accent": _GROUND,
    "accent-tint": _GROUND,
    "focus": _INK,
    "ready": _INK,
    "ready-tint": _GROUND,
    "step": _INK,
    "step-tint": _GROUND,
    "update": _INK,
    "update-tint": _GROUND,
    "bridge": _INK,
    "bridge-tint": _GROUND,
    "no": _INK,
    "no-tint": _GROUND,
    "unknown": _INK,
    "unknown-tint": _GROUND,
    "time-1": _INK,
    "time-2": _INK,
    "time-3": _INK,
    "time-4": _INK,
    "shadow": _INK,
}


def tokens_of(palette: QPalette) -> dict[str, str]:
    """What the system's *palette* has for each token."""
    groups = {"disabled": QPalette.ColorGroup.Disabled}
    return {
        token: palette.color(groups.get(token, QPalette.ColorGroup.Active), role).name().upper()
        for token, role in _ROLES.items()
    }
