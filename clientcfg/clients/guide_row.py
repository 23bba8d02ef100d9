# SPDX-License-Identifier: MPL-2.0
"""Steps by hand as a profile holds them: the program's own words, and what belongs there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from clientcfg.clients.versions import Numbering, Version
from clientcfg.model.client import Confidence
from clientcfg.model.endpoint import Security

_OF_A_SERVER: Final = ("host", "port", "host-port", "security", "auth", "user")

# What can be filled in.
VALUES: Final = (
    "name",
    "address",
    "password",
    "incoming.kind",
    *(f"{side}.{what}" for side in ("incoming", "outgoing") for what in _OF_A_SERVER),
)

# What can be done with a label that holds no value.
ACTIONS: Final = ("on", "off", "press")

# Kinds of log-in, as programs name them: "password" is PLAIN or LOGIN.
LOGINS: Final = (
    "password",
    "cram-md5",
    "digest-md5",
    "scram",
    "ntlm",
    "gssapi",
    "oauth2",
    "certificate",
)

# When a step, a setting or a line belongs on the page; "!" before one means not,
# "port-587" (any number) is about the outgoing server.
CONDITIONS: Final = (
    "incoming",
    "imap",
    "pop3",
    *(str(security) for security in Security),
    *(f"in-{security}" for security in Security),
    "same-user",
    "other-user",
    *LOGINS,
)

# How a value is written inside a line of a settings file; see guides.quoting.
QUOTES: Final = ("plain", "url", "string", "shell", "single", "word")

# Sentences of ours that a profile may ask for; guides.sayings has their texts.
SAYINGS: Final = (
    "asks-at-every-start",
    "asks-for-password",
    "build-with-sasl",
    "build-with-tls",
    "choose-account",
    "close-first",
    "incoming-user-is-used",
    "keep-private",
    "makers-cloud",
    "needs-equals-sign",
    "new-account",
    "no-secure-password-authentication",
    "one-method-only",
    "password-command",
    "plugin-needed",
    "port-behind-server",
    "starttls-on-25-only",
    "stopped-sending",
    "tls-by-helper",
    "unverified-tls",
)


@dataclass(frozen=True, slots=True)
class Word:
    """Words of the program as its English surface shows them; not ``sure``: only reported."""

    text: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting: its label, and what belongs there.

    ``value`` is one of :data:`VALUES` or :data:`ACTIONS`, or "=" and a word of
    the program that is to be chosen, or what is to be typed with ``{value}`` in
    it. ``when``: all of these conditions hold.
    """

    label: Word
    value: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a settings file, with ``{value}`` or ``{value:quote}`` in it."""

    text: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: a way through menus with what to set at its end, or lines for a file.

    ``{account}`` in a menu stands for the person's account in a list.
    ``quote`` is how values stand in the lines that do not say it themselves.
    """

    menu: tuple[Word, ...] = ()
    entries: tuple[Entry, ...] = ()
    file: str | None = None
    lines: tuple[Line, ...] = ()
    quote: str = "plain"
    say: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideRow:
    """The steps of some versions on some platforms (none: on all).

    ``security`` and ``auth`` are the program's words for how a connection is
    encrypted and how it logs in; "on" and "off" stand for a box to tick.
    """

    first: str | None
    last: str | None
    platforms: tuple[str, ...]
    steps: tuple[StepRow, ...]
    security: Mapping[str, Word]
    auth: Mapping[str, Word]
    say: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: Confidence

    def on(self, platform: str | None) -> bool:
        """Whether these steps are for *platform* (None: for any)."""
        return platform is None or not self.platforms or platform in self.platforms

    def covers(self, version: Version, numbering: Numbering) -> bool:
        """Whether *version* lies between both ends, which are included."""
        if self.first is not None and version < Version.parse(self.first, numbering):
            return False
        return self.last is None or version.within(Version.parse(self.last, numbering))
