# SPDX-License-Identifier: MPL-2.0
"""What *find* found, for people."""

import idna

from clientcfg.cli.screen import NO, UNKNOWN, YES, Screen
from clientcfg.cli.words import purpose
from clientcfg.model.offer import Found, Offer, Outcome
from clientcfg.model.phrases import encryption, source_name, trust_words
from clientcfg.words import _

_MARKS = {Outcome.FOUND: YES, Outcome.UNKNOWN: UNKNOWN, Outcome.NO: NO}
# Who can only be asked once servers are, so that its answer tells that they were.
_WITH_PROBE = "guess"


def show_found(screen: Screen, found: Found) -> None:
    """Offers as a table, then who said so, and who did not, and what to do about it."""
    target = _readable(found.target)
    if found.offers:
        screen.say(_("Servers of {target}").format(target=target), style="bold")
        screen.table(
            (_("For"), _("Server"), _("Port"), _("Encryption"), _("How sure")),
            [
                (
                    purpose(o.endpoint.protocol),
                    o.endpoint.host,
                    str(o.endpoint.port),
                    encryption(o.endpoint.security),
                    _sure(o),
                )
                for o in found.offers
            ],
        )
    else:
        screen.say(_("No servers of {target} were found.").format(target=target))
    screen.say()
    screen.say(_("Who was asked"), style="bold")
    order = list(_MARKS)
    for answer in sorted(found.sources, key=lambda a: order.index(a.outcome)):
        line = f"  {_MARKS[answer.outcome]} {source_name(answer.name)}: {answer.reason}"
        time = _("{ms:.0f} ms").format(ms=answer.ms) if answer.ms else ""
        screen.say(f"{line}  {time}".rstrip())
    for text in (*found.notes, *_what_next(found)):
        screen.say()
        screen.say(text)


def _what_next(found: Found) -> list[str]:
    said = []
    hosts = dict.fromkeys(o.endpoint.host for o in found.offers if o.confirm)
    if hosts:
        options = " ".join(f"--accept-host {host}" for host in hosts)
        said.append(
            _("How to agree before a password goes there: {options}").format(options=options)
        )
    if any(o.needs_probe for o in found.offers):
        said.append(
            _(
                "The DNS answers are not signed. Whether these servers are the right ones is "
                "settled by their certificates: add --probe."
            )
        )
    names = {answer.name for answer in found.sources}
    if not found.offers:
        # Who asked nobody but what is on this machine has something else in mind.
        if "srv" in names and _WITH_PROBE not in names and "@" in found.target:
            said.append(_("With --probe the usual names of mail servers are tried, too."))
        said.append(_("If you know the servers, name them: --smtp HOST and --imap HOST."))
    return said


def _readable(target: str) -> str:
    """*target*, and how it is written where its letters are not ASCII."""
    local, at, domain = target.rpartition("@")
    try:
        shown = idna.decode(domain) if "xn--" in domain else domain
    except (idna.IDNAError, UnicodeError):
        shown = domain
    return target if shown == domain else f"{local}{at}{shown} ({target})"


def _sure(offer: Offer) -> str:
    if offer.needs_probe:
        return _("the certificate will tell")
    words = trust_words(offer.trust) if offer.trust is not None else ""
    if offer.guessed:
        words = _("guessed, {words}").format(words=words)
    if offer.confirm:
        words = _("{words}: you have to agree").format(words=words)
    return f"{offer.trust} {words}"
