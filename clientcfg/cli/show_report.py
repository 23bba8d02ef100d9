# SPDX-License-Identifier: MPL-2.0
"""What *probe* saw, for people: a table, what it means in sentences, what could be better."""

from datetime import date

from clientcfg.advise.administrator import to_do
from clientcfg.advise.headline import headline
from clientcfg.cli.screen import NO, STEP, YES, Screen
from clientcfg.flows.readable import relay_lines, row, sentences, where
from clientcfg.model.phrases import common_name
from clientcfg.model.report import EndpointReport, ServerReport, Tls
from clientcfg.words import _, ngettext

_MARKS = {True: YES, False: NO, None: "·"}


def show_report(screen: Screen, report: ServerReport, *, transcript: bool) -> None:
    """Endpoints as a table, the meaning, the certificates; the conversation if asked."""
    answered = sum(e.reachable for e in report.endpoints)
    screen.say(
        ngettext(
            "{target}: {answered} of {count} server answered",
            "{target}: {answered} of {count} servers answered",
            len(report.endpoints),
        ).format(target=report.target, answered=answered, count=len(report.endpoints)),
        style="bold",
    )
    for host in dict.fromkeys(e.endpoint.host for e in report.endpoints):
        screen.say()
        cells = [row(e) for e in report.endpoints if e.endpoint.host == host]
        screen.table(
            ("", host, _("Encryption"), _("Log-in inside it"), _("Log-in in the clear")),
            [(_MARKS[c.good], c.port, c.encryption, c.inside, c.clear) for c in cells],
        )
    screen.say()
    screen.say(headline(report))
    for sentence in sentences(report):
        screen.say(f"  {_MARKS[sentence.good]} {sentence}")
    _relaying(screen, report)
    _certificates(screen, report.endpoints)
    _advice(screen, report)
    if transcript:
        _transcripts(screen, report)


def show_text(screen: Screen, text: str) -> None:
    """A text alone, ready to be copied: nothing is folded."""
    for line in text.splitlines():
        screen.out.print(line, markup=False, soft_wrap=True)


def _relaying(screen: Screen, report: ServerReport) -> None:
    asked = [(e.endpoint, e.relay) for e in report.endpoints if e.relay is not None]
    for endpoint, relay in asked:
        if not relay.tested and any(other.tested for _e, other in asked):
            continue
        first, *rest = relay_lines(relay, date.isoformat)
        screen.say(f"  · {where([endpoint], report)}: {first}")
        for line in rest:
            screen.say(f"      {line}", style="dim")


def _advice(screen: Screen, report: ServerReport) -> None:
    advice = to_do(report)
    if not advice:
        return
    screen.say()
    screen.say(_("For the administrator"), style="bold")
    for todo in advice:
        screen.say(f"  {STEP} {where(todo.endpoints, report)}: {todo.text} ({todo.standard})")
    if any(todo.code == "mend-certificate" for todo in advice):
        screen.say(_("    What is wrong with it, as a text to be sent: add --letter."))


def _transcripts(screen: Screen, report: ServerReport) -> None:
    for e in report.endpoints:
        screen.say()
        screen.say(f"{e.endpoint.protocol} {e.endpoint}", style="bold")
        for line in e.transcript:
            lock = "≡" if line.inside_tls else " "
            screen.say(f"  {line.ms:7.0f} ms {lock} {line}")


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
        if tls.known_to:
            screen.say(f"  {_known(tls)}")
        screen.say(f"  sha256:{certificate.sha256}", style="dim")


def _known(tls: Tls) -> str:
    """Whose lists the chain leads to, in words."""
    known = dict(tls.known_to)
    return {
        (True, True): _("its authority is known to this system and on Mozilla’s list"),
        (True, False): _("its authority is known to this system, but not on Mozilla’s list"),
        (False, True): _("its authority is on Mozilla’s list, but not known to this system"),
        (False, False): _("its authority is neither known to this system nor on Mozilla’s list"),
    }[known.get("system", False), known.get("mozilla", False)]
