# SPDX-License-Identifier: MPL-2.0
"""Mail programs and what they can do, for people."""

from collections.abc import Iterable

from clientcfg.cli.screen import NO, UNKNOWN, YES, Screen
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion, Installation
from clientcfg.words import _

_MARKS = {Answer.YES: YES, Answer.NO: NO, Answer.UNKNOWN: UNKNOWN}
Pair = tuple[ClientVersion, Installation | None]


def show_clients(screen: Screen, found: list[Pair], *, formats: frozenset[str]) -> None:
    """One line a program."""
    if not found:
        screen.say(_("No mail program that clientcfg knows was found here."))
        screen.say(_("See all that it knows: clientcfg clients --all"))
        return
    screen.table(
        (_("Program"), _("Version"), _("SMTP-Auth"), _("Log-in"), _("Set up"), _("Where")),
        [_row(version, installation, formats) for version, installation in found],
    )
    for version, installation in found:
        if installation is not None and installation.remark:
            screen.say()
            screen.say(f"{version.name}: {installation.remark}")


def _row(
    version: ClientVersion, installation: Installation | None, formats: frozenset[str]
) -> tuple[str, ...]:
    mechanisms = version.abilities.mechanisms
    running = _(" (open now)") if installation is not None and installation.running else ""
    place = ""
    if installation is not None:
        place = (installation.profile or installation.program) + running
        if installation.recorded_only:
            place += _(" (this way of finding it was tested on recorded trees)")
    return (
        version.name,
        version.version or _("any"),
        _MARKS[version.abilities.smtp_auth.value],
        " ".join(mechanisms.yes) or _("none known"),
        YES if version.format in formats else _("by hand"),
        place,
    )


def show_client(screen: Screen, version: ClientVersion, installation: Installation | None) -> None:
    """One program in detail, each ability with where it is known from."""
    a = version.abilities
    screen.say(f"{version.name} {version.version or ''}".rstrip(), style="bold")
    if installation is not None:
        screen.say(_("  runs from {program}").format(program=installation.program))
        screen.say(
            _("  settings in {profile}").format(
                profile=installation.profile or _("no profile yet; one will be made")
            )
        )
        if installation.remark:
            screen.say(f"  {installation.remark}")
    if not version.covered:
        screen.say(_("  Nothing is known about this version."))
    rows: Iterable[tuple[str, str, str | None, str, str]] = (
        (_("SMTP-Auth"), a.smtp_auth.value, a.smtp_auth.reported, *_source(a.smtp_auth)),
        (_("STARTTLS"), a.starttls.value, a.starttls.reported, *_source(a.starttls)),
        (_("TLS from the start"), a.implicit_tls.value, a.implicit_tls.reported,
         *_source(a.implicit_tls)),
        (_("Other ports than 25"), a.custom_port.value, a.custom_port.reported,
         *_source(a.custom_port)),
        (_("Own user for sending"), a.separate_smtp_user.value, a.separate_smtp_user.reported,
         *_source(a.separate_smtp_user)),
        (_("Highest TLS"), a.max_tls.value, a.max_tls.reported, *_source(a.max_tls)),
        (_("OAuth 2.0"), a.oauth2.value, a.oauth2.reported, *_source(a.oauth2)),
        (_("Mechanisms"), " ".join(a.mechanisms.yes) or "–",
         " ".join(a.mechanisms.reported) or None, *_source(a.mechanisms)),
    )  # fmt: skip
    screen.table(
        (_("Ability"), _("Known"), _("Reported, not confirmed"), _("How sure"), _("Source")),
        [(name, value, told or "", sure, where) for name, value, told, sure, where in rows],
    )


def _source(ability: object) -> tuple[str, str]:
    return str(getattr(ability, "confidence", "")), str(getattr(ability, "source", ""))
