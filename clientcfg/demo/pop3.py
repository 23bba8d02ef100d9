# SPDX-License-Identifier: MPL-2.0
"""A small POP3 server with one account (RFC 1939, 2449, 2595, 5034)."""

import base64
import binascii
import ssl
from collections.abc import Awaitable, Callable

from clientcfg.demo.listener import HungUp, Peer
from clientcfg.demo.mailbox import DemoAccount, Stored

_MOST_FAILURES = 5
_FAILED = b"-ERR [AUTH] The user name or the password is wrong"
_UNKNOWN = b"-ERR That is not a command for me now"

Command = Callable[[bytes], Awaitable[bytes]]


class Pop3Session:
    """One client, from greeting to QUIT. Commands return their answer, without its CR LF."""

    def __init__(self, peer: Peer, account: DemoAccount, context: ssl.SSLContext) -> None:
        self._peer = peer
        self._account = account
        self._mailbox = account.mailbox
        self._context = context
        self._user = b""
        self._drop: list[Stored] | None = None  # the mailbox as it was at the log-in
        self._marked: set[int] = set()
        self._leaving = False
        self._failures = 0
        self._always: dict[bytes, Command] = {b"CAPA": self._capa, b"QUIT": self._quit}
        self._before: dict[bytes, Command] = {
            b"STLS": self._stls,
            b"USER": self._take_user,
            b"PASS": self._pass,
            b"AUTH": self._auth,
        }
        self._after: dict[bytes, Command] = {
            b"STAT": self._stat,
            b"LIST": self._list,
            b"UIDL": self._uidl,
            b"RETR": self._retr,
            b"TOP": self._top,
            b"DELE": self._dele,
            b"NOOP": self._noop,
            b"RSET": self._rset,
        }

    async def serve(self) -> None:
        """Until QUIT, or until the client is gone; only QUIT deletes (RFC 1939 §6)."""
        await self._peer.send(b"+OK clientcfg demo\r\n")
        try:
            while not self._leaving:
                word, _blank, argument = (await self._peer.line()).partition(b" ")
                table = self._before if self._drop is None else self._after
                handler = self._always.get(word.upper()) or table.get(word.upper())
                answer = _UNKNOWN if handler is None else await handler(argument)
                if answer:
                    await self._peer.send(answer + b"\r\n")
                if self._failures >= _MOST_FAILURES:
                    raise HungUp
        finally:
            if self._drop is not None:
                self._mailbox.pop3_holds_it = False

    async def _capa(self, _argument: bytes) -> bytes:
        lines = [b"TOP", b"UIDL", b"RESP-CODES", b"AUTH-RESP-CODE"]
        lines += [b"USER", b"SASL PLAIN"] if self._peer.inside_tls else [b"STLS"]
        return b"\r\n".join((b"+OK", *lines, b"IMPLEMENTATION clientcfg-demo", b"."))

    async def _quit(self, _argument: bytes) -> bytes:
        self._leaving = True
        self._mailbox.remove(self._marked)
        return b"+OK See you"

    # Before the log-in

    async def _stls(self, _argument: bytes) -> bytes:
        if self._peer.inside_tls:
            return b"-ERR TLS is up already"
        if self._peer.waiting:
            raise HungUp  # commands slipped in before the encryption
        await self._peer.send(b"+OK Begin TLS\r\n")
        await self._peer.start_tls(self._context)
        return b""

    async def _take_user(self, argument: bytes) -> bytes:
        if not self._peer.inside_tls:
            return b"-ERR Not without TLS"
        self._user = argument
        return b"+OK And the password?"

    async def _pass(self, argument: bytes) -> bytes:
        if not self._peer.inside_tls or not self._user:
            return b"-ERR USER comes first"
        user, self._user = self._user, b""
        return self._admitted(self._account.admits(user, argument))

    async def _auth(self, argument: bytes) -> bytes:
        mechanism, _blank, response = argument.partition(b" ")
        if not self._peer.inside_tls:
            return b"-ERR Not without TLS"
        if mechanism.upper() != b"PLAIN":
            return b"-ERR No such mechanism"
        if not response:
            await self._peer.send(b"+ \r\n")
            response = await self._peer.line()
        try:
            plain = base64.b64decode(response, validate=True)
        except binascii.Error:
            return b"-ERR That is not base64, or it was cancelled"
        return self._admitted(self._account.admits_plain(plain))

    def _admitted(self, right: bool) -> bytes:
        if not right:
            self._failures += 1
            return _FAILED
        if self._mailbox.pop3_holds_it:
            return b"-ERR [IN-USE] Somebody else has the mailbox open"
        self._mailbox.pop3_holds_it = True
        self._drop = list(self._mailbox.messages)
        return b"+OK Logged in"

    # After the log-in

    async def _stat(self, _argument: bytes) -> bytes:
        sizes = [len(m.content) for _number, m in self._left()]
        return b"+OK %d %d" % (len(sizes), sum(sizes))

    async def _list(self, argument: bytes) -> bytes:
        return self._told(argument, lambda m: b"%d" % len(m.content))

    async def _uidl(self, argument: bytes) -> bytes:
        return self._told(argument, lambda m: b"%d.%d" % (self._mailbox.validity, m.uid))

    async def _retr(self, argument: bytes) -> bytes:
        message = self._numbered(argument)
        if message is None:
            return b"-ERR No such message"
        return b"+OK\r\n" + _dotted(message.content)

    async def _top(self, argument: bytes) -> bytes:
        number, _blank, count = argument.partition(b" ")
        message = self._numbered(number)
        if message is None or not count.isdigit():
            return b"-ERR No such message"
        body = message.content[len(message.header) :].splitlines(keepends=True)
        return b"+OK\r\n" + _dotted(message.header + b"".join(body[: int(count[:9])]))

    async def _dele(self, argument: bytes) -> bytes:
        message = self._numbered(argument)
        if message is None:
            return b"-ERR No such message"
        self._marked.add(message.uid)
        return b"+OK"

    async def _noop(self, _argument: bytes) -> bytes:
        return b"+OK"

    async def _rset(self, _argument: bytes) -> bytes:
        self._marked.clear()
        return b"+OK"

    def _left(self) -> list[tuple[int, Stored]]:
        everything = enumerate(self._drop or (), start=1)
        return [(number, m) for number, m in everything if m.uid not in self._marked]

    def _numbered(self, argument: bytes) -> Stored | None:
        return next((m for n, m in self._left() if argument == b"%d" % n), None)

    def _told(self, argument: bytes, tell: Callable[[Stored], bytes]) -> bytes:
        if argument:
            message = self._numbered(argument)
            if message is None:
                return b"-ERR No such message"
            return b"+OK " + argument + b" " + tell(message)
        lines = (b"%d %s" % (number, tell(m)) for number, m in self._left())
        return b"\r\n".join((b"+OK", *lines, b"."))


def _dotted(content: bytes) -> bytes:
    """The lines of a multi-line answer with their dots and the last one (RFC 1939 §3)."""
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    return b"\r\n".join((*(b"." + n if n.startswith(b".") else n for n in lines), b"."))
