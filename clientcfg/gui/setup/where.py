# SPDX-License-Identifier: MPL-2.0
"""Asking where something is to be put, with the system's own dialogs; and opening it there."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from clientcfg.words import _


def ask_folder(parent: QWidget) -> str:
    """A folder that a person picks; empty where none was."""
    return QFileDialog.getExistingDirectory(parent, _("Where should the files go?"), _documents())


def ask_page(parent: QWidget, name: str) -> str:
    """Where a page is to be saved; empty where a person thought better of it."""
    start = str(Path(_documents()) / name)
    options = QFileDialog.Option.DontConfirmOverwrite
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("Save the page"), start, "HTML (*.html)", options=options
    )
    return chosen


def ask_settings_file(parent: QWidget) -> str:
    """A file that a person was given; empty where none was picked."""
    kinds = _("Settings (*.xml *.mobileconfig)")
    chosen, _kind = QFileDialog.getOpenFileName(
        parent, _("Which file did you get?"), _documents(), kinds
    )
    return chosen


def open_folder(folder: str) -> None:
    """Show it in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(folder))


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
