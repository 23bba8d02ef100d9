# SPDX-License-Identifier: MPL-2.0
"""The exact changes: a diff whose added and removed lines are tinted."""

from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clientcfg.gui.setup.evidence import mono
from clientcfg.gui.theme import theme

_TINTS = {"+": "ready-tint", "-": "no-tint"}


class Exact(QWidget):
    """Keeps + and − as text, for screen readers and for copying."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.shown = mono(name, "")
        self.shown.setMinimumHeight(theme().px(320))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.shown)

    def tell(self, diff: str) -> None:
        """Show *diff*."""
        self.shown.setPlainText(diff)
        block = self.shown.document().firstBlock()
        while block.isValid():
            token = _TINTS.get(block.text()[:1])
            if token is not None and block.text()[:3] not in ("+++", "---"):
                form = QTextBlockFormat()
                form.setBackground(theme().colour(token))
                QTextCursor(block).setBlockFormat(form)
            block = block.next()
