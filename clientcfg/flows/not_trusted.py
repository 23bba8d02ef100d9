# SPDX-License-Identifier: MPL-2.0
"""What is said where a server could not prove who it is: why, whom to ask, and the ways on."""

from collections.abc import Iterable

from clientcfg.flows.events import ProbeDone
from clientcfg.flows.letter import text_for_administrator
from clientcfg.model.endpoint import Endpoint, Protocol
from clientcfg.model.report import EndpointReport
from clientcfg.model.way_on import NotTrusted, WayOn, WayOnKind
from clientcfg.words import _


def not_trusted(first: EndpointReport, probed: ProbeDone) -> NotTrusted:
    """The refusal for *first*, with the options that would settle all servers that it takes."""
    blamed = (first, *(r for r in refused(probed) if r is not first))
    ways = _ways_of(blamed, probed)
    texts = first.tls.problems if first.tls is not None else ()
    return NotTrusted(
        "server-not-trusted",
        _("{server} could not prove who it is: {why}").format(
            server=first.endpoint.host, why=" ".join(p.text for p in texts)
        ),
        *_advice(blamed, ways, probed),
        ways_on=ways,
        letter=text_for_administrator(blamed),
    )


def refused(probed: ProbeDone) -> tuple[EndpointReport, ...]:
    """The best server for sending and the best for reading, where none of the kind verified."""
    found: list[EndpointReport] = []
    for reports in _by_purpose(probed):
        if not any(r.trusted for r in reports):
            found += [r for r in reports if r.reachable and r.tls is not None][:1]
    return tuple(found)


def advice(probed: ProbeDone) -> Iterable[str]:
    """What to do about the servers that were refused; nothing where none was."""
    blamed = refused(probed)
    return _advice(blamed, _ways_of(blamed, probed), probed) if blamed else ()


def _ways_of(blamed: Iterable[EndpointReport], probed: ProbeDone) -> tuple[WayOn, ...]:
    endpoints = {report.endpoint for report in blamed}
    return tuple(way for way in probed.ways_on if way.refused in endpoints)


def _advice(
    blamed: Iterable[EndpointReport], ways: tuple[WayOn, ...], probed: ProbeDone
) -> Iterable[str]:
    """The administrator first; each option in full."""
    servers = " ".join(f"--{r.endpoint.protocol} {r.endpoint}" for r in blamed)
    yield _(
        "First ask the server’s administrator. A text to send is printed by: "
        "clientcfg probe {servers} --letter"
    ).format(servers=servers)
    others = _one_each(way for way in ways if way.kind is WayOnKind.OTHER_NAME)
    if others:
        yield _(
            "If {names} is your provider, use that name instead; the certificate verifies for it. "
            "Add: {options}"
        ).format(
            names=", ".join(dict.fromkeys(way.endpoint.host for way in others)),
            options=" ".join((*(way.option for way in others), *_good_ones(probed))),
        )
    pins = [way for way in ways if way.kind is WayOnKind.TRUST_CERTIFICATE]
    if pins:
        yield _(
            "If the administrator has told you this very fingerprint, trust exactly this "
            "certificate with {options}"
        ).format(options=" ".join(way.option for way in pins))
    yield _("If its authority is your own, name the file of it with --ca FILE.")


def _one_each(ways: Iterable[WayOn]) -> tuple[WayOn, ...]:
    """One way for each server: the first name that does."""
    first: dict[Endpoint, WayOn] = {}
    for way in ways:
        first.setdefault(way.refused, way)
    return tuple(first.values())


def _good_ones(probed: ProbeDone) -> Iterable[str]:
    """Options for what verified: a server that is named ends the search for all others."""
    for reports in _by_purpose(probed):
        for report in [r for r in reports if r.trusted][:1]:
            yield f"--{report.endpoint.protocol} {report.endpoint}"


def _by_purpose(probed: ProbeDone) -> Iterable[list[EndpointReport]]:
    """The servers to send with, and those to read from; better ones first."""
    for protocols in ((Protocol.SMTP,), (Protocol.IMAP, Protocol.POP3)):
        yield [r for protocol in protocols for r in probed.report.of(protocol)]
