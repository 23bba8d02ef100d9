# SPDX-License-Identifier: MPL-2.0
"""The proof without Qt: four steps in words, and never more than was seen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clientcfg.flows.arrived import LOOKED_FOR
from clientcfg.flows.events import Proved
from clientcfg.flows.prove import subject
from clientcfg.flows.unsafe import unencrypted
from clientcfg.gui.words import port_line
from clientcfg.model.account import Account
from clientcfg.words import _, quoted

CONNECT, LOGIN, SEND, SEEN, DELETED = "connect", "login-smtp", "send", "seen", "deleted"


@dataclass(frozen=True, slots=True)
class Proof:
    """One step. ``kind``: a verdict's shape, None while it is at work, "" before it begins."""

    step: str
    kind: str | None
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the flow has told of each step so far, in the order in which they began."""

    steps: tuple[Proof, ...] = ()

    def after(self, event: object) -> "Proofs":
        """The steps after *event*."""
        if not isinstance(event, Proved):
            return self
        kind = {True: "ready", False: "unknown", None: None}[event.ok]
        new = Proof(event.step, kind, event.text, event.words or "")
        if event.step not in {p.step for p in self.steps}:
            return replace(self, steps=(*self.steps, new))
        return replace(self, steps=tuple(new if p.step == new.step else p for p in self.steps))

    def ended(self) -> "Proofs":
        """What had come to an end when a person stopped it."""
        return replace(self, steps=tuple(p for p in self.steps if p.kind is not None))

    def stopped(self, kind: str = "no") -> "Proofs":
        """Nothing is at work any more: what had begun has ended as *kind*, and said nothing."""
        ended = (replace(p, kind=kind, text="") if p.kind is None else p for p in self.steps)
        return replace(self, steps=tuple(ended))


def in_words(proofs: Proofs, account: Account, *, coming: bool) -> tuple[Proof, ...]:
    """The four steps for *account* and what else was told; with *coming* also those to come."""
    told = {p.step: p for p in proofs.steps}
    steps = [CONNECT, LOGIN, SEND, *([SEEN] if account.incoming is not None else [])]
    known = [_said(told.get(step) or Proof(step, "", "", ""), account) for step in steps]
    deleted = told.get(DELETED)
    if deleted is not None and known[-1].step == SEEN:
        # Whether the message was deleted again is about the one that was seen.
        both = ". ".join(p for p in (known[-1].words, deleted.text) if p)
        known[-1] = replace(known[-1], words=both)
    others = (p for p in proofs.steps if p.step not in (*steps, DELETED))
    return (*(p for p in known if coming or p.kind != ""), *others)


def _said(proof: Proof, account: Account) -> Proof:
    """One of the four steps in the window's words; the flow's own words are for its end."""
    done, now, wanted = _texts(proof.step, account)
    if proof.kind == "ready":
        return replace(proof, text=done, words=_caption(proof, account))
    if proof.kind == "unknown" and proof.step == SEEN and proof.text:
        return proof if proof.words else replace(proof, words=_where(account))
    text = now if proof.kind is None else wanted
    return replace(proof, text=text, words=_caption(replace(proof, words=""), account))


def _texts(step: str, account: Account) -> tuple[str, str, str]:
    """What is said when it is done, while it is at work, and otherwise."""
    done, now, wanted = {
        CONNECT: (_("Connected to {host}"), _("Connecting to {host}…"), _("Connect to {host}")),
        LOGIN: (_("Signed in as {user}"), _("Signing in as {user}…"), _("Sign in as {user}")),
        SEND: (
            _("Message accepted"),
            _("Handing over the message…"),
            _("Hand over a message to yourself"),
        ),
        SEEN: (
            _("Arrived in your inbox"),
            _("Looking into your inbox…"),
            _("Look into your inbox"),
        ),
    }[step]
    login = account.outgoing

    def filled(text: str) -> str:
        return text.format(host=login.endpoint.host, user=login.username)

    return filled(done), filled(now), filled(wanted)


def _caption(proof: Proof, account: Account) -> str:
    """The server's own words where it has said some, else what is about to be done."""
    if proof.step == LOGIN:
        return ". ".join(_login(proof.words, account))
    if proof.words or proof.kind == "ready":
        return proof.words
    if proof.step == CONNECT:
        return port_line(account.outgoing.endpoint)
    if proof.step == SEND:
        text = _("To: {address}, subject {subject}")
        return text.format(address=account.address, subject=quoted(subject()))
    return _where(account)


def _login(words: str, account: Account) -> Iterator[str]:
    if words:
        yield _("The server took the password: {words}").format(words=words)
    else:
        yield _("With your password, mechanism {m}").format(m=account.outgoing.mechanism)
    yield from unencrypted((account.outgoing,))


def _where(account: Account) -> str:
    """Where the message is looked for, and how long."""
    assert account.incoming is not None  # noqa: S101 - asked for only where there is one
    return _("{host}, for up to {seconds:g} seconds").format(
        host=account.incoming.endpoint.host, seconds=LOOKED_FOR
    )
