# SPDX-License-Identifier: MPL-2.0
"""Outlook's profiles, which are keys of the registry, and the one that a plain start opens.

Outlook 2013 and later keep them below a key of their own version, earlier ones
where Windows keeps those of every mail program (found in several public tools
that read them). The name of a profile is free text. A key of a version without
profiles says nothing: installers make it.
"""

import re
from typing import Final

from clientcfg.clients.found.settings import Settings
from clientcfg.clients.registry.hive import USER, Hive
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _, quoted

_FIRST: Final = 10  # Outlook 2002; before it accounts were kept otherwise
_IN_OFFICE: Final = 15
_OFFICE: Final = f"{USER}\\Software\\Microsoft\\Office\\{{version}}.0\\Outlook"
_WINDOWS: Final = tuple(
    f"{USER}\\Software\\Microsoft\\{windows}Windows Messaging Subsystem\\Profiles"
    for windows in ("Windows NT\\CurrentVersion\\", "")
)


def mapi_settings(hive: Hive, version: str | None) -> Settings:
    """The profile that Outlook *version* ("16.0.17932 (365)") opens; else what has to be said."""
    generation = re.match(r"\d+", version or "")
    if generation is None or int(generation[0]) < _FIRST:
        return Settings(None, None)
    root, holder = _places(hive, int(generation[0]))
    names = hive.keys(root)
    default = hive.values(holder).get("defaultprofile")
    if isinstance(default, str) and (name := _spelled(default, names)) is not None:
        return Settings(root, f"{root}\\{name}")
    if not names:
        text = _("Outlook has no profile yet; start it once and add an account.")
    else:
        text = _("Which profile Outlook opens cannot be told: {names}.").format(
            names=", ".join(map(quoted, names))
        )
    return Settings(root, None, text, asks=True)


def mapi_profile(hive: Hive, root: str | None, name: str) -> str:
    """The key of the profile *name* (its own name, or that of its key) below *root*.

    Raises :class:`WrongUsage` where there is none.
    """
    names = hive.keys(root) if root is not None else ()
    own = name
    if root is not None and name.casefold().startswith(root.casefold() + "\\"):
        own = name[len(root) + 1 :]
    spelled = _spelled(own, names)
    if spelled is None:
        raise WrongUsage(
            "not-a-profile",
            _("Outlook has no profile {name}.").format(name=quoted(name)),
            _("Its profiles: {names}").format(names=", ".join(map(quoted, names)))
            if names
            else _("Start Outlook once, and add an account."),
        )
    return f"{root}\\{spelled}"


def _places(hive: Hive, generation: int) -> tuple[str, str]:
    """The key of the profiles, and the one that names the default."""
    if generation >= _IN_OFFICE:
        own = _OFFICE.format(version=generation)
        return f"{own}\\Profiles", own
    root = next((key for key in _WINDOWS if hive.keys(key)), _WINDOWS[0])
    return root, root


def _spelled(name: str, names: tuple[str, ...]) -> str | None:
    return next((n for n in names if n.casefold() == name.casefold()), None)
