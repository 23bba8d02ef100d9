# SPDX-License-Identifier: MPL-2.0
"""What keeps step 4 from going on, with what a person may answer."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from clientcfg.flows.remembered import Weaker
from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.fold import short
from clientcfg.gui.parts.text import button
from clientcfg.gui.words import advice_here, trouble_shape
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


class ReviewBanner(Banner):
    """``accept`` carries a host that may protect the password less than before."""

    accept = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._answer: Callable[[object], None] = lambda _yes: None
        self._weaker = ""
        # The code of the trouble that was told last.
        self.code = ""
        self.refuse = button(_("&No, stop here"), lambda: self._answered(yes=False), "small")
        self.agree = button(_("&Yes"), lambda: self._answered(yes=True), "small")
        self.accept_weaker = button(_("&Yes"), lambda: self.accept.emit(self._weaker), "small")
        for answer in (self.refuse, self.agree, self.accept_weaker):
            answer.hide()
            self.buttons.addWidget(answer)

    def ask_host(self, domain: str, host: str, answer: Callable[[object], None]) -> None:
        """This server was not agreed to yet: both names in full, and two equal answers."""
        self._answer = answer
        words = _("Your address ends in {domain}, the server is {host}.")
        self.agree.setText(_("&Yes, use {host}").format(host=short(host)))
        self.agree.setToolTip(host)
        self._offer(agree=True)
        self.tell(
            "unknown",
            _("Does this company run your e-mail?"),
            words.format(domain=domain, host=host),
        )

    def tell_trouble(self, trouble: Trouble) -> None:
        """It was not done; where a server protects less than before, that can be accepted."""
        self.code = trouble.code
        self._weaker = trouble.host if isinstance(trouble, Weaker) else ""
        words = _("It is &meant: accept it for {host}")
        self.accept_weaker.setText(words.format(host=self._weaker))
        self._offer(weaker=bool(self._weaker))
        self.tell(trouble_shape(trouble), trouble.text, " ".join(advice_here(trouble)))

    def _offer(self, *, agree: bool = False, weaker: bool = False) -> None:
        for one in (self.refuse, self.agree):
            one.setVisible(agree)
        self.accept_weaker.setVisible(weaker)

    def _answered(self, *, yes: bool) -> None:
        self.hide()
        self._offer()
        self._answer(yes)
