# SPDX-License-Identifier: MPL-2.0
"""Asking DNS, with a deadline and with *no* and *unknown* kept apart."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _

if TYPE_CHECKING:
    import dns.asyncresolver
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
        import ipaddress  # noqa: PLC0415 - cheap, but only this option needs it

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
    in seconds and covers all retries of one look-up.
    """

    def __init__(self, nameserver: Nameserver | None = None, *, timeout: float = 2.0) -> None:
        self._nameserver = nameserver
        self._timeout = timeout
        self._resolver: dns.asyncresolver.Resolver | None = None

    async def srv(self, name: str) -> tuple[SrvRecord, ...]:
        """The SRV records of *name*, in the order of RFC 2782 without the dice."""
        answer = await self._ask(name, "SRV")
        records = [
            SrvRecord(r.priority, r.weight, r.port, r.target.to_text(omit_final_dot=True).lower())
            for r in answer
        ]
        # dnspython writes the root, "not offered", as "@" or ".".
        plain = [
            SrvRecord(r.priority, r.weight, r.port, "" if r.target in {"", ".", "@"} else r.target)
            for r in records
        ]
        return tuple(sorted(plain, key=lambda r: (r.priority, -r.weight, r.target, r.port)))

    async def mx(self, domain: str) -> tuple[str, ...]:
        """The hosts that take mail for *domain*, best first; none for a null MX (RFC 7505)."""
        answer = await self._ask(domain, "MX")
        found = sorted((r.preference, r.exchange.to_text(omit_final_dot=True)) for r in answer)
        return tuple(host.lower() for _preference, host in found if host not in {"", ".", "@"})

    async def addresses(self, host: str) -> tuple[str, ...]:
        """The A and AAAA records of *host*, IPv6 first (RFC 8305 §4)."""
        import asyncio  # noqa: PLC0415

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

    def _made(self) -> "dns.asyncresolver.Resolver":
        import dns.asyncresolver  # noqa: PLC0415 - 80 ms, only where DNS is asked
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
            self._resolver = resolver
        return self._resolver

    async def _ask(self, name: str, kind: str) -> "dns.resolver.Answer":
        import dns.exception  # noqa: PLC0415
        import dns.resolver  # noqa: PLC0415

        resolver = self._made()
        try:
            return await resolver.resolve(name + ".", kind, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer) as e:
            raise NoSuchName(name) from e
        except dns.exception.Timeout as e:
            text = _("no answer from the DNS server within {seconds:g} seconds")
            raise NoAnswer(text.format(seconds=self._timeout)) from e
        except dns.resolver.NoNameservers as e:
            raise NoAnswer(_("the DNS server could not answer for {name}").format(name=name)) from e
        except (dns.exception.DNSException, OSError) as e:
            raise NoAnswer(_("the DNS server could not be asked ({why})").format(why=e)) from e
