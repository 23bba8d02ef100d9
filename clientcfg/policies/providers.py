# SPDX-License-Identifier: MPL-2.0
"""Every provider that is known, found by submission host or by e-mail domain."""

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from clientcfg.model.endpoint import Endpoint, is_literal_loopback
from clientcfg.model.policy import Policy, Rules
from clientcfg.model.trouble import WrongUsage
from clientcfg.policies.schema import ID, read_policy
from clientcfg.rooms import profile_path
from clientcfg.words import _


class Providers:
    """Policies by id. Raises :class:`WrongUsage` for a file that cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._policies = {path.stem: read_policy(path) for path in _files(folder)}
        self._by_host = _index(folder, self._policies.values(), "hosts")
        self._by_domain = _index(folder, self._policies.values(), "domains")

    @classmethod
    def load(cls) -> "Providers":
        """Those of this installation."""
        return cls(profile_path("providers"))

    def all(self) -> tuple[Policy, ...]:
        """Every policy, by id."""
        return tuple(self._policies.values())

    def of_host(self, host: str) -> Policy | None:
        """Whose submission host that is."""
        return _find(self._by_host, host)

    def of_domain(self, domain: str | None) -> Policy | None:
        """Whose e-mail domain that is."""
        return None if domain is None else _find(self._by_domain, domain)

    def rules(
        self,
        day: date,
        endpoints: Iterable[Endpoint],
        *,
        domain: str | None = None,
        named: Collection[Endpoint] = (),
    ) -> Rules:
        """What holds at *endpoints* on *day* for a mailbox of *domain*.

        *named* are those that the person named: whose they are is told by the
        host alone, for a relay of one's own is not where the mailbox is.
        """
        home = self.of_domain(domain)
        found = []
        for endpoint in endpoints:
            host = self.of_host(endpoint.host)
            stranger = endpoint in named or is_literal_loopback(endpoint.host)
            policy = host if host is not None or stranger else home
            # One house, two kinds of mailbox behind one host: the address tells which.
            if host and home and home.oauth2 and host.oauth2 == home.oauth2:
                policy = home
            if policy is not None:
                found.append((endpoint, policy))
        return Rules(day, tuple(found), home)


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as e:
        raise _bad(folder, e.strerror or type(e).__name__) from e
    for path in found:
        if not ID.fullmatch(path.stem):
            raise _bad(path, _("its name must be lower-case words and hyphens"))
    return found


def _index(folder: Path, policies: Iterable[Policy], key: str) -> dict[str, Policy]:
    index: dict[str, Policy] = {}
    for policy in policies:
        for name in getattr(policy, key):
            owner = index.setdefault(name, policy)
            if owner is not policy:
                raise _bad(
                    folder / f"{policy.id}.toml",
                    _("{name} is also recognised as {other}").format(name=name, other=owner.id),
                )
    return index


def _find(index: dict[str, Policy], name: str) -> Policy | None:
    if name in index:
        return index[name]
    above = name
    while "." in above:
        above = above.partition(".")[2]
        if f".{above}" in index:
            return index[f".{above}"]
    return None


def _bad(path: Path, what: str) -> WrongUsage:
    return WrongUsage(
        "bad-profile",
        _("The profile {path} cannot be used: {what}.").format(path=path, what=what),
        _("Correct the file, or take it away."),
    )
