# SPDX-License-Identifier: MPL-2.0
"""A probe's report as rows and sentences: what the terminal, a ticket and others show alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from clientcfg.advise.meaning import meanings
from clientcfg.model.days import day_in_words, time_of_day
from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.phrases import encryption
from clientcfg.model.relay import Relay
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Row:
    """One endpoint in a table. ``good``: a password is safe there, or nothing was encrypted."""

    good: bool
    port: str
    encryption: str
    inside: str
    clear: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and where it holds; ``good`` as :class:`Meaning` has it."""

    text: str
    where: str
    good: bool | None

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


def row(e: EndpointReport) -> Row:
    """*e* in a table's cells."""
    plain = e.endpoint.security is Security.PLAIN
    secured = encryption(e.endpoint.security)
    if not e.reachable:
        return Row(False, port(e.endpoint), secured, _("no answer"), "")
    own = _("the protocol’s own log-in") if e.password_login else ""
    before = _("the protocol’s own log-in") if e.password_login_before_tls else ""
    inside = _("–") if plain else _mechanisms(e.auth, own)
    clear = {
        Security.PLAIN: _mechanisms(e.auth, own),
        Security.STARTTLS: _mechanisms(e.auth_before_tls, before),
        Security.TLS: _("–"),
    }[e.endpoint.security]
    if e.tls is not None:
        kind = "" if e.endpoint.security is Security.TLS else f"{secured}, "
        secured = f"{kind}TLS {e.tls.version}"
    return Row(e.trusted or plain, port(e.endpoint), secured, inside, clear)


def port(endpoint: Endpoint) -> str:
    """An endpoint within its host: "SMTP 587"."""
    return f"{endpoint.protocol.upper()} {endpoint.port}"


def sentences(report: ServerReport) -> tuple[Sentence, ...]:
    """What was seen means this; each sentence once, with the endpoints it is about.

    What is wrong comes first, then what could be better, then what is good.
    """
    said: dict[tuple[str, bool | None], list[Endpoint]] = {}
    for e in report.endpoints:
        faults = (*e.problems, *(e.tls.problems if e.tls is not None else ()))
        told: list[tuple[str, bool | None]] = [(p.text, False) for p in faults]
        told += [(m.text, m.good) for m in meanings(e)]
        for key in dict.fromkeys(told):
            said.setdefault(key, []).append(e.endpoint)
    place = _places(report)
    found = [Sentence(text, place(where), good) for (text, good), where in said.items()]
    return tuple(sorted(found, key=lambda s: (s.good is not False, s.good is True)))


def where(endpoints: Iterable[Endpoint], report: ServerReport) -> str:
    """The endpoints of something that holds for several: "All", "SMTP 25, 587", …"""
    return _places(report)(list(endpoints))


def relay_lines(relay: Relay, day_of: Callable[[date], str] = day_in_words) -> Iterable[str]:
    """The answer to a relay test, with its vantage and its evidence; *day_of* writes its day."""
    if relay.tested and relay.tested_from is not None and relay.at is not None:
        yield _("{text} Asked from {address} on {day} at {time} UTC.").format(
            text=relay.text,
            address=relay.tested_from,
            day=day_of(relay.at.date()),
            time=time_of_day(relay.at),
        )
    else:
        yield relay.text
    yield from relay.evidence


def _places(report: ServerReport) -> Callable[[list[Endpoint]], str]:
    many = len({e.endpoint.host for e in report.endpoints}) > 1

    def said(endpoints: list[Endpoint]) -> str:
        if len(endpoints) == len(report.endpoints) > 1:
            return _("All")
        names: dict[str, list[str]] = {}
        for endpoint in endpoints:
            host = f"{endpoint.host} " if many else ""
            names.setdefault(host + endpoint.protocol.upper(), []).append(str(endpoint.port))
        return ", ".join(
            f"{name} {', '.join(dict.fromkeys(ports))}" for name, ports in names.items()
        )

    return said


def _mechanisms(listed: Iterable[str] | None, instead: str) -> str:
    if listed is None:
        return instead or _("not seen")
    return " ".join(listed) or instead or _("none offered")
