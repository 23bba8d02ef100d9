# SPDX-License-Identifier: MPL-2.0
"""Proving it: log in, send one message to oneself, see it arrive, delete it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from clientcfg.flows.arrived import LOOKED_FOR, arrived
from clientcfg.flows.choose import Choice, agree_on_hosts, choose, choose_incoming, why_none
from clientcfg.flows.door import Door
from clientcfg.flows.events import Event, ProbeDone, Proved, VerifyDone
from clientcfg.flows.password import RulesFor, by_password, may_help
from clientcfg.flows.probe import probe
from clientcfg.flows.question import Answerer, PasswordWanted, Question
from clientcfg.flows.remembered import Remembered
from clientcfg.flows.unsafe import unencrypted
from clientcfg.model.account import ServerLogin
from clientcfg.model.address import Address
from clientcfg.model.channel import TrustedChannel
from clientcfg.model.endpoint import Protocol
from clientcfg.model.phrases import named, one_decimal
from clientcfg.model.report import EndpointReport
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, WrongUsage
from clientcfg.verify import imap, message, pop3, smtp
from clientcfg.words import _

LogIn = Callable[
    [TrustedChannel, ServerLogin, Secret],
    Awaitable[smtp.LoggedIn | imap.LoggedIn | pop3.LoggedIn],
]
LOG_IN: Mapping[Protocol, LogIn] = {
    Protocol.SMTP: smtp.log_in,
    Protocol.IMAP: imap.log_in,
    Protocol.POP3: pop3.log_in,
}


async def verify(
    question: Question,
    answerer: Answerer,
    remembered: Remembered | None = None,
    *,
    send: bool = True,
    keep: bool = False,
    rules_for: RulesFor | None = None,
) -> AsyncIterator[Event]:
    """Log in to both servers, send one message to the address itself, see it arrive.

    Ends with :class:`VerifyDone`. *send* False stops after the log-ins; *keep*
    leaves the message where it is. Raises a :class:`Trouble` where a server
    cannot be trusted, refuses the log-in, or would protect the password less
    than it did when *remembered* was written. Where *rules_for* says that the
    provider refuses every password, none is asked for.
    """
    address = question.address
    if address is None:
        raise WrongUsage("no-address", _("To prove it, clientcfg needs an e-mail address."))
    probed: ProbeDone | None = None
    async for event in probe(question):
        yield event
        if isinstance(event, ProbeDone):
            probed = event
    assert probed is not None  # noqa: S101 - probe ends with ProbeDone or raises
    outgoing = choose(question, probed, (Protocol.SMTP,), by_password)
    if outgoing is None:
        raise why_none(probed, Protocol.SMTP)
    incoming = choose_incoming(question, probed, by_password)
    choices = tuple(c for c in (outgoing, incoming) if c is not None)
    await agree_on_hosts(choices, question, answerer)
    door = Door(question, remembered)
    door.refuse_weaker(choices, probed.report)
    rules = None if rules_for is None else rules_for(probed.report, question)
    first = may_help(outgoing.login, rules)
    why = " ".join((_("To log in and send one message."), *first))
    secret = await ask_password(choices, answerer, why)
    async for event in _prove(door, address, outgoing, incoming, secret, send=send, keep=keep):
        yield event


def subject() -> str:
    """The subject of the message that :func:`verify` sends."""
    return message.subject()


async def ask_password(choices: tuple[Choice, ...], answerer: Answerer, why: str) -> Secret:
    """The password, or :class:`No` where none is to be had."""
    hosts = tuple(dict.fromkeys(c.login.endpoint.host for c in choices))
    why = " ".join((why, *unencrypted(c.login for c in choices)))
    secret = await answerer.password(PasswordWanted(choices[0].login.username, hosts, why))
    if secret is None:
        raise No(
            "no-password",
            _("Without the password this cannot be proved."),
            _("Type it when asked, or give it on standard input with --password-stdin."),
        )
    return secret


async def log_in_everywhere(
    door: Door, choices: tuple[Choice, ...], secret: Secret
) -> AsyncIterator[Event]:
    """Log in to each server and leave again: nothing is sent, nothing is read."""
    for choice in choices:
        step, login = _login_step(choice.login), choice.login
        yield Proved(step, None, _("Logging in to {server}").format(server=login.endpoint.host))
        channel = await door.open(login)
        try:
            words = await _log_in_and_leave(channel, login, secret)
        finally:
            await channel.wire.close()
        yield Proved(step, True, _logged_in(login), words)
        for fault in door.passed(login, channel):
            yield Proved("remembered", False, fault)


async def _log_in_and_leave(channel: TrustedChannel, login: ServerLogin, secret: Secret) -> str:
    session = await LOG_IN[login.endpoint.protocol](channel, login, secret)
    await session.leave()
    return session.words


async def _prove(
    door: Door,
    address: Address,
    outgoing: Choice,
    incoming: Choice | None,
    secret: Secret,
    *,
    send: bool,
    keep: bool,
) -> AsyncIterator[Event]:
    if not send:
        choices = (outgoing,) if incoming is None else (outgoing, incoming)
        async for event in log_in_everywhere(door, choices, secret):
            yield event
        yield _done(outgoing, incoming, None)
        return
    sent = message.message_to_oneself(address, door.question.real_name or "")
    server = outgoing.login.endpoint.host
    yield Proved("connect", None, _("Connecting to {server}").format(server=server))
    channel = await door.open(outgoing.login)
    try:
        text = _("Connected to {server}").format(server=server)
        yield Proved("connect", True, text, _connected(channel.report))
        yield Proved("login-smtp", None, _("Logging in to the outgoing server"))
        session = await smtp.log_in(channel, outgoing.login, secret)
        yield Proved("login-smtp", True, _logged_in(outgoing.login), session.words)
        for fault in door.passed(outgoing.login, channel):
            yield Proved("remembered", False, fault)
        yield Proved("send", None, _("Sending a message to {address}").format(address=address))
        reply = await smtp.submit(session, str(address), str(address), sent.data)
        yield Proved("send", True, _("The server took the message"), reply)
        await session.leave()
    finally:
        await channel.wire.close()
    if incoming is None:
        yield _done(outgoing, None, sent.message_id, sent=True)
        return
    login = incoming.login
    yield Proved("seen", None, _("Waiting for it to arrive"))
    looked = await arrived(door, login, secret, sent.message_id, keep=keep)
    if looked.after is not None:
        words = _("Seen at {server} after {seconds} seconds").format(
            server=login.endpoint.host, seconds=one_decimal(looked.after)
        )
        yield Proved("seen", True, _("It arrived in the inbox"), words)
    else:
        text = _("It was accepted, but not seen within {seconds:g} seconds")
        yield Proved("seen", False, text.format(seconds=LOOKED_FOR))
    if looked.deleted:
        yield Proved("deleted", True, _("That one message was deleted again"))
    elif looked.seen and not keep:
        yield Proved("deleted", False, _("The message could not be deleted alone, and was left"))
    yield _done(
        outgoing,
        incoming,
        sent.message_id,
        sent=True,
        seen=looked.seen,
        deleted=looked.deleted,
    )


def _done(
    outgoing: Choice,
    incoming: Choice | None,
    message_id: str | None,
    *,
    sent: bool | None = None,
    seen: bool | None = None,
    deleted: bool | None = None,
) -> VerifyDone:
    return VerifyDone(
        logged_in=True,
        sent=sent,
        seen=seen,
        deleted=deleted,
        message_id=message_id,
        outgoing=outgoing.login.endpoint,
        incoming=incoming.login.endpoint if incoming is not None else None,
    )


def _connected(report: EndpointReport) -> str:
    """Port, encryption, and how long both took until something could be said."""
    timing = report.timing
    parts = [
        _("Port {port}").format(port=report.endpoint.port),
        _("not encrypted") if report.tls is None else f"TLS {report.tls.version}",
    ]
    if timing.connect is not None:
        parts.append(_("{ms:.0f} ms").format(ms=timing.connect + (timing.tls or 0.0)))
    return ", ".join(parts)


def _login_step(login: ServerLogin) -> str:
    return f"login-{login.endpoint.protocol}"


def _logged_in(login: ServerLogin) -> str:
    text = _("Logged in with {mechanism} at {server}").format(
        mechanism=login.mechanism, server=named(login.endpoint)
    )
    return ". ".join((text, *unencrypted((login,))))
