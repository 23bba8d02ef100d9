# SPDX-License-Identifier: MPL-2.0
"""Bytes over a trusted channel: whole lines, counted octets, and quoting without leaking.

Every wait has the deadline of the channel's wire; every size has a limit here.
"""

from clientcfg.model.account import ServerLogin
from clientcfg.model.channel import TrustedChannel
from clientcfg.model.secret import DOTS, Secret
from clientcfg.model.trouble import NotFoundOut, Refused
from clientcfg.probe.lines import shown
from clientcfg.words import _

LONGEST_LINE = 1 << 14  # octets; RFC 4954 §4 allows a challenge of 12,288
LONGEST_LITERAL = 1 << 20  # octets
LONGEST_QUOTE = 300  # octets of a server's words in a sentence of ours
_WINDOW = 8  # a server that repeats so many octets of a secret is not quoted


class Talk:
    """A conversation in lines, after the log-in was made possible by a proof.

    Raises :class:`Refused` where the channel leads to another server than
    *login* names: a credential is for one server only.
    """

    __slots__ = ("_arrived", "_hidden", "_wire", "host")

    def __init__(self, channel: TrustedChannel, login: ServerLogin) -> None:
        if type(channel) is not TrustedChannel or channel.report.endpoint != login.endpoint:
            raise Refused(
                "not-this-server",
                _("The connection does not lead to {server}, so nothing was sent over it.").format(
                    server=login.endpoint
                ),
            )
        self._wire = channel.wire
        self._arrived = bytearray()
        self._hidden: list[Secret] = []
        self.host = login.endpoint.host

    def hide(self, *secrets: Secret) -> None:
        """What must not come back in a quotation."""
        self._hidden.extend(secrets)

    async def send(self, data: bytes) -> None:
        """Write all of *data*. Raises :class:`NotFoundOut`."""
        try:
            await self._wire.send(data)
        except OSError:
            raise self._gone() from None

    async def send_secret(self, before: bytes, credential: bytes, after: bytes = b"\r\n") -> None:
        """Write *credential* between two harmless parts, and never quote it.

        An empty answer and the "*" that cancels give nothing away.
        """
        if credential not in (b"", b"*"):
            self.hide(Secret(credential.decode("latin-1")))
        await self.send(before + credential + after)

    async def line(self, longest: int = LONGEST_LINE) -> bytes:
        """The next line, at most *longest* octets, without its end (CR LF or a bare LF)."""
        start = 0
        while (end := self._arrived.find(b"\n", start)) < 0:
            start = len(self._arrived)
            if start > longest:
                raise self.nonsense()
            await self._more()
        line = bytes(self._arrived[:end])
        del self._arrived[: end + 1]
        return line.removesuffix(b"\r")

    async def octets(self, count: int) -> bytes:
        """Exactly *count* octets: an IMAP literal (RFC 9051 §4.3)."""
        if count > LONGEST_LITERAL:
            raise self.nonsense()
        while len(self._arrived) < count:
            await self._more()
        taken = bytes(self._arrived[:count])
        del self._arrived[:count]
        return taken

    async def close(self) -> None:
        """Hang up and forget."""
        self._hidden.clear()
        await self._wire.close()

    def quote(self, words: bytes) -> str:
        """A server's words, safe to show: escaped, short, and without what we sent in secret."""
        raw = words[:LONGEST_QUOTE]
        if any(_repeats(raw, secret.reveal()) for secret in self._hidden):
            return DOTS
        return shown(words, LONGEST_QUOTE)

    def nonsense(self) -> NotFoundOut:
        """For an answer that is not written as the protocol says, or that never ends."""
        return NotFoundOut(
            "not-understood",
            _("{host} answered something that its protocol does not allow.").format(host=self.host),
            _("Tell whoever runs the server."),
        )

    async def _more(self) -> None:
        try:
            arrived = await self._wire.receive()
        except OSError:
            raise self._gone() from None
        if not arrived:
            raise self._gone()
        self._arrived += arrived

    def _gone(self) -> NotFoundOut:
        return NotFoundOut(
            "hung-up",
            _("{host} broke off the conversation or did not answer in time.").format(
                host=self.host
            ),
            _("Try again in a few minutes."),
        )


def _repeats(raw: bytes, secret: str) -> bool:
    """Whether *raw* has the secret, or a telling part of it, in whatever case."""
    said = raw.decode("latin-1").lower()
    for form in {secret.lower(), secret.encode().decode("latin-1").lower()}:
        width = min(_WINDOW, len(form))
        if any(form[i : i + width] in said for i in range(len(form) - width + 1)):
            return True
    return False
