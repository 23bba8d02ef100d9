# SPDX-License-Identifier: MPL-2.0
"""The one door to translated text.

Every sentence that a person reads goes through :func:`_`. English is the
source; catalogs lie in ``resources/locale``. Values are filled in *after*
translation (``_("…{host}…").format(host=…)``), so that a translator can move
them.
"""

import gettext

from clientcfg.rooms import resource_path

_catalog: list[gettext.NullTranslations] = [gettext.NullTranslations()]


def speak(languages: list[str] | None = None) -> None:
    """Take the catalog of the first of these languages that there is.

    Without *languages* the environment decides (``LANGUAGE``, ``LC_ALL``,
    ``LC_MESSAGES``, ``LANG``). What has no translation stays English.
    """
    _catalog[0] = gettext.translation(
        "clientcfg", resource_path("locale"), languages=languages, fallback=True
    )


def language() -> str:
    """The language that sentences are in now, as HTML names it."""
    return _catalog[0].info().get("language", "").replace("_", "-") or "en"


def _(text: str) -> str:
    """*text* in the language that was chosen."""
    return _catalog[0].gettext(text)
