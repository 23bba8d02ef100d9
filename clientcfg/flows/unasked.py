# SPDX-License-Identifier: MPL-2.0
"""Servers taken as they were named: nobody is asked, so nothing about them is proved."""

from clientcfg.discover.rank import rank
from clientcfg.flows.choose import Choice
from clientcfg.flows.find import NAMED
from clientcfg.flows.question import Question
from clientcfg.flows.unsafe import refuse_in_the_clear
from clientcfg.model.account import ServerLogin
from clientcfg.model.endpoint import Protocol
from clientcfg.model.mechanism import PLAIN
from clientcfg.model.offer import Offer, Trust
from clientcfg.model.trouble import WrongUsage
from clientcfg.words import _


def taken_as_named(question: Question) -> tuple[Choice, ...]:
    """An outgoing server and one to read from: a password that is sent as it is, inside TLS.

    Only what the person named counts; raises :class:`WrongUsage` where
    something would have to be asked after all (a server that only DNS names is
    nobody's word, and a certificate that nobody looked at is never written as
    one that was agreed to), and :class:`Refused` for a server without TLS.
    """
    if question.pins:
        raise WrongUsage(
            "nothing-compared",
            _("With --no-probe no certificate is looked at, so --trust-cert cannot be compared."),
            _("Leave one of the two out."),
        )
    if not any(e.protocol is Protocol.SMTP for e in question.servers):
        raise WrongUsage(
            "no-smtp-server",
            _("With --no-probe the outgoing server has to be named."),
            _("Name it with --smtp HOST."),
        )
    named = rank(Offer(server, NAMED, Trust.A0) for server in question.servers)

    def best(*protocols: Protocol) -> Offer | None:
        return next((o for p in protocols for o in named if o.endpoint.protocol is p), None)

    choices = tuple(
        Choice(ServerLogin(o.endpoint, question.user_for(o.endpoint.protocol, None), PLAIN), o)
        for o in (best(Protocol.SMTP), best(Protocol.IMAP, Protocol.POP3))
        if o is not None
    )
    refuse_in_the_clear((c.login for c in choices), question)
    return choices
