# SPDX-License-Identifier: MPL-2.0
"""What keeps a client out while its settings are written, decided here for every client.

Mozilla's programs lock their profile, so it can be held. Others have no lock:
they are looked for among the processes, and whoever starts one in that moment
is not kept from it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial

from clientcfg.clients.found.around import Running
from clientcfg.clients.found.processes import runs
from clientcfg.clients.found.rows import MOZILLA, Layout
from clientcfg.clients.mozilla.lock import hold
from clientcfg.clients.mozilla.lock import running as holds
from clientcfg.clients.profile import Profile
from clientcfg.model.client import Installation
from clientcfg.model.trouble import NotFoundOut, Refused
from clientcfg.words import _

Guard = Callable[[], AbstractContextManager[None]]


def layout_of(profile: Profile) -> Layout:
    """How the client keeps its settings, as its rows say."""
    layouts = [row.layout for row in profile.found if row.layout is not Layout.PLAIN]
    return layouts[0] if layouts else Layout.PLAIN


def guard_of(installation: Installation, profile: Profile | None, running: Running) -> Guard:
    """What to hold while settings of *installation* are written; entering it may be refused.

    *profile*: what is known of the client, None for one that is not known any more.
    """
    if installation.profile is None:
        return nullcontext
    if profile is None or layout_of(profile) in MOZILLA:
        return partial(hold, installation.profile)
    return partial(_closed, installation, _processes(profile), running)


def open_now(installation: Installation, profile: Profile | None, running: Running) -> bool | None:
    """Whether the client is open at this moment, asked as lightly as it can be.

    None where that cannot be told. *profile* as in :func:`guard_of`.
    """
    if installation.profile is None:
        return None
    if profile is None or layout_of(profile) in MOZILLA:
        return holds(installation.profile)
    return runs(_processes(profile), running())


def _processes(profile: Profile) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in profile.found for name in row.processes))


@contextmanager
def _closed(installation: Installation, names: tuple[str, ...], running: Running) -> Iterator[None]:
    now = runs(names, running())
    if now is None:
        raise NotFoundOut(
            "lock-unknown",
            _("clientcfg cannot tell whether {name} is open, so nothing was written.").format(
                name=installation.name
            ),
        )
    if now:
        raise Refused(
            "client-running",
            _("{name} is open, and would overwrite what is written now.").format(
                name=installation.name
            ),
            _("Close it, then do the same again."),
        )
    yield
