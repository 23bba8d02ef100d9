# SPDX-License-Identifier: MPL-2.0
"""The inbox as one IMAP client sees it: the commands of the selected state (RFC 3501 §6.4)."""

from collections.abc import Awaitable, Callable

from clientcfg.demo.imap_grammar import BadSyntax, Token, numbers, text
from clientcfg.demo.imap_items import fetch_item, flags_item, search_test
from clientcfg.demo.mailbox import Mailbox, Stored

FLAGS = rb"\Answered \Flagged \Deleted \Seen \Draft"

Command = Callable[[list[Token]], Awaitable[bytes]]


class Inbox:
    """A selected mailbox. ``commands`` maps names to what carries them out."""

    def __init__(
        self, mailbox: Mailbox, untagged: Callable[[bytes], Awaitable[None]], *, read_only: bool
    ) -> None:
        self._mailbox = mailbox
        self._untagged = untagged
        self._read_only = read_only
        self._view = [m.uid for m in mailbox.messages]
        self.commands: dict[bytes, Command] = {
            b"CHECK": self._check,
            b"EXPUNGE": self._expunge,
            b"UID EXPUNGE": self._uid_expunge,
            b"UID SEARCH": self._uid_search,
            b"UID FETCH": self._uid_fetch,
            b"UID STORE": self._uid_store,
        }

    async def describe(self) -> None:
        """What SELECT tells."""
        kept = b"" if self._read_only else FLAGS
        for line in (
            b"FLAGS (" + FLAGS + b")",
            b"%d EXISTS" % len(self._view),
            b"0 RECENT",
            b"OK [PERMANENTFLAGS (" + kept + b")] Kept",
            b"OK [UIDVALIDITY %d] Valid" % self._mailbox.validity,
            b"OK [UIDNEXT %d] Next" % self._mailbox.next_uid,
        ):
            await self._untagged(line)

    def close(self) -> None:
        """CLOSE: take away what is marked, without telling."""
        if not self._read_only:
            self._mailbox.remove(self._deleted())

    async def tell_changes(self) -> None:
        """What has come or gone since the client was last told."""
        now = [m.uid for m in self._mailbox.messages]
        for position in range(len(self._view), 0, -1):
            if self._view[position - 1] not in now:
                del self._view[position - 1]
                await self._untagged(b"%d EXPUNGE" % position)
        if len(self._view) != len(now):
            self._view = now
            await self._untagged(b"%d EXISTS" % len(now))

    async def _check(self, _arguments: list[Token]) -> bytes:
        await self.tell_changes()
        return b"OK Done"

    async def _expunge(self, _arguments: list[Token]) -> bytes:
        return await self._expunged(self._deleted())

    async def _uid_expunge(self, arguments: list[Token]) -> bytes:
        wanted = {m.uid for m in self._named(arguments)}
        return await self._expunged(self._deleted() & wanted)

    async def _expunged(self, uids: set[int]) -> bytes:
        if self._read_only:
            return b"NO The mailbox was opened for reading only"
        self._mailbox.remove(uids)
        await self.tell_changes()
        return b"OK Done"

    async def _uid_search(self, arguments: list[Token]) -> bytes:
        if len(arguments) > 1 and text(arguments[0]).upper() == b"CHARSET":
            if text(arguments[1]).upper() not in (b"UTF-8", b"US-ASCII"):
                return b"NO [BADCHARSET (UTF-8 US-ASCII)] Not that one"
            arguments = arguments[2:]
        if not arguments:
            raise BadSyntax
        fits = search_test(arguments, self._last_uid())
        found = b"".join(b" %d" % m.uid for m in self._mailbox.messages if fits(m))
        await self._untagged(b"SEARCH" + found)
        await self.tell_changes()
        return b"OK Done"

    async def _uid_fetch(self, arguments: list[Token]) -> bytes:
        if len(arguments) != 2:
            raise BadSyntax
        wanted = arguments[1] if isinstance(arguments[1], list) else [arguments[1]]
        names = [text(word) for word in wanted]
        if b"UID" not in (name.upper() for name in names):
            names.insert(0, b"UID")
        for message in self._named(arguments):
            items = b" ".join(fetch_item(name, message) for name in names)
            await self._untagged(b"%d FETCH (%s)" % (self._position(message), items))
        await self.tell_changes()
        return b"OK Done"

    async def _uid_store(self, arguments: list[Token]) -> bytes:
        if len(arguments) < 3:
            raise BadSyntax
        if self._read_only:
            return b"NO The mailbox was opened for reading only"
        how, _dot, silent = text(arguments[1]).upper().partition(b".")
        given = arguments[2] if isinstance(arguments[2], list) else arguments[2:]
        known = {flag.upper(): flag for flag in FLAGS.split()}
        flags = {known.get(text(flag).upper(), text(flag)) for flag in given}
        if how not in (b"FLAGS", b"+FLAGS", b"-FLAGS") or silent not in (b"", b"SILENT"):
            raise BadSyntax
        for message in self._named(arguments):
            kept = set() if how == b"FLAGS" else message.flags
            message.flags = kept - flags if how == b"-FLAGS" else kept | flags
            if not silent:
                items = b"UID %d %s" % (message.uid, flags_item(message))
                await self._untagged(b"%d FETCH (%s)" % (self._position(message), items))
        await self.tell_changes()
        return b"OK Done"

    def _named(self, arguments: list[Token]) -> list[Stored]:
        """The messages that the first argument names and that the client knows of."""
        wanted = numbers(text(arguments[0]), self._last_uid()) if arguments else set()
        known = wanted & set(self._view)
        return [m for m in self._mailbox.messages if m.uid in known]

    def _position(self, message: Stored) -> int:
        return self._view.index(message.uid) + 1

    def _last_uid(self) -> int:
        return max((m.uid for m in self._mailbox.messages), default=1)

    def _deleted(self) -> set[int]:
        return {m.uid for m in self._mailbox.messages if rb"\Deleted" in m.flags}
