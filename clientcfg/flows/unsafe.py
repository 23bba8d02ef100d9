# SPDX-License-Identifier: MPL-2.0
"""Where a password must not go: why in words. And the one place where it may go unencrypted."""

from collections.abc import Iterable

from clientcfg.flows.question import Question
from clientcfg.model.account import ServerLogin
from clientcfg.model.endpoint import Security
from clientcfg.model.report import EndpointReport
from clientcfg.model.trouble import Refused
from clientcfg.words import _


def no_encryption(report: EndpointReport) -> Refused:
    """For a server with which no TLS comes about, and what it said instead."""
    return Refused(
        "no-encryption",
        _(
            "There is no encryption to be had from {server}, so a password would go in the clear."
            " {why}"
        )
        .format(server=report.endpoint.host, why=_what_was_seen(report))
        .rstrip(),
        _("Ask the server’s administrator for TLS on port 465 or 587."),
        _("In a network of strangers, try again from another one."),
    )


def tampered_with(report: EndpointReport) -> Refused:
    """For a server whose certificate verified, and yet somebody else may be talking."""
    return Refused(
        "tampered-with",
        _("No password may go to {server}. {why}").format(
            server=report.endpoint.host, why=_what_was_seen(report)
        ),
        _("Try again from another network, and ask the server’s administrator."),
    )


def refuse_in_the_clear(logins: Iterable[ServerLogin], question: Question) -> None:
    """Raises :class:`Refused` for a server without TLS, save a loopback address that was named.

    It has to be written as an address, by the person: what ``localhost`` means
    is the resolver's word, and what a domain publishes is a stranger's.
    """
    for login in logins:
        endpoint = login.endpoint
        clear = endpoint.security is Security.PLAIN
        if clear and endpoint not in question.trust.named_loopback:
            raise Refused(
                "password-in-the-clear",
                _("A password for {host} would go over the net unencrypted.").format(
                    host=endpoint.host
                ),
                _("Use an endpoint with TLS or STARTTLS."),
            )


def unencrypted(logins: Iterable[ServerLogin]) -> tuple[str, ...]:
    """A sentence for each log-in whose password goes unencrypted to this very machine."""
    return tuple(
        _(
            "The password goes unencrypted to {host}, port {port}: an address of this very machine,"
            " which you named yourself."
        ).format(host=login.endpoint.host, port=login.endpoint.port)
        for login in logins
        if login.endpoint.security is Security.PLAIN
    )


def _what_was_seen(report: EndpointReport) -> str:
    return " ".join(p.text for p in report.problems if p.code != "address-without-answer")
