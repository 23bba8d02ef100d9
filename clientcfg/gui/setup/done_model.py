# SPDX-License-Identifier: MPL-2.0
"""Step 5 without Qt: what was proved, step by step, and never more than was seen."""

from dataclasses import dataclass, replace

from clientcfg.flows.events import Proved, SetUpDone, UndoDone, VerifyDone
from clientcfg.gui.words import advice_here
from clientcfg.model.trouble import Trouble
from clientcfg.words import _


@dataclass(frozen=True, slots=True)
class Proof:
    """One step. ``kind``: a verdict's shape, None while it is at work."""

    step: str
    kind: str | None
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Proofs:
    """The steps so far, in the order in which they began."""

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

    def stopped(self) -> "Proofs":
        """Nothing is at work any more: what had begun has failed."""
        return replace(
            self, steps=tuple(replace(p, kind="no") if p.kind is None else p for p in self.steps)
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A head: shape, title, explaining line."""

    kind: str
    title: str
    text: str


def when_set(done: SetUpDone) -> Sentence:
    """The files are written; nothing is proved yet."""
    name = done.review.installation.name
    proved = _("Both servers took the password. ") if done.review.proved else ""
    if done.entry is None:
        title = _("{name} was set up like this already.").format(name=name)
        return Sentence("step", title, proved + _("Nothing had to be changed."))
    return Sentence(
        "step",
        _("{name} is set up.").format(name=name),
        proved + _("Whether a message really goes out and arrives is not proved yet."),
    )


def when_tested(done: VerifyDone, address: str) -> Sentence:
    """What the test message showed."""
    if done.seen:
        return Sentence(
            "ready",
            _("These settings send and receive."),
            _("We sent a message from {address} to itself and saw it arrive.").format(
                address=address
            ),
        )
    if done.seen is None:
        return Sentence(
            "unknown",
            _("The server took the message."),
            _("Whether it arrived was not looked at: there is no server for receiving."),
        )
    return Sentence(
        "unknown",
        _("The message was accepted but has not arrived yet."),
        _("Your settings are right as far as we can see; look into the spam folder."),
    )


def when_test_failed(trouble: Trouble) -> Sentence:
    """The test could not be carried to its end."""
    return Sentence(
        "no" if trouble.status in (1, 4) else "unknown",
        trouble.text,
        " ".join(advice_here(trouble)),
    )


def when_undone(done: UndoDone) -> Sentence:
    """It was taken back."""
    name = done.entry.installation.name
    how = (
        _("Every file is again as it was, byte for byte.")
        if done.exact
        else _("{name} had written since, so exactly our settings were taken out.").format(
            name=name
        )
    )
    if done.conflicts:
        kept = ", ".join(c.setting for c in done.conflicts)
        how += " " + _("Left as somebody set it since: {settings}.").format(settings=kept)
    return Sentence("ready", _("Taken back."), how)
