# SPDX-License-Identifier: MPL-2.0
"""Step 2 without Qt: rows that light up, and the one sentence in the end."""

from dataclasses import dataclass, replace
from enum import Enum

from clientcfg.flows.choose import Choice, choose, why_none
from clientcfg.flows.ending import shared_domain
from clientcfg.flows.events import Asking, EndpointAnswered, ProbeDone, Probing, SourceAnswered
from clientcfg.flows.log_in import LogIn
from clientcfg.flows.network import NotConnected
from clientcfg.flows.question import Question
from clientcfg.gui.setup.ways_model import Consent, WaysOut, consents_for, ways_out
from clientcfg.gui.words import advice_here, trouble_shape
from clientcfg.model.connection import Connection
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.mechanism import SIGN_INS
from clientcfg.model.offer import Offer, Outcome, SourceAnswer
from clientcfg.model.phrases import source_name
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import Trouble
from clientcfg.model.way_on import NotTrusted
from clientcfg.words import _

NO_HINT = LogIn()
WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Who is asked. ``kind``: a verdict's shape, None for a definite no, "" while it is asked."""

    name: str
    says: str
    kind: str | None
    ms: float | None


@dataclass(frozen=True, slots=True)
class ServerRow:
    """One endpoint: its three stations and what it takes, in words."""

    endpoint: Endpoint
    stations: tuple[str, str, str]
    says: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known so far. Rows keep the place they came in."""

    sources: tuple[SourceRow, ...] = ()
    servers: tuple[ServerRow, ...] = ()

    @property
    def share(self) -> int:
        """How much has answered, in percent; the search for servers is the first fifth."""
        if not self.servers:
            return 20 if self.sources and all(s.kind != "" for s in self.sources) else 8
        answered = sum(
            row.stations[2] in (DONE, FAILED) or FAILED in row.stations for row in self.servers
        )
        return 20 + 80 * answered // len(self.servers)

    def after(self, event: object) -> "Progress":
        """What is known after *event*."""
        match event:
            case Asking(_domain, names):
                asked = tuple(SourceRow(source_name(n), _("asking…"), "", None) for n in names)
                return replace(self, sources=asked)
            case SourceAnswered(answer):
                return replace(self, sources=_answered(self.sources, answer))
            case Probing(endpoints):
                known = {row.endpoint for row in self.servers}
                begun = (WORKING, WAITING, WAITING)
                new = (ServerRow(e, begun, _("asking…")) for e in endpoints if e not in known)
                rows = sorted(
                    (*self.servers, *new), key=lambda r: r.endpoint.protocol is not Protocol.SMTP
                )
                return replace(self, servers=tuple(rows))
            case EndpointAnswered(report):
                answered = (
                    server_row(report) if row.endpoint == report.endpoint else row
                    for row in self.servers
                )
                return replace(self, servers=tuple(answered))
            case _:
                return self


def source_row(answer: SourceAnswer) -> SourceRow:
    """What one source said."""
    kind = {Outcome.FOUND: "ready", Outcome.NO: None, Outcome.UNKNOWN: "unknown"}[answer.outcome]
    return SourceRow(source_name(answer.name), answer.reason, kind, answer.ms or None)


def _answered(rows: tuple[SourceRow, ...], answer: SourceAnswer) -> tuple[SourceRow, ...]:
    new = source_row(answer)
    if new.name not in {row.name for row in rows}:
        return (*rows, new)
    return tuple(new if row.name == new.name else row for row in rows)


def server_row(report: EndpointReport) -> ServerRow:
    """One endpoint that has answered, or could not be asked."""
    plain = report.endpoint.security is Security.PLAIN
    fault = report.problems[0].text if report.problems else _("no answer")
    if not report.reachable:
        # With encryption from the start, a line that stood may still fail to encrypt.
        reached = report.timing.connect is not None
        stations = (DONE, FAILED, WAITING) if reached else (FAILED, WAITING, WAITING)
        if report.tls is not None and report.tls.problems:
            fault = report.tls.problems[0].text
        return ServerRow(report.endpoint, stations, fault)
    if not plain and not report.trusted:
        problems = report.tls.problems if report.tls is not None else report.problems
        fault = problems[0].text if problems else _("no encryption")
        return ServerRow(report.endpoint, (DONE, FAILED, WAITING), fault)
    second = WAITING if plain else DONE
    takes = bool(report.auth) or bool(report.password_login)
    says = _("takes a password") if takes else _("takes no log-in")
    return ServerRow(report.endpoint, (DONE, second, DONE), says)


class Kind(Enum):
    """How step 2 ends."""

    GOOD = "good"
    CONFIRM = "confirm"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The sentence in the end, its shape, and what it rests on.

    ``confirm``: the servers that a person has to agree to. Where there is
    trouble: ``advice``, ``ways`` on from a bad certificate, and ``consents``,
    what a person may allow so that more can be asked. ``connection``: what kept
    everybody away, where it was that. ``elsewhere``: the names to agree to, one where
    the servers to ``confirm`` share it. ``address_is_user``: the address itself is the
    user name at each chosen server.
    """

    kind: Kind
    shape: str
    title: str
    text: str
    outgoing: Choice | None = None
    incoming: Choice | None = None
    confirm: tuple[Offer, ...] = ()
    advice: tuple[str, ...] = ()
    ways: WaysOut | None = None
    consents: tuple[Consent, ...] = ()
    connection: Connection = Connection.UNKNOWN
    address_is_user: bool = False
    elsewhere: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The chosen servers, sending first."""
        return tuple(c for c in (self.outgoing, self.incoming) if c is not None)


def trouble(
    error: Trouble, question: Question | None = None, probed: ProbeDone | None = None
) -> Conclusion:
    """How it ends where a flow could not go on."""
    if isinstance(error, NotTrusted) and probed is not None:
        ways = ways_out(error, probed)
        return Conclusion(
            Kind.TROUBLE, "no", ways.title, ways.text, advice=advice_here(error), ways=ways
        )
    consents = () if question is None else consents_for(error, question)
    return Conclusion(
        Kind.TROUBLE,
        trouble_shape(error),
        error.text,
        "",
        advice=advice_here(error),
        consents=consents,
        connection=error.connection if isinstance(error, NotConnected) else Connection.UNKNOWN,
    )


def conclude(question: Question, probed: ProbeDone, log_in: LogIn = NO_HINT) -> Conclusion:
    """What the answers mean for a person who wants to send and receive."""
    outgoing = choose(question, probed, (Protocol.SMTP,), lambda _m: True)
    if outgoing is None:
        return trouble(why_none(probed, Protocol.SMTP), question, probed)
    incoming = choose(question, probed, (Protocol.IMAP, Protocol.POP3), lambda _m: True)
    for protocol in (Protocol.IMAP, Protocol.POP3):
        if incoming is None and probed.report.of(protocol):
            return trouble(why_none(probed, protocol), question, probed)
    choices = tuple(c for c in (outgoing, incoming) if c is not None)
    hosts = question.accepted_hosts
    confirm = tuple(
        c.offer for c in choices if c.offer.confirm and c.login.endpoint.host not in hosts
    )
    if confirm:
        named = tuple(dict.fromkeys(o.endpoint.host for o in confirm))
        shared = shared_domain(named)
        return Conclusion(
            Kind.CONFIRM,
            "unknown",
            _("Does this company run your e-mail?"),
            _(
                "Your address ends in one name, the servers in another. That is common, but the "
                "answer came over a line anybody could have changed. No password was sent."
            ),
            outgoing,
            incoming,
            confirm,
            elsewhere=named if shared is None else (shared,),
        )
    title, text = _good(choices, incoming, log_in)
    names = {c.login.username for c in choices}
    same = names == {str(question.address)}
    return Conclusion(Kind.GOOD, "ready", title, text, outgoing, incoming, address_is_user=same)


def for_others(conclusion: Conclusion | None, progress: Progress, ticket: str) -> str:
    """What a helpdesk is sent: the letter to the administrator, the ticket, or what was tried."""
    if conclusion is not None and conclusion.ways is not None:
        return conclusion.ways.letter
    if ticket:
        return ticket
    said = () if conclusion is None else (conclusion.title, *conclusion.advice)
    return "\n".join((*said, *(f"- {row.name}: {row.says}" for row in progress.sources)))


def _good(choices: tuple[Choice, ...], incoming: Choice | None, log_in: LogIn) -> tuple[str, str]:
    if any(c.login.endpoint.security is Security.PLAIN for c in choices):
        title = _("Your servers accept your password. It does not leave this computer.")
        return title, _("The line is not encrypted, which is only right inside one computer.")
    title = _("Your provider accepts your password over an encrypted connection.")
    if log_in.signs_in or any(c.login.mechanism in SIGN_INS for c in choices):
        title = _("Your provider wants you to sign in in the browser (OAuth 2.0).")
        return title, _("The mail program opens that page. No password is stored here.")
    if incoming is None:
        text = _("Nobody named a server for receiving, so only sending can be set up.")
    else:
        text = _("Both servers answered and proved who they are.")
    return title, " ".join((text, *log_in.first))
