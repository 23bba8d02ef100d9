# SPDX-License-Identifier: MPL-2.0
"""Asking DNS, with a deadline and with *no* and *unknown* kept apart."""

import asyncio
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

if TYPE_CHECKING:
    import dns.asyncresolver
    import dns.name
    import dns.resolver


@dataclass(frozen=True, slots=True)
class SrvRecord:
    """RFC 2782: lower priority first; ``target`` "" means "not offered here"."""

    priority: int
    weight: int
    port: int
    target: str


class NoSuchName(Exception):
    """DNS answered, and the answer is that there is no such record."""


class NoSuchDomain(NoSuchName):
    """NXDOMAIN: there is nothing at that name and nothing below it (RFC 8020)."""


class NoAnswer(Exception):
    """DNS could not be asked: time-out, refusal, server failure. The text says which."""


@dataclass(frozen=True, slots=True)
class Nameserver:
    """A resolver that a person named. ``host`` is a literal address."""

    host: str
    port: int = 53

    @classmethod
    def parse(cls, text: str) -> "Nameserver":
        """Read ``HOST[:PORT]``; IPv6 in brackets. Raises :class:`WrongUsage`."""
        host, port = text.strip(), "53"
        if host.startswith("["):
            host, _bracket, rest = host[1:].partition("]")
            port = rest[1:] if rest.startswith(":") else "53"
        elif host.count(":") == 1:
            host, port = host.split(":")
        try:
            address = str(ipaddress.ip_address(host))
            number = int(port)
        except ValueError:
            address, number = "", 0
        if not address or not 0 < number < 65536:
            raise WrongUsage(
                "not-a-resolver",
                _("“{text}” is not the address of a DNS server.").format(text=text),
                _("Write its address in digits, with a port if it is not 53: 192.0.2.1:53."),
            )
        return cls(address, number)


