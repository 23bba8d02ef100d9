# SPDX-License-Identifier: MPL-2.0
"""One connection, and the conversation that is held on it."""

import asyncio
import ssl

from clientcfg.probe.actions import Action, Done, Send, StartTls
from clientcfg.probe.certificate import at_once
from clientcfg.probe.channel import Channel
from clientcfg.probe.connect import Connected, connect
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.tls import HandshakeFailed, Shown
from clientcfg.probe.words import problem


class Dialogue:
    """Carries out what *talk* asks for, with TLS as *context* has it.

    *pins* and *failure* decide whether the channel is trusted; see
    :func:`at_once`. ``handshake`` is what TLS showed, None before that;
    ``reached`` is told the connection as soon as there is one.
    """

    def __init__(
        self,
        talk: Conversation,
        context: ssl.SSLContext,
        *,
        pins: frozenset[str] = frozenset(),
        failure: HandshakeFailed | None = None,
        reached: asyncio.Future[Connected] | None = None,
    ) -> None:
        self.talk = talk
        self.channel: Channel | None = None
        self.handshake: Shown | None = None
        self._context = context
        self._pins = pins
        self.failure = failure
        self._reached = reached

    async def hold(self, addresses: tuple[str, ...]) -> None:
        """From dialling one of *addresses* to the end of the conversation.

        Raises :class:`Unreachable` and :class:`HandshakeFailed`.
        """
        talk, endpoint = self.talk, self.talk.endpoint
        talk.connecting()
        connected = await connect(endpoint.host, endpoint.port, addresses)
        self.channel = channel = Channel(connected.link)
        if self._reached is not None and not self._reached.done():
            self._reached.set_result(connected)
        actions = talk.connected()
        try:
            while not self._carry_out(channel, actions):
                if actions and isinstance(actions[-1], StartTls):
                    actions = await self._secure(channel)
                else:
                    data = await channel.read()
                    actions = talk.received(data) if data else talk.eof()
        except ssl.SSLError as error:
            talk.problems.append(problem("tls-broken", reason=HandshakeFailed(error).reason))

    def hang_up(self) -> None:
        """Close the connection; what was written still goes out."""
        if self.channel:
            self.channel.close()

    def _carry_out(self, channel: Channel, actions: list[Action]) -> bool:
        """Whether the conversation is over."""
        for action in actions:
            if isinstance(action, Send):
                channel.write(action.data)
        return bool(actions) and isinstance(actions[-1], Done)

    async def _secure(self, channel: Channel) -> list[Action]:
        talk = self.talk

        def stray(data: bytes) -> bool:
            talk.received(data)
            return talk.finished

        layer = await channel.secure(self._context, talk.endpoint.host, stray)
        if layer is None:
            return [Done()]
        self.handshake = layer.shown
        return talk.secured(at_once(self.handshake, self.failure, self._pins))
