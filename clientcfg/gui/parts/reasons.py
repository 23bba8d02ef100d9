# SPDX-License-Identifier: MPL-2.0
"""The drawer beside programs: badge, one sentence, why, what to do."""

from clientcfg.gui.parts.drawer import Drawer
from clientcfg.gui.parts.frames import empty
from clientcfg.gui.parts.glyph import Badge
from clientcfg.gui.parts.reason import Reason, steps_to_do
from clientcfg.gui.parts.text import rule, text
from clientcfg.gui.theme import theme
from clientcfg.words import _

WIDTH = 336

Lines = tuple[tuple[str, str], ...]


class Reasons(Drawer):
    """What one verdict rests on."""

    def __init__(self, title: str) -> None:
        super().__init__(title, WIDTH)

    def tell(self, badge: tuple[str, str], sentence: str, facts: Lines, steps: Lines) -> None:
        """Show *facts* with where each is known from, and *steps*, best first.

        *badge* is a verdict's shape and its word.
        """
        kind, word = badge
        empty(self.content)
        self.content.setSpacing(theme().px(12))
        self.content.addWidget(Badge(kind, word))
        self.content.addWidget(text("subtitle", sentence))
        self.content.addWidget(rule())
        self.content.addWidget(text("label", _("Why")))
        for line, source in facts:
            self.content.addWidget(Reason(None if kind == "unknown" else kind, line, source))
        if steps:
            self.content.addWidget(rule())
            self.content.addWidget(text("label", _("What to do")))
        for step in steps_to_do(steps):
            self.content.addWidget(step)
        self.content.addStretch(1)
