# SPDX-License-Identifier: MPL-2.0
"""Step 1 with a file from an administrator: it is picked, read, and what it names is proposed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from clientcfg.flows.settings_file import FoundInFile, servers_in_file
from clientcfg.gui.setup.address import AddressPage
from clientcfg.gui.setup.address_model import Typed
from clientcfg.gui.setup.where import ask_settings_file
from clientcfg.gui.words import advice_here
from clientcfg.model.trouble import Trouble


class FileSteps(QObject):
    """``proposed`` carries what was typed, and a :class:`FoundInFile` for that address."""

    proposed = Signal(object, object)

    def __init__(self, page: AddressPage, run: Callable[..., None]) -> None:
        super().__init__(page)
        self._page, self._run = page, run
        page.has_file.connect(self._ask)

    def _ask(self, typed: Typed) -> None:
        path, address = ask_settings_file(self._page), typed.address
        if not path or address is None:
            return
        self._page.note.hide()
        self._run(
            lambda _answerer: servers_in_file(path, address),
            lambda found: self._propose(typed, found),
            self._failed,
        )

    def _propose(self, typed: Typed, found: object) -> None:
        if isinstance(found, FoundInFile):
            self.proposed.emit(typed, found)

    def _failed(self, trouble: Trouble) -> None:
        self._page.note.tell("no", trouble.text, " ".join(advice_here(trouble)))
