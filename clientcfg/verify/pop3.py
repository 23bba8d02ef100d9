# SPDX-License-Identifier: MPL-2.0
"""The inbox over POP3: log in, find one message, delete that one (RFC 1939, RFC 5034)."""

import re

from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import TrustedChannel
from clientcfg.model.mechanism import Mechanism
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, Trouble, WrongUsage
from clientcfg.sasl.conversation import octets
from clientcfg.verify.arrival import Looked, has_message_id
from clientcfg.verify.exchange import Step, authenticate, by_command
from clientcfg.verify.refusal import refused
from clientcfg.verify.talk import Talk
from clientcfg.words import _

NEWEST = 50  # messages looked at; ours is among the last that came
_LONGEST_COMMAND = 255 - 2  # octets without CR LF, RFC 2449 §4
_LONGEST_TEXT = 1 << 20  # octets
_SMALL = 20_000  # octets; a message of ours is much smaller
_STAT = re.compile(rb"\+OK ([0-9]{1,9}) [0-9]+(?: .*)?", re.IGNORECASE)
_LIST = re.compile(rb"\+OK [0-9]+ ([0-9]{1,12})(?: .*)?", re.IGNORECASE)


class LoggedIn:
    """An authenticated session. ``words`` is what the server said to the log-in."""

    __slots__ = ("talk", "words")

    def __init__(self, talk: Talk, words: str) -> None:
        self.talk = talk
        self.words = words

    async def leave(self) -> bool:
        """QUIT and hang up. True if the server did what DELE asked for (RFC 1939 §6)."""
        try:
            return (await command(self.talk, b"QUIT")).ok
        except Trouble:
            return False
        finally:
            await self.talk.close()


class _Carrier:
    """AUTH with "+" challenges."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    def fits(self, mechanism: Mechanism, initial: bytes) -> bool:
        return len(b"AUTH ") + len(mechanism) + 1 + len(initial) <= _LONGEST_COMMAND

    async def begin(self, mechanism: Mechanism, initial: bytes | None) -> Step:
        word = b"AUTH " + mechanism.encode()
        if initial is None:
            return await command(self.talk, word)
        await self.talk.send_secret(word + b" ", initial)
        return await _answer(self.talk)

    async def respond(self, response: bytes) -> Step:
        await self.talk.send_secret(b"", response)
        return await _answer(self.talk)


async def _answer(talk: Talk) -> Step:
    line = await talk.line()
    word, _blank, rest = line.partition(b" ")
    match word.upper():
        case b"+":
            return Step(rest.strip())
        case b"+OK":
            return Step(None, True, line)
        case b"-ERR":
            return Step(None, False, line)
    raise talk.nonsense()


async def command(talk: Talk, words: bytes) -> Step:
    """One command without a secret, and its one-line answer."""
    await talk.send(words + b"\r\n")
    return await _answer(talk)


async def log_in(channel: TrustedChannel, login: ServerLogin, secret: Secret) -> LoggedIn:
    """AUTH, or USER and PASS where the server lists no fitting mechanism.

    Raises as :func:`clientcfg.verify.smtp.log_in`; the channel is closed then.
    """
    try:
        talk = Talk(channel, login)
        if by_command(channel.report, login):
            words = await _user_and_pass(talk, login.username, secret)
        else:
            words = await authenticate(_Carrier(talk), login, secret)
    except BaseException:
        await channel.wire.close()
        raise
    return LoggedIn(talk, words)


async def find(session: LoggedIn, message_id: str) -> int | None:
    """The number of the message with exactly this Message-ID among the newest ones."""
    talk = session.talk
    stat = await command(talk, b"STAT")
    match = _STAT.fullmatch(stat.words)
    if match is None:
        raise _unwilling(talk, stat)
    count = int(match[1])
    for number in range(count, max(0, count - NEWEST), -1):
        if has_message_id(await _header(talk, number), message_id.encode()):
            return number
    return None


async def delete(session: LoggedIn, number: int) -> bool:
    """Mark this message; it goes when :meth:`LoggedIn.leave` says so."""
    return (await command(session.talk, b"DELE %d" % number)).ok


async def look(
    channel: TrustedChannel,
    login: ServerLogin,
    secret: Secret,
    message_id: str,
    *,
    delete: bool,
) -> Looked:
    """Log in, look into the inbox once, with *delete* remove that one message, leave.

    POP3 shows a mailbox as it was at the log-in, so each look needs a new channel.
    """
    session = await log_in(channel, login, secret)
    marked = False
    try:
        number = await find(session, message_id)
        marked = delete and number is not None and await _delete(session, number)
    finally:
        left = await session.leave()
    return Looked(seen=number is not None, deleted=marked and left)


_delete = delete


async def _user_and_pass(talk: Talk, username: str, secret: Secret) -> str:
    name = octets(username, _("user name"))
    password = octets(secret.reveal(), _("password"))
    if re.search(rb"[\r\n]", name + password) or b" " in name:
        raise WrongUsage(
            "not-for-pop3",
            _("POP3 cannot carry a line end, nor a blank in the user name."),
        )
    talk.hide(secret)
    answer = await command(talk, b"USER " + name)
    if answer.ok:
        await talk.send_secret(b"PASS ", password)
        answer = await _answer(talk)
    shown = talk.quote(answer.words)
    if not answer.ok:
        raise refused(talk.host, answer.words, shown)
    return shown


async def _header(talk: Talk, number: int) -> bytes:
    """The header by TOP, or from the whole message where that is small and TOP is missing."""
    answer = await command(talk, b"TOP %d 0" % number)
    if not answer.ok:
        size = _LIST.fullmatch((await command(talk, b"LIST %d" % number)).words)
        if size is None or int(size[1]) > _SMALL:
            return b""
        answer = await command(talk, b"RETR %d" % number)
        if not answer.ok:
            return b""
    return await _text(talk)


async def _text(talk: Talk) -> bytes:
    """The lines of a multi-line answer without their dots (RFC 1939 §3)."""
    lines: list[bytes] = []
    size = 0
    while size <= _LONGEST_TEXT:
        line = await talk.line(_LONGEST_TEXT)
        if line == b".":
            return b"\r\n".join(lines)
        size += len(line) + 2
        lines.append(line.removeprefix(b"."))
    raise talk.nonsense()


def _unwilling(talk: Talk, answer: Step) -> No:
    return No(
        "pop3-refused",
        _("The log-in worked, but {host} refused: “{words}”.").format(
            host=talk.host, words=talk.quote(answer.words)
        ),
    )
