# SPDX-License-Identifier: MPL-2.0
"""``python -m clientcfg`` is the command ``clientcfg``."""

import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

_INTERRUPTED = 130


def run() -> NoReturn:
    """The command, so that Ctrl-C says nothing even while it is being loaded, or at the end."""
    try:
        from clientcfg.cli.main import main  # noqa: PLC0415

        main()
    except KeyboardInterrupt:
        _end()
    except SystemExit as end:
        if end.code == _INTERRUPTED:
            _end()
        if "PySide6.QtGui" in sys.modules:
            # Taken down with the interpreter, Qt's part for Wayland now and then waits for
            # itself for ever (6.11: ~QWaylandDisplay and its event thread).
            _end(end.code if isinstance(end.code, int) else int(end.code is not None))
        # It is done; what comes now would only be a noise of the interpreter's end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise


def _end(status: int = _INTERRUPTED) -> NoReturn:
    # All that had to be tidied up is; whatever thread still waits is not waited for.
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, KeyboardInterrupt):
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
