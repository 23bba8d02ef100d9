# SPDX-License-Identifier: MPL-2.0
"""Does anybody answer there? The greeting is heard out, QUIT is said, and that is all."""

import asyncio
from dataclasses import replace

from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.probe.connect import Resolve, Unreachable, addresses_of, system_resolve
from clientcfg.probe.contexts import lenient
from clientcfg.probe.conversations import conversation
from clientcfg.probe.dialogue import Dialogue

# This machine's own lack, or the name's, says nothing of the server.
_NOT_ITS_FAULT = frozenset({"no-such-host", "no-dns-answer", "no-route"})


async def takes_connection(
    endpoint: Endpoint, *, timeout: float, resolve: Resolve | None = None
) -> bool | None:
    """Whether *endpoint* takes a connection within *timeout* seconds.

    None where that could not be asked: the name has no address, or there is no
    way there from here. Raises nothing for the network.
    """
    talk = conversation(replace(endpoint, security=Security.PLAIN), lambda: 0.0, brief=True)
    dialogue = Dialogue(talk, lenient())
    asked = False
    try:
        async with asyncio.timeout(timeout):
            addresses = await addresses_of(endpoint.host, resolve or system_resolve)
            asked = True
            await dialogue.hold(addresses)
    except TimeoutError:
        return dialogue.channel is not None if asked else None
    except Unreachable as unreachable:
        return None if unreachable.problem.code in _NOT_ITS_FAULT else False
    finally:
        dialogue.hang_up()
    return True
