# SPDX-License-Identifier: MPL-2.0
"""What *probe* saw, for people: a table, then what it means in sentences."""

from collections.abc import Iterable

from clientcfg.cli.screen import NO, YES, Screen
from clientcfg.cli.words import encryption
from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.phrases import common_name
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.words import _


def show_report(screen: Screen, report: ServerReport, *, transcript: bool) -> None:
    """Endpoints as a table, the meaning, the certificates; the conversation if asked."""
    answered = sum(e.reachable for e in report.endpoints)
    screen.say(
        _("{target}: {answered} of {count} servers answered").format(
            target=report.target, answered=answered, count=len(report.endpoints)
        ),
        style="bold",
    )
    for host in dict.fromkeys(e.endpoint.host for e in report.endpoints):
        screen.say()
        screen.table(
            ("", host, _("Encryption"), _("Log-in inside it"), _("Log-in in the clear")),
            [_row(e) for e in report.endpoints if e.endpoint.host == host],
        )
    screen.say()
    screen.say(headline(report))
    for text in _meanings(report.endpoints):
        screen.say(f"  {text}")
    _certificates(screen, report.endpoints)
    if transcript:
        for e in report.endpoints:
            screen.say()
            screen.say(f"{e.endpoint.protocol} {e.endpoint}", style="bold")
            for line in e.transcript:
                lock = "≡" if line.inside_tls else " "
                screen.say(f"  {line.ms:7.0f} ms {lock} {line}")


def headline(report: ServerReport) -> str:
    """The one sentence: can mail be sent there with SMTP-Auth?"""
    good = [e for e in report.of(Protocol.SMTP) if e.trusted and e.auth]
    if good:
        names = ", ".join(dict.fromkeys(m for e in good for m in e.auth or ()))
        return _("Sending with SMTP-Auth works over encryption that was verified: {names}.").format(
            names=names
        )
    if not any(e.reachable for e in report.endpoints):
        return _("No server answered, so nothing is known about SMTP-Auth there.")
    if not report.of(Protocol.SMTP):
        return _("No server for sending was asked.")
    if any(e.auth for e in report.of(Protocol.SMTP)):
        return _("SMTP-Auth is offered, but not over encryption that could be verified.")
    return _("No server for sending that answered offers SMTP-Auth.")


def _row(e: EndpointReport) -> tuple[str, ...]:
    plain = e.endpoint.security is Security.PLAIN
    if not e.reachable:
        return (NO, _port(e), encryption(e.endpoint.security), _("no answer"), "")
    own = _("the protocol's own log-in") if e.password_login else ""
    inside = _("–") if plain else _mechanisms(e.auth, own)
    clear = {
        Security.PLAIN: _mechanisms(e.auth, own),
        Security.STARTTLS: _mechanisms(e.auth_before_tls, ""),
        Security.TLS: _("–"),
    }[e.endpoint.security]
    secured = encryption(e.endpoint.security)
    if e.tls is not None:
        kind = "" if e.endpoint.security is Security.TLS else f"{secured}, "
        secured = f"{kind}TLS {e.tls.version}"
    return (YES if e.trusted or plain else NO, _port(e), secured, inside, clear)


def _port(e: EndpointReport) -> str:
    return f"{e.endpoint.protocol.upper()} {e.endpoint.port}"


def _mechanisms(listed: Iterable[str] | None, instead: str) -> str:
    if listed is None:
        return _("not seen")
    return " ".join(listed) or instead or _("none offered")


def _meanings(reports: tuple[EndpointReport, ...]) -> Iterable[str]:
    """What the lists mean, each sentence once, with the servers it is about."""
    said: dict[str, list[str]] = {}
    for e in reports:
        faults = e.tls.problems if e.tls is not None else ()
        for text in dict.fromkeys((*_meaning(e), *(p.text for p in (*e.problems, *faults)))):
            said.setdefault(text, []).append(_port(e))
    for text, places in said.items():
        where = _("All") if len(places) == len(reports) > 1 else ", ".join(places)
        yield f"{where}: {text}"


def _meaning(e: EndpointReport) -> Iterable[str]:
    if e.endpoint.security is not Security.STARTTLS or e.auth is None:
        return
    if e.auth and e.auth_before_tls == ():
        yield _("Log-in works only after encryption; that is good.")
    elif e.auth_before_tls and set(e.auth_before_tls) & {"PLAIN", "LOGIN"}:
        yield _("It takes passwords in the clear, too; its administrator should stop that.")
    if e.legacy_auth_line:
        yield _("It also announces AUTH= for programs of the 1990s.")


def _certificates(screen: Screen, reports: tuple[EndpointReport, ...]) -> None:
    seen: dict[str, list[EndpointReport]] = {}
    for e in reports:
        if e.tls is not None and e.tls.certificate is not None:
            seen.setdefault(e.tls.certificate.sha256, []).append(e)
    for same in seen.values():
        tls = same[0].tls
        certificate = tls.certificate if tls is not None else None
        if tls is None or certificate is None:
            continue
        screen.say()
        mark = YES if all(e.trusted for e in same) else NO
        screen.say(
            _("{mark} Certificate for {names}").format(
                mark=mark, names=", ".join(certificate.names) or certificate.subject
            ),
            style="bold",
        )
        screen.say(
            _("  from {issuer}, valid {start} to {end}").format(
                issuer=common_name(certificate.issuer),
                start=f"{certificate.not_before:%Y-%m-%d}",
                end=f"{certificate.not_after:%Y-%m-%d}",
            )
        )
        screen.say(f"  sha256:{certificate.sha256}", style="dim")
