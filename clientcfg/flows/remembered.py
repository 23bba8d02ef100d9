# SPDX-License-Identifier: MPL-2.0
"""How well each account's log-ins were protected, so that nobody can talk us into less.

Kept after every log-in that succeeded over a verified channel, by address,
protocol and host, in one small file of the state directory. No secret is in it.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from clientcfg.changes.disk import Disk
from clientcfg.changes.disk_trouble import shown
from clientcfg.flows.question import Question
from clientcfg.flows.state_file import StateFile
from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import TrustedChannel
from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import Refused
from clientcfg.words import _

_SOUND = frozenset({"1.2", "1.3"})  # RFC 8996


class Weaker(Refused):
    """``host`` would protect the password less than it did; code "weaker-than-before"."""

    def __init__(self, host: str, text: str, *advice: str) -> None:
        super().__init__("weaker-than-before", text, *advice)
        self.host = host


@dataclass(frozen=True, slots=True)
class Protection:
    """What stood between a password and a stranger.

    ``tls``: its version, None where there was none. ``scram``: the password
    itself was not told to the server, or need not be. ``vouched``: an
    authority stands for the certificate, not the person's word alone.
    """

    tls: str | None
    scram: bool
    vouched: bool

    def with_best_of(self, other: "Protection | None") -> "Protection":
        """The better of both in every respect."""
        if other is None:
            return self
        sound = self if self.tls in _SOUND or other.tls is None else other
        return Protection(sound.tls, self.scram or other.scram, self.vouched or other.vouched)


def offered(report: EndpointReport, question: Question) -> Protection:
    """What a log-in there could have now."""
    return Protection(
        tls=None if report.tls is None else report.tls.version,
        scram=any(m.startswith("SCRAM-") for m in report.auth or ()),
        vouched=not question.trust.pins(report.endpoint),
    )


def as_named(endpoint: Endpoint, question: Question) -> Protection:
    """The same where nobody was asked: what is not known counts as good."""
    encrypted = endpoint.security is not Security.PLAIN
    return Protection("1.3" if encrypted else None, True, not question.trust.pins(endpoint))


def weaker(then: Protection, now: Protection) -> tuple[str, ...]:
    """In which respects *now* is less than *then*, in words."""
    found = []
    if then.tls is not None and now.tls is None:
        found.append(_("The connection was encrypted before, and would not be now."))
    elif then.tls in _SOUND and now.tls not in _SOUND:
        found.append(
            _("It was encrypted with TLS {then} before, and would be with TLS {now}.").format(
                then=then.tls, now=now.tls
            )
        )
    if then.scram and not now.scram:
        found.append(
            _("It offered a log-in before that does not tell it the password (SCRAM); now it"
              " offers none.")
        )  # fmt: skip
    if then.vouched and now.tls is not None and not now.vouched:
        found.append(
            _("An authority vouched for its certificate before; now only your own word would.")
        )
    return tuple(found)


class Remembered:
    """The file, by way of a :class:`Disk`. Methods raise :class:`Trouble`."""

    def __init__(self, directory: Path, disk: Disk) -> None:
        self._file = StateFile(directory, disk, "remembered.json")

    def of(self, address: str, endpoint: Endpoint) -> Protection | None:
        """What the best log-in there was protected by; None where there was none yet."""
        return self._read().get(_key(address, endpoint))

    def refuse_weaker(self, question: Question, login: ServerLogin, now: Protection) -> None:
        """Raises :class:`Refused` "weaker-than-before", unless the person accepted it by name."""
        host = login.endpoint.host
        then = self.of(str(question.address or ""), login.endpoint)
        faults = () if then is None else weaker(then, now)
        if faults and host not in question.accepted_weaker:
            raise Weaker(
                host,
                _("{host} would protect your password less than before. {why}").format(
                    host=host, why=" ".join(faults)
                ),
                _("Try again from another network: somebody in this one may be in between."),
                _("Ask the server’s administrator whether that is meant."),
                _("If it is, say so with --accept-weaker {host}").format(host=host),
            )

    def keep(self, question: Question, login: ServerLogin, channel: TrustedChannel) -> None:
        """Write down how this log-in, which succeeded, was protected.

        The best of all is kept; where the person accepted less, what was accepted.
        """
        if channel.proof.why == "named-loopback":
            return
        used = Protection(
            tls=channel.report.tls.version if channel.report.tls is not None else None,
            scram=login.mechanism.startswith("SCRAM-"),
            vouched=channel.proof.why == "verified-tls",
        )
        key = _key(str(question.address or ""), login.endpoint)
        accepted = login.endpoint.host in question.accepted_weaker
        known = self._read().get(key)
        if known == (used if accepted else used.with_best_of(known)):
            return
        with self._file.alone():
            all_known = self._read()
            all_known[key] = used if accepted else used.with_best_of(all_known.get(key))
            self._write(all_known)

    def _read(self) -> dict[tuple[str, str, str], Protection]:
        content = self._file.read()
        if content is None:
            return {}
        try:
            rows = json.loads(content)["servers"]
            return {
                (str(row["address"]), str(row["protocol"]), str(row["host"])): _protection(row)
                for row in rows
            }
        except (ValueError, TypeError, KeyError, RecursionError):
            raise Refused(
                "remembered-unreadable",
                _(
                    "{path} cannot be read, so nobody can tell whether a server protects your"
                    " password less than before."
                ).format(path=shown(self._file.path)),
                _("If you changed or damaged it yourself, remove it to begin anew."),
            ) from None

    def _write(self, known: dict[tuple[str, str, str], Protection]) -> None:
        rows = [
            {"address": address, "protocol": protocol, "host": host, **asdict(protection)}
            for (address, protocol, host), protection in sorted(known.items())
        ]
        content = json.dumps({"format": 1, "servers": rows}, indent=1).encode("ascii")
        self._file.write(content)


def _key(address: str, endpoint: Endpoint) -> tuple[str, str, str]:
    return (address.casefold(), endpoint.protocol.value, endpoint.host)


def _protection(row: dict[str, Any]) -> Protection:
    tls, scram, vouched = row["tls"], row["scram"], row["vouched"]
    if not isinstance(tls, str | None) or not isinstance(scram, bool | None):
        raise TypeError("not a protection")
    return Protection(tls, bool(scram), bool(vouched))
