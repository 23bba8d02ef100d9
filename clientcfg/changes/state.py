# SPDX-License-Identifier: MPL-2.0
"""Where clientcfg keeps what it must remember."""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from clientcfg.changes.disk_trouble import shown
from clientcfg.changes.paths import anchor, held
from clientcfg.model.trouble import NotFoundOut
from clientcfg.words import _


def state_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """Where this system keeps the state of programs; ``CLIENTCFG_STATE_DIR`` says otherwise.

    Raises :class:`NotFoundOut` where that is no full path.
    """
    path = environ.get("CLIENTCFG_STATE_DIR") or platformdirs.user_state_dir(
        "clientcfg",
        appauthor=False,  # not …\\clientcfg\\clientcfg on Windows
    )
    if not anchor(held(path)):
        raise NotFoundOut(
            "no-state-directory",
            _("There is no directory to keep the way back in: “{path}” is not a full path.").format(
                path=shown(path)
            ),
            _("Set HOME, or CLIENTCFG_STATE_DIR to a directory of your own."),
        )
    return Path(path)
