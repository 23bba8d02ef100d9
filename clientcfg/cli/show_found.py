# SPDX-License-Identifier: MPL-2.0
"""What *find* found, for people."""

from clientcfg.cli.screen import NO, UNKNOWN, YES, Screen
from clientcfg.cli.words import purpose
from clientcfg.model.offer import Found, Offer, Outcome
from clientcfg.model.phrases import encryption, source_name, trust_words
from clientcfg.words import _

_MARKS = {Outcome.FOUND: YES, Outcome.NO: NO, Outcome.UNKNOWN: UNKNOWN}


def show_found(screen: Screen, found: Found) -> None:
    """Offers as a table, then who said so."""
    if found.offers:
        screen.say(_("Servers of {target}").format(target=found.target), style="bold")
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
        screen.say(_("No servers of {target} were found.").format(target=found.target))
    screen.say()
    screen.say(_("Who was asked"), style="bold")
    for answer in found.sources:
        time = _("{ms:.0f} ms").format(ms=answer.ms) if answer.ms else ""
        screen.say(
            f"  {_MARKS[answer.outcome]} {source_name(answer.name)}: {answer.reason}  {time}"
        )
    for note in found.notes:
        screen.say()
        screen.say(note)
    if not found.offers:
        screen.say()
        screen.say(_("If you know the servers, name them: --smtp HOST and --imap HOST."))
    if any(o.needs_probe for o in found.offers):
        screen.say()
        screen.say(
            _(
                "The DNS answers are not signed. Whether these servers are the right ones is "
                "settled by their certificates: add --probe."
            )
        )


def _sure(offer: Offer) -> str:
    if offer.needs_probe:
        return _("the certificate will tell")
    words = trust_words(offer.trust) if offer.trust is not None else ""
    if offer.guessed:
        words = _("guessed, {words}").format(words=words)
    if offer.confirm:
        words = _("{words}: you have to agree").format(words=words)
    return f"{offer.trust} {words}"
