# SPDX-License-Identifier: MPL-2.0
"""The strip of a page while the program is open: what to do, then what is waited for."""

from collections.abc import Callable

from clientcfg.gui.parts.banner import Banner
from clientcfg.gui.parts.text import button
from clientcfg.words import _


class OpenStrip:
    """Words and buttons of *strip*: ``front`` brings the program there, ``stop`` ends the waiting.

    ``can_bring``: whether anything is known that brings it to the front.
    """

    def __init__(
        self, strip: Banner, bring: Callable[[], object], give_up: Callable[[], object]
    ) -> None:
        self._strip = strip
        self.can_bring = False
        self.front = button(_("Bring it to &front"), bring, "small")
        strip.buttons.addWidget(self.front)
        self.stop = button(_("Cancel"), give_up, "small", name=_("Stop waiting"))
        strip.buttons.addWidget(self.stop)

    def tell(self, name: str, *, running: bool) -> None:
        """Before the button is pressed: *name* is open, or there is nothing to say."""
        self._strip.setVisible(running)
        self.stop.hide()
        self.front.setVisible(self.can_bring)
        if running:
            words = _("Close it and we go on by ourselves.")
            self._strip.tell("step", _("{name} is open.").format(name=name), words)

    def waiting(self, name: str) -> None:
        """It goes on by itself when *name* closes."""
        self._strip.tell(
            "step",
            _("Waiting for {name} to close.").format(name=name),
            _("We go on by ourselves then. Nothing has been written yet."),
        )
        self.front.setVisible(self.can_bring)
        self.stop.show()
