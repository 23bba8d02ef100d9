# SPDX-License-Identifier: MPL-2.0
"""Which token each role of the palette has."""

from collections.abc import Mapping

from PySide6.QtGui import QColor, QPalette

Role = QPalette.ColorRole

_TOKENS = {
    Role.Window: "page",
    Role.WindowText: "text",
    Role.Text: "text",
    Role.ButtonText: "text",
    Role.ToolTipText: "text",
    Role.Base: "surface",
    Role.Button: "surface",
    Role.ToolTipBase: "surface",
    Role.AlternateBase: "sunken",
    Role.PlaceholderText: "text-3",
    Role.Highlight: "accent",
    Role.Accent: "accent",
    Role.Link: "accent",
    Role.LinkVisited: "accent",
    Role.HighlightedText: "on-accent",
    Role.Mid: "line",
    Role.Dark: "control-line",
    Role.BrightText: "no",
}
_WORDS = (Role.Text, Role.WindowText, Role.ButtonText)


def palette_of(tokens: Mapping[str, str]) -> QPalette:
    """Our palette."""
    palette = QPalette()
    for role, token in _TOKENS.items():
        palette.setColor(role, QColor(tokens[token]))
    for role in _WORDS:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens["disabled"]))
    return palette