class Resolver:
    """Looks names up, at the system's resolver or at the one that was named.

    Each look-up raises :class:`NoSuchName` or :class:`NoAnswer`; ``timeout`` is
    in seconds and covers all retries of one look-up. A name is asked once for
    all who want to know it, so a resolver serves one question, in one event loop.
    """

    def __init__(self, nameserver: Nameserver | None = None, *, timeout: float = 2.0) -> None:
        self._nameserver = nameserver
        self._timeout = timeout
        self._resolver: dns.asyncresolver.Resolver | None = None
        self._asked: dict[tuple[str, str], asyncio.Task[dns.resolver.Answer]] = {}

    def begin(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Ask for these names and kinds now; who wants to know them will not have to wait."""
        for name, kind in wanted:
            self._task(name, kind)

    async def srv(self, name: str) -> tuple[SrvRecord, ...]:
        """The SRV records of *name*, in the order of RFC 2782 without the dice."""
        records = [
            SrvRecord(r.priority, r.weight, r.port, _host(r.target))
            for r in await self._ask(name, "SRV")
        ]
        return tuple(sorted(records, key=lambda r: (r.priority, -r.weight, r.target, r.port)))

    async def mx(self, domain: str) -> tuple[str, ...]:
        """The hosts that take mail for *domain*, best first; none for a null MX (RFC 7505)."""
        answer = await self._ask(domain, "MX")
        found = sorted((r.preference, _host(r.exchange)) for r in answer)
        return tuple(host for _preference, host in found if host)

    async def ns(self, domain: str) -> tuple[str, ...]:
        """The name servers of the zone *domain*, by name."""
        return tuple(sorted(_host(r.target) for r in await self._ask(domain, "NS")))

    async def txt(self, name: str) -> tuple[str, ...]:
        """The TXT records of *name*, the character strings of each put together (RFC 7208 §3.3)."""
        answer = await self._ask(name, "TXT")
        return tuple(b"".join(r.strings).decode("utf-8", "replace") for r in answer)

    async def addresses(self, host: str) -> tuple[str, ...]:
        """The A and AAAA records of *host*, IPv6 first (RFC 8305 §4)."""
        found: list[str] = []
        trouble: Exception | None = None
        for answer in await asyncio.gather(
            self._ask(host, "AAAA"), self._ask(host, "A"), return_exceptions=True
        ):
            if isinstance(answer, BaseException):
                if not isinstance(answer, NoSuchName | NoAnswer):
                    raise answer
                trouble = answer if not isinstance(trouble, NoAnswer) else trouble
            else:
                found += [r.address for r in answer]
        if not found and trouble is not None:
            raise trouble
        return tuple(found)

    async def canonical(self, host: str) -> str:
        """The name at the end of the aliases of *host* (RFC 1034 §3.6.2)."""
        return _host((await self._ask(host, "A")).canonical_name)

    async def secured(self, name: str, kind: str) -> bool:
        """Whether a resolver on this very machine says that DNSSEC secured the answer.

        Its AD bit is worth as much as the way to it (RFC 6840 §5.8), so none
        but a loopback resolver is believed.
        """
        import dns.flags  # noqa: PLC0415

        answer = await self._ask(name, kind)
        try:
            here = ipaddress.ip_address(str(answer.nameserver)).is_loopback
        except ValueError:
            return False
        return here and bool(answer.response.flags & dns.flags.AD)

    def forget(self) -> None:
        """Call off what nobody waits for any more."""
        for task in self._asked.values():
            task.cancel()

    def _made(self) -> "dns.asyncresolver.Resolver":
        import dns.asyncresolver  # noqa: PLC0415 - 80 ms, only where DNS is asked
        import dns.flags  # noqa: PLC0415
        import dns.resolver  # noqa: PLC0415

        if self._resolver is None:
            try:
                resolver = dns.asyncresolver.Resolver(configure=self._nameserver is None)
            except dns.resolver.NoResolverConfiguration as e:
                raise NoAnswer(_("this machine names no DNS server")) from e
            if self._nameserver is not None:
                resolver.nameservers = [self._nameserver.host]
                resolver.port = self._nameserver.port
            resolver.lifetime = self._timeout
            resolver.flags = dns.flags.RD | dns.flags.AD
            self._resolver = resolver
        return self._resolver

    def _task(self, name: str, kind: str) -> "asyncio.Task[dns.resolver.Answer]":
        task = self._asked.get((name, kind))
        if task is None:
            task = asyncio.create_task(self._look_up(name, kind))
            task.add_done_callback(_take_note)
            self._asked[name, kind] = task
        return task

    async def _ask(self, name: str, kind: str) -> "dns.resolver.Answer":
        # Who gives up waiting does not take the answer from the others.
        return await asyncio.shield(self._task(name, kind))

    async def _look_up(self, name: str, kind: str) -> "dns.resolver.Answer":
        import dns.exception  # noqa: PLC0415
        import dns.message  # noqa: PLC0415
        import dns.name  # noqa: PLC0415
        import dns.resolver  # noqa: PLC0415

        resolver = self._made()
        try:
            return await resolver.resolve(name + ".", kind, search=False)
        except dns.resolver.NXDOMAIN as e:
            raise NoSuchDomain(name) from e
        except dns.resolver.NoAnswer as e:
            raise NoSuchName(name) from e
        except (dns.name.NameTooLong, dns.name.LabelTooLong, dns.name.EmptyLabel) as e:
            # What cannot be a name does not exist either.
            raise NoSuchName(name) from e
        except dns.exception.Timeout as e:
            text = _("no answer from the DNS server within {seconds:g} seconds")
            raise NoAnswer(text.format(seconds=self._timeout)) from e
        except dns.message.ChainTooLong as e:
            text = _("the DNS records of {name} lead in a circle")
            raise NoAnswer(text.format(name=name)) from e
        except dns.resolver.NoNameservers as e:
            raise NoAnswer(_("the DNS server could not answer for {name}").format(name=name)) from e
        except (dns.exception.DNSException, OSError) as e:
            raise NoAnswer(_("the DNS server could not be asked ({why})").format(why=e)) from e


def _host(name: "dns.name.Name") -> str:
    """A name of a record in lower case; "" for the root, which means "not offered"."""
    # dnspython writes the root as "@" or ".".
    text = name.to_text(omit_final_dot=True).lower()
    return "" if text in {"", ".", "@"} else text


def _take_note(task: "asyncio.Task[dns.resolver.Answer]") -> None:
    """What nobody waited for is no error."""
    if not task.cancelled():
        task.exception()
