# SPDX-License-Identifier: MPL-2.0
"""Everything about one endpoint: over each family of addresses, and its TLS versions.

A host with both families is visited over both at the same time. The report is
about the one that a program would get, with a quarter second's head start for
the family that the resolver names first (RFC 8305); the other is held beside it.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.report import EndpointReport, Family, FamilyAnswer, Problem, Tls
from clientcfg.probe.connect import HEAD_START
from clientcfg.probe.extent import Extent
from clientcfg.probe.manners import Manners
from clientcfg.probe.trust import Trust
from clientcfg.probe.versions import Candidates, Takes, ask_versions, with_versions
from clientcfg.probe.visit import Find, Visit, Wanted
from clientcfg.probe.words import problem

# How much longer than the first answer a second one may take (seconds, at least).
PATIENCE = 1.0

_NAMES = {Family.IPV4: "IPv4", Family.IPV6: "IPv6"}
# This machine's own lack says nothing about the server.
_NOT_THEIRS = frozenset({"no-route"})


class Inquiry:
    """Ask *endpoint* as far as *extent* says; *find* gives the addresses of its host."""

    def __init__(
        self,
        endpoint: Endpoint,
        trust: Trust,
        find: Find,
        deadline: float,
        manners: Manners,
        extent: Extent,
        candidates: Candidates | None = None,
    ) -> None:
        self.endpoint = endpoint
        self._trust = trust
        self._find = find
        self._deadline = deadline
        self._manners = manners
        self._extent = extent
        self._candidates = candidates
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._other: Visit | None = None
        self._beside: asyncio.Task[None] | None = None
        self._family: Family | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._versions: Takes | None = None
        both = extent.both_families
        self._first = self._visit(self._first_family if both else find, relay=True)

    async def run(self) -> EndpointReport:
        """The report. Raises nothing for the network."""
        if not self._extent.both_families and self._extent.versions == "none":
            await self._first.run()
            return self._first.report()
        try:
            first = self._start(self._first.run())
            versions = self._start(self._ask_versions())
            await asyncio.wait({first})
            await self._wait_for_the_rest({*self._tasks, versions} - {first})
            for task in self._tasks:
                if task.done():
                    task.result()  # a defect of ours is told, not lost
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        return self._report()

    def expect_connection(self, by: float) -> None:
        """Give up what has no connection by then (loop time)."""
        self._loop.call_at(by, self._give_up_unless_connected)

    def _give_up_unless_connected(self) -> None:
        for visit in (self._first, self._other):
            if visit is not None and not visit.reached.done():
                visit.hurry(self._loop.time())

    def _visit(self, find: Find, *, relay: bool) -> Visit:
        asked = self._extent.relay_for(self.endpoint) if relay else None
        return Visit(
            self.endpoint, self._trust, find, self._deadline, self._manners, Wanted(relay=asked)
        )

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._tasks.append(task)
        return task

    async def _first_family(self) -> tuple[str, ...]:
        """The addresses of the family named first; a visit over the other one begins."""
        found = await self._find()
        family = Family.of(found[0])
        first = tuple(a for a in found if Family.of(a) is family)
        second = tuple(a for a in found if Family.of(a) is not family)
        if not second or not self._manners.room((second[0], self.endpoint.port)):
            return found

        async def rest() -> tuple[str, ...]:
            return second

        self._family = family
        self._other = self._visit(rest, relay=False)
        self._beside = self._start(self._visit_beside(self._other))
        return first

    async def _visit_beside(self, other: Visit) -> None:
        """The other family; where it answers and the first one does not, that need not go on."""
        await other.run()
        if other.address is not None and not self._first.reached.done():
            now = self._loop.time()
            self._first.hurry(now + max(PATIENCE, now - self._began))

    async def _wait_for_the_rest(self, rest: set["asyncio.Task[None]"]) -> None:
        now = self._loop.time()
        patience = now + max(PATIENCE, now - self._began)
        if self._first.address is None:
            # Nothing answered there: the other family has all the time there is.
            patience = self._deadline
        elif self._other is not None:
            self._other.hurry(patience)
        limit = min(patience, self._deadline) + 0.05  # a visit says by itself where it stood
        if rest:
            await asyncio.wait(rest, timeout=max(0.0, limit - now))

    async def _ask_versions(self) -> None:
        candidates, endpoint = self._candidates, self.endpoint
        wanted = self._all_versions or candidates is not None
        if endpoint.security is Security.PLAIN or not wanted:
            return
        address = await self._first_address()
        if candidates is not None:
            if address is None:
                candidates.out(endpoint)
                return
            candidates.connected(endpoint)
            if not await candidates.is_chosen(endpoint):
                return
        if address is not None:
            self._versions = await ask_versions(endpoint, address, self._manners)

    async def _first_address(self) -> str | None:
        """The first address that takes a connection; None where none does."""
        await _reached_or_over(self._first, self._tasks[0])
        if self._first.address is None and self._other is not None and self._beside is not None:
            await _reached_or_over(self._other, self._beside)
            return self._other.address
        return self._first.address

    @property
    def _all_versions(self) -> bool:
        return self._extent.versions == "all"

    def _report(self) -> EndpointReport:
        first, other = self._first, self._other
        told = first if other is None or _answers_first(first, other) else other
        report = told.report()
        if self._versions is not None and report.tls is not None:
            known = with_versions(report.tls, self._versions)
            report = replace(report, tls=replace(report.tls, versions=known))
        if other is None or self._family is None:
            return report
        beside = other if told is first else first
        family = self._family if told is first else _opposite(self._family)
        return side_by_side(report, beside.report(), family)


async def _reached_or_over(visit: Visit, task: "asyncio.Task[None]") -> None:
    either: list[asyncio.Future[Any]] = [task, visit.reached]
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)


def _answers_first(first: Visit, other: Visit) -> bool:
    """Whether a program that gives the *first* family a head start would get it."""
    if first.connected_at is None or other.connected_at is None:
        return first.connected_at is not None or other.connected_at is None
    return first.connected_at <= other.connected_at + HEAD_START


def side_by_side(report: EndpointReport, beside: EndpointReport, family: Family) -> EndpointReport:
    """*report*, which came over *family*, with what the other one gave, and their differences."""
    answers = (_answer(family, report), _answer(_opposite(family), beside))
    found: list[Problem] = []
    port = report.endpoint.port
    if report.reachable and beside.reachable:
        if _face(report) != _face(beside):
            six, four = sorted((report.address or "", beside.address or ""), key=_is_four)
            found.append(problem("families-differ", six=six, four=four, port=port))
    elif report.reachable and not {p.code for p in beside.problems} & _NOT_THEIRS:
        silent = beside.address or _NAMES[_opposite(family)]
        answered = report.address
        found.append(problem("address-without-answer", address=silent, port=port, other=answered))
    families = tuple(sorted(answers, key=lambda answer: answer.family))
    return replace(report, problems=(*found, *report.problems), families=families)


def _answer(family: Family, report: EndpointReport) -> FamilyAnswer:
    return FamilyAnswer(family, report.address, report.reachable, report.problems)


def _opposite(family: Family) -> Family:
    return Family.IPV6 if family is Family.IPV4 else Family.IPV4


def _is_four(address: str) -> bool:
    return ":" not in address


def _face(report: EndpointReport) -> tuple[object, ...]:
    """What a program sees of a server: who it is, and which log-ins it takes."""
    return (report.auth, report.auth_before_tls, report.trusted, _print(report.tls))


def _print(tls: Tls | None) -> str | None:
    return tls.certificate.sha256 if tls is not None and tls.certificate is not None else None
