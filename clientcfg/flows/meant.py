# SPDX-License-Identifier: MPL-2.0
"""Which of the programs on this machine is meant."""

from collections.abc import Iterable

from clientcfg.clients.detect import named_profile
from clientcfg.clients.guard import layout_of
from clientcfg.clients.registry.hive import Recorded
from clientcfg.flows.here import Here
from clientcfg.model.client import Installation
from clientcfg.model.trouble import No, WrongUsage
from clientcfg.words import _


def meant(
    installed: Iterable[Installation], client: str, profile: str | None, here: Here
) -> Installation:
    """The one of all that are *installed* that *client* and *profile* mean.

    Raises :class:`No` where it is not installed and :class:`WrongUsage`
    where it is installed more than once and *profile* does not decide.
    """
    found = [i for i in installed if i.client == client]
    name = here.catalog.at(client, None, None).name
    if not found:
        raise No(
            "client-not-installed",
            _("{name} is not installed here, so there is nothing to set up.").format(name=name),
            _("Install it, or see what is here with: clientcfg clients"),
        )
    if profile is not None:
        owners = [i for i in found if i.profile == profile] or found
        layout = layout_of(here.catalog.profile(client))
        hive = Recorded() if here.windows is None else here.windows.hive
        return named_profile(owners[0], layout, profile, hive)
    if found[0].asks and len(found) == 1:
        raise No(
            "profile-not-chosen",
            found[0].remark or _("{name} asks which profile to open.").format(name=name),
            _("Say which one is meant with --profile PATH."),
        )
    if len(found) > 1:
        places = ", ".join(f"{i.packaging} ({i.profile or i.program})" for i in found)
        raise WrongUsage(
            "client-installed-twice",
            _("{name} is installed more than once: {places}.").format(name=name, places=places),
            _("Say which one is meant with --profile PATH."),
        )
    return found[0]
