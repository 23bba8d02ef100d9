# SPDX-License-Identifier: MPL-2.0
"""The one domain that several servers stand for, so that a person has one name to decide on."""

from collections.abc import Iterable

from clientcfg.discover.site import suffixes_of


def shared_domain(hosts: Iterable[str]) -> str | None:
    """The nearest domain above all *hosts* that is somebody's own; None where there is none.

    Never a public suffix, below which everybody may have a name. A host that was
    registered itself stands for itself.
    """
    above = [suffixes[1:] or suffixes for suffixes in map(suffixes_of, dict.fromkeys(hosts))]
    if not above:
        return None
    first, *others = above
    return next((name for name in first if all(name in other for other in others)), None)
