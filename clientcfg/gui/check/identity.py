# SPDX-License-Identifier: MPL-2.0
"""Who the servers are: a certificate with its names, its end, its chain, and the TLS there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from clientcfg.flows.identity import Identity, days_left
from clientcfg.gui.parts.cells import words_wide
from clientcfg.gui.parts.frames import TOP, Said, column, empty, row
from clientcfg.gui.parts.glyph import Badge
from clientcfg.gui.parts.text import Elided, button, flush, text
from clientcfg.gui.theme import theme
from clientcfg.words import _

# So many names are shown before “and more”.
NAMES = 3
LABELS, ISSUER = 72, 170


class IdentityPanel(QWidget):
    """Every certificate below each other. *copied* takes the text for an administrator."""

    def __init__(self, copied: Callable[[str], object]) -> None:
        super().__init__()
        self._copied = copied
        self._rows = column(self, 12)

    def tell(self, identities: tuple[Identity, ...], letter: str) -> None:
        """Show them."""
        empty(self._rows)
        for number, identity in enumerate(identities):
            if number:
                self._rows.addSpacing(theme().px(8))
            self._rows.addWidget(_Certificate(identity, several=len(identities) > 1))
        if not identities:
            self._rows.addWidget(text("subtitle", _("Certificate")))
            self._rows.addWidget(text("caption", _("No server came to encryption.")))
        if letter:
            words = _("Copy for the a&dministrator")
            copy = flush(button(words, lambda: self._copied(letter), "link", "copy"))
            self._rows.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeading)
        self._rows.addStretch(1)


class _Certificate(QWidget):
    """One of them."""

    def __init__(self, identity: Identity, *, several: bool) -> None:
        super().__init__()
        title = _("Certificate")
        if several:
            title = _("Certificate of {ports}").format(
                ports=", ".join(str(e.port) for e in identity.endpoints)
            )
        kind, word = ("ready", _("Valid")) if identity.trusted else ("no", _("Not valid"))
        head = row()
        head.addWidget(text("subtitle", title), 1)
        head.addWidget(Badge(kind, word), 0, TOP)
        layout = column(self, 12)
        layout.addLayout(head)
        for problem in identity.problems:
            layout.addWidget(Said("no", problem))
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme().px(12))
        self._facts.setVerticalSpacing(theme().px(7))
        self._facts.setColumnMinimumWidth(0, theme().px(LABELS))
        self._facts.setColumnStretch(1, 1)
        layout.addLayout(self._facts)
        self._add(_("Names"), "\n".join(_names(identity)))
        rest = days_left(identity)
        self._add(_("Until"), f"{identity.until}, {rest}" if rest else identity.until)
        self._from(identity)
        self._add(_("TLS"), identity.tls)

    def _add(self, name: str, words: str) -> None:
        if not words:
            return
        line = self._facts.rowCount()
        self._facts.addWidget(_label(name), line, 0, TOP)
        value = text("body", words)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts.addWidget(value, line, 1)

    def _from(self, identity: Identity) -> None:
        """The authority, and the whole chain where a person wants it."""
        if not identity.issuer:
            return
        line = self._facts.rowCount()
        self._facts.addWidget(_label(_("From")), line, 0, TOP)
        whole = QWidget()
        inside, first = column(whole), row(gap=8)
        fits = words_wide(identity.issuer) < theme().px(ISSUER)
        issuer = text("body", identity.issuer, wrap=False)
        first.addWidget(issuer if fits else Elided("body", identity.issuer), 0 if fits else 1)
        inside.addLayout(first)
        if len(identity.chain) > 1:
            words = text("caption", "\n".join(f"↑ {name}" for name in identity.chain[1:]))
            words.hide()
            show = flush(button(_("C&hain"), lambda: words.setVisible(show.isChecked()), "link"))
            show.setCheckable(True)
            show.setAccessibleName(_("Chain: {names}").format(names=", ".join(identity.chain)))
            first.addWidget(show, 0, TOP)
            first.addStretch(1 if fits else 0)
            inside.addWidget(words)
        self._facts.addWidget(whole, line, 1)


def _label(name: str) -> QWidget:
    """On one line with the larger words beside it."""
    label = text("caption", name, wrap=False)
    label.setContentsMargins(0, theme().px(2), 0, 0)
    return label


def _names(identity: Identity) -> tuple[str, ...]:
    more = len(identity.names) - NAMES
    if more <= 0:
        return identity.names
    return (*identity.names[:NAMES], _("and {n} more").format(n=more))
