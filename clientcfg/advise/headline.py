# SPDX-License-Identifier: MPL-2.0
"""The answer to a probe in one sentence."""

from clientcfg.model.endpoint import Protocol
from clientcfg.model.report import EndpointReport, ServerReport
from clientcfg.words import _


def headline(report: ServerReport) -> str:
    """The one sentence: can mail be sent there with SMTP-Auth?"""
    sending = report.of(Protocol.SMTP)
    good = [e for e in sending if e.trusted and e.auth]
    if good:
        names = ", ".join(dict.fromkeys(m for e in good for m in e.auth or ()))
        return _("Sending with SMTP-Auth works over encryption that was verified: {names}.").format(
            names=names
        )
    if not any(e.reachable for e in report.endpoints):
        return _("No server answered, so nothing is known about SMTP-Auth there.")
    return _without(sending)


def _without(sending: tuple[EndpointReport, ...]) -> str:
    if not sending:
        return _("No server for sending was asked.")
    if not any(e.reachable for e in sending):
        return _("No server for sending answered, so nothing is known about SMTP-Auth there.")
    if any(e.auth for e in sending):
        return _("SMTP-Auth is offered, but not over encryption that could be verified.")
    if any(e.auth_before_tls for e in sending):
        return _("SMTP-Auth is offered in the clear only, where no password should go.")
    return _("No server for sending that answered offers SMTP-Auth.")
