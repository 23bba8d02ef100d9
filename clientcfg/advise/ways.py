# SPDX-License-Identifier: MPL-2.0
"""Every way in: SMTP endpoint × mechanism × TLS × form of announcement, for one program."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from clientcfg.advise import of_client, of_oauth2, of_policy, of_server
from clientcfg.advise.condition import Condition, label
from clientcfg.advise.confirmed import confirmed
from clientcfg.advise.steps import cost
from clientcfg.model.answer import Answer, all_of
from clientcfg.model.client import ClientVersion
from clientcfg.model.endpoint import Endpoint, Protocol, Security, is_literal_loopback
from clientcfg.model.mechanism import PREFERENCE, Mechanism
from clientcfg.model.policy import NO_RULES, Policy, Rules
from clientcfg.model.report import AuthLine, EndpointReport, ServerReport
from clientcfg.model.verdict import Advice
from clientcfg.words import _

# RFC 8314 §3.3: TLS from the first byte before STARTTLS.
_SECURITY: Final = (Security.TLS, Security.STARTTLS, Security.PLAIN)

_LOGS_IN_TOO_EARLY: Final = "auth-before-starttls"


@dataclass(frozen=True, slots=True)
class Way:
    """One way in; all its conditions have to hold. ``mechanism`` None: none was announced.

    ``answer``: whether it is one.
    """

    endpoint: Endpoint
    mechanism: Mechanism | None
    conditions: tuple[Condition, ...]
    answer: Answer = field(init=False)

    def __post_init__(self) -> None:
        answer = all_of([condition.answer for condition in self.conditions])
        object.__setattr__(self, "answer", answer)

    @property
    def steps(self) -> tuple[Advice, ...]:
        """What a person has to do before it is open, each once."""
        found = (c.step for c in self.conditions if c.answer is Answer.YES)
        return tuple(dict.fromkeys(step for step in found if step is not None))

    def those(self, answer: Answer) -> tuple[Condition, ...]:
        """The conditions with this *answer*."""
        return tuple(c for c in self.conditions if c.answer is answer)


def best(ways: Iterable[Way]) -> Way | None:
    """The open way that costs a person least; the better one of equals. None where none is."""
    open_ones = [way for way in ways if way.answer is Answer.YES]
    return min(open_ones, key=lambda way: cost(way.steps), default=None)


def ways_in(
    report: ServerReport,
    client: ClientVersion,
    clear_allowed: frozenset[Endpoint],
    rules: Rules = NO_RULES,
) -> tuple[Way, ...]:
    """All of them, best first: submission before port 25, then by encryption and mechanism."""
    client = confirmed(client)
    found = [
        way
        for endpoint in report.of(Protocol.SMTP)
        for way in _ways_at(endpoint, client, clear_allowed, rules)
    ]
    return tuple(sorted(found, key=_rank))


def _rank(way: Way) -> tuple[bool, int, int]:
    known = way.mechanism is not None and way.mechanism in PREFERENCE
    preference = PREFERENCE.index(way.mechanism) if known and way.mechanism else len(PREFERENCE)
    last_resort = way.endpoint.port == of_client.SMTP_PORT
    return last_resort, _SECURITY.index(way.endpoint.security), preference


def _ways_at(
    report: EndpointReport, client: ClientVersion, clear_allowed: frozenset[Endpoint], rules: Rules
) -> Iterator[Way]:
    endpoint = report.endpoint
    if not report.reachable:
        yield Way(endpoint, None, (of_server.answered(report),))
        return
    clear = endpoint in clear_allowed and is_literal_loopback(endpoint.host)
    plain = endpoint.security is Security.PLAIN
    lines = [line for line in report.auth_lines if line.inside_tls or plain]
    announced = [(line, m) for line in lines for m in line.mechanisms]
    at_all = of_client.does_smtp_auth(client)
    server = (*_safe(report, clear), of_server.offers_log_in(report, bool(announced)))
    if at_all.answer is Answer.NO:
        yield Way(endpoint, None, (at_all, *server))
        return
    shared = (*server, *_tls_and_port(report, client))
    policy = rules.at(endpoint)
    if not announced:
        yield Way(endpoint, None, (at_all, *shared))
    for line, mechanism in announced:
        own = _log_in(client, line, mechanism, endpoint, policy, rules.day)
        yield Way(endpoint, mechanism, (at_all, *own, *shared))


def _safe(report: EndpointReport, clear: bool) -> tuple[Condition, ...]:
    if clear:
        return ()
    return (of_server.encrypts(report), *_given(of_server.proves_itself(report)))


def _log_in(
    client: ClientVersion,
    line: AuthLine,
    mechanism: Mechanism,
    endpoint: Endpoint,
    policy: Policy | None,
    day: date,
) -> tuple[Condition, ...]:
    return (
        of_client.reads_announcement(client, line),
        of_client.can_mechanism(client, mechanism, frozenset(line.mechanisms)),
        *of_policy.allows(policy, day, mechanism, line),
        *_given(of_oauth2.has_what_to_prove(client, mechanism, endpoint.host, policy, day)),
    )


def _tls_and_port(report: EndpointReport, client: ClientVersion) -> tuple[Condition, ...]:
    return _given(
        of_client.can_security(client, report.endpoint),
        _waits_for_tls(report, client),
        _common_tls(report, client),
        of_client.can_port(client, report.endpoint.port),
    )


def _common_tls(report: EndpointReport, client: ClientVersion) -> Condition | None:
    if report.tls is None:
        return None
    return of_client.can_tls_version(client, report.tls, report.endpoint.host)


def _waits_for_tls(report: EndpointReport, client: ClientVersion) -> Condition | None:
    """Whether the program starts TLS before it logs in; None where there is no doubt."""
    early = report.auth_before_tls
    if (
        report.endpoint.security is not Security.STARTTLS
        or _LOGS_IN_TOO_EARLY not in client.abilities.quirks
    ):
        return None
    host, port = report.endpoint.host, report.endpoint.port
    source = client.abilities.starttls.source or None
    texts = {
        Answer.YES: _("{host} offers no log-in before TLS, so {client} waits for TLS."),
        Answer.NO: _(
            "{client} sends its password before it starts TLS wherever a log-in is offered"
            " that early, as {host} does on port {port}."
        ),
        Answer.UNKNOWN: _(
            "whether {host} offers a log-in before TLS on port {port}; {client} would use it"
        ),
    }
    answer = Answer.UNKNOWN if early is None else Answer.NO if early else Answer.YES
    text = texts[answer].format(client=label(client), host=host, port=port)
    return Condition("log-in-before-tls", answer, text, source)


def _given(*conditions: Condition | None) -> tuple[Condition, ...]:
    return tuple(c for c in conditions if c is not None)
