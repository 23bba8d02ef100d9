# SPDX-License-Identifier: MPL-2.0
"""Where port 25 is silent: see at another server whether anything gets out on it."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from clientcfg.discover.dns import NoAnswer, NoSuchName
from clientcfg.flows.question import Question
from clientcfg.model.address import host_name
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import Trouble
from clientcfg.probe.connect import Resolve, Unreachable, addresses_of, system_resolve
from clientcfg.probe.greeting import takes_connection
from clientcfg.probe.port_25 import PORT, explained, silent_on_25

# How long the other server has (seconds).
_PATIENCE: Final = 3.0


async def about_port_25(
    question: Question,
    reports: Iterable[EndpointReport],
    left: float,
    resolve: Resolve | None,
) -> tuple[EndpointReport, ...]:
    """The reports of silent ports 25, with the reason as far as it can be told.

    The other server is the one that the person named, else one that takes the
    domain's mail from all the world, so that it must answer on port 25. Nobody
    else is asked. *left* is in seconds.
    """
    told = tuple(reports)
    silent = silent_on_25(told)
    if not silent:
        return ()
    own = {r.endpoint.host for r in silent}
    known = {r.address for r in told if r.endpoint.host in own and r.address}
    control, answers = None, None
    try:
        async with asyncio.timeout(min(_PATIENCE, max(left, 0.0))):
            for host in await _candidates(question):
                if host in own or known & {*await _addresses(host, resolve)}:
                    continue
                control = Endpoint(Protocol.SMTP, host, PORT, Security.STARTTLS)
                answers = await takes_connection(control, timeout=_PATIENCE, resolve=resolve)
                break
    except TimeoutError:
        answers = False if control is not None else None
    found = explained(control, answers)
    return tuple(replace(r, problems=(found, *r.problems)) for r in silent)


async def _candidates(question: Question) -> tuple[str, ...]:
    if question.control is not None:
        return (question.control,)
    if question.offline or question.domain is None or question.host:
        return ()
    try:
        return tuple(host_name(host) for host in await question.resolver().mx(question.domain))
    except (NoSuchName, NoAnswer, Trouble):
        return ()


async def _addresses(host: str, resolve: Resolve | None) -> tuple[str, ...]:
    try:
        return await addresses_of(host, resolve or system_resolve)
    except Unreachable:
        return ()
