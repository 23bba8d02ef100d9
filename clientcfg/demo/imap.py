# SPDX-License-Identifier: MPL-2.0
"""A small IMAP4rev1 server with one account and its inbox (RFC 3501, 4315, 4959, 7888)."""

import base64
import binascii
import ssl

from clientcfg.demo.imap_grammar import BadSyntax, Token, read_command, text
from clientcfg.demo.imap_inbox import Command, Inbox
from clientcfg.demo.listener import HungUp, Peer
from clientcfg.demo.mailbox import DemoAccount

_MOST_FAILURES = 5
_FAILED = b"NO [AUTHENTICATIONFAILED] The user name or the password is wrong"


class ImapSession:
    """One client, from greeting to LOGOUT. Commands answer with their tagged status."""

    def __init__(self, peer: Peer, account: DemoAccount, context: ssl.SSLContext) -> None:
        self._peer = peer
        self._account = account
        self._context = context
        self._mailbox = account.mailbox
        self._inbox: Inbox | None = None
        self._tag = b"*"
        self._logged_in = False
        self._leaving = False
        self._failures = 0
        self._always: dict[bytes, Command] = {
            b"CAPABILITY": self._capability,
            b"NOOP": self._noop,
            b"LOGOUT": self._logout,
        }
        self._before: dict[bytes, Command] = {
            b"STARTTLS": self._starttls,
            b"LOGIN": self._login,
            b"AUTHENTICATE": self._authenticate,
        }
        self._after: dict[bytes, Command] = {
            b"SELECT": self._select,
            b"EXAMINE": self._examine,
            b"LIST": self._list,
            b"LSUB": self._lsub,
            b"STATUS": self._status,
            b"CLOSE": self._close,
        }

    async def serve(self) -> None:
        """Until LOGOUT, or until the client is gone."""
        await self._untagged(b"OK [CAPABILITY %s] clientcfg demo" % self._capabilities())
        while not self._leaving:
            try:
                words = await read_command(self._peer)
                self._tag = text(words[0])
                handler, arguments = self._handler(words)
                status = await handler(arguments)
            except BadSyntax as trouble:
                tag = trouble.tag if trouble.tag != b"*" else self._tag
                await self._peer.send(tag + b" BAD That is not a command for me now\r\n")
                continue
            if status:
                await self._peer.send(self._tag + b" " + status + b"\r\n")
            if self._failures >= _MOST_FAILURES:
                raise HungUp

    def _handler(self, words: list[Token]) -> tuple[Command, list[Token]]:
        """What carries the command out in the present state, and its arguments."""
        name, arguments = text(words[1]).upper(), words[2:]
        if name == b"UID" and arguments:
            name += b" " + text(arguments.pop(0)).upper()
        handler = self._always.get(name)
        if handler is None and not self._logged_in:
            handler = self._before.get(name)
        elif handler is None:
            handler = self._after.get(name)
            if handler is None and self._inbox is not None:
                handler = self._inbox.commands.get(name)
        if handler is None:
            raise BadSyntax
        return handler, arguments

    def _capabilities(self) -> bytes:
        common = b"IMAP4rev1 LITERAL+ SASL-IR UIDPLUS"
        if self._peer.inside_tls:
            return common + b" AUTH=PLAIN"
        return common + b" STARTTLS LOGINDISABLED"

    async def _untagged(self, data: bytes) -> None:
        await self._peer.send(b"* " + data + b"\r\n")

    # Any state

    async def _capability(self, _arguments: list[Token]) -> bytes:
        await self._untagged(b"CAPABILITY " + self._capabilities())
        return b"OK Done"

    async def _noop(self, _arguments: list[Token]) -> bytes:
        if self._inbox is not None:
            await self._inbox.tell_changes()
        return b"OK Done"

    async def _logout(self, _arguments: list[Token]) -> bytes:
        self._leaving = True
        await self._untagged(b"BYE See you")
        return b"OK Done"

    # Before the log-in

    async def _starttls(self, _arguments: list[Token]) -> bytes:
        if self._peer.inside_tls:
            return b"BAD TLS is up already"
        if self._peer.waiting:
            raise HungUp  # commands slipped in before the encryption
        await self._peer.send(self._tag + b" OK Begin TLS negotiation now\r\n")
        await self._peer.start_tls(self._context)
        return b""

    async def _login(self, arguments: list[Token]) -> bytes:
        if not self._peer.inside_tls:
            return b"NO [PRIVACYREQUIRED] Not without TLS"
        if len(arguments) != 2:
            raise BadSyntax
        return self._admitted(self._account.admits(text(arguments[0]), text(arguments[1])))

    async def _authenticate(self, arguments: list[Token]) -> bytes:
        if not self._peer.inside_tls:
            return b"NO [PRIVACYREQUIRED] Not without TLS"
        if not arguments or text(arguments[0]).upper() != b"PLAIN":
            return b"NO No such mechanism"
        if len(arguments) > 1:
            response = text(arguments[1])
        else:
            await self._peer.send(b"+ \r\n")
            response = await self._peer.line()
        if response == b"*":
            return b"BAD Cancelled"
        try:
            plain = base64.b64decode(response, validate=True)
        except binascii.Error:
            return b"BAD That is not base64"
        return self._admitted(self._account.admits_plain(plain))

    def _admitted(self, right: bool) -> bytes:
        if not right:
            self._failures += 1
            return _FAILED
        self._logged_in = True
        return b"OK [CAPABILITY %s] Logged in" % self._capabilities()

    # After the log-in

    async def _list(self, arguments: list[Token]) -> bytes:
        if len(arguments) != 2:
            raise BadSyntax
        pattern = text(arguments[1]).upper()
        if not pattern:
            await self._untagged(rb'LIST (\Noselect) "/" ""')
        elif pattern in (b"*", b"%", b"INBOX"):
            await self._untagged(rb'LIST (\HasNoChildren) "/" INBOX')
        return b"OK Done"

    async def _lsub(self, _arguments: list[Token]) -> bytes:
        await self._untagged(rb'LSUB () "/" INBOX')
        return b"OK Done"

    async def _status(self, arguments: list[Token]) -> bytes:
        if len(arguments) != 2 or text(arguments[0]).upper() != b"INBOX":
            return b"NO [NONEXISTENT] There is INBOX only"
        box = self._mailbox
        unseen = sum(rb"\Seen" not in m.flags for m in box.messages)
        values = {
            b"MESSAGES": len(box.messages),
            b"RECENT": 0,
            b"UIDNEXT": box.next_uid,
            b"UIDVALIDITY": box.validity,
            b"UNSEEN": unseen,
        }
        wanted = arguments[1] if isinstance(arguments[1], list) else []
        names = [text(word).upper() for word in wanted]
        if not names or not values.keys() >= set(names):
            raise BadSyntax
        items = b" ".join(b"%s %d" % (name, values[name]) for name in names)
        await self._untagged(b"STATUS INBOX (" + items + b")")
        return b"OK Done"

    async def _examine(self, arguments: list[Token]) -> bytes:
        return await self._opened(arguments, read_only=True)

    async def _select(self, arguments: list[Token]) -> bytes:
        return await self._opened(arguments, read_only=False)

    async def _opened(self, arguments: list[Token], *, read_only: bool) -> bytes:
        self._inbox = None
        if not arguments or text(arguments[0]).upper() != b"INBOX":
            return b"NO [NONEXISTENT] There is INBOX only"
        self._inbox = Inbox(self._mailbox, self._untagged, read_only=read_only)
        await self._inbox.describe()
        return b"OK [READ-ONLY] Done" if read_only else b"OK [READ-WRITE] Done"

    async def _close(self, _arguments: list[Token]) -> bytes:
        if self._inbox is None:
            raise BadSyntax
        self._inbox.close()
        self._inbox = None
        return b"OK Done"
