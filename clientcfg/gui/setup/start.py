# SPDX-License-Identifier: MPL-2.0
"""Starting another program, which does not end with us."""

from collections.abc import Sequence

from PySide6.QtCore import QProcess


def start(command: Sequence[str]) -> None:
    """Program and arguments, without a shell."""
    program, *arguments = command
    QProcess.startDetached(program, arguments)
