# SPDX-License-Identifier: MPL-2.0
"""IMAP's own grammar: tagged commands, literals, untagged data (RFC 9051 §2.2, §4.3)."""

import re
from dataclasses import dataclass

from clientcfg.model.secret import Secret
from clientcfg.model.trouble import No, WrongUsage
from clientcfg.verify.exchange import Step
from clientcfg.verify.talk import Talk
from clientcfg.words import _

_LONGEST_LINE = 1 << 20  # octets; a SEARCH over a large mailbox is one line
_MOST_RESPONSES = 10_000
_MOST_LITERALS = 64
_LITERAL = re.compile(rb"\{([0-9]{1,9})\}\Z")
_QUOTABLE = re.compile(rb"[\x20-\x7e]*")
_STATUS = re.compile(rb"(OK|NO|BAD)(?: (.*))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Literal:
    """An argument that is sent with its length before it."""

    value: bytes


Argument = bytes | Literal


@dataclass(frozen=True, slots=True)
class Data:
    """One untagged response; each ``{n}`` in ``text`` stands for one of ``literals``."""

    text: bytes
    literals: tuple[bytes, ...] = ()

    def starts(self, word: bytes) -> bool:
        """Whether this is *word*, a keyword before a blank or the end."""
        return self.text.upper().split(b" ", 1)[0] == word


@dataclass(frozen=True, slots=True)
class Completion:
    """A tagged answer with the data that came before it."""

    ok: bool
    words: bytes
    data: tuple[Data, ...]


def astring(text: bytes) -> Argument:
    """*text* as a quoted string, or as a literal where it cannot be one.

    Raises :class:`WrongUsage` for a NUL, which neither can carry.
    """
    if b"\0" in text:
        raise WrongUsage("not-for-imap", _("A text with a NUL cannot be sent over IMAP."))
    if len(text) <= 900 and _QUOTABLE.fullmatch(text):
        return b'"' + text.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    return Literal(text)


class ImapTalk:
    """Sends commands one at a time; also carries the SASL exchange."""

    __slots__ = ("_count", "_initial", "talk")

    def __init__(self, talk: Talk, *, initial_responses: bool) -> None:
        self.talk = talk
        self._initial = initial_responses
        self._count = 0

    async def command(self, *arguments: Argument) -> Completion:
        """One command; its completion, whether OK, NO or BAD."""
        tag = self._next_tag()
        pending = tag
        for argument in arguments:
            if isinstance(argument, Literal):
                await self.talk.send(pending + b" {%d}\r\n" % len(argument.value))
                early = await self._until(tag)
                if isinstance(early, Completion):
                    return early
                pending = argument.value
            else:
                pending += b" " + argument
        await self.talk.send(pending + b"\r\n")
        done = await self._until(tag)
        if not isinstance(done, Completion):
            raise self.talk.nonsense()
        return done

    async def must(self, *arguments: Argument) -> Completion:
        """As :meth:`command`; raises :class:`No` "imap-refused" for anything but OK."""
        done = await self.command(*arguments)
        if not done.ok:
            raise No(
                "imap-refused",
                _("The log-in worked, but {host} refused: “{words}”.").format(
                    host=self.talk.host, words=self.talk.quote(done.words)
                ),
            )
        return done

    def hide(self, secret: Secret) -> None:
        """What must not come back in a quotation."""
        self.talk.hide(secret)

    def fits(self, _mechanism: str, _initial: bytes) -> bool:
        """SASL-IR, RFC 4959."""
        return self._initial

    async def begin(self, mechanism: str, initial: bytes | None) -> Step:
        """AUTHENTICATE, RFC 9051 §6.2.2."""
        command = self._next_tag() + b" AUTHENTICATE " + mechanism.encode()
        if initial is None:
            await self.talk.send(command + b"\r\n")
        else:
            await self.talk.send_secret(command + b" ", initial)
        return await self._step()

    async def respond(self, response: bytes) -> Step:
        """One line of the exchange."""
        await self.talk.send_secret(b"", response)
        return await self._step()

    def _next_tag(self) -> bytes:
        self._count += 1
        return b"c%03d" % self._count

    async def _step(self) -> Step:
        answer = await self._until(b"c%03d" % self._count)
        if isinstance(answer, Completion):
            return Step(None, answer.ok, answer.words)
        return Step(answer.strip())

    async def _until(self, tag: bytes) -> Completion | bytes:
        """The completion of *tag*, or the text of a continuation request."""
        data: list[Data] = []
        while len(data) < _MOST_RESPONSES:
            response = await self._response()
            first, _blank, rest = response.text.partition(b" ")
            if first == b"+":
                return rest
            if first == tag:
                status = _STATUS.fullmatch(rest)
                if status is None:
                    raise self.talk.nonsense()
                return Completion(status[1].upper() == b"OK", rest, tuple(data))
            if first != b"*":
                raise self.talk.nonsense()
            data.append(Data(rest, response.literals))
        raise self.talk.nonsense()

    async def _response(self) -> Data:
        text = b""
        literals: list[bytes] = []
        while len(literals) <= _MOST_LITERALS and len(text) <= _LONGEST_LINE:
            text += await self.talk.line(_LONGEST_LINE)
            size = _LITERAL.search(text)
            if size is None:
                return Data(text, tuple(literals))
            literals.append(await self.talk.octets(int(size[1])))
        raise self.talk.nonsense()
