# SPDX-License-Identifier: MPL-2.0
"""Ctrl-C that came too late: what was done already is said, not passed over."""

from collections.abc import Iterator
from contextlib import contextmanager

from clientcfg.cli.screen import Screen
from clientcfg.flows.here import Here
from clientcfg.words import _


@contextmanager
def told_if_written(screen: Screen, here: Here) -> Iterator[None]:
    """Say what the block has done for good where Ctrl-C ends it."""
    before = {entry.id: entry.stands for entry in here.history()}
    try:
        yield
    except KeyboardInterrupt:
        for entry in here.history():
            if entry.stands and entry.id not in before:
                text = _("Everything was written before that. Take it back: clientcfg undo {id}")
                screen.note("\n" + text.format(id=entry.id))
            elif before.get(entry.id) and not entry.stands:
                screen.note("\n" + _("Change {id} was taken back before that.").format(id=entry.id))
        raise
