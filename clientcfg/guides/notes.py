# SPDX-License-Identifier: MPL-2.0
"""What has to be said before the steps: whether the program can, and what was not proved."""

from collections.abc import Iterable

from clientcfg.guides.guide import Note
from clientcfg.guides.mailbox import clean
from clientcfg.guides.phrases import wording
from clientcfg.guides.sayings import saying
from clientcfg.guides.subject import Subject
from clientcfg.model.client import Confidence
from clientcfg.model.endpoint import Security
from clientcfg.model.phrases import after_colon
from clientcfg.model.verdict import Verdict, VerdictKind
from clientcfg.words import _


def notes_of(subject: Subject) -> tuple[Note, ...]:
    """Every note, the gravest first."""
    return tuple(
        note for found in (_of_verdict, _of_servers, _of_program) for note in found(subject)
    )


def _of_verdict(subject: Subject) -> Iterable[Note]:
    verdict = subject.verdict
    if verdict is None or verdict.kind is VerdictKind.READY:
        return
    yield Note(
        f"verdict-{verdict.kind}",
        _verdict_sentence(verdict),
        grave=verdict.kind is not VerdictKind.UNKNOWN,
        points=tuple(_points(verdict)),
        advice=tuple(clean(advice.text) for advice in verdict.advice),
    )


def _verdict_sentence(verdict: Verdict) -> str:
    return {
        VerdictKind.NEEDS_STEP: _("Something has to be done before these steps can work."),
        VerdictKind.UPGRADE: _("This version cannot send there; the steps alone will not do."),
        VerdictKind.BRIDGE: _("This program cannot send there by itself."),
        VerdictKind.IMPOSSIBLE: _("This program cannot send there."),
        VerdictKind.UNKNOWN: _("It is not known whether this program can send there."),
    }[verdict.kind]


def _points(verdict: Verdict) -> Iterable[str]:
    if verdict.missing_fact:
        yield _("What would decide it: {fact}.").format(
            fact=after_colon(clean(verdict.missing_fact))
        )
        return
    for reason in verdict.reasons[:3]:
        yield clean(reason.text)


def _of_servers(subject: Subject) -> Iterable[Note]:
    mailbox = subject.mailbox
    if not subject.proved:
        yield Note(
            "not-proved",
            _("Nobody was asked: the servers are as they were named, and nothing is proved."),
        )
    for host in subject.unconfirmed:
        yield Note(
            "host-not-confirmed",
            _(
                "{host} is named only by a source that anybody on the line could forge; ask your "
                "provider whether it is the right server."
            ).format(host=clean(host)),
            grave=True,
        )
    logins = (mailbox.outgoing, mailbox.incoming)
    if any(one is not None and one.endpoint.security is Security.PLAIN for one in logins):
        yield Note(
            "in-the-clear",
            _("The connection is not encrypted: the password can be read on the way."),
            grave=True,
        )
    if mailbox.incoming is None:
        yield Note("sending-only", _("These steps are for sending only."))


def _of_program(subject: Subject) -> Iterable[Note]:
    client, row = subject.client, subject.row
    if client.local:
        yield Note("local", _("What is said of this program comes from a profile of your own."))
    if not client.covered and client.version is not None:
        yield Note(
            "version-not-known",
            _("Version {version} is not known here; it may look different.").format(
                version=clean(client.version)
            ),
        )
    for id_ in () if row is None else row.say:
        yield Note(id_, saying(id_))
    if row is None:
        yield Note("wording-not-known", wording(None))
    elif row.confidence is Confidence.RECOLLECTION:
        yield Note("wording-not-confirmed", wording(row.confidence))
