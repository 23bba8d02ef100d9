# SPDX-License-Identifier: MPL-2.0
"""One connection, and the conversation that is held on it.

What comes goes straight from the event loop's turn through TLS into the
conversation, and its answer straight back: no task is woken for a line.
"""

import asyncio
import ssl
from collections.abc import Sequence
from typing import Final

from clientcfg.probe.actions import Action, Done, Send, StartTls
from clientcfg.probe.certificate import at_once
from clientcfg.probe.channel import Channel
from clientcfg.probe.connect import Connected, connect
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.link import Link
from clientcfg.probe.tls import RECORD_TYPES, HandshakeFailed, Shown, TlsLayer
from clientcfg.probe.words import problem

_NO_PINS: Final[frozenset[str]] = frozenset()


class Dialogue:
    """Carries out what *talk* asks for, with TLS as *context* has it.

    *pins* and *failure* decide whether the channel is trusted; see
    :func:`at_once`. ``handshake`` is what TLS showed, None before that;
    ``reached`` is told the connection as soon as there is one.
    """

    __slots__ = (
        "_begun",
        "_closed",
        "_context",
        "_layer",
        "_link",
        "_over",
        "_pins",
        "_reached",
        "failure",
        "handshake",
        "talk",
    )

    def __init__(
        self,
        talk: Conversation,
        context: ssl.SSLContext,
        *,
        pins: frozenset[str] = _NO_PINS,
        failure: HandshakeFailed | None = None,
        reached: asyncio.Future[Connected] | None = None,
    ) -> None:
        self.talk = talk
        self.handshake: Shown | None = None
        self.failure = failure
        self._context = context
        self._pins = pins
        self._reached = reached
        self._link: Link | None = None
        self._layer: TlsLayer | None = None
        self._begun = False
        self._closed = False
        self._over: asyncio.Future[None] | None = None

    async def hold(self, addresses: tuple[str, ...]) -> None:
        """From dialling one of *addresses* to the end of the conversation.

        Raises :class:`Unreachable` and :class:`HandshakeFailed`.
        """
        endpoint = self.talk.endpoint
        self.talk.connecting()
        connected = await connect(endpoint.host, endpoint.port, addresses)
        self._link = link = connected.link
        if self._reached is not None and not self._reached.done():
            self._reached.set_result(connected)
        over = self._over = asyncio.get_running_loop().create_future()
        self._act(self.talk.connected())
        if not over.done():
            link.listen(self)
        try:
            await over
        finally:
            link.listen(None)

    def hang_up(self) -> None:
        """Close the connection; what was written still goes out."""
        if self._link is not None:
            if self._layer is not None and self._layer.established and not self._closed:
                self._link.write(self._layer.close())
            self._link.close()

    @property
    def channel(self) -> Channel | None:
        """The connection, for whoever goes on with it once the conversation has ended."""
        return Channel(self._link, self._layer) if self._link is not None else None

    # What the link tells us

    def received(self, data: bytes) -> None:
        """Bytes came, as they were on the wire."""
        layer = self._layer
        try:
            if layer is None:
                self._act(self.talk.received(data))
            elif layer.established:
                layer.take(data)
                self._read_inside(layer)
            else:
                self._shake_hands(layer, data)
        except HandshakeFailed as failure:
            self._finish(failure)
        except ssl.SSLError as error:
            reason = HandshakeFailed(error).reason
            self.talk.problems.append(problem("tls-broken", reason=reason))
            self._finish()
        except Exception as defect:
            # Told by hold(); here the event loop would swallow it.
            self._finish(defect)

    def ended(self) -> None:
        """Nothing more comes."""
        if self._layer is not None and not self._layer.established:
            self._finish(HandshakeFailed(None))
        else:
            self._act(self.talk.eof())
            self._finish()

    # Inside

    def _act(self, actions: Sequence[Action]) -> None:
        if not actions:
            return
        last = actions[-1]
        said = b"".join([action.data for action in actions if isinstance(action, Send)])
        if said and self._link is not None:
            if self._layer is not None:
                said = self._layer.encrypt(said)
                if isinstance(last, Done) and not self.talk.ready:
                    # The end of TLS goes out together with the farewell.
                    said += self._layer.close()
                    self._closed = True
            self._link.write(said)
        if isinstance(last, StartTls):
            self._layer = TlsLayer(self._context, self.talk.endpoint.host)
            self._shake_hands(self._layer)
        elif isinstance(last, Done):
            self._finish()

    def _shake_hands(self, layer: TlsLayer, data: bytes = b"") -> None:
        if data and not self._begun:
            if data[0] not in RECORD_TYPES:
                # Plain text where only TLS may come: the conversation takes note, and drops it.
                self._act(self.talk.received(data))
                return
            self._begun = True
        try:
            layer.handshake(data)
        except HandshakeFailed:
            self._flush(layer)  # the alert that says why not
            raise
        if not layer.established:
            self._flush(layer)
            return
        self.handshake = layer.shown
        # The last flight goes out together with what is said next.
        self._act(self.talk.secured(at_once(self.handshake, self.failure, self._pins)))
        self._read_inside(layer)

    def _read_inside(self, layer: TlsLayer) -> None:
        while True:
            plain = layer.plain()
            if plain:
                self._act(self.talk.received(plain))
            elif layer.ended:
                self.ended()
            if not plain or (self._over is not None and self._over.done()):
                self._flush(layer)
                return

    def _flush(self, layer: TlsLayer) -> None:
        if self._link is not None:
            self._link.write(layer.outgoing())

    def _finish(self, trouble: Exception | None = None) -> None:
        if self._link is not None:
            self._link.listen(None)
        if self._over is None or self._over.done():
            return
        if trouble is None:
            self._over.set_result(None)
        else:
            self._over.set_exception(trouble)
