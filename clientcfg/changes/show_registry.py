# SPDX-License-Identifier: MPL-2.0
"""Registry values for eyes: ``"SMTP Port": 25 → 587``, a line for each that changes."""

from clientcfg.changes.disk_trouble import shown
from clientcfg.clients.registry.typed import meaning
from clientcfg.model.place import RegistryState
from clientcfg.model.plan import RegistryStep
from clientcfg.model.registry import REG_BINARY, RegistryValue
from clientcfg.words import _, ngettext

_WIDEST = 120  # characters of one value


def registry_diff(step: RegistryStep, now: RegistryState) -> str:
    """What *step* changes in a key that holds what *now* says; "" for nothing."""
    return "\n".join(
        f'"{shown(name)}": {value_text(now.value(name))} → {value_text(value)}'
        for name, value in step.values.items()
        if now.value(name) != value
    )


def value_text(value: RegistryValue | None) -> str:
    """*value* as people read it: a number, a text in quotes, or how many bytes it has."""
    if value is None:
        return _("(not set)")
    said = meaning(value)
    text = said if isinstance(said, str) else _text_in(value)
    if isinstance(said, int):
        return str(said)
    if isinstance(said, tuple):
        text = ", ".join(said)
    if text is None:
        n = len(value.data)
        return ngettext("({n} byte)", "({n} bytes)", n).format(n=n)
    safe = shown(text)
    return f'"{safe if len(safe) <= _WIDEST else safe[: _WIDEST - 1] + "…"}"'


def _text_in(value: RegistryValue) -> str | None:
    """The text in bytes, which is how Outlook up to 2013 keeps texts."""
    if value.type != REG_BINARY or not value.data.endswith(b"\0\0") or len(value.data) % 2:
        return None
    try:
        text = value.data[:-2].decode("utf-16-le")
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None
