# SPDX-License-Identifier: MPL-2.0
"""One endpoint, asked within one deadline, over at most two connections.

The first connection verifies. Only where TLS fails on it there is a second
one, which looks at what is wrong and is never trusted.
"""

import asyncio
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime

from clientcfg.model.address import host_name
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.report import EndpointReport, Line, Problem
from clientcfg.model.trouble import WrongUsage
from clientcfg.probe.actions import Action, Done, Send, StartTls
from clientcfg.probe.certificate import negotiated
from clientcfg.probe.channel import Channel
from clientcfg.probe.connect import Resolve, Unreachable, addresses_of, connect
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.imap import ImapConversation
from clientcfg.probe.pop3 import Pop3Conversation
from clientcfg.probe.smtp import SmtpConversation
from clientcfg.probe.tls import HandshakeFailed, lenient, unverifying, verifying
from clientcfg.probe.trust import Trust
from clientcfg.probe.words import Step, problem, step_words


class Visit:
    """The state of one visit. After :meth:`run`, :meth:`report` says what was found.

    ``deadline`` is in the loop's time. With *stay* the conversation stops
    before QUIT where ``ready`` says so, and ``channel`` is open for a log-in.
    """

    def __init__(
        self, endpoint: Endpoint, trust: Trust, resolve: Resolve, deadline: float, *, stay: bool
    ) -> None:
        self.endpoint = endpoint
        self.deadline = deadline
        self.channel: Channel | None = None
        self._pins = trust.pins(endpoint)
        # Built here: a CA file that cannot be read is the caller's mistake, not the network's.
        self._context = unverifying() if self._pins else verifying(trust.ca_files)
        self._resolve = resolve
        self._stay = stay
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._addresses: tuple[str, ...] = ()
        self._address: str | None = None
        self._problems: list[Problem] = []
        self._earlier: tuple[Line, ...] = ()
        self._talk = self._conversation()

    @property
    def ready(self) -> bool:
        """Whether the conversation stopped where a log-in can begin."""
        return self._talk.ready

    def rest(self) -> bytes:
        """What the server said after its last answer."""
        return self._talk.rest()

    async def run(self) -> None:
        """Ask. Raises nothing for the network; everything there becomes a problem."""
        try:
            async with asyncio.timeout_at(self.deadline):
                await self._ask()
        except TimeoutError:
            self._problems.append(self._no_answer())
        except Unreachable as unreachable:
            self._problems.append(unreachable.problem)
        finally:
            if not self.ready:
                self.hang_up()

    def hang_up(self) -> None:
        """Close the connection; what was written still goes out."""
        if self.channel:
            self.channel.close()

    def report(self) -> EndpointReport:
        """What was found by now."""
        report = self._talk.report(self._address)
        return replace(
            report,
            problems=tuple(dict.fromkeys((*self._problems, *report.problems))),
            transcript=self._earlier + report.transcript,
        )

    async def _ask(self) -> None:
        first = self._talk
        first.step = Step.LOOK_UP
        self._addresses = await addresses_of(self.endpoint.host, self._resolve)
        try:
            await self._converse(first, self._context, None)
        except HandshakeFailed as failure:
            first.transcript.note(f"TLS handshake failed: {failure.reason}")
            self.hang_up()
            await self._look_closer(first, failure)

    async def _look_closer(self, first: Conversation, failure: HandshakeFailed) -> None:
        """See on a second connection, which nobody trusts, what is wrong with the TLS there."""
        second = self._conversation()
        try:
            await self._converse(second, lenient(), failure)
        except (HandshakeFailed, Unreachable):
            pass  # what the first connection showed is told below
        finally:
            if second.tls is not None:
                self._earlier = first.transcript.lines
            else:
                self._talk = first
                code = "tls-failed" if failure.verify_code is None else "certificate-not-trusted"
                first.problems.append(problem(code, reason=failure.reason))

    async def _converse(
        self, talk: Conversation, context: ssl.SSLContext, failure: HandshakeFailed | None
    ) -> None:
        self._talk = talk
        talk.connecting()
        self.channel = await self._connect()
        actions = talk.connected()
        try:
            while not self._carry_out(actions):
                if actions and isinstance(actions[-1], StartTls):
                    actions = await self._secure(talk, context, failure)
                else:
                    data = await self.channel.read()
                    actions = talk.received(data) if data else talk.eof()
        except ssl.SSLError as error:
            talk.problems.append(problem("tls-broken", reason=HandshakeFailed(error).reason))

    async def _connect(self) -> Channel:
        host, port = self.endpoint.host, self.endpoint.port
        addresses = (self._address,) if self._address else self._addresses
        connected = await connect(host, port, addresses)
        self._address = connected.address
        self._problems += [
            problem("address-without-answer", address=a, port=port, other=connected.address)
            for a in connected.silent
        ]
        return Channel(connected.link)

    def _carry_out(self, actions: list[Action]) -> bool:
        """Whether the conversation is over."""
        for action in actions:
            if isinstance(action, Send) and self.channel:
                self.channel.write(action.data)
        return bool(actions) and isinstance(actions[-1], Done)

    async def _secure(
        self, talk: Conversation, context: ssl.SSLContext, failure: HandshakeFailed | None
    ) -> list[Action]:
        assert self.channel is not None  # noqa: S101 - for the type only

        def stray(data: bytes) -> bool:
            talk.received(data)
            return talk.finished

        layer = await self.channel.secure(context, self.endpoint.host, stray)
        if layer is None:
            return [Done()]
        now = datetime.now(UTC)
        return talk.secured(negotiated(layer, self.endpoint.host, now, failure, self._pins))

    def _conversation(self) -> Conversation:
        endpoint, clock, stay = self.endpoint, self._clock, self._stay
        match endpoint.protocol:
            case Protocol.SMTP:
                return SmtpConversation(endpoint, clock, stay=stay, own_name=_own_name())
            case Protocol.IMAP:
                return ImapConversation(endpoint, clock, stay=stay)
            case Protocol.POP3:
                return Pop3Conversation(endpoint, clock, stay=stay)

    def _clock(self) -> float:
        return (self._loop.time() - self._began) * 1000

    def _no_answer(self) -> Problem:
        return problem(
            "no-answer",
            host=self.endpoint.host,
            port=self.endpoint.port,
            seconds=f"{self.deadline - self._began:.1f}",
            step=step_words(self._talk.step),
        )


def _own_name() -> str:
    """This machine's name in full, without asking the network for it."""
    try:
        name = host_name(socket.gethostname())
    except WrongUsage:
        name = "localhost"
    return name if "." in name else f"{name}.localdomain"
