# SPDX-License-Identifier: MPL-2.0
"""What a person asked, and the port through which a flow asks back."""

from dataclasses import dataclass, replace
from typing import Literal
from typing import Protocol as Port

from clientcfg.discover.dns import Nameserver, Resolver
from clientcfg.model.address import Address
from clientcfg.model.client import Installation
from clientcfg.model.endpoint import Endpoint, Protocol, is_literal_loopback
from clientcfg.model.offer import Offer
from clientcfg.model.secret import Secret
from clientcfg.probe.extent import Extent
from clientcfg.probe.trust import Pin, Trust

# Discovery alone, and discovery with the probe after it (seconds).
FIND_TIMEOUT = 10.0
PROBE_TIMEOUT = 14.0


@dataclass(frozen=True, slots=True)
class Question:
    """A target and everything a person said about it. One meaning everywhere.

    Exactly one of ``address`` and ``name`` is the target, or neither where
    ``servers`` names what to ask. ``host``: ``name`` is a host, no discovery.
    ``username`` is for all servers, ``smtp_username`` where sending differs.
    ``accepted_weaker``: hosts that may protect the password less than before.
    ``send_address``: sources that need the whole address may have it;
    ``allow_http``: web servers may be asked without encryption; ``ispdb``:
    Thunderbird's live list of providers may learn the domain;
    ``guess``: usual names may be tried though a better source is unknown.
    ``all_tls_versions``: ask every endpoint for each version of TLS, not one of
    a kind. ``control``: a host that is known to answer on port 25.
    ``timeout`` in seconds covers the whole question.
    """

    address: Address | None = None
    name: str | None = None
    host: bool = False
    servers: tuple[Endpoint, ...] = ()
    username: str | None = None
    smtp_username: str | None = None
    real_name: str | None = None
    nameserver: Nameserver | None = None
    ca_files: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    accepted_hosts: frozenset[str] = frozenset()
    accepted_weaker: frozenset[str] = frozenset()
    offline: bool = False
    send_address: bool = False
    allow_http: bool = False
    ispdb: bool = False
    guess: bool = False
    probe: bool = True
    all_tls_versions: bool = False
    control: str | None = None
    timeout: float = PROBE_TIMEOUT

    @property
    def target(self) -> str:
        """The target in words: the address, the name, or the servers named."""
        if self.address is not None:
            return str(self.address)
        return self.name or ", ".join(str(s) for s in self.servers)

    @property
    def target_kind(self) -> str:
        """ "address", "domain" or "host", as scripts see it."""
        if self.address is not None:
            return "address"
        return "host" if self.host or self.name is None else "domain"

    @property
    def domain(self) -> str | None:
        """The domain whose servers are looked for, where there is one."""
        return self.address.domain if self.address is not None else self.name

    @property
    def trust(self) -> Trust:
        """Whom to trust: the system's authorities and what this person added."""
        return Trust(
            ca_files=self.ca_files,
            pinned=self.pins,
            named_loopback=frozenset(e for e in self.servers if is_literal_loopback(e.host)),
        )

    @property
    def extent(self) -> Extent:
        """How much is asked of each server."""
        versions: Literal["some", "all"] = "all" if self.all_tls_versions else "some"
        return Extent(versions=versions, both_families=True)

    def resolver(self) -> Resolver:
        """The resolver this person wants asked."""
        return Resolver(self.nameserver, timeout=min(self.timeout, 2.0))

    def user_for(self, protocol: Protocol, offered: str | None) -> str:
        """The user name for one protocol: said by the person, the source, or the address."""
        said = self.username
        if protocol is Protocol.SMTP and self.smtp_username is not None:
            said = self.smtp_username
        return said or offered or str(self.address or "")

    def within(self, seconds: float) -> "Question":
        """The same question with at most that much time."""
        return replace(self, timeout=min(self.timeout, seconds))


@dataclass(frozen=True, slots=True)
class PasswordWanted:
    """Asked only when it is needed. ``why`` is one sentence; ``username`` whose it is.

    ``store``: what to say of this system's password store, once it was asked.
    """

    username: str
    hosts: tuple[str, ...]
    why: str
    store: str | None = None


@dataclass(frozen=True, slots=True)
class HostToConfirm:
    """Nobody trustworthy named this server; a person has to agree before it gets a password."""

    offer: Offer
    domain: str


@dataclass(frozen=True, slots=True)
class ClientRuns:
    """The program is open, and would overwrite what we write."""

    installation: Installation


class Answerer(Port):
    """Who answers a flow's questions: a terminal, a window, a script in a test."""

    async def password(self, wanted: PasswordWanted) -> Secret | None:
        """The password; None where there is none to be had."""
        ...

    async def accept_host(self, host: HostToConfirm) -> bool:
        """Whether this server may get the credential."""
        ...

    async def wait_for_client(self, runs: ClientRuns) -> bool:
        """True: look again whether it is still open. False: give up."""
        ...

    async def go_on(self, review: object) -> bool:
        """Whether the plan in *review* (an ``events.Reviewed``) may be carried out."""
        ...
