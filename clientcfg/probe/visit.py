# SPDX-License-Identifier: MPL-2.0
"""One endpoint, asked within one deadline, over at most two connections.

The first connection verifies. Only where TLS fails on it there is a second
one, which looks at what is wrong and is never trusted.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.relay import Relay, RelayQuestion
from clientcfg.model.report import EndpointReport, Line, Problem
from clientcfg.probe.certificate import examined
from clientcfg.probe.channel import Channel
from clientcfg.probe.connect import Connected, Unreachable
from clientcfg.probe.contexts import lenient, unverifying, verifying
from clientcfg.probe.conversation import Conversation
from clientcfg.probe.conversations import conversation
from clientcfg.probe.dialogue import Dialogue
from clientcfg.probe.manners import Manners
from clientcfg.probe.relay import concluded, untested
from clientcfg.probe.tls import HandshakeFailed
from clientcfg.probe.transcript import Clock
from clientcfg.probe.trust import Trust
from clientcfg.probe.words import Step, problem, step_words
from clientcfg.words import _

Find = Callable[[], Awaitable[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a visit besides the usual report.

    ``stay``: stop before QUIT where the channel is fit for a log-in.
    ``relay``: ask this, too, before leaving (SMTP only).
    """

    stay: bool = False
    relay: RelayQuestion | None = None


