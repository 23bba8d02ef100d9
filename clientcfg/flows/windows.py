# SPDX-License-Identifier: MPL-2.0
"""What Windows has besides files: its registry, and its own way to tell what runs."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from clientcfg.changes.registry import Registry
from clientcfg.clients.found.around import Running
from clientcfg.clients.registry.hive import Hive


@dataclass(frozen=True, slots=True)
class Windows:
    """One Windows: its registry as changes see it and as finders do, and what runs on it."""

    registry: Registry
    hive: Hive
    running: Running


def this_windows(environ: Mapping[str, str]) -> Windows | None:
    """The Windows that this runs on; None on any other system."""
    return _this(environ)


if sys.platform == "win32":  # pragma: no cover

    def _this(environ: Mapping[str, str]) -> Windows:
        from clientcfg.changes.registry_windows import WindowsRegistry  # noqa: PLC0415
        from clientcfg.clients.found.tasklist import names_of_tasks  # noqa: PLC0415
        from clientcfg.clients.registry.live import WindowsHive  # noqa: PLC0415

        return Windows(WindowsRegistry(), WindowsHive(), lambda: names_of_tasks(environ))

else:

    def _this(environ: Mapping[str, str]) -> Windows | None:
        del environ
        return None
