# SPDX-License-Identifier: MPL-2.0
"""A system that wants nothing to move, so that a picture is the same each time."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)


class _Still(QProxyStyle):
    duration = 0

    def styleHint(  # noqa: N802
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return self.duration
        return super().styleHint(hint, option, widget, returned)


_styles: list[_Still] = []


def stand_still(app: QApplication) -> None:
    """Once the application is dressed; lasts."""
    if not _styles:
        _styles.append(_Still("Fusion"))
        app.setStyle(_styles[0])


@contextmanager
def moving(app: QApplication) -> Iterator[None]:
    """For a while the system lets things move."""
    stand_still(app)
    _styles[0].duration = 200
    yield
    _styles[0].duration = 0