class Visit:
    """The state of one visit. After :meth:`run`, :meth:`report` says what was found.

    *find* gives the addresses; ``deadline`` is in the loop's time. Where a log-in
    is to follow, ``ready`` says whether it can, and ``channel`` is open for it.
    ``reached`` is told the connection as soon as there is one.
    """

    __slots__ = (
        "_began", "_ca_files", "_clock", "_context", "_dialogue", "_earlier", "_find", "_limit",
        "_loop", "_manners", "_pins", "_problems", "_talk", "_wanted", "deadline", "endpoint",
        "reached",
    )  # fmt: skip

    def __init__(
        self,
        endpoint: Endpoint,
        trust: Trust,
        find: Find,
        deadline: float,
        manners: Manners,
        wanted: Wanted = Wanted(),
    ) -> None:
        self.endpoint = endpoint
        self.deadline = deadline
        self._pins = trust.pins(endpoint)
        self._ca_files = trust.ca_files
        # Built here: a CA file that cannot be read is the caller's mistake, not the network's.
        self._context = unverifying() if self._pins else verifying(trust.ca_files)
        self._find = find
        self._manners = manners
        self._wanted = wanted
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._limit: asyncio.Timeout | None = None
        self._problems: list[Problem] = []
        self._earlier: tuple[Line, ...] = ()
        self.reached: asyncio.Future[Connected] = self._loop.create_future()
        self._clock = _clock(self._loop, self._began)
        self._talk = self._conversation()
        self._dialogue = self._begin(self._talk)

    @property
    def ready(self) -> bool:
        """Whether the conversation stopped where a log-in can begin."""
        return self._talk.ready

    @property
    def channel(self) -> Channel | None:
        """The connection, where there is one."""
        return self._dialogue.channel

    @property
    def address(self) -> str | None:
        """The address that answered, where one did."""
        return self.reached.result().address if self.reached.done() else None

    @property
    def connected_at(self) -> float | None:
        """When the connection came about (loop time)."""
        return self.reached.result().at if self.reached.done() else None

    def rest(self) -> bytes:
        """What the server said after its last answer."""
        return self._talk.rest()

    async def run(self) -> None:
        """Ask. Raises nothing for the network; everything there becomes a problem."""
        try:
            async with asyncio.timeout_at(self.deadline) as self._limit:
                await self._ask()
        except TimeoutError:
            self._problems.append(self._no_answer())
        except Unreachable as unreachable:
            self._problems.append(unreachable.problem)
        finally:
            self._limit = None
            if not self.ready:
                self.hang_up()
        self._look_at_certificates()

    def hurry(self, deadline: float) -> None:
        """End by *deadline* (loop time), where that is sooner."""
        self.deadline = min(self.deadline, deadline)
        if self._limit is not None and not self._limit.expired():
            self._limit.reschedule(self.deadline)

    def hang_up(self) -> None:
        """Close the connection; what was written still goes out."""
        self._dialogue.hang_up()

    def report(self) -> EndpointReport:
        """What was found by now."""
        report = self._talk.report(self.address, self._problems, self._earlier)
        return replace(report, relay=self._relay(report)) if self._wanted.relay else report

    def _relay(self, report: EndpointReport) -> Relay:
        """What the answers to the question mean; why not, where it could not be put."""
        replies = getattr(self._talk, "relay_replies", None)
        if replies is None or not self.reached.done():
            why = " ".join(found.text for found in report.problems)
            return untested(_("It could not be asked. {why}").format(why=why).strip())
        own = self.reached.result().link.own_address
        return concluded(report.offers_auth, replies, None, own, datetime.now(UTC))

    async def _ask(self) -> None:
        first = self._talk
        first.step = Step.LOOK_UP
        addresses = await self._find()
        first.step = Step.TURN
        service = addresses[0], self.endpoint.port
        try:
            async with self._manners.session(service):
                await self._dialogue.hold(addresses)
                if not self.ready:
                    self.hang_up()
        except HandshakeFailed as failure:
            first.transcript.note(f"TLS handshake failed: {failure.reason}")
            self.hang_up()
            await self._look_closer(first, failure)
        finally:
            self._note_silent()

    def _note_silent(self) -> None:
        if not self.reached.done():
            return
        connected = self.reached.result()
        self._problems += [
            problem(
                "address-without-answer",
                address=address,
                port=self.endpoint.port,
                other=connected.address,
            )
            for address in connected.silent
        ]

    async def _look_closer(self, first: Conversation, failure: HandshakeFailed) -> None:
        """See on a second connection, which nobody trusts, what is wrong with the TLS there."""
        address = self.address
        assert address is not None  # noqa: S101 - a handshake was tried there
        service = address, self.endpoint.port
        second = self._conversation()
        self._talk, self._dialogue = second, self._begin(second, failure)
        try:
            if self._manners.room(service):
                async with self._manners.session(service):
                    await self._dialogue.hold((address,))
                    self.hang_up()
        except (HandshakeFailed, Unreachable):
            pass  # what the first connection showed is told below
        finally:
            if second.tls is not None:
                self._earlier = first.transcript.lines
            else:
                self.hang_up()
                self._talk = first
                first.problems.append(_failed(self.endpoint, failure))

    def _look_at_certificates(self) -> None:
        """Read them once everything is said: it takes time, and nobody waits for it on the wire."""
        shown = self._dialogue.handshake
        if shown is None or self._talk.tls is None:
            return
        self._talk.tls = examined(
            shown,
            self.endpoint.host,
            datetime.now(UTC),
            self._dialogue.failure,
            self._pins,
            self._ca_files,
        )

    def _begin(self, talk: Conversation, failure: HandshakeFailed | None = None) -> Dialogue:
        context = self._context if failure is None else lenient()
        return Dialogue(talk, context, pins=self._pins, failure=failure, reached=self.reached)

    def _conversation(self) -> Conversation:
        wanted = self._wanted
        return conversation(self.endpoint, self._clock, stay=wanted.stay, relay=wanted.relay)

    def _no_answer(self) -> Problem:
        if self._talk.step is Step.TURN:
            return problem("not-asked", host=self.endpoint.host, port=self.endpoint.port)
        return problem(
            "no-answer",
            host=self.endpoint.host,
            port=self.endpoint.port,
            seconds=f"{self._loop.time() - self._began:.1f}",
            step=step_words(self._talk.step),
        )


def _clock(loop: asyncio.AbstractEventLoop, began: float) -> Clock:
    """Milliseconds since *began*. No method: a visit that its transcript held would hold itself."""
    return lambda: (loop.time() - began) * 1000


def _failed(endpoint: Endpoint, failure: HandshakeFailed) -> Problem:
    """No TLS came about on either connection: which of the two sides would not, and why."""
    if failure.verify_code is not None:
        return problem("certificate-not-trusted", reason=failure.reason)
    if endpoint.security is Security.STARTTLS:
        return problem("starttls-broken", reason=failure.reason)
    return problem("tls-failed", reason=failure.reason)
