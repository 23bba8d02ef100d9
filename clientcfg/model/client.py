# SPDX-License-Identifier: MPL-2.0
"""Mail programs: what a version can do, and what is installed here."""

from dataclasses import dataclass, fields
from enum import StrEnum

from clientcfg.model.answer import Answer
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.report import Announcement


class Confidence(StrEnum):
    """Documented by a source, derived from code or neighbours, or only recollected."""

    DOCUMENTED = "documented"
    DERIVED = "derived"
    RECOLLECTION = "recollection"


@dataclass(frozen=True, slots=True)
class Ability:
    """One thing a client version can do or not.

    ``reported`` is what is said but not confirmed; ``value`` then stays
    unknown. ``source`` is where it can be looked up.
    """

    value: Answer
    confidence: Confidence
    source: str
    reported: Answer | None = None


class StartTls(StrEnum):
    """STARTTLS as clients have it; some do it on port 25 only."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    PORT25_ONLY = "port25-only"


@dataclass(frozen=True, slots=True)
class StartTlsAbility:
    """As :class:`Ability`, with the fourth value."""

    value: StartTls
    confidence: Confidence
    source: str
    reported: StartTls | None = None


@dataclass(frozen=True, slots=True)
class Mechanisms:
    """SASL mechanisms over SMTP: confirmed ones, and those only reported.

    ``complete`` says that the confirmed list is the whole list, so a mechanism
    that stands in neither is a no; otherwise it is unknown. ``either``: one of
    these is confirmed, but the source does not show which.
    """

    yes: tuple[Mechanism, ...]
    reported: tuple[Mechanism, ...]
    complete: bool
    confidence: Confidence
    source: str
    either: tuple[Mechanism, ...] = ()

    def can(self, mechanism: Mechanism) -> Answer:
        """Whether this version can use *mechanism*."""
        if mechanism in self.yes:
            return Answer.YES
        if mechanism in (*self.reported, *self.either) or not self.complete:
            return Answer.UNKNOWN
        return Answer.NO


@dataclass(frozen=True, slots=True)
class MaxTls:
    """The highest TLS version: "none", "ssl3", "1.0" … "1.3", "os", "lib", "unknown"."""

    value: str
    confidence: Confidence
    source: str
    reported: str | None = None


@dataclass(frozen=True, slots=True)
class Abilities:
    """What one version range of one client can do.

    ``oauth2_providers`` are confirmed, ``oauth2_reported`` only reported;
    "generic" is any provider by the person's own client id or token command.
    ``sni``: it names the host in the TLS handshake (RFC 6066 §3), without which a
    server of many domains may show the wrong certificate.
    ``quirks`` are stable words for behaviour that a verdict has to know.
    """

    smtp_auth: Ability
    mechanisms: Mechanisms
    starttls: StartTlsAbility
    implicit_tls: Ability
    custom_port: Ability
    separate_smtp_user: Ability
    pop_before_smtp: Ability
    max_tls: MaxTls
    oauth2: Ability
    oauth2_providers: tuple[str, ...]
    reads: tuple[tuple[Announcement, Answer], ...]
    oauth2_reported: tuple[str, ...] = ()
    quirks: tuple[str, ...] = ()
    sni: Ability = Ability(Answer.UNKNOWN, Confidence.RECOLLECTION, "")

    def understands(self, form: Announcement) -> Answer:
        """Whether this version recognises mechanisms announced in *form*."""
        return dict(self.reads).get(form, Answer.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Successor:
    """What to go to: a client id, and from which version on (None: the current one)."""

    client: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class ClientVersion:
    """One version of one client on one platform, as the catalog knows it.

    ``version`` is what was asked for; ``covered`` says whether the catalog has
    a range for it, else every ability is unknown. ``format`` names the room in
    ``formats`` that can write its settings, ``exports`` the kinds of files that can
    be made for it on another machine. ``local``: from a person's own
    profile folder. ``requires``: the oldest system that it runs on there.
    ``reduced``: this very build lacks what the version usually has.
    ``first``: where the range begins that covers it ("10.0" for "Outlook 2002").
    ``remarks``: ids of sentences that go with files for it, or with having none.
    """

    id: str
    name: str
    version: str | None
    platform: str | None
    abilities: Abilities
    covered: bool
    maintained: Answer
    successors: tuple[Successor, ...]
    format: str | None
    local: bool = False
    requires: str | None = None
    reduced: bool = False
    exports: tuple[str, ...] = ()
    first: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildFact:
    """What one build of a program has or lacks, by its own words.

    ``feature`` is the profile's word for it ("SASL", "TLS"); ``said`` names the
    command and what it printed. ``mechanisms``: the exact list, where the
    program prints one.
    """

    feature: str
    value: Answer
    said: str
    mechanisms: tuple[Mechanism, ...] | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """A program found on this machine.

    ``program``: the directory or file it runs from. ``profile``: the settings
    directory a plain start would really use, None where there is none yet;
    ``profile_root``: where the client looks for its profiles.
    ``packaging``: "deb", "snap", "flatpak", "tarball", … ``running`` None means
    that it could not be told. ``remark``: one sentence where something about
    the profile has to be said. ``recorded_only``: this way of finding it was
    tested on recorded trees only, never on a live one. ``asks``: a plain start
    opens no profile but asks the person, so nothing is to be set up before a
    profile has been named; without it ``profile`` None means that a plain start
    makes a new one. ``build``: what was compiled in, where the program tells.
    """

    client: str
    name: str
    version: str | None
    platform: str
    program: str
    packaging: str
    profile_root: str | None
    profile: str | None
    running: bool | None
    remark: str | None = None
    recorded_only: bool = False
    asks: bool = False
    build: tuple[BuildFact, ...] = ()

    def kept(self) -> dict[str, str | bool | None]:
        """What a journal keeps: everything but the build, which is looked at afresh."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "build"}
