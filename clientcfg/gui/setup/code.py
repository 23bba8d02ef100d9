# SPDX-License-Identifier: MPL-2.0
"""The account as a code for a phone's camera, with what to do with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from clientcfg.flows.hand_over import Codes
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.frames import Said, column, empty, row
from clientcfg.gui.parts.page import Page
from clientcfg.gui.parts.text import button, text
from clientcfg.gui.setup.files import numbered
from clientcfg.gui.theme import theme
from clientcfg.gui.words import advice_here, trouble_shape
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

# At most, in pixels of the drawings.
SIDE = 380


class CodePage(Page):
    """One code after the other, where there are several. ``done``: the phone has read it."""

    done = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._codes: Codes | None = None
        self._place = 0
        self.banner = Banner()
        self.code = QLabel()
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._which = text("caption", wrap=False)
        picture = column(gap=8)
        picture.addWidget(self.code)
        picture.addWidget(self._which, 0, Qt.AlignmentFlag.AlignHCenter)
        picture.addStretch(1)
        inside = QWidget()
        self._lines = column(inside, 10)
        self._shown = QWidget()
        beside = row(self._shown, 32)
        beside.addLayout(picture)
        beside.addWidget(inside, 1)
        self.gap(16)
        self.content.addWidget(self.banner)
        self.gap(8)
        self.content.addWidget(self._shown)
        self.content.addStretch(1)
        self.bar_start.addWidget(button(_("&Back"), self.back.emit))
        self.primary = button(_("&Next code"), self._go_on, "primary")
        self.bar_end.addWidget(self.primary)
        theme().changed.connect(self._show)
        self.begin()

    def begin(self) -> None:
        """It is being made."""
        self.head.say(_("Making the code…"), "")
        self.banner.hide()
        self._shown.hide()
        self.primary.hide()

    def tell(self, codes: Codes) -> None:
        """Show the first one."""
        self._codes, self._place = codes, 0
        name = codes.export.client.name
        self.head.say(
            _("Scan this with {name}").format(name=name),
            _("It holds servers and user name, no password: the phone asks for that."),
        )
        empty(self._lines)
        for number, line in enumerate(self._steps(codes), start=1):
            self._lines.addWidget(numbered(number, line))
        for note in codes.export.notes:
            self._lines.addWidget(Said("update", note))
        self._lines.addStretch(1)
        self._shown.show()
        self._show()
        self.arrive()

    def fail(self, trouble: Trouble) -> None:
        """There is none."""
        self.begin()
        self.head.say(_("There is no code for this account."), "", trouble_shape(trouble))
        self.banner.tell(trouble_shape(trouble), trouble.text, " ".join(advice_here(trouble)))
        self.arrive()

    def _steps(self, codes: Codes) -> tuple[str, ...]:
        pictures = [f.about for f in codes.export.files if f.about.name.endswith(".png")]
        steps = pictures[0].steps
        return steps or (_("Scan the code with that program."),)

    def _show(self) -> None:
        codes = self._codes
        if codes is None:
            return
        picture = QPixmap()
        picture.loadFromData(codes.pictures[self._place])
        # Shrunk by whole numbers: modules stay sharp squares, and cameras read edges.
        most = theme().px(SIDE)
        shrink = next((n for n in (1, 2, 4) if picture.width() // n <= most), 8)
        picture = picture.scaled(
            picture.width() // shrink,
            picture.height() // shrink,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.FastTransformation,
        )
        self.code.setFixedSize(picture.size())
        self.code.setPixmap(picture)
        self.code.setAccessibleName(_("QR code with the settings of this account"))
        last = self._place == len(codes.pictures) - 1
        several = len(codes.pictures) > 1
        self._which.setVisible(several)
        which = _("Code {n} of {total}")
        self._which.setText(which.format(n=self._place + 1, total=len(codes.pictures)))
        self.primary.setText(_("The phone has &read it") if last else _("&Next code"))
        self.primary.show()

    def _go_on(self) -> None:
        if self._codes is None or self._place == len(self._codes.pictures) - 1:
            self.done.emit()
        else:
            self._place += 1
            self._show()
