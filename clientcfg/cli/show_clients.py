# SPDX-License-Identifier: MPL-2.0
"""Mail programs and what they can do, for people."""

from collections.abc import Iterable

from clientcfg.cli.screen import NO, UNKNOWN, YES, Screen
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion, Installation
from clientcfg.model.phrases import answer_word, confidence_word
from clientcfg.words import _

_MARKS = {Answer.YES: YES, Answer.NO: NO, Answer.UNKNOWN: UNKNOWN}
_BUILD = {
    Answer.YES: lambda: _("built with"),
    Answer.NO: lambda: _("built without"),
    Answer.UNKNOWN: lambda: _("unknown whether built with"),
}
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
    remarks = [f"{v.name}: {remark}" for v, i in found for remark in _remarks(v, i)]
    for line in ("", *remarks) if remarks else ():
        screen.say(line)


def _remarks(version: ClientVersion, installation: Installation | None) -> Iterable[str]:
    if installation is None:
        return
    if installation.remark:
        yield installation.remark
    if installation.version is None:
        yield _("Its version could not be told, so nothing is said about what it can do.")
    elif not version.covered:
        yield _("Nothing is known about this version.")
    for fact in installation.build:
        if fact.value is Answer.NO:
            yield _("This build is without {feature}: {said}.").format(
                feature=fact.feature, said=fact.said
            )


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
        version.version or (_("any") if installation is None else _("unknown")),
        _MARKS[version.abilities.smtp_auth.value],
        " ".join(mechanisms.yes) or (_("none") if mechanisms.complete else _("none known")),
        YES if version.format in formats else _("by hand"),
        place,
    )


def show_client(screen: Screen, version: ClientVersion, installation: Installation | None) -> None:
    """One program in detail, each ability with where it is known from."""
    a = version.abilities
    screen.say(f"{version.name} {version.version or ''}".rstrip(), style="bold")
    if installation is not None:
        screen.say(_("  runs from {program}").format(program=installation.program))
        screen.say(f"  {_settings(installation)}")
        if installation.running is not None:
            screen.say(_("  open now") if installation.running else _("  not open now"))
        if installation.remark:
            screen.say(f"  {installation.remark}")
        for fact in installation.build:
            screen.say(f"  {_BUILD[fact.value]()} {fact.feature}: {fact.said}")
        if installation.recorded_only:
            screen.say(_("  This way of finding it was tested on recorded trees."))
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
        (_("Server name in TLS (SNI)"), a.sni.value, a.sni.reported, *_source(a.sni)),
        (_("OAuth 2.0"), a.oauth2.value, a.oauth2.reported, *_source(a.oauth2)),
        (_("Mechanisms"), " ".join(a.mechanisms.yes) or "–",
         " ".join(a.mechanisms.reported) or None, *_source(a.mechanisms)),
    )  # fmt: skip
    notes: dict[str, int] = {}
    screen.table(
        (_("Ability"), _("Known"), _("Reported, not confirmed"), _("How sure"), _("Source")),
        [
            (name, answer_word(value), answer_word(told or ""), sure, _numbers(where, notes))
            for name, value, told, sure, where in rows
        ],
    )
    if notes:
        screen.say()
    for source, number in notes.items():
        screen.say(f"  [{number}] {source}")


def _numbers(sources: str, notes: dict[str, int]) -> str:
    """The numbers under which *sources* stand below the table; each is written out once."""
    names = [name for name in sources.split("; ") if name]
    return " ".join(f"[{notes.setdefault(name, len(notes) + 1)}]" for name in names)


def _settings(installation: Installation) -> str:
    if installation.profile is not None:
        return _("settings in {profile}").format(profile=installation.profile)
    if installation.profile_root is None:
        return _("where its settings are is not known")
    return _("no settings yet; they would lie in {place}").format(place=installation.profile_root)


def _source(ability: object) -> tuple[str, str]:
    sure = confidence_word(str(getattr(ability, "confidence", "")))
    return sure, str(getattr(ability, "source", ""))
