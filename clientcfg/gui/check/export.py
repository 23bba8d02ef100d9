# SPDX-License-Identifier: MPL-2.0
"""Saving a report: where to is asked, and the flow writes it."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from clientcfg.flows.here import Here
from clientcfg.flows.report_file import ReportSaved, save_report
from clientcfg.gui.check.look import Checked
from clientcfg.gui.engine import Engine, Job
from clientcfg.gui.words import advice_here
from clientcfg.model.trouble import Trouble
from clientcfg.words import _

Say = Callable[[str, str, str], None]


class Export:
    """``where`` asks for a file: (parent, suggested path, filter) → path, empty for none."""

    def __init__(self, engine: Engine, here: Here, say: Say) -> None:
        self._engine, self._here, self._say = engine, here, say
        self._job: Job | None = None
        self.where: Callable[[QWidget, str, str], str] = _ask_where

    def ask(self, parent: QWidget, ending: str, checked: Checked | None) -> None:
        """Ask where to, and write it there."""
        if checked is None:
            return
        suggested = str(self._here.home / suggested_name(checked, ending))
        kinds = {"html": _("Pages (*.html)"), "json": _("JSON (*.json)")}
        path = self.where(parent, suggested, kinds[ending])
        if not path:
            return
        if Path(path).suffix.casefold() not in (f".{ending}", ".htm"):
            path = f"{path}.{ending}"
        done, at, disk = checked.done, checked.at, self._here.disk
        job = self._engine.start(lambda _answerer: save_report(done, at, path, disk))
        job.heard.connect(self._saved)
        job.failed.connect(self._failed)
        self._job = job

    def _saved(self, event: object) -> None:
        if isinstance(event, ReportSaved):
            self._say("ready", _("Saved."), event.path)

    def _failed(self, error: Trouble) -> None:
        self._say("no", error.text, " ".join(advice_here(error)))


def suggested_name(checked: Checked, ending: str) -> str:
    """A file name that says what it is about."""
    about = re.sub(r"[^A-Za-z0-9.-]+", "-", checked.report.target.rpartition("@")[2]).strip("-.")
    return f"clientcfg-{about or 'servers'}-{checked.at:%Y-%m-%d}.{ending}"


def _ask_where(parent: QWidget, suggested: str, kind: str) -> str:
    path, _kind = QFileDialog.getSaveFileName(parent, _("Save the report"), suggested, kind)
    return path
