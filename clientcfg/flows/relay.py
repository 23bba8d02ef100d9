# SPDX-License-Identifier: MPL-2.0
"""Do the servers take mail for elsewhere, before and after a log-in to the mailbox?

Asked only where a person wants it: one question a server, with that person's
own addresses, and never DATA. The password goes to the mailbox server alone,
and only inside TLS that verified.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from typing import Final

from clientcfg.flows.choose import Choice, agree_on_hosts, choose_incoming
from clientcfg.flows.door import Door
from clientcfg.flows.events import Event, ProbeDone, Proved
from clientcfg.flows.probe import resolve_for
from clientcfg.flows.prove import ask_password, log_in_everywhere
from clientcfg.flows.question import Answerer, Question
from clientcfg.flows.relay_tests import RelayTests
from clientcfg.flows.remembered import Remembered
from clientcfg.model.address import Address
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.relay import Regime, Relay, RelayQuestion
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import Trouble, WrongUsage
from clientcfg.probe.driver import probe_all
from clientcfg.probe.extent import Extent
from clientcfg.probe.relay import Stand, concluded, stand, untested
from clientcfg.sasl import SUPPORTED
from clientcfg.words import _

# Servers look at the time of their map of addresses in steps of a second.
WAIT: Final = 2.0

_ON_THE_SERVER: Final = (
    "postconf smtpd_client_restrictions smtpd_relay_restrictions mynetworks; "
    "grep -iE '^K(relayers|drac|popauth)' /etc/mail/sendmail.cf"
)


@dataclass(frozen=True, slots=True)
class RelayTest:
    """``elsewhere``: an address of the person's own at another domain.

    ``compare``: log in to the mailbox in between, and see whether that opens the way.
    """

    elsewhere: Address
    compare: bool


class TestOfRelaying:
    """One test. ``remembered`` and ``kept`` None: nothing is held against anything."""

    __test__ = False  # not for pytest

    def __init__(
        self,
        question: Question,
        test: RelayTest,
        answerer: Answerer,
        remembered: Remembered | None = None,
        kept: RelayTests | None = None,
    ) -> None:
        self._question = question
        self._test = test
        self._answerer = answerer
        self._door = Door(question, remembered)
        self._kept = kept
        self._asked = RelayQuestion(_sender(question, test), _path(test.elsewhere))

    async def run(self, probed: ProbeDone) -> AsyncIterator[Event]:
        """Ask each server that *probed* reached; ends with a :class:`ProbeDone` that tells it.

        Raises a :class:`Trouble` where a log-in that was wanted fails.
        """
        reports = {r.endpoint: r for r in probed.report.endpoints}
        entrances = _entrances(probed.report.endpoints)
        found: dict[Endpoint, Relay] = {}
        for entrance in entrances:
            again = self._kept.of(entrance.host) if self._kept is not None else None
            if again is not None and not self._test.compare:
                found[entrance] = again
                continue
            yield Proved("relay", None, _asking(entrance))
            found[entrance] = await self._ask(entrance)
        closed = [e for e in entrances if stand(found[e].replies) is Stand.REFUSED]
        if self._test.compare and closed:
            async for event in self._compare(probed, closed, found, reports):
                yield event
        if self._kept is not None:
            for entrance, relay in found.items():
                self._kept.keep(entrance.host, relay)
        told = tuple(_told(report, found) for report in probed.report.endpoints)
        yield replace(probed, report=replace(probed.report, endpoints=told))

    async def _ask(self, entrance: Endpoint) -> Relay:
        extent = Extent(relay=self._asked, relay_at=frozenset({entrance}))
        question = self._question
        async for report in probe_all(
            [entrance],
            trust=question.trust,
            timeout=question.timeout,
            resolve=resolve_for(question),
            extent=extent,
        ):
            if report.relay is not None:
                return report.relay
        return untested(_("It could not be asked."))

    async def _compare(
        self,
        probed: ProbeDone,
        closed: Iterable[Endpoint],
        found: dict[Endpoint, Relay],
        reports: dict[Endpoint, EndpointReport],
    ) -> AsyncIterator[Event]:
        """Log in to the mailbox, wait, and put the same question again."""
        mailbox = self._mailbox(probed)
        if isinstance(mailbox, str):
            for entrance in closed:
                found[entrance] = replace(found[entrance], regime=Regime.UNKNOWN, text=mailbox)
            return
        await agree_on_hosts((mailbox,), self._question, self._answerer)
        self._door.refuse_weaker((mailbox,), probed.report)
        why = _("To log in to the mailbox and see whether that opens the way to send.")
        secret = await ask_password((mailbox,), self._answerer, why)
        async for event in log_in_everywhere(self._door, (mailbox,), secret):
            yield event
        await asyncio.sleep(WAIT)
        for entrance in closed:
            yield Proved("relay", None, _asking(entrance))
            after = await self._ask(entrance)
            before = found[entrance]
            at = after.at or before.at
            assert at is not None  # noqa: S101 - an answer has its time
            found[entrance] = _open_for_a_while(
                concluded(
                    reports[entrance].offers_auth,
                    before.replies,
                    after.replies,
                    before.tested_from,
                    at,
                )
            )

    def _mailbox(self, probed: ProbeDone) -> Choice | str:
        """Where to log in; in words why nowhere."""
        try:
            choice = choose_incoming(self._question, probed, SUPPORTED.__contains__)
        except Trouble as trouble:
            why = trouble.text
        else:
            if choice is not None and choice.login.endpoint.security is not Security.PLAIN:
                return choice
            why = _("No mailbox server with TLS is known.")
        return _(
            "Unknown: to see whether fetching mail opens the way, the password would have to go"
            " in the clear or to a server that is not trusted. {why} On the server an"
            " administrator can see it with: {command}"
        ).format(why=why, command=_ON_THE_SERVER)


def _entrances(reports: Iterable[EndpointReport]) -> tuple[Endpoint, ...]:
    """One endpoint a host: port 25, where there is the most to be learnt, else the next best."""
    sending = [r for r in reports if r.endpoint.protocol is Protocol.SMTP and r.reachable]
    sending.sort(key=lambda r: (r.endpoint.port != 25, r.endpoint.port != 587))
    first: dict[str, Endpoint] = {}
    for report in sending:
        first.setdefault(report.endpoint.host, report.endpoint)
    return tuple(first.values())


def _told(report: EndpointReport, found: dict[Endpoint, Relay]) -> EndpointReport:
    if report.endpoint.protocol is not Protocol.SMTP:
        return report
    relay = found.get(report.endpoint)
    if relay is None:
        same = next((e for e in found if e.host == report.endpoint.host), None)
        text = (
            _("Not asked: one test a server, and it was put to port {port}.").format(port=same.port)
            if same is not None
            else _("Not asked: no server answered there.")
        )
        relay = untested(text)
    return replace(report, relay=relay)


def _open_for_a_while(relay: Relay) -> Relay:
    if relay.regime not in {Regime.BOTH, Regime.POP_BEFORE_SMTP}:
        return relay
    text = _(
        "{text} Your address counts as logged in there for a while now, for everybody who"
        " shares it."
    )
    return replace(relay, text=text.format(text=relay.text))


def _asking(entrance: Endpoint) -> str:
    return _("Asking {host}, port {port}, whether it takes mail for elsewhere").format(
        host=entrance.host, port=entrance.port
    )


def _sender(question: Question, test: RelayTest) -> str:
    """The person's address there; for a host that was named, the one elsewhere."""
    own = question.address
    if own is not None and own.domain == test.elsewhere.domain:
        raise WrongUsage(
            "not-elsewhere",
            _("{address} is not elsewhere: the server takes mail for its own domain.").format(
                address=test.elsewhere
            ),
            _("Name an address of yours at another provider with --relay-test."),
        )
    return _path(own or test.elsewhere)


def _path(address: Address) -> str:
    """*address* as MAIL and RCPT take it everywhere."""
    if not address.local.isascii():
        raise WrongUsage(
            "address-not-ascii",
            _("{address} cannot be asked about: not every server takes such letters.").format(
                address=address
            ),
            _("Name an address in plain letters."),
        )
    return str(address)
