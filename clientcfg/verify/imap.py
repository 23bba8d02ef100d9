# SPDX-License-Identifier: MPL-2.0
"""The inbox over IMAP: log in, find one message, delete that one (RFC 9051, RFC 3501)."""

import re
from collections.abc import Sequence

from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import TrustedChannel
from clientcfg.model.secret import Secret
from clientcfg.model.trouble import Trouble
from clientcfg.sasl.conversation import octets
from clientcfg.verify.arrival import Looked, has_message_id
from clientcfg.verify.exchange import authenticate, by_command
from clientcfg.verify.imap_talk import Completion, Data, ImapTalk, Literal, astring
from clientcfg.verify.refusal import refused
from clientcfg.verify.talk import Talk
from clientcfg.words import _

_MOST_CANDIDATES = 20
_UID = re.compile(rb"\bUID ([0-9]+)\b", re.IGNORECASE)


class LoggedIn:
    """An authenticated session. ``words`` is what the server said to the log-in."""

    __slots__ = ("capabilities", "imap", "words")

    def __init__(self, imap: ImapTalk, capabilities: frozenset[bytes], words: str) -> None:
        self.imap = imap
        self.capabilities = capabilities
        self.words = words

    async def leave(self) -> None:
        """LOGOUT and hang up; what the server says to that no longer matters."""
        try:
            await self.imap.command(b"LOGOUT")
        except Trouble:
            pass
        finally:
            await self.imap.talk.close()


async def log_in(channel: TrustedChannel, login: ServerLogin, secret: Secret) -> LoggedIn:
    """AUTHENTICATE, or the LOGIN command where the server lists no mechanism.

    Raises as :func:`clientcfg.verify.smtp.log_in`; the channel is closed then.
    """
    try:
        report = channel.report
        before = frozenset(name.upper() for name, _value in report.capabilities)
        imap = ImapTalk(Talk(channel, login), initial_responses="SASL-IR" in before)
        if by_command(report, login):
            words = await _login_command(imap, login.username, secret)
        else:
            words = await authenticate(imap, login, secret)
        # Again, because UIDPLUS and others often show only now (RFC 9051 §6.1.1).
        capabilities = _listed(await imap.must(b"CAPABILITY"))
    except BaseException:
        await channel.wire.close()
        raise
    return LoggedIn(imap, capabilities, words)


async def open_inbox(session: LoggedIn) -> None:
    """SELECT INBOX. Raises :class:`No`."""
    await session.imap.must(b"SELECT", b"INBOX")


async def find(session: LoggedIn, message_id: str) -> int | None:
    """The UID of the one message with exactly this Message-ID; newest where there are two.

    SEARCH HEADER finds substrings, so each candidate's own header is read.
    """
    imap = session.imap
    wanted = message_id.encode()
    key = astring(wanted)
    charset = () if not isinstance(key, Literal) else (b"CHARSET", b"UTF-8")
    await imap.must(b"NOOP")  # lets the server tell of what has come since
    found = _numbers(
        (await imap.must(b"UID", b"SEARCH", *charset, b"HEADER", b"Message-ID", key)).data
    )
    for uid in sorted(found, reverse=True)[:_MOST_CANDIDATES]:
        fetched = await imap.must(
            b"UID", b"FETCH", b"%d" % uid, b"(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
        )
        for data in fetched.data:
            number = _UID.search(data.text)
            if number is None or int(number[1]) != uid:
                continue
            if any(has_message_id(literal, wanted) for literal in data.literals):
                return uid
    return None


async def delete(session: LoggedIn, uid: int) -> bool:
    """Delete exactly this message; False where it could not be done alone and was left.

    Without UIDPLUS (RFC 4315) EXPUNGE takes every message that is marked, so
    it is used only where no other one is; else the mark is taken off again.
    """
    imap, number = session.imap, b"%d" % uid
    await imap.must(b"UID", b"STORE", number, b"+FLAGS.SILENT", rb"(\Deleted)")
    if session.capabilities & {b"UIDPLUS", b"IMAP4REV2"}:
        await imap.must(b"UID", b"EXPUNGE", number)
    elif _numbers((await imap.must(b"UID", b"SEARCH", b"DELETED")).data) == {uid}:
        await imap.must(b"EXPUNGE")
    else:
        await imap.must(b"UID", b"STORE", number, b"-FLAGS.SILENT", rb"(\Deleted)")
    return not _numbers((await imap.must(b"UID", b"SEARCH", b"UID", number)).data)


async def look(
    channel: TrustedChannel,
    login: ServerLogin,
    secret: Secret,
    message_id: str,
    *,
    delete: bool,
) -> Looked:
    """Log in, look into the inbox once, with *delete* remove that one message, leave."""
    session = await log_in(channel, login, secret)
    try:
        await open_inbox(session)
        uid = await find(session, message_id)
        if uid is None:
            return Looked(seen=False, deleted=False)
        return Looked(seen=True, deleted=delete and await _delete(session, uid))
    finally:
        await session.leave()


_delete = delete


async def _login_command(imap: ImapTalk, username: str, secret: Secret) -> str:
    password = octets(secret.reveal(), _("password"))
    imap.hide(secret)
    quoted = astring(password)
    if not isinstance(quoted, Literal):
        imap.hide(Secret(quoted.decode()))
    done = await imap.command(b"LOGIN", astring(octets(username, _("user name"))), quoted)
    shown = imap.talk.quote(done.words)
    if not done.ok:
        raise refused(imap.talk.host, done.words, shown)
    return shown


def _listed(done: Completion) -> frozenset[bytes]:
    return frozenset(
        word
        for data in done.data
        if data.starts(b"CAPABILITY")
        for word in data.text.upper().split()
    )


def _numbers(answer: Sequence[Data]) -> set[int]:
    return {
        int(word)
        for data in answer
        if data.starts(b"SEARCH")
        for word in data.text.split()[1:]
        if word.isdigit() and len(word) <= 10
    }
