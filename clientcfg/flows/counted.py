# SPDX-License-Identifier: MPL-2.0
"""How much a change changed: files, and values in the registry."""

from clientcfg.changes.entry import Entry
from clientcfg.words import _, ngettext


def counted(entry: Entry) -> str:
    """ "2 files", "5 values in the registry", or both."""
    kinds = [kept.place.kind for kept in entry.places]
    files, values = kinds.count("file"), kinds.count("registry")
    said = []
    if files or not values:
        said.append(ngettext("{n} file", "{n} files", files).format(n=files))
    if values:
        text = ngettext("{n} value in the registry", "{n} values in the registry", values)
        said.append(text.format(n=values))
    return ", ".join(said)


def files_alone(entry: Entry) -> int | None:
    """How many files it changed; None where it changed anything else, or nothing."""
    kinds = {kept.place.kind for kept in entry.places}
    return len(entry.places) if kinds == {"file"} else None


def changed(entry: Entry | None) -> str:
    """The same as an answer to what was done; None: nothing was."""
    if entry is None:
        return _("nothing to change")
    kinds = [kept.place.kind for kept in entry.places]
    if "registry" in kinds:
        return _("changed: {what}").format(what=counted(entry))
    n = len(kinds)
    return ngettext("{n} file changed", "{n} files changed", n).format(n=n)
