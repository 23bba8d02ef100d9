# SPDX-License-Identifier: MPL-2.0
"""Submission: AUTH (RFC 4954) and one message (RFC 6409, RFC 5321 §3.3)."""

import re
from dataclasses import dataclass

from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import TrustedChannel
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, NotFoundOut, Trouble, WrongUsage
from clientcfg.verify.exchange import Step, authenticate, must_be_offered
from clientcfg.verify.talk import Talk
from clientcfg.words import _

_LONGEST_COMMAND = 512 - 2  # octets without CR LF, RFC 4954 §4
_MOST_LINES = 100
_REPLY = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_ENHANCED = re.compile(rb"[245]\.[0-9]{1,3}\.[0-9]{1,3} ")
_PATH = re.compile(r"[^\s<>\x00-\x1f\x7f]+@[^\s<>\x00-\x1f\x7f@]+")
_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, all its lines as they came."""

    code: int
    lines: tuple[bytes, ...]

    @property
    def words(self) -> bytes:
        """Code and texts on one line, the codes once (RFC 2034 §4 repeats them)."""
        first = self.lines[0][4:]
        enhanced = _ENHANCED.match(first)
        again = enhanced[0] if enhanced else b""
        rest = (line[4:].removeprefix(again) for line in self.lines[1:])
        return b" ".join((self.lines[0][:3], first, *rest))


class LoggedIn:
    """An authenticated session. ``words`` is what the server said to the log-in."""

    __slots__ = ("extensions", "talk", "words")

    def __init__(self, talk: Talk, extensions: frozenset[str], words: str) -> None:
        self.talk = talk
        self.extensions = extensions
        self.words = words

    async def leave(self) -> None:
        """QUIT and hang up; what the server says to that no longer matters."""
        try:
            await self.talk.send(b"QUIT\r\n")
            await read_reply(self.talk)
        except Trouble:
            pass
        finally:
            await self.talk.close()


async def read_reply(talk: Talk) -> Reply:
    """The next reply, all its lines (RFC 5321 §4.2.1)."""
    lines: list[bytes] = []
    while len(lines) < _MOST_LINES:
        line = await talk.line()
        match = _REPLY.fullmatch(line)
        if match is None or (lines and line[:3] != lines[0][:3]):
            raise talk.nonsense()
        lines.append(line)
        if match[2] != b"-":
            return Reply(int(match[1]), tuple(lines))
    raise talk.nonsense()


class _Carrier:
    """AUTH with 334 challenges."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    def fits(self, mechanism: Mechanism, initial: bytes) -> bool:
        return len(b"AUTH ") + len(mechanism) + 1 + len(initial) <= _LONGEST_COMMAND

    async def begin(self, mechanism: Mechanism, initial: bytes | None) -> Step:
        command = b"AUTH " + mechanism.encode()
        if initial is None:
            await self.talk.send(command + b"\r\n")
        else:
            await self.talk.send_secret(command + b" ", initial)
        return await self._step()

    async def respond(self, response: bytes) -> Step:
        await self.talk.send_secret(b"", response)
        return await self._step()

    async def _step(self) -> Step:
        reply = await read_reply(self.talk)
        if reply.code == 334:
            return Step(reply.lines[-1][4:].strip())
        return Step(None, reply.code == 235, reply.words)


async def log_in(channel: TrustedChannel, login: ServerLogin, secret: Secret) -> LoggedIn:
    """AUTH by the mechanism that *login* names, on a channel that the probe made.

    Raises :class:`No` "login-refused" with the server's own words, a
    :class:`Refused` where going on would be unsafe, :class:`NotFoundOut`.
    The channel is closed then.
    """
    try:
        talk = Talk(channel, login)
        must_be_offered(channel.report, login)
        words = await authenticate(_Carrier(talk), login, secret)
    except BaseException:
        await channel.wire.close()
        raise
    extensions = frozenset(name.upper() for name, _value in channel.report.capabilities)
    return LoggedIn(talk, extensions, words)


async def submit(session: LoggedIn, sender: str, recipient: str, message: bytes) -> str:
    """Hand over one message; the server's final reply, safe to show.

    Line ends become CR LF. Raises :class:`No` "submission-refused" (5yz),
    :class:`NotFoundOut` "submission-put-off" (4yz), :class:`WrongUsage` for an
    address that cannot stand in a command.
    """
    data = _LINE_END.sub(b"\r\n", message)
    talk = session.talk
    mail = f"MAIL FROM:<{_path(sender)}>"
    for needed, extension, parameter in (
        (not data.isascii(), "8BITMIME", " BODY=8BITMIME"),  # RFC 6152
        (not (sender + recipient).isascii(), "SMTPUTF8", " SMTPUTF8"),  # RFC 6531
    ):
        if needed and extension not in session.extensions:
            raise No(
                "extension-missing",
                _("{host} cannot take this message: it does not offer {extension}.").format(
                    host=talk.host, extension=extension
                ),
            )
        mail += parameter if needed else ""
    for command, wanted in (
        (mail, 250),
        (f"RCPT TO:<{_path(recipient)}>", 250),
        ("DATA", 354),
    ):
        await talk.send(command.encode() + b"\r\n")
        reply = await read_reply(talk)
        if reply.code != wanted and not (command.startswith("RCPT") and reply.code == 251):
            raise _not_taken(talk, reply)
    stuffed = re.sub(rb"^\.", b"..", data, flags=re.MULTILINE)  # RFC 5321 §4.5.2
    end = b".\r\n" if stuffed.endswith(b"\r\n") or not stuffed else b"\r\n.\r\n"
    await talk.send(stuffed + end)
    reply = await read_reply(talk)
    if reply.code != 250:
        raise _not_taken(talk, reply)
    return talk.quote(reply.words)


def _path(address: str) -> str:
    if not _PATH.fullmatch(address):
        raise WrongUsage("not-an-address", _("That is not an address a server could take."))
    return address


def _not_taken(talk: Talk, reply: Reply) -> Trouble:
    words = talk.quote(reply.words)
    if reply.code < 500:
        return NotFoundOut(
            "submission-put-off",
            _("The log-in worked, but {host} does not take the message now: “{words}”.").format(
                host=talk.host, words=words
            ),
            _("Try again in a few minutes."),
        )
    return No(
        "submission-refused",
        _("The log-in worked, but {host} refused the message: “{words}”.").format(
            host=talk.host, words=words
        ),
        _("Check that this account may send from this address."),
    )
