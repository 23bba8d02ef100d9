# SPDX-License-Identifier: MPL-2.0
"""The one door to translated text.

Every sentence that a person reads goes through :func:`_`, or through
:func:`ngettext` where it counts something. English is the source and costs
nothing; catalogs lie in ``resources/locale`` and are read when :func:`speak`
chooses one. Values are filled in *after* translation
(``_("…{host}…").format(host=…)``), so that a translator can move them.

Nothing is translated while modules are imported: the language is not chosen
yet then. A table of texts is made by a function, or marked with :func:`later`.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from clientcfg.po import Catalog

_ENGLISH = frozenset({"C", "POSIX", "en"})

_chosen: list["Catalog | None"] = [None]
_spoken = ["en"]


def speak(languages: list[str] | None = None) -> None:
    """Take the catalog of the first of these languages that there is, English among them.

    Without *languages* the environment decides (``LANGUAGE``, ``LC_ALL``,
    ``LC_MESSAGES``, ``LANG``). What has no translation stays English, and so
    does everything where a catalog is damaged.
    """
    _chosen[0], _spoken[0] = None, "en"
    for wished in _wished() if languages is None else languages:
        # As in de_AT.UTF-8; nothing else becomes part of a path.
        name = wished.partition(".")[0].partition("@")[0]
        base = name.partition("_")[0]
        if base in _ENGLISH:
            return
        if not name.replace("_", "").isalnum():
            continue
        for spoken in (name, base):
            path = catalog_path(spoken)
            if path.is_file():
                _chosen[0] = _read(path)
                if _chosen[0] is not None:
                    _spoken[0] = spoken.replace("_", "-")
                return


def catalog_path(language: str) -> "Path":
    """Where the catalog of *language* lies, if there is one."""
    from clientcfg.rooms import resource_path  # noqa: PLC0415 - English needs no path

    return resource_path("locale", language, "LC_MESSAGES", "clientcfg.po")


def language() -> str:
    """The language that sentences are in now, as HTML names it."""
    return _spoken[0]


def _(text: str) -> str:
    """*text* in the language that was chosen."""
    catalog = _chosen[0]
    return text if catalog is None else catalog.texts.get(text, text)


def quoted(text: str) -> str:
    """*text* between the quotes of the language."""
    return _("“{text}”").format(text=text)


def ngettext(one: str, several: str, count: int) -> str:
    """The form for *count* of them: *one* or *several*, or what the language has."""
    catalog = _chosen[0]
    forms = None if catalog is None else catalog.plurals.get((one, several))
    if catalog is None or forms is None:
        return one if count == 1 else several
    return forms[catalog.form_of(count)]


def later(text: str) -> str:
    """*text* itself: it stands in the catalog, and goes through :func:`_` when it is shown."""
    return text


def _wished() -> list[str]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return value.split(":")
    return []


def _read(path: "Path") -> "Catalog | None":
    from clientcfg.po import read_catalog  # noqa: PLC0415 - English needs none

    try:
        return read_catalog(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
