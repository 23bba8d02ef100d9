# SPDX-License-Identifier: MPL-2.0
"""Where ``profiles/`` and ``resources/`` lie. No other module knows.

A wheel carries them inside the package; a checkout and an editable install
have them beside it.
"""

from functools import cache
from pathlib import Path


@cache
def _room(name: str) -> Path:
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def profile_path(*parts: str) -> Path:
    """A file or folder of ``profiles/``: clients and providers, data only."""
    return _room("profiles").joinpath(*parts)


def resource_path(*parts: str) -> Path:
    """A file or folder of ``resources/``: icons, theme, translations."""
    return _room("resources").joinpath(*parts)
