# SPDX-License-Identifier: MPL-2.0
"""What a way in asks of the program. Each function gives one condition."""

from dataclasses import replace
from typing import Final

from clientcfg.advise import steps
from clientcfg.advise.condition import Condition, label, plain, with_report
from clientcfg.advise.tls_versions import common_version, takes_today
from clientcfg.model.answer import Answer
from clientcfg.model.client import ClientVersion, MaxTls, StartTls
from clientcfg.model.endpoint import Endpoint, Security
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.report import Announcement, AuthLine, Tls
from clientcfg.words import _

SMTP_PORT: Final = 25


def does_smtp_auth(client: ClientVersion) -> Condition:
    """Whether the program does SMTP-Auth at all (RFC 4954)."""
    texts = {
        Answer.YES: _("{client} can log in to send (SMTP-Auth)."),
        Answer.NO: _("{client} cannot log in to send: it has no SMTP-Auth."),
        Answer.UNKNOWN: _("whether {client} can log in to send (SMTP-Auth) at all"),
    }
    return plain("smtp-auth", client, client.abilities.smtp_auth, texts)


def reads_announcement(client: ClientVersion, line: AuthLine) -> Condition:
    """Whether the program recognises a log-in that is announced in this form."""
    answer = client.abilities.understands(line.form)
    only_legacy = (
        line.form is Announcement.STANDARD
        and client.abilities.understands(Announcement.LEGACY) is Answer.YES
    )
    texts = {
        Answer.YES: _("{client} recognises the log-in as the server announces it (“{form}…”)."),
        Answer.NO: _(
            "{client} does not recognise a log-in that is announced as “{form}…”,"
            " as this server announces it."
        ),
        Answer.UNKNOWN: _("whether {client} recognises a log-in that is announced as “{form}…”"),
    }
    text = texts[answer]
    if answer is Answer.NO and only_legacy:
        text = _(
            "{client} recognises a log-in only where it is announced in the old form “AUTH=”,"
            " which this server does not send; it sends “{form}…”."
        )
    source = f"{line.evidence} · {client.abilities.mechanisms.source}".removesuffix(" · ")
    return Condition(
        "announcement-form", answer, text.format(client=label(client), form=line.form), source
    )


def can_mechanism(
    client: ClientVersion, mechanism: Mechanism, announced: frozenset[Mechanism]
) -> Condition:
    """Whether the program can use *mechanism*; *announced* are all that the server takes there.

    A program that does one of two mechanisms, nobody knows which, can log in
    where the server takes both.
    """
    known = client.abilities.mechanisms
    answer = known.can(mechanism)
    texts = {
        Answer.YES: _("{client} can log in with {mechanism}."),
        Answer.NO: _("{client} cannot log in with {mechanism}, which this server offers."),
        Answer.UNKNOWN: _("whether {client} can log in with {mechanism}"),
    }
    text = texts[answer]
    if answer is Answer.UNKNOWN and mechanism in known.either and announced >= {*known.either}:
        answer = Answer.YES
        text = _("{client} can log in with one of {either}, and the server takes each of them.")
    elif mechanism in known.reported:
        text = _("whether {client} can log in with {mechanism}, as is said but not confirmed")
    return Condition(
        "mechanism",
        answer,
        text.format(client=label(client), mechanism=mechanism, either=", ".join(known.either)),
        known.source or None,
    )


def can_security(client: ClientVersion, endpoint: Endpoint) -> Condition | None:
    """Whether the program can encrypt the way this endpoint wants; None for a plain one."""
    if endpoint.security is Security.PLAIN:
        return None
    if endpoint.security is Security.STARTTLS:
        return _can_starttls(client, endpoint.port)
    texts = {
        Answer.YES: _("{client} can speak TLS from the first byte."),
        Answer.NO: _("{client} cannot speak TLS from the first byte."),
        Answer.UNKNOWN: _("whether {client} can speak TLS from the first byte"),
    }
    condition = plain("implicit-tls", client, client.abilities.implicit_tls, texts)
    if client.abilities.starttls.value is not StartTls.PORT25_ONLY:
        return condition
    return replace(condition, step=steps.use_port(client, endpoint.port))


def can_port(client: ClientVersion, port: int) -> Condition | None:
    """Whether another port than 25 can be set; None where it need not be."""
    if port == SMTP_PORT:
        return None
    texts = {
        Answer.YES: _("In {client} another port than 25 can be set."),
        Answer.NO: _("In {client} no other port than 25 can be set."),
        Answer.UNKNOWN: _("whether in {client} another port than 25 can be set"),
    }
    return plain("custom-port", client, client.abilities.custom_port, texts)


def can_tls_version(client: ClientVersion, tls: Tls, host: str) -> Condition:
    """Whether the program and the server have a TLS version in common."""
    most = client.abilities.max_tls
    answer = common_version(most.value, tls)
    if answer is Answer.UNKNOWN and _of_today(client, most) and takes_today(tls):
        return _maintained(client, most, host)
    texts = {
        Answer.YES: _("{client} speaks TLS up to {most}, and {host} takes that."),
        Answer.NO: _("{client} speaks TLS up to {most} at most, and {host} wants newer."),
        Answer.UNKNOWN: _("whether {client} can speak a TLS version that {host} takes"),
    }
    text = texts[answer]
    if most.value == "none":
        text = _("{client} cannot speak TLS at all.")
    elif answer is Answer.UNKNOWN and most.reported is not None:
        text = _(
            "whether {client} can speak a TLS version that {host} takes"
            " (up to {reported} is said, but not confirmed)"
        )
    return Condition(
        "tls-version",
        answer,
        text.format(client=label(client), most=most.value, host=host, reported=most.reported),
        most.source or None,
    )


def _of_today(client: ClientVersion, most: MaxTls) -> bool:
    """Whether its TLS is that of a system or library, and it still gets releases."""
    comes_from = most.value if most.reported is None else most.reported
    return client.maintained is Answer.YES and comes_from in ("os", "lib", "1.2", "1.3")


def _maintained(client: ClientVersion, most: MaxTls, host: str) -> Condition:
    """A rule, not a source: who is maintained today speaks TLS 1.2."""
    text = _(
        "{client} is still maintained; on a system that is maintained, too, it speaks at least"
        " TLS 1.2, and {host} takes that."
    )
    rule = _("derived: RFC 9325 §3.1.1 asks for TLS 1.2 everywhere")
    evidence = " · ".join(filter(None, (rule, most.source)))
    return Condition(
        "tls-version", Answer.YES, text.format(client=label(client), host=host), evidence
    )


def _can_starttls(client: ClientVersion, port: int) -> Condition:
    starttls = client.abilities.starttls
    value, reported = starttls.value, starttls.reported
    if value is StartTls.PORT25_ONLY and port == SMTP_PORT:
        value = StartTls.YES
    answer = Answer.NO if value is StartTls.PORT25_ONLY else Answer(value)
    texts = {
        StartTls.YES: _("{client} can encrypt with STARTTLS."),
        StartTls.NO: _("{client} cannot encrypt with STARTTLS."),
        StartTls.PORT25_ONLY: _(
            "{client} can encrypt with STARTTLS on port 25 only; on any other port it speaks"
            " TLS from the first byte."
        ),
        StartTls.UNKNOWN: _("whether {client} can encrypt with STARTTLS (TLS after a greeting)"),
    }
    text = texts[value].format(client=label(client))
    if value is StartTls.UNKNOWN:
        said = {StartTls.NO: Answer.NO}.get(reported, Answer.YES) if reported else None
        text = with_report(text, said)
    return Condition("starttls", answer, text, starttls.source or None)
