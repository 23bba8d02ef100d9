# SPDX-License-Identifier: MPL-2.0
"""What one endpoint's report means, in sentences that a person understands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from clientcfg.model.endpoint import Protocol, Security
from clientcfg.model.mechanism import LOGIN, PLAIN
from clientcfg.model.phrases import authority_list
from clientcfg.model.report import EndpointReport, Tls
from clientcfg.words import _

_TELLS_THE_PASSWORD: Final = frozenset({PLAIN, LOGIN})
_ENDED: Final = ("1.0", "1.1")  # RFC 8996
_MX_PORT: Final = 25


@dataclass(frozen=True, slots=True)
class Meaning:
    """One sentence. ``good``: as it should be, or not; None where it is just so."""

    code: str
    text: str
    good: bool | None = None


def meanings(report: EndpointReport) -> tuple[Meaning, ...]:
    """Everything worth saying about what was seen; what is wrong stands in its problems."""
    if not report.reachable:
        return ()
    return (
        *_encryption(report),
        *_log_ins(report),
        *_own_log_in(report),
        *_announcement(report),
        *(_versions(report.tls) if report.tls is not None else ()),
        *(_lists(report.tls) if report.tls is not None else ()),
        *_families(report),
        *_extensions(report),
    )


def _encryption(report: EndpointReport) -> Iterable[Meaning]:
    if report.endpoint.security is Security.PLAIN:
        text = _("Nothing is encrypted there; whoever is on the way can read along.")
        yield Meaning("not-encrypted", text, good=False)
    elif report.endpoint.security is Security.TLS and report.trusted:
        text = _("Encrypted from the first byte; that is the best way (RFC 8314).")
        yield Meaning("implicit-tls", text, good=True)


def _log_ins(report: EndpointReport) -> Iterable[Meaning]:
    """The lists of mechanisms before and after TLS, and how they differ."""
    if report.endpoint.security is Security.STARTTLS:
        yield from _before(report)
        if report.auth is not None:
            yield from _after(report, report.auth)
    elif report.auth == () and report.endpoint.protocol is Protocol.SMTP:
        yield Meaning("no-auth", _("It offers no log-in (SMTP-Auth)."), good=False)


def _before(report: EndpointReport) -> Iterable[Meaning]:
    before = report.auth_before_tls or ()
    if _TELLS_THE_PASSWORD.intersection(before):
        text = _("It takes passwords in the clear, too; its administrator should stop that.")
        yield Meaning("passwords-in-clear", text, good=False)
    elif before:
        text = _("In the clear it offers only log-ins that do not tell it the password: {names}.")
        yield Meaning("challenges-in-clear", text.format(names=" ".join(before)))


def _after(report: EndpointReport, after: tuple[str, ...]) -> Iterable[Meaning]:
    before = report.auth_before_tls or ()
    more = " ".join(m for m in after if m not in before)
    fewer = " ".join(m for m in before if m not in after)
    if not before and after and not report.password_login_before_tls:
        text = _("Log-in works only after encryption; that is good.")
        yield Meaning("log-in-after-tls", text, good=True)
    if before and more:
        text = _("After encryption it also offers {names}.").format(names=more)
        yield Meaning("more-after-tls", text)
    if after and fewer:
        text = _("Offered in the clear only, and no longer after encryption: {names}.")
        yield Meaning("fewer-after-tls", text.format(names=fewer))
    if before and not after:
        text = _("It offers a log-in in the clear, but none after encryption.")
        yield Meaning("none-after-tls", text, good=False)
    if not before and not after and report.endpoint.protocol is Protocol.SMTP:
        text = _("It offers no log-in (SMTP-Auth).")
        if report.endpoint.port == _MX_PORT:
            text = _("It offers no log-in; on port 25, where servers bring mail, that is usual.")
        yield Meaning("no-auth", text)


def _own_log_in(report: EndpointReport) -> Iterable[Meaning]:
    """IMAP's LOGIN, POP3's USER and PASS, and APOP."""
    command = {Protocol.IMAP: "LOGIN", Protocol.POP3: "USER"}.get(report.endpoint.protocol)
    if command and report.password_login_before_tls:
        unlisted = not report.auth_before_tls
        text = _("{command} works in the clear, too; its administrator should stop that.")
        if unlisted and report.endpoint.protocol is Protocol.IMAP:
            text = _(
                "{command} works in the clear, too, although no log-in is listed there; its"
                " administrator should stop that."
            )
        yield Meaning("own-log-in-in-clear", text.format(command=command), good=False)
    if "APOP" in dict(report.capabilities):
        text = _("It knows APOP, an old log-in of POP3 that few programs still have.")
        yield Meaning("apop", text)


def _announcement(report: EndpointReport) -> Iterable[Meaning]:
    if report.legacy_auth_line:
        yield Meaning("legacy-line", _("It also announces AUTH= for programs of the 1990s."))


def _versions(tls: Tls) -> Iterable[Meaning]:
    takes = dict(tls.versions or ())
    old = [v for v in _ENDED if takes.get(v)]
    if old:
        text = _(
            "It still takes TLS {versions}, which ended in 2021 (RFC 8996); only programs from"
            " before about 2013 need that."
        )
        yield Meaning("old-tls", text.format(versions=_and(old)), good=False)
    elif takes and all(takes.get(v) is False for v in _ENDED):
        yield Meaning("no-old-tls", _("It takes no TLS older than 1.2; that is good."), good=True)
    if takes.get("1.3") is False:
        yield Meaning("no-tls-1.3", _("It does not take TLS 1.3, the newest and fastest."))


def _lists(tls: Tls) -> Iterable[Meaning]:
    """Where this system and another list of authorities do not agree."""
    known = dict(tls.known_to)
    here = known.pop("system", None)
    for name, listed in known.items():
        if here and not listed:
            text = _("This system knows its authority, but it is not on {list}.")
            yield Meaning(f"not-on-{name}-list", text.format(list=authority_list(name)))
        elif here is False and listed:
            text = _("Its authority is on {list}, but this system does not know it.")
            yield Meaning("not-known-to-system", text.format(list=authority_list(name)))


def _families(report: EndpointReport) -> Iterable[Meaning]:
    differ = any(p.code == "families-differ" for p in report.problems)
    if report.families and all(f.reachable for f in report.families) and not differ:
        yield Meaning("both-families", _("IPv4 and IPv6 give the same answers."), good=True)


def _extensions(report: EndpointReport) -> Iterable[Meaning]:
    """What an SMTP server can do beside log-in and encryption, as far as people ask for it."""
    if report.endpoint.protocol is not Protocol.SMTP:
        return
    has = dict(report.capabilities)
    words = []
    if has.get("SIZE", "").isdigit() and int(has["SIZE"]):
        words.append(_("messages up to {size}").format(size=_megabytes(int(has["SIZE"]))))
    named = {
        "SMTPUTF8": _("addresses in any script (SMTPUTF8)"),
        "8BITMIME": _("8-bit text (8BITMIME)"),
        "CHUNKING": _("messages in chunks (CHUNKING)"),
        "DSN": _("delivery notices (DSN)"),
    }
    words += [text for keyword, text in named.items() if keyword in has]
    if has.get("LIMITS"):
        words.append(_("limits {limits}").format(limits=has["LIMITS"]))
    if words:
        yield Meaning("extensions", _("It takes {things}.").format(things=", ".join(words)))


def _megabytes(size: int) -> str:
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.0f} MB"


def _and(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("{some} and {last}").format(some=", ".join(words[:-1]), last=words[-1])
